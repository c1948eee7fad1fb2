"""What an administrator does to entries. Two writers and old backups are tested with the site and the tree."""

import msgspec
import pytest

from frombelow.polity import Stage, decode, encode, stamp
from tests import acts as a
from tests.cast import TENANTS, Organization, acts_in, breach, rules


@pytest.fixture(scope="module")
def recalled():
    org = Organization(20)
    motion = org.petition(org.mandate(org.ada))
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.people[1:7], no=[org.people[8]])
    org.close(motion)
    return org


def kinds(org, kind):
    return [n for n, act in enumerate(acts_in(org)) if isinstance(act, kind)]


def test_administrator_inserts_a_mandate_for_himself(recalled):
    org = recalled
    grant = a.TakeEffect(
        by="decision", under=org.new(), motion=org.new(), n=0,
        effect=a.GrantMandate(org.office("treasurer").id, org.dee),
    )  # fmt: skip
    found = breach([*org.record, encode(stamp(grant, org.clock))])
    assert (found.index, found.article) == (len(org.record), "1.2")
    assert "time does only what is due" in found.why


def test_administrator_inserts_a_vote_for_somebody_who_has_none(recalled):
    (close,) = kinds(recalled, a.CloseVote)
    poll, at = decode(recalled.record[close]).act.poll, decode(recalled.record[close - 1]).at
    vote = stamp(a.CastVote(by=recalled.charlie, poll=poll, choice="no", nonce=recalled.new()), at)
    found = breach([*recalled.record[:close], encode(vote), *recalled.record[close:]])
    assert (found.index, found.article) == (close, "2.1")
    assert recalled.charlie in found.why


def test_administrator_updates_an_entry(recalled):
    for n in kinds(recalled, a.CastVote)[:1]:
        changed = [*recalled.record]
        changed[n] = changed[n].replace(b'"yes"', b'"no"')
        assert breach(changed).article == "5.4"


def test_administrator_deletes_an_entry(recalled):
    for kind in (a.Petition, a.Sign, a.OpenVote, a.CastVote, a.CloseVote, a.TakeEffect, a.Proceed):
        n = kinds(recalled, kind)[0]
        assert breach(recalled.record[:n] + recalled.record[n + 1 :], until=recalled.clock).article


def test_administrator_deletes_the_end(recalled):
    for n in (kinds(recalled, a.TakeEffect)[0], kinds(recalled, a.CloseVote)[0]):
        assert "time was held back" in breach(recalled.record[:n], until=recalled.clock).why


def test_administrator_reorders_entries(recalled):
    entries = [*recalled.record]
    vote, close = kinds(recalled, a.CastVote)[-1], kinds(recalled, a.CloseVote)[0]
    entries[vote], entries[close] = entries[close], entries[vote]
    assert breach(entries).index == vote


def test_administrator_swaps_the_rulebook_under_a_running_organization(recalled):
    found = decode(recalled.record[0])
    laxer = msgspec.structs.replace(found.act, rulebook=rules(TENANTS, recall_petition='"33%"'))
    assert breach([encode(stamp(laxer, found.at)), *recalled.record[1:]]).article
