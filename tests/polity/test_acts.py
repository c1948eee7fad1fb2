"""Acts and their bytes: one act has one spelling, and nothing else is an act."""

import json
from copy import deepcopy
from typing import get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frombelow.polity import Breach, Refused, decode, encode, judge, step
from frombelow.polity import acts as a
from frombelow.polity.commitments import check_commitment, commit
from frombelow.polity.ids import derive_id, encode_id, is_id
from frombelow.polity.judging import RULES
from tests.cast import TEXT, Organization

KINDS = get_args(a.AnyAct)
SOME_ID = derive_id("some", "id")
VOTE = encode(a.Vote(by=SOME_ID, motion=SOME_ID, choice="yes", at=5))


def test_an_act_is_spelled_with_its_kind_first_and_its_keys_in_order():
    assert VOTE.decode() == (f'{{"kind":"vote","motion":"{SOME_ID}","choice":"yes","v":1,"at":5,"by":"{SOME_ID}"}}')
    assert encode(decode(VOTE)) == VOTE


def test_every_kind_of_act_can_be_judged():
    assert set(RULES) == set(KINDS)
    assert len({a.tag(kind) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    "bad",
    [
        VOTE + b" ",
        VOTE.replace(b":1,", b": 1,"),
        VOTE.replace(b'"v":1,', b""),
        VOTE.replace(b'"v":1', b'"v":2'),
        VOTE.replace(b'"v":1', b'"v":1.0'),
        VOTE.replace(b'"at":5', b'"at":-5'),
        VOTE.replace(b'"at":5', b'"at":5e0'),
        VOTE.replace(b'"at":5', b'"at":253402300799'),
        VOTE.replace(b'"yes"', b'"maybe"'),
        VOTE.replace(b'"yes"', b'"\\u0079es"'),
        VOTE.replace(b'"yes"', b'"yes","weight":2'),
        VOTE.replace(b'"yes"', b'"yes","choice":"yes"'),
        VOTE.replace(b'"vote"', b'"veto"'),
        b"{" + VOTE[len(b'{"kind":"vote",') : -1] + b',"kind":"vote"}',
        b"[" + VOTE + b"]",
        b"",
        b"null",
        b"\xff\xfe",
        b'{"kind":' * 5000,
    ],
)  # fmt: skip
def test_another_spelling_is_no_act(bad):
    with pytest.raises(ValueError, match=r"these bytes are no act|one spelling"):
        decode(bad)


def test_what_is_too_long_is_no_act():
    with pytest.raises(ValueError, match="an entry is at most 65,535 bytes; this has 65,536"):
        decode(b" " * 65_536)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_an_act_or_a_value_error(data):
    try:
        act = decode(data)
    except ValueError:
        return
    assert encode(act) == data


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**60)
    | st.text(max_size=30)
    | st.sampled_from([SOME_ID, TEXT, "time"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), st.data())
def test_any_field_of_any_kind_decodes_or_is_a_value_error(kind, data):
    fields = {name: data.draw(json_values) for name in kind.__struct_fields__[1:]}
    entry = json.dumps({"kind": a.tag(kind), "v": 1, **fields}, separators=(",", ":")).encode()
    try:
        act = decode(entry)
    except ValueError:
        return
    assert encode(act) == entry


@pytest.fixture(scope="module")
def living():
    org = Organization(8)
    org.to_vote()
    org.petition(org.mandate(org.ada))
    org.ids = [org.id, *org.people, org.charlie, "time", "server", "decision", *org.polity.mandates, *org.polity.offices,
               *org.polity.motions, org.new(), "a" * 26, "1" * 26]  # fmt: skip
    return org


def drawn(kind, data, org):
    """An act of this kind with fields of the right types and random things in them."""
    ids = st.sampled_from(org.ids)
    effects = st.one_of(
        st.builds(a.GrantMandate, ids, ids), st.builds(a.EndMandate, ids), st.builds(a.ExpelMember, ids),
        st.builds(a.FormBranch, st.just("N"), ids), st.builds(a.DissolveBranch, ids),
        st.builds(a.CreateOffice, st.just("O"), st.just(("x",)), ids), st.builds(a.Dissolve),
        st.builds(a.ChangeRules, st.text(max_size=9)), st.builds(a.AdmitPeople, st.tuples(st.tuples(ids, st.just(TEXT))), ids),
    )  # fmt: skip
    special = {
        "effects": st.lists(effects, max_size=3).map(tuple), "effect": effects, "people": st.tuples(st.tuples(ids, st.just(TEXT))),
        "founders": st.tuples(st.tuples(ids, st.just(TEXT))), "mandates": st.just(()), "choice": st.sampled_from(["yes", "no"]),
        "outcome": st.just("carried"), "text": st.just(TEXT), "reason": st.just(TEXT), "value": st.just(TEXT),
        "at": st.just(org.clock), "v": st.just(1), "article": st.sampled_from(["4.1", "9"]), "why": st.just("nobody-may-vote"),
        "until": st.integers(1, 3_287_182), "review": st.integers(1, 3_287_182), "under": st.just(msgspec.UNSET) | ids,
        "n": st.integers(0, 3), "rulebook": st.text(max_size=9), "version": st.just("1"), "ground": st.just("asked"), "batch": st.just(msgspec.UNSET) | ids,
    }  # fmt: skip
    counts = {"index", "eligible", "yes", "no", "abstain", "size", "recovered"}
    fields = {
        name: data.draw(st.integers(0, 50) if name in counts else special.get(name, ids))
        for name in kind.__struct_fields__
    }
    return kind(**fields)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(KINDS), st.data())
def test_whatever_an_entry_says_it_is_taken_in_or_a_breach_and_nothing_else(living, kind, data):
    polity = deepcopy(living.polity)
    try:
        step(polity, polity.size, encode(drawn(kind, data, living)))
    except Breach as breach:
        found = breach
        assert found.article in living.polity.book.articles


# --- what the door hands in ---


def test_an_act_that_no_entry_could_hold_is_refused_and_says_so(org):
    long = a.ChangeRules("“" * 40_000)
    refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=(long,))
    assert refused.article == "1.1"
    assert "an entry is at most 65,535 bytes" in refused.sentence()
    for fields in (
        {"motion": 3, "choice": "yes"},
        {"motion": org.new(), "choice": "maybe"},
        {"motion": "short", "choice": "no"},
    ):
        assert org.refused(a.Vote, org.bo, **fields).message == "not-an-act"


def test_an_id_is_never_used_again(org):
    motion = org.move()
    for taken in (
        motion,
        org.bo,
        org.id,
        org.mandate(org.ada),
        org.office("chair").id,
        "x" * 25,
        "A" * 26,
        "a" * 25 + "b",
    ):
        refused = org.refused(a.Move, org.bo, motion=taken, branch=org.id, text=TEXT)
        assert refused.message in ("bad-id", "not-an-act")


def test_an_act_is_never_dated_before_the_one_before_it(org):
    org.wait(1)
    org.do(a.Start, "server", version="1")
    with pytest.raises(Refused, match="dated before"):
        judge(org.polity, a.StepBack(by=org.bo, at=org.clock - 1))
    org.clock -= 3600  # the machine's clock was set back: the door dates the act by the entry before
    assert org.do(a.StepBack, org.bo).at == org.clock + 3600


# --- ids and commitments ---


@given(st.binary(min_size=16, max_size=16))
def test_sixteen_bytes_have_one_id(raw):
    assert is_id(encode_id(raw))
    assert len(encode_id(raw)) == 26


@pytest.mark.parametrize("text", ["", "a" * 25, "a" * 27, "A" * 26, "1" * 26, "a" * 25 + "b", "a" * 25 + "\n"])
def test_what_is_no_id(text):
    assert not is_id(text)


def test_an_id_of_other_length_cannot_be_made():
    with pytest.raises(ValueError, match="16 bytes"):
        encode_id(b"short")


def test_a_commitment_holds_for_its_value_and_salt_alone():
    made = commit(bytes(32), "Ada")
    check_commitment(made, bytes(32), "Ada")
    for salt, value in ((bytes(31) + b"x", "Ada"), (bytes(32), "Bo")):
        with pytest.raises(ValueError, match="not what was committed to"):
            check_commitment(made, salt, value)
    with pytest.raises(ValueError, match="32 bytes"):
        commit(b"salt", "Ada")
