"""Whoever remembers, compares or witnesses meets a changed history."""

import pytest

from frombelow.record import (
    Checkpoint,
    CheckpointError,
    Fork,
    ProofError,
    RecordError,
    RequestError,
    SignatureError,
    Signer,
    Witness,
    add_cosignatures,
    compare,
    follow,
    make_request,
    open_evidence,
    parse_request,
    sign_checkpoint,
    verify_cosignature,
)
from tests.record.cast import BAKERS, NOON, ORIGIN, PORTERS_2, STRANGER, UNION, head_of, rewritten, tree_of

TREE = tree_of(300)
OLD, NEW = head_of(TREE, 200), head_of(TREE, 300)
KEY = UNION.verifier


def test_a_remembering_client_follows_an_honest_record():
    assert follow(None, OLD, [], KEY).size == 200
    assert follow(OLD, NEW, TREE.consistency(200), KEY) == Checkpoint(ORIGIN, 300, TREE.root())
    assert follow(NEW, NEW, [], KEY).size == 300


def test_a_remembering_client_meets_rewritten_history_and_keeps_both_notes():
    other = rewritten(300, at=17)
    new = head_of(other)
    with pytest.raises(Fork, match="History was changed") as caught:
        follow(OLD, new, other.consistency(200), KEY)
    assert (caught.value.old, caught.value.new) == (OLD, new)
    assert isinstance(caught.value.__cause__, ProofError)


def test_a_rewritten_tree_whose_proof_holds_for_its_own_past_convinces_outsiders():
    other = rewritten(300, at=17)
    with pytest.raises(Fork) as caught:
        follow(OLD, head_of(other), other.consistency(200), KEY)
    assert caught.value.conclusive
    old, new = open_evidence(caught.value.evidence(), KEY)
    assert (old.size, new.size) == (200, 300)


def test_another_root_at_the_same_size_convinces_outsiders():
    new = head_of(rewritten(200, at=3))
    with pytest.raises(Fork) as caught:
        follow(OLD, new, [], KEY)
    assert caught.value.conclusive
    assert open_evidence(caught.value.evidence(), KEY)[1].root != TREE.root(200)


def test_a_record_that_became_shorter_is_a_fork_that_only_the_client_can_swear_to():
    with pytest.raises(Fork, match="now shows only 200") as caught:
        follow(NEW, OLD, TREE.consistency(200), KEY)
    assert not caught.value.conclusive
    with pytest.raises(CheckpointError):
        open_evidence(caught.value.evidence(), KEY)


def test_a_garbled_proof_is_a_fork_but_no_evidence_against_the_record():
    with pytest.raises(Fork) as caught:
        follow(OLD, NEW, [bytes(32)], KEY)
    assert not caught.value.conclusive


def test_two_members_shown_one_history_agree_in_either_order():
    proof = TREE.consistency(200)
    assert compare(OLD, NEW, proof, KEY) == compare(NEW, OLD, proof, KEY)


def test_two_members_shown_different_histories_hold_evidence_of_the_split_view():
    other = rewritten(300, at=120)
    for mine, theirs, proof in (
        (head_of(TREE, 300), head_of(other), []),
        (OLD, head_of(other), other.consistency(200)),
        (head_of(other), OLD, other.consistency(200)),
    ):
        with pytest.raises(Fork) as caught:
            compare(mine, theirs, proof, KEY)
        assert {caught.value.old, caught.value.new} == {mine, theirs}
        open_evidence(caught.value.evidence(), KEY)


def test_evidence_needs_both_signatures_and_a_contradiction():
    with pytest.raises(Fork) as caught:
        follow(OLD, head_of(rewritten(200, at=3)), [], KEY)
    evidence = caught.value.evidence()
    with pytest.raises(SignatureError):
        open_evidence(evidence, STRANGER.verifier)
    honest = Fork("", OLD, NEW, TREE.consistency(200), conclusive=False).evidence()
    for file in (b"", evidence[:-1], evidence[1:], evidence + b"1\n", honest, evidence.replace(b"-fork/1", b"-fork/2")):
        with pytest.raises(RecordError):
            open_evidence(file, KEY)


# A witness (C2SP tlog-witness)

WITNESS = Witness((BAKERS, PORTERS_2), {ORIGIN: KEY})
BIG = tree_of(3000)
HEAD_2000, HEAD_3000 = head_of(BIG, 2000), head_of(BIG, 3000)


def witnessed(old, proof, note, state, witness=WITNESS):
    return witness.decide(make_request(old, proof, note), state, NOON)


def test_a_witness_cosigns_a_first_checkpoint_and_then_what_continues_it():
    first = witnessed(0, [], HEAD_2000, {})
    assert (first.status, first.keep) == (200, (ORIGIN, HEAD_2000 + first.body))
    second = witnessed(2000, BIG.consistency(2000), HEAD_3000, dict([first.keep]))
    assert (second.status, second.keep, second.fork) == (200, (ORIGIN, HEAD_3000 + second.body), None)
    note = add_cosignatures(HEAD_3000, second.body, BAKERS.verifier, PORTERS_2.verifier)
    assert verify_cosignature(note, BAKERS.verifier) == verify_cosignature(note, PORTERS_2.verifier) == NOON


def test_a_witness_that_cosigned_2000_refuses_a_rewritten_3000_and_keeps_the_evidence():
    other = rewritten(3000, at=1500)
    note = head_of(other)
    outcome = witnessed(2000, other.consistency(2000), note, {ORIGIN: HEAD_2000})
    assert (outcome.status, outcome.keep) == (422, None)
    assert (outcome.fork.old, outcome.fork.new) == (HEAD_2000, note)
    assert "—".encode() not in outcome.body
    with pytest.raises(Fork):
        follow(HEAD_2000, note, outcome.fork.proof, KEY)


def test_a_witness_answers_a_rollback_with_409_and_the_size_it_knows():
    outcome = witnessed(1000, BIG.consistency(1000, 2000), HEAD_2000, {ORIGIN: HEAD_3000})
    assert (outcome.status, outcome.body, outcome.content_type) == (409, b"3000\n", "text/x.tlog.size")
    assert outcome.keep is None
    assert witnessed(3000, [], HEAD_2000, {ORIGIN: HEAD_3000}).status == 400


def test_a_witness_answers_a_request_from_0_with_the_size_it_knows():
    assert witnessed(0, [], HEAD_3000, {ORIGIN: HEAD_2000}).body == b"2000\n"


def test_a_witness_refuses_another_root_at_the_same_size_with_409():
    outcome = witnessed(3000, [], head_of(rewritten(3000, at=1)), {ORIGIN: HEAD_3000})
    assert (outcome.status, outcome.keep, outcome.fork.conclusive) == (409, None, True)


def test_a_witness_cosigns_the_same_checkpoint_again():
    assert witnessed(3000, [], HEAD_3000, {ORIGIN: HEAD_3000}).status == 200


def test_a_proof_where_none_belongs_is_refused_with_422():
    assert witnessed(0, [bytes(32)], HEAD_3000, {}).status == 422
    assert witnessed(3000, [bytes(32)], HEAD_3000, {ORIGIN: HEAD_3000}).status == 422


def test_a_witness_knows_only_its_logs_and_their_keys():
    elsewhere = Signer.from_seed("elsewhere.example/record", bytes(32))
    unknown = sign_checkpoint(Checkpoint(elsewhere.name, 1, bytes(32)), elsewhere)
    assert witnessed(0, [], unknown, {}).status == 404
    assert witnessed(0, [], head_of(BIG, 3000, STRANGER), {}).status == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        b"old 0\n\n",
        b"old 0\n" + HEAD_2000,
        b"old 00\n\n" + HEAD_2000,
        b"old -1\n\n" + HEAD_2000,
        b"old 9999\n\n" + HEAD_2000,
        b"new 0\n\n" + HEAD_2000,
        b"old 0\nAAAA\n\n" + HEAD_2000,
        b"old 0\n!!!!\n\n" + HEAD_2000,
        make_request(0, [bytes(32)] * 64, HEAD_2000),
        b"old 0\n\n" + HEAD_2000[:-1],
        b"old 0\n\n" + HEAD_2000.replace(b"2000", b"02000"),
        b"\xff\xfe\n\n" + HEAD_2000,
    ],
)
def test_a_malformed_request_is_answered_with_400(body):
    outcome = WITNESS.decide(body, {}, NOON)
    assert (outcome.status, outcome.keep) == (400, None)


def test_a_request_reads_back_as_written():
    body = make_request(2000, BIG.consistency(2000), HEAD_3000)
    assert parse_request(body).to_bytes() == body
    with pytest.raises(RequestError):
        parse_request(b"")
