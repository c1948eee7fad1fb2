"""Keys and passkeys of a real browser, with the modules of the pages and the site's policy: what they sign holds in the
library."""

import base64
import functools
import json
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.conf import settings

import frombelow_site.ui
from frombelow.keys import act_bytes, check_assertion, check_public, check_signature, fingerprint, to_text
from frombelow.keys.p256 import compressed
from frombelow.polity import encode_act, spelling
from tests.keys.random_acts import in_its_order
from tests.keys.test_ed25519 import refused

pytestmark = pytest.mark.browser
MODULES = Path(frombelow_site.ui.__file__).parent / "static/ui/keys"
VOTE = {"choice": "yes", "kind": "vote.cast", "nonce": "n" * 26, "poll": "m" * 26, "by": "p" * 26}
SEAL = ("a.example/record", "k" * 26, 1, 1_800_000_000, 3, to_text(bytes(32)))
SIGNED = act_bytes(*SEAL, encode_act(in_its_order(VOTE)))
COMMON = """
const { actBytes, challenge, fingerprint, spellAct } = await import("/spelling.js");
const { low, rawFromDer } = await import("/signatures.js");
const bytes = actBytes(...seal, spellAct(vote, spelling));
const text = (data) => btoa(String.fromCharCode(...new Uint8Array(data)))
  .replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=+$/, "");
"""
WITH_KEY = """async ([name, seal, vote, spelling]) => {
""" + COMMON + """
  const how = name === "Ed25519" ? { name } : { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(how, false, ["sign", "verify"]);
  const signature = new Uint8Array(await crypto.subtle.sign(how, privateKey, bytes));
  const spki = text(await crypto.subtle.exportKey("spki", publicKey));
  const id = text(await fingerprint("ed25519", "AA"));
  return { spki, signature: text(name === "Ed25519" ? signature : low(signature)), id };
}"""  # fmt: skip
WITH_PASSKEY = """async ([alg, seal, vote, spelling]) => {
""" + COMMON + """
  const user = { id: new Uint8Array(16), name: "ada", displayName: "Ada" };
  const made = await navigator.credentials.create({ publicKey: {
    rp: { name: "test" }, user, challenge: new Uint8Array(16), pubKeyCredParams: [{ type: "public-key", alg }],
    authenticatorSelection: { userVerification: "required" },
  } });
  const { response } = await navigator.credentials.get({ publicKey: {
    challenge: await challenge(bytes), userVerification: "required",
    allowCredentials: [{ type: "public-key", id: made.rawId }],
  } });
  const signature = new Uint8Array(response.signature);
  return {
    spki: text(made.response.getPublicKey()), client: text(response.clientDataJSON),
    authenticator: text(response.authenticatorData), signature: text(alg === -7 ? rawFromDer(signature) : signature),
  };
}"""  # fmt: skip
PHONE = {
    "protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


class Pages(SimpleHTTPRequestHandler):
    """The modules as they are, and a page without anything on it."""

    def end_headers(self):
        rules = "; ".join(
            f"{name} {' '.join(of)}" for name, of in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
        )
        self.send_header("Content-Security-Policy", rules)
        super().end_headers()

    def do_GET(self):
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        return self.wfile.write(b"<!doctype html><title>Keys</title>")

    def log_message(self, *_said):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Pages, directory=str(MODULES)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def page(chromium, site):
    page = chromium.new_page()
    page.goto(site)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    yield page
    page.context.close()


def public_of(algorithm, spki):
    """How the record calls the key that a browser tells in DER."""
    key = load_der_public_key(base64.urlsafe_b64decode(spki + "=="))
    if algorithm == "p256":
        return to_text(compressed(key))
    if algorithm == "rs256":
        modulus = key.public_numbers().n
        return to_text(modulus.to_bytes(modulus.bit_length() // 8))
    return to_text(key.public_bytes_raw())


@pytest.mark.parametrize(("algorithm", "name"), [("ed25519", "Ed25519"), ("p256", "ECDSA")])
def test_a_device_s_key_seals_an_act(page, algorithm, name):
    made = page.evaluate(WITH_KEY, [name, SEAL, VOTE, spelling()])
    public = public_of(algorithm, made["spki"])
    check_public(algorithm, public)
    check_signature(algorithm, public, SIGNED, made["signature"])
    assert made["id"] == to_text(fingerprint("ed25519", "AA"))


@pytest.mark.parametrize(("algorithm", "number"), [("p256", -7), ("rs256", -257), ("ed25519", -8)])
def test_a_passkey_seals_an_act(page, algorithm, number):
    made = page.evaluate(WITH_PASSKEY, [number, SEAL, VOTE, spelling()])
    public, answer = public_of(algorithm, made["spki"]), (made["client"], made["authenticator"], made["signature"])
    check_public(algorithm, public)
    check_assertion(algorithm, public, SIGNED, *answer, {"localhost"})
    refused("client-challenge", check_assertion, algorithm, public, SIGNED + b" ", *answer, {"localhost"})
    refused("client-host", check_assertion, algorithm, public, SIGNED, *answer, {"a.example"})
    assert len(json.dumps(answer)) < 1_000
