"""Asking a witness: at which addresses it can be, and what its answer says (C2SP tlog-witness)."""

import pytest

from frombelow.record import (
    AddressError,
    Amiss,
    Cosigned,
    Elsewhere,
    RecordError,
    Witness,
    check_address,
    cosign_note,
    is_near,
    make_request,
    read_answer,
)
from tests.record.cast import BAKERS, NOON, ORIGIN, PORTERS, PORTERS_2, UNION, head_of, rewritten, tree_of

TREE = tree_of(70)
NOTE = head_of(TREE)
NEAR = ["http://localhost:8100", "https://[::1]/w", "http://127.9.9.9", "http://w.localhost/", "http://0.0.0.0:1", "http://[::ffff:127.0.0.1]/"]  # fmt: skip
FAR = ["https://witness.example", "https://witness.example:8443/w/1/", "https://192.0.2.1", "https://127.0.0.1.example"]


@pytest.mark.parametrize("address", NEAR + FAR)
def test_a_witness_is_asked_by_https_or_by_http_on_the_machine_itself(address):
    check_address(address)
    assert is_near(address) == (address in NEAR)


@pytest.mark.parametrize(
    "address",
    [
        "http://witness.example", "http://127.1", "ftp://localhost", "https://", "https://u@w.example", "https://w.example/?q",
        "https://w.example/#f", "https://W.example", "https://w.example:0", "https://w.example:65536", "https://w.example/ x",
        "https://w.example\n", "w.example", "file:///etc/passwd", "https://[:::]/", "", "https://w.example/\u00e9",
    ],
)  # fmt: skip
def test_no_other_address_is_asked(address):
    with pytest.raises(AddressError):
        check_address(address)


@pytest.mark.parametrize("witness", [BAKERS, PORTERS_2])
def test_a_cosignature_is_the_line_that_stands_under_the_note(witness):
    answer = cosign_note(NOTE, witness, NOON)[len(NOTE) :] + cosign_note(NOTE, PORTERS, NOON)[len(NOTE) :]
    found = read_answer(200, answer, NOTE, witness.verifier, 0)
    assert isinstance(found, Cosigned)
    assert found.at == NOON
    assert answer.startswith(found.line.encode())


def test_an_answer_from_a_witness_of_this_program_is_read():
    witness, state = Witness((BAKERS,), {ORIGIN: UNION.verifier}), {}
    for size, old in ((3, 0), (70, 3)):
        note = head_of(TREE, size)
        behind = witness.decide(make_request(0, [], note), state, NOON)
        if old:
            assert read_answer(behind.status, behind.body, note, BAKERS.verifier, 0) == Elsewhere(old)
        done = witness.decide(make_request(old, TREE.consistency(old, size), note), state, NOON)
        assert isinstance(read_answer(done.status, done.body, note, BAKERS.verifier, old), Cosigned)
        state[done.keep[0]] = done.keep[1]
    other = rewritten(80, 4)
    refused = witness.decide(make_request(70, other.consistency(70, 80), head_of(other)), state, NOON)
    with pytest.raises(Amiss) as amiss:
        read_answer(refused.status, refused.body, head_of(other), BAKERS.verifier, 70)
    assert (amiss.value.word, amiss.value.size) == ("fork", 70)
    refused = witness.decide(make_request(70, [], head_of(rewritten(70, 4))), state, NOON)
    with pytest.raises(Amiss) as amiss:
        read_answer(refused.status, refused.body, NOTE, BAKERS.verifier, 70)
    assert (amiss.value.word, amiss.value.size) == ("fork", 70)


@pytest.mark.parametrize(
    ("status", "body", "word", "size"),
    [
        (200, b"hello\n", "rubbish", 0), (200, b"", "rubbish", 0), (200, b"\xff", "rubbish", 0), (200, b"x" * 4097, "rubbish", 0),
        (200, cosign_note(NOTE, PORTERS, NOON)[len(NOTE) :], "unsigned", 0),
        (200, cosign_note(head_of(TREE, 69), BAKERS, NOON)[len(head_of(TREE, 69)) :], "unsigned", 0),
        (409, b"71\n", "ahead", 71), (409, b"9223372036854775807\n", "ahead", 2**63 - 1), (409, b"5\n", "fork", 5), (409, b"4\n", "forgot", 5), (429, b"", "down", 0),
        (409, b"05\n", "rubbish", 0), (409, b"many", "rubbish", 0), (409, b"9" * 30, "rubbish", 0),
        (422, b"", "fork", 5), (404, b"", "unknown", 0), (403, b"", "other-key", 0), (400, b"", "rubbish", 0),
        (302, b"", "rubbish", 0), (500, b"", "down", 0), (503, b"", "down", 0),
    ],
)  # fmt: skip
def test_whatever_is_no_cosignature_is_told_in_a_word(status, body, word, size):
    with pytest.raises(Amiss) as amiss:
        read_answer(status, body, NOTE, BAKERS.verifier, 5)
    assert (amiss.value.word, amiss.value.size) == (word, size)
    assert isinstance(amiss.value, RecordError)
