"""Ed25519 by one semantics, on our check and on each library that is used."""

import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_is_valid_point, crypto_sign_open
from nacl.exceptions import BadSignatureError

from frombelow.keys import Ed25519Key, KeyFault, check_public, check_signature, to_bytes, to_text
from frombelow.keys.ed25519 import _EIGHTH, ORDER, P

SPECCHECK = json.loads(Path("tests/vectors/keys/ed25519-speccheck.json").read_text(encoding="utf-8"))["cases"]
KEY = Ed25519Key.from_seed(b"s" * 32)
SIGNED = KEY.sign(b"message")


def parts(case):
    return tuple(bytes.fromhex(case[name]) for name in ("pub_key", "message", "signature"))


def ours(public, message, signature):
    check_signature("ed25519", to_text(public), message, to_text(signature))


def openssl(public, message, signature):
    Ed25519PublicKey.from_public_bytes(public).verify(signature, message)


def libsodium(public, message, signature):
    crypto_sign_open(signature + message, public)


def holds(check, case):
    try:
        check(*parts(case))
    except (KeyFault, InvalidSignature, BadSignatureError, ValueError):
        return False
    return True


@pytest.mark.parametrize("case", SPECCHECK, ids=lambda case: case["what"])
@pytest.mark.parametrize(("check", "rules"), [(ours, "libsodium"), (libsodium, "libsodium"), (openssl, "openssl")])
def test_each_edge_case_of_the_speccheck_is_as_its_rules_say(check, rules, case):
    assert holds(check, case) is case[rules]


@pytest.mark.parametrize("case", SPECCHECK, ids=lambda case: case["what"])
def test_our_rules_do_not_hang_on_which_library_has_the_equation(case, monkeypatch):
    def through_openssl(signed, public):
        try:
            openssl(public, signed[64:], signed[:64])
        except InvalidSignature:
            raise BadSignatureError from None

    monkeypatch.setattr("frombelow.keys.ed25519.crypto_sign_open", through_openssl)
    assert holds(ours, case) is case["libsodium"]


def refused(message, check, *told):
    with pytest.raises(KeyFault) as caught:
        check(*told)
    assert caught.value.message == message
    assert str(caught.value)
    return caught.value


def encoded(y, sign=0):
    return to_text((y | sign << 255).to_bytes(32, "little"))


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", [0, 1, P - 1, _EIGHTH, P - _EIGHTH])
def test_a_key_of_small_order_is_refused_when_bound_and_when_verified(y, sign):
    refused("key-weak", check_public, "ed25519", encoded(y, sign))
    refused("key-weak", check_signature, "ed25519", encoded(y, sign), b"message", SIGNED)


@pytest.mark.parametrize("y", [P, P + 1, P + 3, P + 18])
def test_a_key_that_is_not_canonical_is_refused(y):
    refused("key-encoding", check_public, "ed25519", encoded(y))
    refused("key-encoding", check_signature, "ed25519", encoded(y, 1), b"message", SIGNED)


def test_a_key_that_is_no_point_of_the_curve_is_refused():
    refused("key-off-curve", check_public, "ed25519", encoded(2))
    refused("signature-wrong", check_signature, "ed25519", encoded(2), b"message", SIGNED)


@given(st.binary(min_size=32, max_size=32))
def test_a_point_of_the_large_order_can_be_bound(point):
    if crypto_core_ed25519_is_valid_point(point):
        check_public("ed25519", to_text(point))


@given(st.binary(min_size=32, max_size=32))
def test_what_can_be_bound_is_a_point_for_openssl_s_curve_too(seed):
    check_public("ed25519", Ed25519Key.from_seed(seed).public)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_key_of_another_length_is_refused(length):
    fault = refused("key-length", check_public, "ed25519", to_text(bytes(length)))
    assert f"has {length} bytes" in str(fault)


@pytest.mark.parametrize("length", [0, 63, 65, 96])
def test_a_signature_of_another_length_is_refused(length):
    refused("signature-length", check_signature, "ed25519", KEY.public, b"message", to_text(bytes(length)))


def with_s(signature, s):
    return to_text(to_bytes(signature)[:32] + s.to_bytes(32, "little"))


def test_s_plus_the_order_is_refused():
    s = int.from_bytes(to_bytes(SIGNED)[32:], "little")
    refused("signature-range", check_signature, "ed25519", KEY.public, b"message", with_s(SIGNED, s + ORDER))


def test_s_at_the_order_is_refused():
    refused("signature-range", check_signature, "ed25519", KEY.public, b"message", with_s(SIGNED, ORDER))


def with_r(y):
    return to_text(y.to_bytes(32, "little") + to_bytes(SIGNED)[32:])


def test_an_r_of_small_order_is_refused():
    refused("signature-weak", check_signature, "ed25519", KEY.public, b"message", with_r(1))


def test_an_r_that_is_not_canonical_is_refused():
    refused("signature-encoding", check_signature, "ed25519", KEY.public, b"message", with_r(P + 3))


def test_another_spelling_of_a_signature_or_key_is_refused():
    refused("signature-spelling", check_signature, "ed25519", KEY.public, b"message", SIGNED + "==")
    refused("key-spelling", check_signature, "ed25519", KEY.public + "=", b"message", SIGNED)
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = KEY.public[:-1] + last[last.index(KEY.public[-1]) + 1]  # the unused bits are not zero
    refused("key-spelling", check_public, "ed25519", other)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100), st.integers(0, 511))
def test_a_signature_holds_for_its_key_and_bytes_and_for_nothing_else(seed, message, bit):
    key = Ed25519Key.from_seed(seed)
    signature = key.sign(message)
    check_signature("ed25519", key.public, message, signature)
    assert to_bytes(signature) == Ed25519PrivateKey.from_private_bytes(seed).sign(message)
    with pytest.raises(KeyFault):
        check_signature("ed25519", key.public, message + b".", signature)
    flipped = int.from_bytes(to_bytes(signature)) ^ 1 << bit
    with pytest.raises(KeyFault):
        check_signature("ed25519", key.public, message, to_text(flipped.to_bytes(64)))


def test_a_seed_of_another_length_makes_no_key():
    with pytest.raises(ValueError, match="31"):
        Ed25519Key.from_seed(bytes(31))
