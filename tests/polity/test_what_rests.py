"""The end of a mandate is not left to the server's word, by whatever a decision ends it."""

import pytest
from msgspec import UNSET

from frombelow.polity import Stage
from tests import acts as a
from tests.cast import Organization

from .resting import PLAIN, closing, keyed, resting


@pytest.fixture
def org():
    return Organization(more=10, book=PLAIN)


def test_a_decision_on_the_servers_word_that_dissolves_a_branch_ends_no_mandate_before_it_rested(org):
    north, movers = org.branch(members=4)
    org.steward(north, movers[0])
    (mandate,) = org.polity.held[movers[0]]
    keyed(org, 3)
    motion = org.to_vote(a.DissolveBranch(north))
    org.vote(motion, yes=org.voters(motion))  # all on the server's word
    org.until(motion, "resting", "decided")
    assert closing(org, motion).rests is not UNSET
    assert not mandate.ended


def test_an_election_on_the_servers_word_that_ends_the_mandate_of_who_holds_the_seat_rests(org):
    keyed(org, 3)
    chair = org.polity.mandates[org.mandate(org.ada)]
    motion = org.to_vote(a.GrantMandate(org.office("chair").id, org.people[5]))
    org.vote(motion, yes=org.voters(motion))
    org.until(motion, "resting", "decided")
    assert closing(org, motion).rests is not UNSET
    assert not chair.ended


def test_what_rested_was_decided_on_the_last_day_on_which_it_rested():
    org = Organization(8, book=PLAIN)
    motion, _rest = resting(org, keyed(org))
    found = org.polity.motions[motion]
    assert found.stage is Stage.RESTING
    org.until(motion, Stage.DECIDED)
    assert found.closed_on == closing(org, motion).rests - 1 > found.poll.closes
