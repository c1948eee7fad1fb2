"""The page turns what WebCrypto and passkeys give into the one spelling of a signature, as the library does."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

import frombelow_site.ui
from frombelow.keys import KeyFault, check_signature, raw_from_der, to_text
from frombelow.keys.p256 import ORDER
from tests.keys.test_algorithms import NO_DER

MODULE = Path(frombelow_site.ui.__file__).parent / "static/ui/keys/signatures.js"
PROGRAM = """
import { readFileSync } from "node:fs";
import * as module from "./signatures.mjs";
globalThis.crypto ??= (await import("node:crypto")).webcrypto;
const { call, given, sign } = JSON.parse(readFileSync(0, "utf8"));
const out = given.map((text) => {
  try {
    return Buffer.from(module[call](Uint8Array.from(Buffer.from(text, "hex")))).toString("hex");
  } catch {
    return "refused";
  }
});
const made = [];
const how = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
for (const message of sign) {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(how, true, ["sign", "verify"]);
  const signature = new Uint8Array(await crypto.subtle.sign(how, privateKey, Buffer.from(message)));
  const point = Buffer.from(await crypto.subtle.exportKey("raw", publicKey)).toString("hex");
  made.push([point, Buffer.from(module.low(signature)).toString("hex")]);
}
process.stdout.write(JSON.stringify({ out, made }));
"""
pytestmark = [
    pytest.mark.checker,
    pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here"),
]
SECRET = derive_private_key(12345, SECP256R1())
SIGNED = [SECRET.sign(b"%d" % n, ECDSA(SHA256())) for n in range(400)]
EDGES = [
    encode_dss_signature(r, s)
    for r in (1, 127, 128, 2**248, ORDER - 1)
    for s in (1, ORDER // 2, ORDER // 2 + 1, ORDER - 1)
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    (folder / "signatures.mjs").write_text(MODULE.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "ask.mjs").write_text(PROGRAM)

    def ask(call="low", given=(), sign=()):
        asked = json.dumps({"call": call, "given": [each.hex() for each in given], "sign": list(sign)})
        done = subprocess.run(
            ["node", str(folder / "ask.mjs")], input=asked, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def library(der):
    try:
        return raw_from_der(der).hex()
    except KeyFault:
        return "refused"


def test_a_passkey_s_signature_has_the_same_spelling_on_the_page_and_in_the_library(page):
    given = [*SIGNED, *EDGES, *NO_DER.values()]
    found = page("rawFromDer", given)["out"]
    assert found == [library(der) for der in given]
    assert found[-len(NO_DER) :] == ["refused"] * len(NO_DER)


def test_a_byte_of_a_signature_in_der_is_not_read_in_two_ways(page):
    der = SIGNED[0]
    given = [
        der[:place] + bytes([der[place] ^ 1 << bit]) + der[place + 1 :] for place in range(len(der)) for bit in range(8)
    ]
    given += [der[:length] for length in range(len(der))]
    assert page("rawFromDer", given)["out"] == [library(each) for each in given]


def test_of_the_two_signatures_that_hold_the_page_keeps_the_low_one(page):
    raw = [b"".join(number.to_bytes(32) for number in decode_dss_signature(der)) for der in [*SIGNED, *EDGES]]
    assert page("low", raw)["out"] == [raw_from_der(der).hex() for der in [*SIGNED, *EDGES]]
    bad = [bytes(64), raw[0][:63], raw[0] + b"\0", ORDER.to_bytes(32) + raw[0][32:], raw[0][:32] + ORDER.to_bytes(32)]
    assert page("low", bad)["out"] == ["refused"] * len(bad)


def test_what_webcrypto_signs_holds_in_the_library(page):
    for n, (point, signature) in enumerate(page(sign=[f"act {n}" for n in range(40)])["made"]):
        whole = bytes.fromhex(point)
        public = to_text(bytes([2 + whole[64] % 2]) + whole[1:33])
        check_signature("p256", public, b"act %d" % n, to_text(bytes.fromhex(signature)))
