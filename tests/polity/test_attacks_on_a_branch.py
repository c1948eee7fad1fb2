"""A part does not rule another part: what a few inside a branch, or beside it, tried against the branch around them."""

import pytest

from frombelow.polity import Stage, replay
from tests import acts as a
from tests.cast import TEXT, Organization, acts_in, facts

from .strategies import check_counts


def may_vote(org, person, branch):
    found = org.polity.people[person]
    return org.polity.may_vote_later(found, branch, org.polity.rules_for(branch), org.now)


def ask(org, branch, *people):
    """People ask for a vote on who came to the branch; returns the questions that are open by it."""
    before = set(org.polity.voting)
    for person in people:
        org.do(a.AskForVote, person, branch=branch, question=org.new())
    return sorted(org.polity.voting - before)


# --- a branch inside a branch ---


@pytest.fixture
def around():
    """Three of the fifteen in X are a branch inside it, with a steward; X has an officer."""
    org = Organization(400)
    org.x, org.home = org.branch("X", 15)
    org.y = org.made(org.carry(a.FormBranch("Y", org.x), by=org.home[0], branch=org.x))
    for person in org.home[:3]:
        org.do(a.Transfer, person, to=org.y)
    org.wait(32)
    org.officer = org.home[10]
    org.steward(org.x, org.officer)
    org.steward(org.y, org.home[0])
    org.others = org.home[3:]
    return org


def invite(org, count):
    """The steward of Y admits so many people."""
    under, new = org.polity.held[org.home[0]][0].id, [org.new() for _ in range(count)]
    org.do(a.Admit, org.home[0], under=under, people=tuple((person, TEXT) for person in new), branch=org.y)
    return new


def keep_out(org, new):
    """One of X, which is a twentieth of it, asks; X votes against them."""
    (question,) = ask(org, org.x, org.others[0])
    assert not set(new) & set(org.voters(question))
    org.vote(question, yes=org.others)
    assert org.close(question).outcome == "carried"
    org.wait(31)


def test_three_in_a_branch_inside_a_branch_do_not_take_the_branch_around_them(around):
    org = around
    held, new = org.mandate(org.officer), invite(org, 60)
    keep_out(org, new)
    assert sum(may_vote(org, person, org.x) for person in new) == 5
    recall = org.new()
    org.do(a.Petition, new[0], motion=recall, mandate=held, text=TEXT)
    assert org.refused(a.Sign, new[-1], motion=recall).message == "listed-yet"
    for person in (*new[1:5], *org.home[:3]):
        if org.polity.motions[recall].stage is Stage.PETITION:
            org.do(a.Sign, person, motion=recall)
    org.until(recall, Stage.VOTING)
    org.vote(recall, yes=[*new[:5], *org.home[:3]], no=[person for person in org.others if person != org.officer])
    assert org.close(recall).outcome == "lost"
    assert org.polity.held[org.officer]


def test_those_whom_the_branch_around_keeps_out_vote_in_their_branch_and_in_the_whole(around):
    org = around
    new = invite(org, 60)
    keep_out(org, new)
    last = new[-1]
    assert [may_vote(org, last, branch) for branch in (org.y, org.x, org.id)] == [True, False, True]
    check_counts(org.polity)
    assert facts(replay(org.record, until=org.clock).polity) == facts(org.polity)


def test_the_branch_around_or_the_whole_lets_them_in_by_a_later_decision(around):
    org = around
    new = invite(org, 60)
    name = org.polity.people[new[-1]].listed
    keep_out(org, new)
    by_y = {"motion": org.new(), "branch": org.y, "text": TEXT, "effects": (a.LetListsVote((name,)),)}
    assert org.refused(a.Move, org.home[0], **by_y).message == "whole-only"
    org.carry(a.LetListsVote((name,)), branch=org.x, by=org.others[1])
    assert may_vote(org, new[-1], org.x)
    assert not org.polity.admissions.lists


def test_where_nobody_asks_they_vote_in_each_branch_around_after_the_lists_days(around):
    org = around
    new = invite(org, 60)
    org.wait(29)
    assert [may_vote(org, new[-1], branch) for branch in (org.x, org.id)] == [False, False]
    org.wait(2)
    assert [may_vote(org, new[-1], branch) for branch in (org.x, org.id)] == [True, True]
    lets = [act.where or org.id for act in acts_in(org) if isinstance(act, a.LetVote)]
    assert lets == [org.x, org.id]


def test_asking_is_asking_wherever_one_has_a_say_and_each_place_is_a_question_of_its_own(around):
    org = around
    invite(org, 60)
    (of_x,) = ask(org, org.x, org.others[0])
    elsewhere = [person for person in org.people if person not in org.home][:21]
    (of_all,) = ask(org, org.x, *elsewhere[:20])
    assert [org.polity.motions[each].branch for each in (of_x, of_all)] == [org.x, org.id]
    assert {of_x, of_all} <= org.polity.voting


# --- those who move in ---


@pytest.fixture
def moved_in():
    """Nine of 44 moved to a branch of six; one of the six is its officer."""
    org = Organization(40)
    org.north, org.home = org.branch("North", 6)
    org.steward(org.north, org.home[0])
    org.movers = [
        person for person in org.people if person not in (*org.home, org.bo) and person not in org.polity.held
    ]
    org.movers = org.movers[:9]
    for person in org.movers:
        org.do(a.Transfer, person, to=org.north)
    org.wait(org.polity.book["transfer_days"] + 1)
    assert all(org.polity.people[person].branch == org.north for person in org.movers)
    return org


def against(org):
    (question,) = ask(org, org.north, org.home[1])
    org.vote(question, yes=org.home)
    assert org.close(question).outcome == "carried"
    org.wait(31)


def test_those_who_move_in_do_not_end_a_mandate_of_another_branch(moved_in):
    org = moved_in
    held = org.mandate(org.home[0])
    against(org)
    fields = {"branch": org.north, "text": TEXT, "effects": (a.EndMandate(held),)}
    assert org.refused(a.Move, org.movers[0], motion=org.new(), **fields).message == "listed-yet"
    recall = {"motion": org.new(), "mandate": held, "text": TEXT}
    assert org.refused(a.Petition, org.movers[0], **recall).message == "listed-yet"
    motion = org.to_vote(a.EndMandate(held), by=org.home[1], branch=org.north)
    assert not set(org.movers) & set(org.voters(motion))
    org.vote(motion, yes=org.home[1:2], no=org.home[2:])
    org.close(motion)
    assert org.polity.held[org.home[0]]


def test_those_who_move_in_do_not_dissolve_another_branch(moved_in):
    org = moved_in
    against(org)
    motion = org.to_vote(a.DissolveBranch(org.north), by=org.home[5], branch=org.north)
    assert set(org.voters(motion)) == set(org.home)
    org.vote(motion, yes=org.home[5:], no=org.home[:5])
    org.close(motion)
    assert not org.polity.branches[org.north].dissolved


def test_who_moves_votes_in_the_whole_as_before_and_in_the_branch_once_the_lists_days_are_over(moved_in):
    org = moved_in
    mover = org.movers[0]
    assert [may_vote(org, mover, branch) for branch in (org.id, org.north)] == [True, False]
    check_counts(org.polity)
    org.wait(31)
    assert may_vote(org, mover, org.north)
    assert org.polity.electorate(org.north, org.polity.book, org.now).size == 15
    check_counts(org.polity)


def test_who_moves_on_and_back_stands_on_each_list_and_is_counted_once(moved_in):
    org = moved_in
    against(org)
    south = org.made(org.carry(a.FormBranch("South", org.id)))
    mover = org.movers[0]
    for place in (south, org.north):
        org.do(a.Transfer, mover, to=place)
        org.wait(31)
    assert len(org.polity.people[mover].arrived) == 2
    assert org.polity.electorate(org.north, org.polity.book, org.now).size == 6
    org.do(a.StepBack, mover)
    check_counts(org.polity)
    assert facts(replay(org.record, until=org.clock).polity) == facts(org.polity)


def test_those_who_are_first_in_a_branch_vote_in_it_from_the_day_on_which_they_move():
    org = Organization(40)
    north, home = org.branch("North", 6)
    assert all(may_vote(org, person, north) for person in home)
    assert not org.polity.admissions.lists
