"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint): what they say, and all that they refuse."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.record import (
    Checkpoint,
    CheckpointError,
    NoteError,
    RecordError,
    SignatureError,
    Signer,
    Verifier,
    open_checkpoint,
    open_note,
    parse_note,
    sign_checkpoint,
    sign_note,
)
from tests.record.cast import BAKERS, ORIGIN, STRANGER, UNION, flipped, head_of, tree_of

NOTE = head_of(tree_of(70))
TEXT, (LINE,) = parse_note(NOTE)


def test_the_note_of_the_specification_opens():
    vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    opened = open_note(note.encode(), Verifier.from_vkey(vkey))
    assert opened.signatures[0].name == "PeterNeumann"
    assert opened.text.endswith("your problem is.\n")


def test_a_checkpoint_is_signed_and_opened():
    assert open_checkpoint(NOTE, Verifier.from_vkey(UNION.vkey)) == Checkpoint(ORIGIN, 70, tree_of(70).root())


def test_a_signer_never_shows_its_key():
    assert "private" not in repr(UNION)
    assert bytes([1]).hex() * 4 not in repr(UNION)


def test_signatures_by_unknown_keys_are_ignored():
    note = sign_note("hello\n", STRANGER, UNION)
    opened = open_note(note, UNION.verifier)
    assert [len(opened.signatures), len(opened.unverified)] == [1, 1]


def test_a_known_key_that_fails_refuses_the_whole_note():
    damaged = flipped(LINE.signature, 5)
    bad = NOTE.replace(LINE.line.encode(), type(LINE)(LINE.name, LINE.key_id, damaged).line.encode())
    other = sign_note(TEXT, STRANGER)
    both = bad + other.partition(b"\n\n")[2]
    with pytest.raises(SignatureError):
        open_note(both, UNION.verifier, STRANGER.verifier)


def test_a_second_signature_by_the_same_key_must_hold_too():
    damaged = type(LINE)(LINE.name, LINE.key_id, flipped(LINE.signature, 5)).line.encode()
    with pytest.raises(SignatureError):
        open_note(NOTE + damaged, UNION.verifier)


def test_at_least_one_known_key_must_have_signed():
    with pytest.raises(SignatureError):
        open_note(NOTE, STRANGER.verifier)
    with pytest.raises(SignatureError):
        open_note(NOTE)


@given(at=st.integers(0, len(NOTE) - 1), mask=st.integers(1, 255))
@settings(max_examples=300)
def test_any_flipped_byte_of_a_checkpoint_is_refused(at, mask):
    with pytest.raises(RecordError):
        open_checkpoint(flipped(NOTE, at, mask), UNION.verifier)


SIGNATURE = LINE.line
B64 = LINE.line.split(" ")[2].strip()


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        TEXT,
        TEXT + "\n",
        TEXT + SIGNATURE,
        TEXT + "\n" + SIGNATURE.rstrip("\n"),
        TEXT + "\n" + SIGNATURE + "\n",
        TEXT + "\n" + SIGNATURE + "more\n",
        TEXT + "\n\t" + SIGNATURE,
        TEXT + "\r\n" + SIGNATURE,
        TEXT + "\n" + SIGNATURE.replace("—", "-"),
        TEXT + "\n" + SIGNATURE.replace("— ", "—"),
        TEXT + "\n" + SIGNATURE.replace(" ", "  "),
        TEXT + "\n" + f"— {ORIGIN}\n",
        TEXT + "\n" + f"— {ORIGIN} {B64} {B64}\n",
        TEXT + "\n" + f"— {ORIGIN}+1 {B64}\n",
        TEXT + "\n" + f"— a\u00a0b {B64}\n",
        TEXT + "\n" + f"— {ORIGIN} {B64.rstrip('=')}\n",
        TEXT + "\n" + f"— {ORIGIN} {B64[:-2]}!=\n",
        TEXT + "\n" + f"— {ORIGIN} AAAAAA==\n",
        TEXT + "\n" + SIGNATURE * 101,
        "x" * 1_000_001 + "\n\n" + SIGNATURE,
        "bell\a\n\n" + SIGNATURE,
        b"\xff\n\n" + SIGNATURE.encode(),
    ],
)
def test_a_malformed_note_is_refused(note):
    with pytest.raises(NoteError):
        open_note(note if isinstance(note, bytes) else note.encode(), UNION.verifier)


def test_a_hundred_signatures_are_allowed():
    assert len(parse_note((TEXT + "\n" + SIGNATURE * 100).encode())[1]) == 100


def test_a_text_may_have_empty_lines_of_its_own():
    assert open_note(sign_note("one\n\ntwo\n", UNION), UNION.verifier).text == "one\n\ntwo\n"


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "nul\0\n", "\ud800\n", "x\r\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text):
    with pytest.raises(NoteError):
        sign_note(text, UNION)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u2003b", "\ud800"])
def test_a_name_that_no_key_can_have_is_refused(name):
    with pytest.raises(NoteError):
        Signer.from_seed(name, bytes(32))


def test_keys_of_the_wrong_length_are_refused():
    for wrong in (b"", bytes(31), bytes(33)):
        with pytest.raises(NoteError):
            Signer.from_seed("name", wrong)
        with pytest.raises(NoteError):
            Verifier.from_key("name", wrong)
    with pytest.raises(NoteError):
        open_note(NOTE, UNION.verifier, UNION.verifier)
    with pytest.raises(NoteError):
        sign_note("hello\n")


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        UNION.vkey[1:],
        UNION.vkey.replace("+", " "),
        UNION.vkey[:-1],
        UNION.vkey + "=",
        UNION.vkey + "\n",
        UNION.vkey.replace("AW", "AQ", 1) if "AW" in UNION.vkey else UNION.vkey[:-4] + "AAA=",
        "name+00000000+AQ==",
        BAKERS.vkey,
    ],
)
def test_a_verifier_key_that_does_not_fit_is_refused(vkey):
    with pytest.raises(NoteError):
        Verifier.from_vkey(vkey)


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{ORIGIN}\n70\n",
        f"{ORIGIN}\n70\n{ROOT}",
        f"{ORIGIN}\n70\n{ROOT}\nextension\n",
        f"{ORIGIN}\n70\n{ROOT}\n\n",
        f"\n70\n{ROOT}\n",
        f"a b\n70\n{ROOT}\n",
        f"{ORIGIN}\n070\n{ROOT}\n",
        f"{ORIGIN}\n+70\n{ROOT}\n",
        f"{ORIGIN}\n-1\n{ROOT}\n",
        f"{ORIGIN}\n7_0\n{ROOT}\n",
        f"{ORIGIN}\n٧٠\n{ROOT}\n",
        f"{ORIGIN}\n 70\n{ROOT}\n",
        f"{ORIGIN}\n\n{ROOT}\n",
        f"{ORIGIN}\n{2**63}\n{ROOT}\n",
        f"{ORIGIN}\n{10**25}\n{ROOT}\n",
        f"{ORIGIN}\n70\n{ROOT[:-4]}\n",
        f"{ORIGIN}\n70\n{ROOT[:-2]}B=\n",
        f"{ORIGIN}\n70\n{ROOT.rstrip('=')}\n",
        f"{ORIGIN}\n70\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n0\n{ROOT}\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text):
    with pytest.raises(CheckpointError):
        Checkpoint.parse(text)


@given(st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_reads_back_as_written(size, root):
    checkpoint = Checkpoint(ORIGIN, size, root)
    assert Checkpoint.parse(checkpoint.to_text()) == checkpoint


def test_a_checkpoint_of_another_origin_is_refused():
    other = Signer.from_seed("elsewhere.example/record", bytes([1]) * 32)
    checkpoint = Checkpoint(ORIGIN, 70, bytes(32))
    with pytest.raises(CheckpointError):
        sign_checkpoint(checkpoint, other)
    with pytest.raises(CheckpointError):
        open_checkpoint(sign_note(checkpoint.to_text(), other), other.verifier)
