"""Silence decides nothing for those who could not speak: whatever time members have for something, they have it with the
server on."""

import pytest

from frombelow.polity import Stage, replay
from frombelow.polity.motions.rules import appeal_ends
from frombelow.polity.roll.rules import undo_ends
from tests import acts as a
from tests.cast import DAY, TEXT, Organization


@pytest.fixture
def org():
    return Organization(36)


def replays(org):
    replay(org.record, until=org.clock)


# --- who comes in as somebody ---


def asked_for(org, person):
    """Eve asked for a way in for this person: the request."""
    request = org.new()
    org.do(a.AskAccess, org.eve, under=org.mandate(org.eve), recovery=request, person=person)
    return org.polity.recoveries[request]


def test_a_member_can_stop_who_comes_in_as_them_also_when_the_server_was_off_meanwhile(org):
    found = asked_for(org, org.bo)
    org.clock += 600
    org.outage(4)
    assert not found.ended
    org.do(a.StopAccess, org.bo, recovery=found.id, person=org.bo)
    assert found.ended == "stop"
    replays(org)


def test_a_way_in_opens_after_its_hours_with_the_server_on_however_often_it_was_off(org):
    found = asked_for(org, org.bo)
    opens = found.opens
    for days in (1, 0.5, 4):
        org.clock += 3_600
        org.outage(days)
    assert found.opens == opens + int(5.5 * DAY)
    org.wait(2)
    assert not found.ended
    org.wait(1)
    assert found.ended == "open"
    replays(org)


def test_who_can_vouch_has_as_long_as_they_had_when_the_server_went_off(org):
    request = org.new()
    org.do(a.AskAccess, org.bo, recovery=request, person=org.bo)
    found = org.polity.recoveries[request]
    org.outage(30)
    assert not found.ended
    assert found.lapses == found.at // DAY * DAY + (org.polity.book["recovery_days"] + 1 + 30) * DAY
    org.outage(30)
    assert found.ended == "lapse"
    replays(org)


# --- who is let into the whole ---


def listed(org):
    """A branch of three admitted 250: its list, and they."""
    north, three = org.branch("North", 3)
    org.steward(north, three[0])
    new = [org.new() for _ in range(250)]
    under = org.mandate(three[0])
    org.do(a.Admit, three[0], under=under, people=tuple((person, TEXT) for person in new), branch=north)
    (found,) = org.polity.admissions.lists.values()
    return found, new


def votes_in_whole(org, people):
    book = org.polity.book
    return sum(org.polity.may_vote_later(org.polity.people[each], org.id, book, org.now) for each in people)


def test_a_list_is_let_through_by_silence_after_days_in_which_one_could_speak(org):
    found, new = listed(org)
    until = found.until
    org.outage(32)
    assert votes_in_whole(org, new) <= 5
    assert found.until == until + 32 * DAY
    org.do(a.AskForVote, org.people[20], branch=found.branch, question=org.new())
    org.wait(31)
    assert votes_in_whole(org, new) == 250
    replays(org)


def test_a_second_outage_does_not_hold_a_list_back_again(org):
    found, new = listed(org)
    org.outage(3)
    until = found.until
    org.outage(5)
    assert found.until == until
    org.clock = until
    org.catch_up()
    assert votes_in_whole(org, new) == 250
    replays(org)


# --- who looks for support ---


def test_a_recall_of_who_runs_the_server_does_not_lapse_while_the_server_is_off():
    org = Organization(60)
    motion = org.new()
    org.do(a.Petition, org.bo, motion=motion, mandate=org.mandate(org.dee), text=TEXT)
    org.outage(61)
    assert org.polity.motions[motion].stage is Stage.PETITION
    org.do(a.Sign, org.people[20], motion=motion)
    replays(org)


def test_a_motion_does_not_lapse_while_the_server_is_off(org):
    motion = org.move()
    before = org.polity.motions[motion].deadline
    org.outage(61)
    found = org.polity.motions[motion]
    assert (found.stage, found.deadline) == (Stage.SECONDING, before + 61 * DAY)
    org.second(motion)
    org.until(motion, Stage.VOTING)
    replays(org)


def test_a_motion_that_was_withdrawn_meanwhile_comes_to_nothing_by_an_outage(org):
    motion = org.move()
    org.do(a.Withdraw, org.bo, motion=motion)
    org.outage(61)
    assert org.polity.motions[motion].stage is Stage.WITHDRAWN
    replays(org)


# --- who speaks against a ruling, or a list ---


def ruled_out(org):
    motion = org.move()
    org.second(motion)
    org.do(a.RuleOut, org.eve, under=org.mandate(org.eve), motion=motion, article="4.1", reason=TEXT)
    return org.polity.motions[motion]


def test_a_ruling_can_be_appealed_after_an_outage_for_as_long_as_before_it(org):
    found = ruled_out(org)
    before = appeal_ends(org.polity, found)
    org.outage(20)
    assert appeal_ends(org.polity, found) == before + 20 * DAY
    appeal = org.new()
    org.do(a.AppealRuling, org.people[20], motion=found.id, appeal=appeal)
    org.vote(appeal, yes=org.people[20:24], no=org.voters(appeal)[:5])
    assert org.close(appeal).outcome == "lost"
    org.outage(20)  # another's appeal was lost, and the mover's own time ran
    org.do(a.AppealRuling, org.bo, motion=found.id, appeal=org.new())
    replays(org)


def test_a_second_outage_does_not_lengthen_the_time_to_appeal_again(org):
    found = ruled_out(org)
    org.outage(2)
    before = appeal_ends(org.polity, found)
    org.outage(20)
    assert appeal_ends(org.polity, found) == before
    late = org.refused(a.AppealRuling, org.bo, motion=found.id, appeal=org.new())
    assert late.message == "appealed-late"


def test_a_list_can_be_taken_back_after_an_outage_for_as_long_as_before_it(org):
    batch, people = org.bring_in(5)
    before = undo_ends(org.polity.imports[batch])
    org.outage(20)
    assert undo_ends(org.polity.imports[batch]) == before + 20 * DAY
    org.do(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    assert not any(org.polity.people[each].active for each in people)
    replays(org)
