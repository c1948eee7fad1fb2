"""What an administrator does to entries. Two sequencers and old backups are tested with the site and the tree."""

import msgspec
import pytest

from frombelow.polity import Stage, decode, encode
from frombelow.polity import acts as a
from tests.cast import TENANTS, Organization, breach, rules


@pytest.fixture(scope="module")
def recalled():
    org = Organization(20)
    motion = org.petition(org.mandate(org.ada))
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.people[1:7], no=[org.people[8]])
    org.close(motion)
    return org


def kinds(org, kind):
    return [n for n, entry in enumerate(org.record) if isinstance(decode(entry), kind)]


def test_administrator_inserts_a_mandate_for_himself(recalled):
    org = recalled
    grant = a.TakeEffect(
        by="decision", under=org.new(), at=org.clock, motion=org.new(), n=0,
        effect=a.GrantMandate(org.office("treasurer").id, org.dee),
    )  # fmt: skip
    found = breach([*org.record, encode(grant)])
    assert (found.index, found.article) == (len(org.record), "1.2")
    assert "time does only what is due" in found.why


def test_administrator_inserts_a_vote_for_somebody_who_has_none(recalled):
    (close,) = kinds(recalled, a.Close)
    vote = a.Vote(
        by=recalled.charlie,
        motion=decode(recalled.record[close]).motion,
        choice="no",
        at=decode(recalled.record[close - 1]).at,
    )
    found = breach([*recalled.record[:close], encode(vote), *recalled.record[close:]])
    assert (found.index, found.article) == (close, "2.1")
    assert recalled.charlie in found.why


def test_administrator_updates_an_entry(recalled):
    for n in kinds(recalled, a.Vote)[:1]:
        changed = [*recalled.record]
        changed[n] = changed[n].replace(b'"yes"', b'"no"')
        assert breach(changed).article == "5.4"


def test_administrator_deletes_an_entry(recalled):
    for kind in (a.Petition, a.Sign, a.Open, a.Vote, a.Close, a.TakeEffect, a.Proceed):
        n = kinds(recalled, kind)[0]
        assert breach(recalled.record[:n] + recalled.record[n + 1 :], until=recalled.clock).article


def test_administrator_deletes_the_end(recalled):
    for n in (kinds(recalled, a.TakeEffect)[0], kinds(recalled, a.Close)[0]):
        assert "time was held back" in breach(recalled.record[:n], until=recalled.clock).why


def test_administrator_reorders_entries(recalled):
    entries = [*recalled.record]
    vote, close = kinds(recalled, a.Vote)[-1], kinds(recalled, a.Close)[0]
    entries[vote], entries[close] = entries[close], entries[vote]
    assert breach(entries).index == vote


def test_administrator_swaps_the_rulebook_under_a_running_organization(recalled):
    found = decode(recalled.record[0])
    laxer = msgspec.structs.replace(found, rulebook=rules(TENANTS, recall_petition='"33%"'))
    assert breach([encode(laxer), *recalled.record[1:]]).article
