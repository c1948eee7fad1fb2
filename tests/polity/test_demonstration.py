"""The demonstration for a stranger: one fact is changed, with every hash made anew, and the rules still tell.

The record is a small organization's with a recall, a change of rules and an expulsion. The tests work on entries: what
a thief of the signing key could write. What the rules alone cannot tell is said in the last tests.
"""

import msgspec
import pytest

from frombelow.polity import Breach, Stage, decode, encode, replay, stamp
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, acts_in, article


def history():
    org = Organization(20)
    org.eve_s = org.mandate(org.eve)
    org.recall = org.petition(org.mandate(org.ada))
    org.do(a.Reply, org.ada, motion=org.recall, text=TEXT)
    org.until(org.recall, Stage.VOTING)
    org.vote(org.recall, yes=org.people[1:7], no=org.people[8:11])
    org.close(org.recall)
    org.change = org.to_vote(a.ChangeRules(article("5.4", voting_days=10)))
    org.vote(org.change, yes=org.people[:12], no=org.people[12:14])
    org.close(org.change)
    org.expulsion = org.to_vote(a.ExpelMember(org.people[15]))
    org.vote(org.expulsion, yes=org.people[:8], no=org.people[8:10])
    org.close(org.expulsion)
    org.wait(40)
    return org


@pytest.fixture(scope="module")
def org():
    return history()


def find(org, kind, n=0, **fields):
    """The index of the n-th entry of this kind with these fields."""
    matching = [
        index
        for index, act in enumerate(acts_in(org))
        if isinstance(act, kind) and all(getattr(act, key) == value for key, value in fields.items())
    ]
    return matching[n]


def changed(org, index, *, at=None, fixed=None, **fields):
    """The record with one entry put differently: what was said in it, or the door's stamp."""
    entries = list(org.record)
    entry = decode(entries[index])
    act = msgspec.structs.replace(entry.act, **fields)
    entries[index] = encode(stamp(act, entry.at if at is None else at, fixed or entry.fixed))
    return entries


def breach(entries, **known):
    with pytest.raises(Breach) as caught:
        replay(entries, **known)
    assert str(caught.value).startswith(f"Entry {caught.value.index:,}, Article {caught.value.article}: ")
    return caught.value


def test_the_record_as_it_is_says_who_did_what_under_which_decision(org):
    found = replay(org.record, until=org.clock)
    assert found.kinds["vote.cast"] == 33
    assert found.kinds["motion.take-effect"] == 3
    assert found.under[org.recall] == found.under[org.change] == found.under[org.expulsion] == 1
    assert found.under[org.eve_s] == found.kinds["member.admit"]
    assert found.authors["time"] >= 10
    assert found.entries == len(org.record)
    assert found.polity.people[org.people[15]].standing == "expelled"


def test_a_vote_turned_round(org):
    found = breach(changed(org, find(org, a.CastVote, poll=org.recall, choice="yes"), choice="no"))
    assert found.index == find(org, a.CloseVote, poll=org.recall)
    assert found.article == "5.4"
    assert (
        found.why
        == "time could not have done this (vote.close): yes is “5” by what stands in the record; this act says “6”."
    )


def test_a_vote_by_the_one_it_is_about(org):
    found = breach(changed(org, index := find(org, a.CastVote, poll=org.recall), by=org.ada))
    assert (found.index, found.article) == (index, "3.4")
    assert f"person {org.ada}" in found.why


def test_a_vote_left_out(org):
    index = find(org, a.CastVote, poll=org.expulsion)
    found = breach(org.record[:index] + org.record[index + 1 :])
    assert (found.index, found.article) == (find(org, a.CloseVote, poll=org.expulsion) - 1, "5.4")


def test_an_act_under_a_mandate_that_was_over(org):
    admission = a.Admit(by=org.eve, under=org.eve_s, people=((org.new(), TEXT),), branch=org.id)
    found = breach([*org.record, encode(stamp(admission, org.clock))])
    assert (found.index, found.article) == (len(org.record), "3.1")
    assert (
        found.why
        == f"person {org.eve} as Secretary could not have done this (member.admit): this mandate has ended already."
    )


def test_the_end_of_a_mandate_left_out(org):
    index = find(org, a.Expire)
    found = breach(org.record[:index] + org.record[index + 1 :], until=org.clock)
    assert found.index == index
    assert found.article in ("3.2", "1.2")
    assert "mandate is “" in found.why or "“office expire” was due" in found.why


def test_a_mandate_ended_before_its_day(org):
    index = find(org, a.Expire)
    entries = [*org.record[:5], changed(org, index, at=decode(org.record[4]).at)[index], *org.record[5:]]
    found = breach(entries)
    assert (found.index, found.article) == (5, "1.2")
    assert "time could not have done this (office.expire)" in found.why


def test_the_recalled_chair_rules_on_a_motion(org):
    chair = next(mandate for mandate in org.polity.mandates.values() if mandate.person == org.ada)
    assert chair.how == "ended by decision"
    index = find(org, a.FindInOrder, motion=org.change)
    entries = changed(org, index, by=org.ada, under=chair.id, at=decode(org.record[index - 1]).at)
    found = breach(entries)
    assert (found.index, found.article) == (index, "3.1")
    assert f"person {org.ada} as Chair could not have done this" in found.why


def test_two_entries_in_another_order(org):
    entries = list(org.record)
    opened, vote = find(org, a.OpenVote, poll=org.change), find(org, a.CastVote, poll=org.change)
    entries[opened], entries[vote] = entries[vote], entries[opened]
    found = breach(entries)
    assert found.index == opened


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        (a.Proceed, "7.3"),
        (a.FindInOrder, "4.4"),
        (a.OpenVote, "5.3"),
        (a.CloseVote, "5.4"),
        (a.TakeEffect, "6.2"),
        (a.Expire, "3.2"),
    ],
)
def test_an_act_of_time_left_out(org, kind, article):
    index = find(org, kind)
    kept = [*org.record[:index], encode(stamp(a.Backup(by="server", size=1), decode(org.record[index]).at))]
    found = breach(kept)
    assert (found.index, found.article) == (index, article)
    assert "the server could not have done this" in found.why
    assert "time was held back" in found.why


def test_a_rule_applied_too_early(org):
    """Votes of ten days are for motions moved after the change; one moved before it closes after seven."""
    index = find(org, a.TakeEffect, motion=org.change)
    close = find(org, a.CloseVote, poll=org.change)
    early = [*org.record[:close], org.record[index], org.record[close]]
    found = breach(early)
    assert (found.index, found.article) == (close, "5.4")


def test_a_vote_closed_under_the_old_rule(org):
    index = find(org, a.CloseVote, poll=org.expulsion)
    opened = decode(org.record[find(org, a.OpenVote, poll=org.expulsion)]).at
    found = breach(changed(org, index, at=opened + 8 * DAY))
    assert found.index == index
    assert "time does only what is due" in found.why


def test_an_effect_without_its_decision(org):
    effect = decode(org.record[find(org, a.TakeEffect, motion=org.expulsion)]).act
    forged = msgspec.structs.replace(effect, effect=a.ExpelMember(org.bo))
    found = breach([*org.record, encode(stamp(forged, org.clock))])
    assert (found.index, found.article) == (len(org.record), "1.2")
    assert (
        found.why
        == "a decision could not have done this (motion.take-effect): time does only what is due; this was not."
    )


def test_another_effect_than_was_decided(org):
    index = find(org, a.TakeEffect, motion=org.expulsion)
    found = breach(changed(org, index, effect=a.ExpelMember(org.bo)))
    assert (found.index, found.article) == (index, "6.2")


@pytest.mark.parametrize(
    "fields", [{"yes": 5}, {"no": 9}, {"outcome": "lost"}, {"eligible": 10}, {"article": "1.1"}, {"abstain": 1}]
)
def test_a_forged_close(org, fields):
    index = find(org, a.CloseVote, poll=org.recall)
    found = breach(changed(org, index, **fields))
    assert (found.index, found.article) == (index, "5.4")
    assert f"{next(iter(fields))} is “" in found.why


def test_a_forged_electorate(org):
    index = find(org, a.OpenVote, poll=org.change)
    found = breach(changed(org, index, fixed={"eligible": 20}))
    assert (found.index, found.article) == (index, "5.3")
    assert found.why.endswith("what stood before gives eligible 24; the entry says eligible 20.")


def test_bytes_that_are_no_act(org):
    for bad in (
        b"",
        b"{}",
        b"\xff",
        org.record[5] + b" ",
        b"x" * 65_536,
        b'{"kind":"grant-me-everything"}',
        b'{"v":2,"at":5,"act":{"kind":"grant.everything"}}',
    ):
        found = breach([*org.record[:5], bad])
        assert (found.index, found.article) == (5, "1.1")


def test_a_record_that_begins_with_something_else(org):
    assert breach(org.record[1:]).index == 0
    assert breach([]).why == "the record is empty; the founding is missing."


def test_what_the_rules_alone_do_not_tell_a_vote_changed_together_with_its_close(org):
    """Who holds the key and rewrites a vote, the tally and all that followed writes another history that the rules
    would have allowed as well. Replay finds nothing: that the past was another is shown by the checkpoints that
    witnesses and members remember, and by the voter's own receipt."""
    entries = changed(org, find(org, a.CastVote, poll=org.recall, choice="yes"), choice="no")
    close = find(org, a.CloseVote, poll=org.recall)
    entries[close] = changed(org, close, yes=5, no=4)[close]
    replay(entries, until=org.clock)
    assert entries != org.record


def test_but_a_change_that_turns_the_outcome_has_to_rewrite_everything_that_followed(org):
    """With three more votes turned the recall is lost; then its effect cannot stand, and the mandate runs on."""
    entries = list(org.record)
    for n in range(3):
        index = find(org, a.CastVote, n, poll=org.recall, choice="yes")
        entries[index] = entries[index].replace(b'"yes"', b'"no"')
    close = find(org, a.CloseVote, poll=org.recall)
    entries[close] = changed(org, close, yes=3, no=6, outcome="lost")[close]
    found = breach(entries)
    assert found.index == find(org, a.TakeEffect, motion=org.recall)
    assert found.why.startswith("a decision could not have done this")
