"""Cosignatures (C2SP tlog-cosignature) and the policy of k of n witnesses (C2SP tlog-policy)."""

import pytest

from frombelow.record import (
    CheckpointError,
    CosignatureVerifier,
    Cosigner,
    NoteError,
    Policy,
    PolicyError,
    QuorumMissing,
    SignatureError,
    add_cosignatures,
    cosign_note,
    open_note,
    parse_note,
    sign_note,
    verify_cosignature,
)
from tests.record.cast import BAKERS, NOON, PORTERS, PORTERS_2, STRANGER, UNION, flipped, head_of, tree_of

NOTE = head_of(tree_of(70))
BOTH = cosign_note(cosign_note(NOTE, BAKERS, NOON), PORTERS_2, NOON + 5)


@pytest.mark.parametrize("witness", [BAKERS, PORTERS_2])
def test_a_cosignature_gives_its_time_back(witness):
    note = cosign_note(NOTE, witness, NOON)
    assert verify_cosignature(note, CosignatureVerifier.from_vkey(witness.vkey)) == NOON
    assert open_note(note, UNION.verifier).text == parse_note(NOTE)[0]


def test_the_cosignature_of_the_specification_verifies():
    vkey_name = "witness.example.com/w1"
    note = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    )
    (line,) = parse_note(note.encode())[1]
    assert (line.name, line.key_id, int.from_bytes(line.signature[:8], "big")) == (vkey_name, 0x8D66CF3F, 1679315147)


@pytest.mark.parametrize("witness", [BAKERS, PORTERS_2])
@pytest.mark.parametrize("at", [0, 7, 8, 40, -1])
def test_a_flipped_byte_of_a_cosignature_is_refused(witness, at):
    text, _ = parse_note(NOTE)
    signature = witness.cosign(text.encode(), NOON).signature
    with pytest.raises(SignatureError):
        witness.verifier.verify(text.encode(), flipped(signature, at))
    with pytest.raises(SignatureError):
        witness.verifier.verify(text.replace("70", "71").encode(), signature)
    for wrong in (b"", signature[:8], signature[:-1], signature + b"x"):
        with pytest.raises(SignatureError):
            witness.verifier.verify(text.encode(), wrong)


def test_a_log_key_and_a_witness_key_are_not_taken_for_each_other():
    with pytest.raises(NoteError):
        CosignatureVerifier.from_vkey(UNION.vkey)
    with pytest.raises(SignatureError):
        verify_cosignature(NOTE, BAKERS.verifier)
    for wrong in (b"", bytes(33)):
        with pytest.raises(NoteError):
            CosignatureVerifier.from_key("name", 4, wrong)
        with pytest.raises(NoteError):
            Cosigner.from_seed("name", wrong)


@pytest.mark.parametrize("time", [-1, 2**63])
def test_a_time_out_of_range_is_not_cosigned(time):
    with pytest.raises(NoteError):
        cosign_note(NOTE, BAKERS, time)


def test_only_checkpoints_are_cosigned():
    with pytest.raises(CheckpointError):
        cosign_note(sign_note("hello\n", UNION), BAKERS, NOON)


def test_only_lines_that_verify_are_taken_from_a_response():
    text = parse_note(NOTE)[0].encode()
    good, unknown = BAKERS.cosign(text, NOON).line, PORTERS.cosign(text, NOON).line
    assert add_cosignatures(NOTE, (unknown + good).encode(), BAKERS.verifier) == NOTE + good.encode()
    other = BAKERS.cosign(text.replace(b"70", b"71"), NOON).line
    for response, error in ((unknown, SignatureError), (other, SignatureError), ("", NoteError), ("x\n", NoteError)):
        with pytest.raises(error):
            add_cosignatures(NOTE, response.encode(), BAKERS.verifier)
    with pytest.raises(NoteError):
        add_cosignatures(NOTE, b"\xff\n", BAKERS.verifier)


LINES = f"""
# who keeps watch over us
log {UNION.vkey} https://example-union.org/record
witness bakers\t{BAKERS.vkey}
  witness porters {PORTERS_2.vkey} https://porters.example
witness bearers {PORTERS.vkey}
group sisters 2 bakers porters bearers
"""


def test_enough_witnesses_satisfy_the_policy():
    times = Policy.parse(LINES + "quorum sisters\n").check(BOTH)
    assert times == {"bakers": NOON, "porters": NOON + 5}


def test_too_few_witnesses_do_not_satisfy_it():
    policy = Policy.parse(LINES + "quorum sisters\n")
    with pytest.raises(QuorumMissing):
        policy.check(cosign_note(NOTE, BAKERS, NOON))
    twice = cosign_note(cosign_note(NOTE, BAKERS, NOON), BAKERS, NOON + 1)
    with pytest.raises(QuorumMissing):
        policy.check(twice)
    with pytest.raises(QuorumMissing):
        Policy.parse(LINES + "quorum bearers\n").check(BOTH)


def test_groups_of_groups_are_counted():
    text = LINES.replace("group sisters 2 bakers porters bearers", "group a any bakers porters\ngroup b all a bearers")
    with pytest.raises(QuorumMissing):
        Policy.parse(text + "quorum b").check(BOTH)
    Policy.parse(text + "quorum b").check(cosign_note(BOTH, PORTERS, NOON))
    Policy.parse(text + "quorum a").check(BOTH)


def test_without_a_quorum_only_the_log_must_have_signed():
    assert Policy.parse(LINES + "quorum none").check(NOTE) == {}
    with pytest.raises(QuorumMissing):
        Policy.parse(LINES + "quorum none").check(head_of(tree_of(70), 70, STRANGER))


def test_a_policy_refuses_a_cosignature_by_a_known_key_that_fails():
    text = parse_note(NOTE)[0].encode()
    bad = NOTE + BAKERS.cosign(text.replace(b"70", b"71"), NOON).line.encode()
    with pytest.raises(SignatureError):
        Policy.parse(LINES + "quorum none").check(bad)


@pytest.mark.parametrize(
    "text",
    [
        "",
        LINES,
        "quorum nobody",
        LINES + "quorum sisters\nquorum sisters\n",
        LINES + "quorum none\nquorum none\n",
        LINES + "quorum\n",
        LINES + "quorum bakers porters\n",
        f"log {BAKERS.vkey}\nquorum none",
        f"log {UNION.vkey}\nlog {UNION.vkey}\nquorum none",
        f"witness a {UNION.vkey}\nquorum none",
        f"witness none {BAKERS.vkey}\nquorum none",
        f"witness a {BAKERS.vkey}\nwitness b {BAKERS.vkey}\nquorum a",
        f"witness a {BAKERS.vkey}\nwitness a {PORTERS.vkey}\nquorum a",
        f"witness a {BAKERS.vkey}\ngroup g 1 a a\nquorum g",
        f"witness a {BAKERS.vkey}\ngroup g 1 a\ngroup h 1 a\nquorum g",
        f"witness a {BAKERS.vkey}\ngroup g 2 a\nquorum g",
        f"witness a {BAKERS.vkey}\ngroup g 0 a\nquorum g",
        f"witness a {BAKERS.vkey}\ngroup g 01 a\nquorum g",
        f"witness a {BAKERS.vkey}\ngroup g some a\nquorum g",
        f"witness a {BAKERS.vkey}\ngroup g any\nquorum g",
        "group g any g\nquorum g",
        "group g any none\nquorum g",
        "friend a\nquorum none",
        "quorum none\r\n",
        "quorum none\0",
    ],
)
def test_a_malformed_policy_is_refused(text):
    with pytest.raises(PolicyError):
        Policy.parse(text)
