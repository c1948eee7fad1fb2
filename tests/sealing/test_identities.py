"""Keys that something is sealed to: spelled so that every age program takes them."""

import hashlib
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from frombelow.sealing import age, bech32

SECRET = hashlib.sha256(b"a secret of thirty-two bytes").digest()


@pytest.mark.checker
@given(st.binary(min_size=32, max_size=32))
@example(bytes(32))
@example(b"\xff" * 32)
def test_another_age_program_reads_the_identity_and_finds_the_same_recipient(secret):
    x25519 = pytest.importorskip("pyrage").x25519
    assert str(x25519.Identity.from_str(age.identity(secret)).to_public()) == age.recipient(secret)


@pytest.mark.checker
def test_what_another_age_program_seals_to_the_recipient_is_opened_with_the_identity():
    pyrage = pytest.importorskip("pyrage")
    sealed = pyrage.encrypt(b"only for you", [pyrage.x25519.Recipient.from_str(age.recipient(SECRET))])
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(age.identity(SECRET))]) == b"only for you"
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(age.identity(bytes(31) + b"\1"))])


def test_the_identity_is_in_capitals_and_the_recipient_is_not():
    assert age.identity(SECRET).startswith("AGE-SECRET-KEY-1")
    assert age.identity(SECRET).isupper()
    assert age.recipient(SECRET).startswith("age1")
    assert age.recipient(SECRET).islower()


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_nothing_but_32_bytes_is_an_identity(length):
    with pytest.raises(ValueError, match=f"not {length}"):
        age.identity(bytes(length))
    with pytest.raises(ValueError, match=f"not {length}"):
        age.recipient(bytes(length))


@pytest.mark.parametrize(
    ("prefix", "raw", "spelled"),
    [
        ("a", b"", "a12uel5l"),
        ("abcdef", bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df"), "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"),
    ],
)  # fmt: skip
def test_bech32_is_spelled_as_bip_173_says(prefix, raw, spelled):
    assert bech32.encode(prefix, raw) == spelled
    assert set(spelled) <= set(string.ascii_lowercase + string.digits)


@given(st.binary(min_size=32, max_size=32))
@example(bytes(32))
def test_each_recipient_is_one_and_with_another_letter_it_is_none(secret):
    found = age.recipient(secret)
    assert age.is_recipient(found)
    other = "q" if found[30] != "q" else "p"
    assert not age.is_recipient(found[:30] + other + found[31:])


@pytest.mark.parametrize(
    "text", ["", "age1", "age1é", SECRET.hex(), bech32.encode("age", bytes(32)), "age1" + "q" * 58]
)
def test_what_nothing_can_be_sealed_to_is_no_recipient(text):
    """Among them a point that hides nothing: all secrets meet in it."""
    assert not age.is_recipient(text)
