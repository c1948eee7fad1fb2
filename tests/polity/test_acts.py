"""Acts and their bytes: one act has one spelling, and nothing else is an act."""

import json
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frombelow.polity import Breach, Refused, decode, encode, encode_act, judge, stamp, step
from frombelow.polity.kernel.commitments import check_commitment, commit
from frombelow.polity.kernel.ids import derive_id, encode_id, is_id
from frombelow.polity.kernel.subject import registry
from tests import acts as a
from tests.cast import TEXT, Organization

from .any_act import drawn

KINDS = list(registry.by_act)
SOME_ID = derive_id("some", "id")
VOTE = encode(stamp(a.CastVote(by=SOME_ID, poll=SOME_ID, choice="yes", nonce=SOME_ID), 5))


def test_an_entry_is_spelled_with_its_keys_in_order_and_the_act_with_its_kind_first():
    act = f'{{"kind":"vote.cast","by":"{SOME_ID}","poll":"{SOME_ID}","choice":"yes","nonce":"{SOME_ID}"}}'
    assert VOTE.decode() == f'{{"v":2,"at":5,"act":{act}}}'
    assert encode_act(decode(VOTE).act).decode() == act
    assert encode(decode(VOTE)) == VOTE


def test_every_kind_of_act_can_be_judged():
    every = {kind for kind in vars(a).values() if isinstance(kind, type) and issubclass(kind, a.Act)} - {a.Act}
    assert set(KINDS) == every
    assert all(callable(kind.judge) and callable(kind.apply) for kind in registry.by_act.values())
    assert len({a.kind_of(kind) for kind in KINDS}) == len(KINDS) == len(registry.kinds)


@pytest.mark.parametrize(
    "bad",
    [
        VOTE + b" ",
        VOTE.replace(b'"v":2', b'"v": 2'),
        VOTE.replace(b'"v":2,', b""),
        VOTE.replace(b'"v":2', b'"v":2.0'),
        VOTE.replace(b'"v":2', b'"v":"2"'),
        VOTE.replace(b'"at":5', b'"at":-5'),
        VOTE.replace(b'"at":5', b'"at":5e0'),
        VOTE.replace(b'"at":5', b'"at":253402300799'),
        VOTE.replace(b'"yes"', b'"maybe"'),
        VOTE.replace(b'"yes"', b'"\\u0079es"'),
        VOTE.replace(b'"yes"', b'"yes","weight":2'),
        VOTE.replace(b'"yes"', b'"yes","choice":"yes"'),
        VOTE.replace(b'"kind":"vote.cast",', b"")[:-2] + b',"kind":"vote.cast"}}',
        VOTE.replace(b'"v":2,"at":5', b'"at":5,"v":2'),
        VOTE[:-1] + b',"fixed":{}}' + b" ",
        VOTE[:-1] + b',"fixed":null}',
        VOTE[:-1] + b',"fixed":{"eligible":1.5}}',
        VOTE[:-1] + b',"seal":{}}',
        b"[" + VOTE + b"]",
        b"",
        b"null",
        b"\xff\xfe",
        b'{"kind":' * 5000,
    ],
)  # fmt: skip
def test_another_spelling_is_no_act(bad):
    with pytest.raises(ValueError, match=r"these bytes are no entry|one spelling"):
        decode(bad)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (VOTE.replace(b'"v":2', b'"v":1'), "this entry is of version 1; this program reads version 2"),
        (VOTE.replace(b"vote.cast", b"vote.veto"), "knows no act of the kind “vote.veto”; a later version may"),
    ],
)
def test_what_a_later_version_may_read_is_no_act_of_this_one(bad, why):
    with pytest.raises(ValueError, match=why):
        decode(bad)


def test_what_is_too_long_is_no_act():
    with pytest.raises(ValueError, match="an entry is at most 65,535 bytes; this has 65,536"):
        decode(b" " * 65_536)


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_are_an_act_or_a_value_error(data):
    try:
        entry = decode(data)
    except ValueError:
        return
    assert encode(entry) == data


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**60)
    | st.text(max_size=30)
    | st.sampled_from([SOME_ID, TEXT, "time"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150)
@given(st.sampled_from(KINDS), st.data())
@pytest.mark.many
def test_any_field_of_any_kind_decodes_or_is_a_value_error(kind, data):
    fields = {name: data.draw(json_values) for name in kind.__struct_fields__}
    beside = {name: data.draw(json_values) for name in ("fixed", "seal") if data.draw(st.booleans())}
    entry = {"v": 2, "at": data.draw(json_values), "act": {"kind": a.kind_of(kind), **fields}, **beside}
    said = json.dumps(entry, separators=(",", ":")).encode()
    try:
        found = decode(said)
    except ValueError:
        return
    assert encode(found) == said


@pytest.fixture(scope="module")
def living():
    org = Organization(8)
    org.to_vote()
    org.petition(org.mandate(org.ada))
    batch, _ = org.bring_in(2)
    org.ids = [org.id, *org.people, org.charlie, "time", "server", "decision", *org.polity.mandates, *org.polity.offices,
               *org.polity.motions, batch, org.new(), "a" * 26, "1" * 26]  # fmt: skip
    return org


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(KINDS), st.data())
@pytest.mark.many
def test_whatever_an_entry_says_it_is_taken_in_or_a_breach_and_nothing_else(living, kind, data):
    polity = deepcopy(living.polity)
    act = data.draw(drawn(kind, living.ids))
    fixed = data.draw(st.just(None) | st.just({"eligible": 12}) | st.just({"yes": 1}))
    try:
        step(polity, polity.size, encode(stamp(act, living.clock, fixed)))
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
        {"poll": 3, "choice": "yes", "nonce": org.new()},
        {"poll": org.new(), "choice": "maybe", "nonce": org.new()},
        {"poll": "short", "choice": "no", "nonce": org.new()},
        {"poll": org.new(), "choice": "no", "nonce": "short"},
    ):
        assert org.refused(a.CastVote, org.bo, **fields).message == "not-an-act"


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
        judge(org.polity, a.StepBack(by=org.bo), org.clock - 1)
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
