"""The bytes that keys sign, and the ids of keys."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.keys import act_bytes, challenge, fingerprint, possession_bytes, sign_in_bytes
from frombelow.keys.base64url import to_bytes, to_text

ROOT = to_text(bytes(32))
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"))
ACT = ("a.example", "k" * 26, 7, 1_800_000_000, 12, ROOT, b'{"kind":"vote.cast"}')


def test_what_seals_an_act_is_its_lines_and_then_the_act_itself():
    expected = f'frombelow/act/2\na.example\n{"k" * 26}\n7\n1800000000\n12\n{ROOT}\n{{"kind":"vote.cast"}}'
    assert act_bytes(*ACT) == expected.encode()


def test_what_signs_in_is_no_act():
    assert sign_in_bytes("a.example", "n0nce") == b"frombelow/sign-in/1\na.example\nn0nce"


def test_what_shows_possession_names_the_person_and_the_kind():
    assert (
        possession_bytes("a.example", "p", "card", "ed25519", "AA")
        == b"frombelow/key/1\na.example\np\ncard\ned25519\nAA"
    )


def test_a_challenge_is_the_sha256_of_what_is_signed():
    assert challenge(b"signed") == hashlib.sha256(b"signed").digest()


def test_a_key_id_follows_from_the_key():
    assert fingerprint("ed25519", "AA") == hashlib.sha256(b"frombelow/key-id/1\ned25519\nAA").digest()[:16]
    assert fingerprint("p256", "AA") != fingerprint("ed25519", "AA")


@pytest.mark.parametrize("place", [0, 1, 5])
def test_a_line_break_in_a_line_is_refused(place):
    told = [*ACT]
    told[place] += "\n8"
    with pytest.raises(ValueError, match="line break"):
        act_bytes(*told)


@pytest.mark.parametrize("place", [2, 3, 4])
def test_a_negative_number_is_refused(place):
    told = [*ACT]
    told[place] = -1
    with pytest.raises(ValueError, match="negative"):
        act_bytes(*told)


NUMBERS = st.integers(0, 2**53 - 1)
SEALED = st.tuples(LINES, LINES, NUMBERS, NUMBERS, NUMBERS, LINES, st.binary(max_size=60))


@given(SEALED, SEALED)
def test_no_two_seals_are_over_the_same_bytes(one, other):
    assert (act_bytes(*one) == act_bytes(*other)) == (one == other)


@given(SEALED, LINES, LINES)
def test_no_sign_in_is_an_act_whatever_the_server_s_nonce_is(sealed, origin, nonce):
    assert challenge(act_bytes(*sealed)) != challenge(sign_in_bytes(origin, nonce))


@given(st.binary(max_size=40))
def test_bytes_come_back_from_their_spelling(data):
    assert to_bytes(to_text(data)) == data


@given(st.text(alphabet="AZaz09-_+/=\n\u0660Q", max_size=6))
def test_whatever_is_read_is_the_one_spelling(text):
    data = to_bytes(text)
    assert data is None or to_text(data) == text


@pytest.mark.parametrize("text", ["AB", "AAB", "A", "AA==", "AA\n", "A+", "A/AA", " AA", "ÄA", "AAA\u0660"])
def test_another_spelling_is_not_read(text):
    assert to_bytes(text) is None
