"""P-256 and RSA, many signatures at once, and what every algorithm has in common."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from frombelow.keys import (
    ALGORITHMS,
    SENTENCES,
    Ed25519Key,
    KeyFault,
    P256Key,
    Rs256Key,
    check_many,
    check_public,
    check_signature,
    raw_from_der,
    to_bytes,
    to_text,
)
from frombelow.keys.p256 import ORDER
from frombelow.keys.rs256 import load
from tests.keys.test_ed25519 import refused

KEY = P256Key.from_scalar(12345)
SECRET = derive_private_key(12345, SECP256R1())
SIGNED = KEY.sign(b"message")
RSA = Rs256Key.generate()
MODULUS = to_bytes(RSA.public)


def raw(r, s):
    return to_text(r.to_bytes(32) + s.to_bytes(32))


def of(signature):
    data = to_bytes(signature)
    return int.from_bytes(data[:32]), int.from_bytes(data[32:])


R, S = of(SIGNED)


def test_a_high_s_is_refused():
    refused("signature-high", check_signature, "p256", KEY.public, b"message", raw(R, ORDER - S))


OUTSIDE = {
    "r is 0": (0, S),
    "s is 0": (R, 0),
    "r is the order": (ORDER, S),
    "r is one more than the order": (ORDER + 1, S),
    "s is the order": (R, ORDER),
    "r is the most": (2**256 - 1, S),
    "both are 0": (0, 0),
}


@pytest.mark.parametrize(("r", "s"), OUTSIDE.values(), ids=OUTSIDE)
def test_an_r_or_s_outside_its_range_is_refused(r, s):
    refused("signature-range", check_signature, "p256", KEY.public, b"message", raw(r, s))


def test_der_is_refused():
    der = to_text(encode_dss_signature(R, S))
    refused("signature-length", check_signature, "p256", KEY.public, b"message", der)


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_p256_signature_of_another_length_is_refused(length):
    refused("signature-length", check_signature, "p256", KEY.public, b"message", to_text(bytes(length)))


def test_an_uncompressed_key_is_refused():
    whole = SECRET.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    refused("key-length", check_public, "p256", to_text(whole))
    refused("key-encoding", check_public, "p256", to_text(whole[:33]))


@pytest.mark.parametrize("first", [0, 1, 4, 6, 7])
def test_a_key_that_begins_as_no_compressed_point_does_is_refused(first):
    refused("key-encoding", check_public, "p256", to_text(bytes([first]) + to_bytes(KEY.public)[1:]))


def test_a_p256_key_that_is_no_point_of_the_curve_is_refused():
    off = next(x for x in range(1, 100) if not on_curve(x))
    refused("key-off-curve", check_public, "p256", to_text(b"\2" + off.to_bytes(32)))
    refused("key-off-curve", check_signature, "p256", to_text(b"\2" + off.to_bytes(32)), b"message", SIGNED)


P = 2**256 - 2**224 + 2**192 + 2**96 - 1
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


def on_curve(x):
    return pow(x**3 - 3 * x + B, (P - 1) // 2, P) in (0, 1)


def test_a_p256_key_whose_x_is_not_reduced_is_refused():
    x = next(x for x in range(2**256 - P) if on_curve(x))
    check_public("p256", to_text(b"\2" + x.to_bytes(32)))
    refused("key-encoding", check_public, "p256", to_text(b"\2" + (x + P).to_bytes(32)))


def test_a_signature_over_other_bytes_or_by_another_key_is_refused():
    refused("signature-wrong", check_signature, "p256", KEY.public, b"other", SIGNED)
    refused("signature-wrong", check_signature, "p256", P256Key.from_scalar(2).public, b"message", SIGNED)


@given(st.integers(1, ORDER - 1), st.binary(max_size=60))
def test_a_p256_key_signs_with_a_low_s(scalar, message):
    key = P256Key.from_scalar(scalar)
    check_public("p256", key.public)
    check_signature("p256", key.public, message, key.sign(message))


@given(st.binary(max_size=20))
def test_what_a_passkey_gives_as_der_becomes_the_one_spelling(message):
    der = SECRET.sign(message, ECDSA(SHA256()))
    check_signature("p256", KEY.public, message, to_text(raw_from_der(der)))


NO_DER = {
    "empty": b"",
    "no numbers": b"\x30\x00",
    "raw": bytes(64),
    "r is 0": encode_dss_signature(0, S),
    "s is the order": encode_dss_signature(R, ORDER),
    "a byte after it": encode_dss_signature(R, S) + b"\0",
    "negative": bytes.fromhex("30060201010201ff"),
    "huge": encode_dss_signature(2**2000, S),
    "long form": b"\x30\x81" + encode_dss_signature(R, S)[1:],
    "a zero before": bytes.fromhex("300702020001020101"),
}


@pytest.mark.parametrize("der", NO_DER.values(), ids=NO_DER)
def test_bytes_that_are_no_signature_in_der_are_refused(der):
    refused("signature-der", raw_from_der, der)


@pytest.mark.parametrize("scalar", [0, ORDER, -1])
def test_a_number_outside_the_curve_s_order_makes_no_key(scalar):
    with pytest.raises(ValueError, match="order"):
        P256Key.from_scalar(scalar)


# RSA


def test_an_rsa_signature_holds_for_its_key_and_bytes_and_for_nothing_else():
    signature = RSA.sign(b"message")
    check_public("rs256", RSA.public)
    check_signature("rs256", RSA.public, b"message", signature)
    refused("signature-wrong", check_signature, "rs256", RSA.public, b"other", signature)
    refused("signature-wrong", check_signature, "rs256", Rs256Key.generate().public, b"message", to_text(bytes(256)))


def forged(tail, *, fill=b"\xff"):
    """What the owner of the key makes of a block with this end, whatever its padding is."""
    numbers = RSA._secret.private_numbers()
    block = b"\0\1" + fill * (256 - 3 - len(tail)) + b"\0" + tail
    return to_text(pow(int.from_bytes(block), numbers.d, numbers.public_numbers.n).to_bytes(256))


SHA = bytes.fromhex("3031300d060960864801650304020105000420")


def digest(message):
    return sha256(message).digest()


def test_the_padding_of_an_rsa_signature_has_one_form():
    check_signature("rs256", RSA.public, b"message", forged(SHA + digest(b"message")))
    without_null = bytes.fromhex("302f300b0609608648016503040201") + b"\x04\x20" + digest(b"message")
    for other in (
        forged(without_null),
        forged(SHA + digest(b"message") + b"\0"),
        forged(SHA + digest(b"message"), fill=b"\xfe"),
        forged(digest(b"message")),
        forged(bytes.fromhex("3021300906052b0e03021a05000414") + digest(b"message")[:20]),  # SHA-1
    ):
        refused("signature-wrong", check_signature, "rs256", RSA.public, b"message", other)


def test_an_rsa_signature_above_the_modulus_is_refused():
    signature = int.from_bytes(to_bytes(RSA.sign(b"message")))
    above = min(signature + int.from_bytes(MODULUS), 2**2048 - 1)
    refused("signature-range", check_signature, "rs256", RSA.public, b"message", to_text(above.to_bytes(256)))
    refused("signature-range", check_signature, "rs256", RSA.public, b"message", RSA.public)


@pytest.mark.parametrize("length", [0, 255, 257, 512])
def test_an_rsa_signature_of_another_length_than_the_modulus_is_refused(length):
    refused("signature-length", check_signature, "rs256", RSA.public, b"message", to_text(bytes(length)))


def test_a_modulus_with_a_byte_of_zero_before_it_is_refused():
    refused("modulus-zero", check_public, "rs256", to_text(b"\0" + MODULUS))


SIZES = {
    "none": b"",
    "one": b"\1",
    "2,047 bits": b"\x7f" + MODULUS[1:],
    "2,056 bits": MODULUS + b"\1",
    "4,096 bits": MODULUS * 2,
    "huge": MODULUS * 20,
}


@pytest.mark.parametrize("modulus", SIZES.values(), ids=SIZES)
def test_a_modulus_of_another_size_is_refused(modulus):
    refused("modulus-size", check_public, "rs256", to_text(modulus))


def test_an_even_modulus_is_refused():
    refused("modulus-even", check_public, "rs256", to_text(MODULUS[:-1] + bytes([MODULUS[-1] & 0xFE])))


def test_a_key_of_rsa_is_loaded_once():
    check_public("rs256", RSA.public)
    assert load(MODULUS) is load(bytes(MODULUS))


# all


@pytest.mark.parametrize("algorithm", ["", "rsa", "ED25519", "ed448", "x" * 1000])
def test_an_unknown_algorithm_is_refused(algorithm):
    fault = refused("key-algorithm", check_public, algorithm, KEY.public)
    refused("key-algorithm", check_signature, algorithm, KEY.public, b"message", SIGNED)
    assert len(str(fault)) < 100


KEYS = (Ed25519Key.generate(), KEY, RSA)
JOBS = [(key.algorithm, key.public, b"%d" % n, key.sign(b"%d" % n)) for n in range(5) for key in KEYS]


def test_many_signatures_that_hold_have_no_first_bad_one():
    assert check_many(JOBS) is None
    assert check_many([]) is None


@given(st.sets(st.integers(0, len(JOBS) - 1), min_size=1))
def test_the_first_bad_one_of_many_is_told(bad):
    jobs = [(a, p, m + b"!" * (index in bad), s) for index, (a, p, m, s) in enumerate(JOBS)]
    assert check_many(jobs) == min(bad)


def test_many_are_checked_in_another_process():
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(check_many, [JOBS, [*JOBS, ("p256", KEY.public, b"no", SIGNED)]])) == [None, len(JOBS)]


def test_a_fault_comes_back_whole_from_another_process():
    fault = KeyFault("key-length", found=3, wanted=32)
    again = pickle.loads(pickle.dumps(fault))
    assert (again.message, again.facts, str(again)) == (fault.message, fault.facts, str(fault))


def test_each_algorithm_has_a_key_that_signs():
    assert {key.algorithm for key in KEYS} == set(ALGORITHMS)
    assert all("s" not in repr(key).split("_secret") for key in KEYS)


def test_a_sentence_can_stand_after_an_article_s_number():
    assert all(text[0].islower() and text.endswith(".") for text in SENTENCES.values())
