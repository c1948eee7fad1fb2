"""What a vote keeps from happening comes right after it: a move to another branch waits while either votes alone."""

import pytest

from frombelow.polity import Stage, decode, due, encode, judge, stamp
from tests import acts as a
from tests.cast import DAY, Organization, acts_in, breach, facts, rules

from .strategies import check_replay


@pytest.fixture
def blocked():
    """Three members ask to move to North while North votes: their day comes, and the vote is not over."""
    org = Organization(20, book=rules(transfer_days=1, voting_days=20))
    org.north, movers = org.branch(members=5)
    org.motion = org.move(branch=org.north, by=movers[0])
    org.second(org.motion)
    org.until(org.motion, Stage.DEBATE)
    org.clock = org.polity.motions[org.motion].opens - 3600
    org.outsiders = [person for person in org.people if person not in movers][-3:]
    for person in org.outsiders:
        org.do(a.Transfer, person, to=org.north)
    org.until(org.motion, Stage.VOTING)
    return org


def moved_after_the_close(org):
    """The moves stand right after the close, at its second."""
    acts = acts_in(org)
    close = next(n for n, act in enumerate(acts) if isinstance(act, a.CloseVote) and act.poll == org.motion)
    assert acts[close + 1 : close + 4] == [a.Transferred(by="time", person=one, to=org.north) for one in org.outsiders]
    assert len({decode(entry).at for entry in org.record[close : close + 4]}) == 1
    assert {org.polity.people[one].branch for one in org.outsiders} == {org.north}
    assert not org.polity.agenda.blocked
    check_replay(org)


def test_a_blocked_transfer_comes_right_after_the_vote_closed(blocked):
    blocked.wait(5)
    assert {blocked.polity.people[one].branch for one in blocked.outsiders} == {blocked.id}
    assert due(blocked.polity, blocked.clock) is None
    blocked.close(blocked.motion)
    moved_after_the_close(blocked)


def test_so_it_does_when_the_server_was_down_over_both(blocked):
    blocked.clock += 60 * DAY
    blocked.catch_up()
    assert blocked.polity.motions[blocked.motion].closed_at == blocked.clock
    moved_after_the_close(blocked)


def test_so_it_does_when_other_acts_came_while_it_waited(blocked):
    for n in range(6):
        blocked.wait(2)
        blocked.do(a.StepBack, blocked.people[5 + n])
    assert len(blocked.polity.agenda.blocked) == 3
    check_replay(blocked)
    blocked.close(blocked.motion)
    moved_after_the_close(blocked)


def test_asking_about_what_waits_changes_nothing(blocked):
    blocked.clock += 3 * DAY
    before = facts(blocked.polity)
    assert [due(blocked.polity, blocked.clock) for _ in range(5)] == [None] * 5
    judge(blocked.polity, a.StepBack(by=blocked.bo), blocked.clock)
    assert facts(blocked.polity) == before


def test_who_left_or_asked_anew_meanwhile_is_not_moved_by_the_first_wish(blocked):
    first, second, third = blocked.outsiders
    blocked.wait(5)
    blocked.do(a.Leave, first)
    blocked.clock = blocked.polity.motions[blocked.motion].deadline - 3600
    blocked.do(a.Transfer, second, to=blocked.north)
    blocked.close(blocked.motion)
    branches = [blocked.polity.people[one].branch for one in blocked.outsiders]
    assert branches == [blocked.id, blocked.id, blocked.north]
    blocked.wait(2)
    assert [blocked.polity.people[one].branch for one in (first, second)] == [blocked.id, blocked.north]
    assert third not in blocked.polity.transfers
    check_replay(blocked)


def test_a_transfer_left_out_after_the_vote_is_found(blocked):
    blocked.close(blocked.motion)
    acts = acts_in(blocked)
    index = next(
        n for n, act in enumerate(acts) if isinstance(act, a.Transferred) and act.person == blocked.outsiders[0]
    )
    held = breach([*blocked.record[:index], *blocked.record[index + 1 :]])
    assert (held.index, held.article) == (index, blocked.polity.book.article("transfer_days"))


def test_a_transfer_before_the_vote_closed_is_a_breach(blocked):
    early = stamp(a.Transferred(by="time", person=blocked.outsiders[0], to=blocked.north), blocked.clock + 5 * DAY)
    found = breach([*blocked.record, encode(early)])
    assert (found.index, "time does only what is due" in found.why) == (len(blocked.record), True)
