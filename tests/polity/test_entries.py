"""Entries: the act as it was said, the door's stamp beside it, and nothing else."""

from copy import deepcopy

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.polity import (
    Breach,
    Polity,
    Stage,
    decode,
    decode_act,
    encode,
    encode_act,
    figures,
    kind_of,
    replay,
    schema,
    stamp,
    step,
)
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.subject import registry
from tests import acts as a
from tests.cast import TEXT, Organization, facts

from .any_act import ACTS, EVERY_ID, drawn

SEAL = Seal(key=EVERY_ID[0], n=0, until=10, size=1, root=TEXT, signature="s")


@pytest.fixture(scope="module")
def waiting():
    """A motion that was debated long enough: Ada may open its vote, in which 24 may answer."""
    org = Organization(20)
    org.motion = org.move()
    org.second(org.motion)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=org.motion)
    org.until(org.motion, Stage.DEBATE)
    org.clock = org.polity.motions[org.motion].deadline
    org.catch_up()
    org.opening = a.OpenVote(by=org.ada, under=org.mandate(org.ada), poll=org.motion)
    org.leaving = encode(stamp(a.Leave(by=org.bo), org.clock))
    return org


def refused(org, data):
    """The breach that an entry is, at the end of the record; the polity is as before."""
    polity = deepcopy(org.polity)
    with pytest.raises(Breach) as caught:
        step(polity, len(org.record), data)
    assert facts(polity) == facts(org.polity)
    found = caught.value
    assert found.index == len(org.record)
    assert found.article in org.polity.book.articles
    assert found.why.endswith(".")
    return found


# --- one spelling ---


def test_an_entry_has_one_spelling(waiting):
    entry = stamp(waiting.opening, waiting.clock, {"eligible": 24})
    data = encode(entry)
    assert data.startswith(b'{"v":2,"at":%d,"act":{"kind":"vote.open","by":"' % waiting.clock)
    assert data.endswith(b'"},"fixed":{"eligible":24}}')
    assert decode(data) == entry
    assert encode(decode(data)) == data


@pytest.mark.parametrize(
    ("part", "other"),
    [
        (b'"v":2', b'"v": 2'),
        (b'"v":2,', b""),
        (b'"v":2', b'"v":2,"v":2'),
        (b'"kind":"member.leave",', b'"kind":"member.leave","kind":"member.leave",'),
        (b"member.leave", b"member\\u002eleave"),
        (b"}}", b'},"fixed":{}} '),
        (b"}}", b'},"fixed":null}'),
        (b"}}", b'},"seal":null}'),
        (b"}}", b"}}\n"),
        (b"}}", b'},"fixed":{}}'),
    ],
)
def test_another_spelling_of_it_is_none(waiting, part, other):
    said = waiting.leaving.replace(part, other)
    assert said != waiting.leaving
    found = refused(waiting, said)
    assert found.article == waiting.polity.book.article("record")


def test_nothing_beside_an_act_is_said_by_leaving_it_out(waiting):
    """No figures are no figures: an empty table is another spelling, and no entry."""
    assert b"fixed" not in waiting.leaving
    assert encode(stamp(a.Leave(by=waiting.bo), waiting.clock, {})) == waiting.leaving
    refused(waiting, waiting.leaving[:-1] + b',"fixed":{}}')


def test_the_bytes_of_the_act_in_an_entry_are_those_that_were_handed_in(org):
    motion = org.to_vote(a.FormBranch("North", org.id))
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    org.bring_in(3)
    for data in org.record:
        act = decode(data).act
        said = encode_act(act)
        assert data.count(said) == 1
        assert decode_act(said) == act
        assert b'"v":' not in said
        assert b'"at":' not in said
        assert b'"fixed":' not in said


def test_the_same_act_at_another_second_is_said_in_the_same_bytes(waiting):
    act = a.Leave(by=waiting.bo)
    early, late = (encode(stamp(act, at)) for at in (waiting.clock, waiting.clock + 5))
    assert early != late
    assert encode_act(act) in early
    assert encode_act(act) in late


@pytest.mark.parametrize("beside", [b'"at":5,', b'"v":2,', b'"eligible":24,', b'"fixed":{},', b'"seal":{},'])
def test_who_acts_cannot_say_what_is_the_doors_to_say(beside):
    said = encode_act(a.Leave(by=EVERY_ID[0]))
    with pytest.raises(ValueError, match="unknown field"):
        decode_act(said[:-1] + b"," + beside[:-1] + b"}")


@settings(max_examples=400)
@given(ACTS, st.integers(0, 221_845_392_000), st.none() | st.dictionaries(st.text(max_size=9), st.integers(0, 2**53)))
@pytest.mark.many
def test_any_act_of_any_kind_is_read_back_as_it_was_said(act, at, fixed):
    said = encode_act(act)
    assert decode_act(said) == act
    assert type(decode_act(said)) is type(act)
    entry = stamp(act, at, fixed)
    data = encode(entry)
    assert decode(data) == entry
    assert encode(decode(data)) == data
    assert data.startswith(b'{"v":2,"at":%d,"act":%s' % (at, said))


@pytest.mark.parametrize("kind", sorted(registry.kinds))
@settings(max_examples=5)
@given(st.data())
def test_random_acts_are_of_every_kind(kind, data):
    """`ACTS` draws the kind first, and each alike."""
    assert kind_of(data.draw(drawn(registry.kinds[kind].act, EVERY_ID))) == kind


# --- what is no entry of this version ---


@pytest.mark.parametrize(
    ("part", "other", "why"),
    [
        (
            b'"kind":"member.leave",',
            b'"kind":"member.leave","weight":2,',
            "no entry: there is an unknown field “weight” in $.act.",
        ),
        (b'{"v":2,', b'{"v":2,"who":"me",', "no entry: there is an unknown field “who” in $."),
        (b"}}", b'},"fixed":{"eligible":"24"}}', "no entry: the field $.fixed[...] is of the wrong type."),
        (b"}}", b'},"seal":{"key":"x"}}', "no entry: the field $.seal.key is too long or too short."),
        (b"member.leave", b"member.veto", "this program knows no act of the kind “member.veto”; a later version may."),
        (b"member.leave", b"case.open", "this program knows no act of the kind “case.open”; a later version may."),
        (b'"v":2', b'"v":1', "this entry is of version 1; this program reads version 2."),
        (b'"v":2', b'"v":3', "this entry is of version 3; this program reads version 2."),
        (b'"v":2', b'"v":"2"', "these bytes are no entry: the field $.v is of the wrong type."),
        (b'"at":', b'"at":-', "no entry: the field $.at is out of range."),
        (
            b'"kind":"member.leave",',
            b'"kind":"member.leave","by":"x","b\x00":1,',
            "no entry: this cannot be read as JSON.",
        ),
    ],
)
def test_what_this_version_cannot_read_is_said_in_a_sentence(waiting, part, other, why):
    found = refused(waiting, waiting.leaving.replace(part, other))
    assert why in found.why
    assert found.article == waiting.polity.book.article("record")


def test_an_entry_as_version_1_wrote_it_is_told_by_its_version(waiting):
    found = refused(waiting, b'{"kind":"leave","v":1,"at":%d,"by":"%s"}' % (waiting.clock, waiting.bo.encode()))
    assert found.why == "this entry is of version 1; this program reads version 2."


def test_a_kind_of_a_later_version_with_fields_of_its_own_is_told_by_its_kind(waiting):
    said = b'{"v":2,"at":5,"act":{"kind":"draw.hold","seed":[1,2,{"x":"y"}]}}'
    assert refused(waiting, said).why == "this program knows no act of the kind “draw.hold”; a later version may."


# --- the stamp ---


@pytest.mark.parametrize(
    ("fixed", "said"),
    [
        (None, "nothing"),
        ({"eligible": 23}, "eligible 23"),
        ({"eligible": 0}, "eligible 0"),
        ({"electorate": 24}, "electorate 24"),
        ({"eligible": 24, "quorum": 3}, "eligible 24, quorum 3"),
    ],
)
def test_wrong_figures_beside_a_vote_that_opens_are_refused(waiting, fixed, said):
    found = refused(waiting, encode(stamp(waiting.opening, waiting.clock, fixed)))
    assert found.why.endswith(f"what stood before gives eligible 24; the entry says {said}.")
    assert found.article == "5.3"


def test_the_right_figures_let_it_in(waiting):
    polity = deepcopy(waiting.polity)
    right = figures(polity, waiting.opening, waiting.clock)
    step(polity, polity.size, encode(stamp(waiting.opening, waiting.clock, right)))
    assert polity.motions[waiting.motion].poll.eligible == right["eligible"] == 24


def test_figures_beside_a_kind_that_has_none_are_refused(waiting):
    found = refused(waiting, encode(stamp(a.Leave(by=waiting.bo), waiting.clock, {"members": 23})))
    assert found.why.endswith("what stood before gives nothing; the entry says members 23.")


def test_figures_beside_what_time_does_are_checked_like_all_others(waiting):
    at = waiting.polity.motions[waiting.motion].opens
    opening = a.OpenVote(by=a.TIME, poll=waiting.motion)
    found = refused(waiting, encode(stamp(opening, at, {"eligible": 1})))
    assert found.why.endswith("what stood before gives eligible 24; the entry says eligible 1.")


def test_an_entry_sealed_by_a_key_that_nobody_bound_is_refused(waiting):
    sealed = msgspec.structs.replace(decode(waiting.leaving), seal=SEAL)
    found = refused(waiting, encode(sealed))
    assert found.why.endswith("the seal names a key that is not one of whoever acts.")
    assert found.article == waiting.polity.book.article("keys")


def test_an_entry_dated_before_the_last_is_refused(waiting):
    at = waiting.polity.at - 1
    found = refused(waiting, encode(stamp(a.Leave(by=waiting.bo), at)))
    assert found.why.endswith("this act is dated before the one that stands before it.")
    assert found.article == waiting.polity.book.article("record")


@pytest.mark.parametrize("wrong", [{"seal": SEAL}, {"fixed": {"founders": 4}}])
def test_a_founding_with_a_seal_or_figures_is_a_breach_too(wrong):
    org = Organization()
    founding = encode(msgspec.structs.replace(decode(org.record[0]), **wrong))
    polity = Polity()
    with pytest.raises(Breach) as caught:
        step(polity, 0, founding)
    assert caught.value.index == 0
    assert facts(polity) == facts(Polity())
    with pytest.raises(Breach):
        replay([founding, *org.record[1:]])


@pytest.mark.parametrize("by", [a.TIME, a.DECISION, a.SERVER])
def test_a_founding_by_nobody_is_a_breach_too(by):
    org = Organization()
    founding = decode(org.record[0])
    with pytest.raises(Breach):
        step(Polity(), 0, encode(stamp(msgspec.structs.replace(founding.act, by=by), founding.at)))


@pytest.mark.parametrize("by", ["server:", "server:2", "time:", "time:x", "decision:x"])
def test_an_author_that_is_no_person_has_one_spelling(waiting, by):
    refused(waiting, encode(stamp(a.Start(by=by, version="1"), waiting.clock)))
    refused(waiting, encode(stamp(a.Leave(by=by), waiting.clock)))


# --- the schema ---


def test_the_schema_of_an_entry_names_every_kind_and_every_effect():
    text = msgspec.json.encode(schema()).decode()
    for name in (*registry.kinds, *registry.effects):
        assert f'"{name}"' in text
    assert '"seal"' in text
    assert '"fixed"' in text


def test_an_act_has_one_spelling():
    said = encode_act(a.StepBack(by="a" * 26))
    for other in (said.replace(b":", b": ", 1), said.replace(b"member", b"\\u006dember", 1), said + b" "):
        with pytest.raises(ValueError, match="not the one spelling of the act"):
            decode_act(other)


@pytest.mark.parametrize("sign", ["\x1b[2K", "\r", "\n", "\u2028", "\u202e"])
def test_whoever_made_a_bad_entry_does_not_write_the_finding(sign):
    """On an auditor's terminal a sign that moves the cursor would put other words over what was found."""
    field = msgspec.json.encode(f"{sign}Every act was allowed.")
    entry = b'{"v":2,"at":1700000000,"act":{"kind":"member.leave","by":"%s",%s:1}}' % (b"a" * 26, field)
    with pytest.raises(Breach) as caught:
        replay([entry])
    assert sign not in str(caught.value)
    assert f"\\u{ord(sign[0]):04x}" in caught.value.why


def test_a_finding_is_short_whatever_the_entry_holds():
    entry = b'{"v":2,"at":1700000000,"act":{"kind":"member.leave","by":"%s","%s":1}}' % (b"a" * 26, b"x" * 60_000)
    with pytest.raises(Breach) as caught:
        replay([entry])
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("kind", [a.SetHosts, a.Rename, a.BindReceiving, a.BindBallotKey])
def test_no_line_break_stands_after_what_a_field_allows(kind):
    """A "$" alone lets one stand there: two values that look alike, and bytes that nobody signs."""
    known = {
        "hosts": ("a.example",),
        "name": TEXT,
        "recipient": "age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh",
        "public": TEXT,
        "proof": "A" * 86,
    }
    fields = {name: value for name, value in known.items() if name in kind.__struct_fields__}
    assert decode_act(encode_act(kind(by=EVERY_ID[0], **fields)))
    for name, value in fields.items():
        broken = {name: (value[0] + "\n",) if name == "hosts" else value + "\n"}
        with pytest.raises(ValueError, match=name):
            decode_act(encode_act(kind(by=EVERY_ID[0], **fields | broken)))
