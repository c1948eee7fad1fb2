"""A part does not make the electorate of the whole: shares of branches, charters, lists, and votes on them."""

import pytest

from frombelow.polity import Stage, possible, replay
from frombelow.polity.admissions.shares import UNLIMITED, room, share
from tests import acts as a
from tests.cast import TENANTS, TEXT, Organization, acts_in, facts, rules

from .strategies import check_counts


@pytest.fixture
def org():
    return Organization(36)


@pytest.fixture
def north(org):
    """A branch of twelve, with a steward of its own; the whole decided lately."""
    branch, org.northerners = org.branch(members=12)
    org.steward(branch, org.northerners[0])
    org.carry()
    return branch


def by_north(org, north, count):
    return org.admit(count, north, by=org.northerners[0])


def may_vote(org, person, branch):
    found = org.polity.people[person]
    return org.polity.may_vote_later(found, branch, org.polity.rules_for(branch), org.now)


def ask(org, branch, *people):
    """People ask for a vote on whom the branch admitted; returns the question's id once enough have."""
    for person in people:
        question = org.new()
        org.do(a.AskForVote, person, branch=branch, question=question)
        if question in org.polity.motions:
            return question
    return ""


def test_a_branch_admits_a_tenth_of_its_members_for_the_whole_and_five_at_least(org, north):
    assert share(org.polity, north) == 5
    org.polity.admissions.members[north] = 57
    assert share(org.polity, north) == 5
    org.polity.admissions.members[north] = 69
    assert share(org.polity, north) == 6


def test_those_beyond_vote_in_the_branch_as_everybody_and_in_the_whole_after_the_lists_days(org, north):
    new = by_north(org, north, 8)
    within, beyond = new[:5], new[5:]
    org.wait(29)
    assert not any(may_vote(org, person, branch) for person in new for branch in (north, org.id))
    org.wait(1)
    assert all(may_vote(org, person, north) for person in new)
    assert [may_vote(org, person, org.id) for person in (*within, *beyond)] == [True] * 5 + [False] * 3
    org.wait(1)
    assert all(may_vote(org, person, org.id) for person in beyond)
    check_counts(org.polity)


def test_that_those_on_a_list_are_let_through_is_an_entry_by_time(org, north):
    by_north(org, north, 6)
    org.wait(31)
    (let,) = [act for act in acts_in(org) if isinstance(act, a.LetVote)]
    assert (let.by, let.branch) == ("time", north)
    assert not org.polity.admissions.lists


def test_nobody_is_refused(org, north):
    new = by_north(org, north, 800)
    assert {org.polity.people[person].standing for person in new} == {"member"}


def test_a_decision_of_the_whole_gives_each_branch_its_share_again(org, north):
    by_north(org, north, 5)
    assert room(org.polity, north, org.now) == 0
    org.wait(10)
    org.carry()
    assert room(org.polity, north, org.now) == 5


def test_but_not_by_one_decision_soon_after_another(org, north):
    first = org.move()
    org.second(first)
    org.wait(5)
    second = org.move()
    org.second(second)
    for motion in (first, second):
        org.until(motion, Stage.VOTING)
        org.vote(motion, yes=org.voters(motion))
        org.close(motion)
        assert room(org.polity, north, org.now) == 5 * (motion == first)
        by_north(org, north, 5)


def test_a_motion_that_hardly_anybody_answers_gives_no_share_again(org, north):
    by_north(org, north, 5)
    motion = org.to_vote()
    org.vote(motion, yes=org.people[:3])
    assert org.until(motion, Stage.DECIDED).outcome == "inquorate"
    assert room(org.polity, north, org.now) == 0


def test_a_branch_gets_no_more_by_forming_branches_inside_it(org, north):
    deciding = {"branch": north, "by": org.northerners[0]}
    inner = [org.made(org.carry(a.FormBranch(f"Inner {n}", north), **deciding)) for n in range(2)]
    assert by_north(org, north, 3)
    for branch in inner:
        office = org.made(org.carry(a.CreateOffice("Steward", ("admit-members",), branch), **deciding))
        assert room(org.polity, branch, org.now) == 2
        assert org.polity.offices[office].branch == branch


def test_an_officer_of_the_whole_is_not_limited_wherever_people_come(org, north):
    assert room(org.polity, org.id, org.now) == UNLIMITED
    org.carry(a.GrantMandate(org.office("secretary").id, org.eve))
    _batch, new = org.bring_in(50, north)
    org.wait(31)
    assert all(may_vote(org, person, org.id) for person in new)
    assert not [act for act in acts_in(org) if isinstance(act, a.LetVote)]


def test_the_founding_roll_is_not_limited():
    org = Organization(20)
    assert room(org.polity, org.id, org.now) == UNLIMITED
    assert not org.polity.admissions.lists


def test_a_list_by_file_counts_as_one_by_hand(org, north):
    _batch, new = org.bring_in(8, north, by=org.northerners[0])
    assert [bool(org.polity.people[person].listed) for person in new] == [False] * 5 + [True] * 3


def test_a_decision_of_the_branch_counts_as_its_officer(org, north):
    people = tuple((org.new(), TEXT) for _ in range(7))
    org.carry(a.AdmitPeople(people, north), branch=north, by=org.northerners[1])
    assert sum(bool(org.polity.people[person].listed) for person, _ in people) == 2


def test_a_decision_of_the_whole_admits_without_limit(org, north):
    people = tuple((org.new(), TEXT) for _ in range(50))
    org.carry(a.AdmitPeople(people, north))
    assert not any(org.polity.people[person].listed for person, _ in people)


def test_moving_to_another_branch_washes_nobody_off_the_list(org, north):
    south = org.made(org.carry(a.FormBranch("South", org.id)))
    org.carry()
    by_north(org, north, 5)
    org.wait(1)
    (mover,) = by_north(org, north, 1)
    ask(org, north, *[person for person in org.people[:12] if person not in org.northerners][:3])
    question = next(name for name, found in org.polity.motions.items() if type(found).__name__ == "ListVote")
    org.catch_up()
    org.vote(question, yes=org.voters(question))
    assert org.close(question).outcome == "carried"
    org.do(a.Transfer, mover, to=south)
    org.wait(40)
    assert org.polity.people[mover].branch == south
    assert not may_vote(org, mover, org.id)
    assert not may_vote(org, mover, south)
    check_counts(org.polity)


def test_a_charter_lets_a_branch_admit_so_many_until_a_day(org, north):
    until = org.polity.today(org.now) + 60
    org.carry(a.Charter(north, until, 20))
    assert room(org.polity, north, org.now) == 25
    new = by_north(org, north, 26)
    assert sum(bool(org.polity.people[person].listed) for person in new) == 1
    org.wait(70)
    org.carry()
    assert room(org.polity, north, org.now) == 5


def test_only_the_whole_gives_a_charter(org, north):
    effects = (a.Charter(north, org.polity.today(org.now) + 9, 20),)
    fields = {"motion": org.new(), "text": TEXT, "effects": effects}
    assert org.refused(a.Move, org.northerners[0], branch=north, **fields).message == "whole-only"
    past = (a.Charter(north, org.polity.today(org.now) - 1, 20),)
    assert org.refused(a.Move, org.bo, branch=org.id, **fields | {"effects": past}).message == "day-passed"
    whole = (a.Charter(org.id, org.polity.today(org.now) + 9, 20),)
    assert org.refused(a.Move, org.bo, branch=org.id, **fields | {"effects": whole}).message == "whole-admits"


def test_a_share_of_the_whole_asks_and_a_vote_opens_on_its_own(org, north):
    new = by_north(org, north, 9)
    assert possible(org.polity, org.bo, "branch", north, org.now, ("ask-for-vote",))["ask-for-vote"] is None
    question = ask(org, north, org.bo, org.ada, org.dee)
    assert question
    found = org.polity.motions[question]
    assert (found.stage, found.people, found.branch) == (Stage.VOTING, 4, org.id)
    assert not set(new) & set(org.voters(question))
    assert org.refused(a.AskForVote, org.eve, branch=north, question=org.new()).message == "nobody-listed"


def test_one_asks_once_and_only_who_votes_in_the_whole(org, north):
    new = by_north(org, north, 9)
    ask(org, north, org.bo)
    assert org.refused(a.AskForVote, org.bo, branch=north, question=org.new()).message == "asked-already"
    assert org.refused(a.AskForVote, new[-1], branch=north, question=org.new()).message == "listed-yet"


def test_asking_once_is_about_all_lists_of_the_branch_however_they_are_split(org, north):
    for _ in range(6):
        by_north(org, north, 2)
        org.wait(1)
    assert len(org.polity.admissions.lists) == 4
    question = ask(org, org.id, org.bo, org.ada, org.dee)
    assert len(org.polity.motions[question].lists) == 4


@pytest.mark.parametrize(("choice", "barred"), [("no", False), ("yes", True)])
def test_the_whole_decides_on_a_list(org, north, choice, barred):
    new = by_north(org, north, 9)
    question = ask(org, north, org.bo, org.ada, org.dee)
    org.vote(question, **{choice: org.voters(question)})
    org.close(question)
    org.wait(40)
    assert may_vote(org, new[-1], north)
    assert may_vote(org, new[-1], org.id) is not barred
    assert facts(replay(org.record, until=org.clock).polity) == facts(org.polity)


def test_a_few_who_ask_and_answer_alone_keep_nobody_out(org, north):
    new = by_north(org, north, 9)
    question = ask(org, north, org.bo, org.ada, org.dee)
    org.vote(question, yes=[org.bo, org.ada])
    org.close(question)
    org.wait(40)
    assert may_vote(org, new[-1], org.id)


def test_whom_the_whole_voted_against_it_lets_in_by_a_later_decision(org, north):
    new = by_north(org, north, 9)
    question = ask(org, north, org.bo, org.ada, org.dee)
    name = org.polity.people[new[-1]].listed
    early = {"motion": org.new(), "branch": org.id, "text": TEXT, "effects": (a.LetListsVote((name,)),)}
    assert org.refused(a.Move, org.bo, **early).message == "not-barred"
    org.vote(question, yes=org.voters(question))
    org.close(question)
    assert org.refused(a.Move, org.northerners[0], **early | {"branch": north}).message == "whole-only"
    org.carry(a.LetListsVote((name,)))
    assert may_vote(org, new[-1], org.id)


def test_who_comes_while_a_list_is_voted_on_is_on_another(org, north):
    by_north(org, north, 9)
    question = ask(org, north, org.bo, org.ada, org.dee)
    (late,) = by_north(org, north, 1)
    assert org.polity.people[late].listed not in org.polity.motions[question].lists


def test_an_electorate_frozen_earlier_knows_a_list_that_was_let_through_since(north, org):
    new = by_north(org, north, 9)
    org.wait(20)
    motion = org.move()
    org.second(motion)
    org.clock = org.polity.people[new[-1]].listed and org.clock
    while org.polity.motions[motion].stage is not Stage.VOTING:
        org.wait()
    opened = org.polity.motions[motion].poll.electorate
    before = set(org.voters(motion))
    org.wait(5)
    assert set(org.voters(motion)) == before
    assert len(before) == opened.size


def test_a_federation_of_forty_branches_shuts_nobody_out_when_one_doubles_after_a_strike():
    org = Organization(
        96, book=rules(TENANTS, listed_days=30, transfer_days=1, seconders='{ count = 1, share = "5%" }')
    )
    formed = [a.FormBranch(f"Local {n}", org.id) for n in range(40)]
    motion = org.carry(*formed)
    locals_ = [org.made(motion, n) for n in range(40)]
    for n, branch in enumerate(locals_):
        org.bring_in(100 if n == 0 else 20, branch)
    org.wait(31)
    org.carry()
    strikers = [name for name, person in org.polity.people.items() if person.branch == locals_[0]]
    org.steward(locals_[0], strikers[0])
    new = [person for _ in range(5) for person in (org.admit(20, locals_[0], by=strikers[0]), org.wait(1))[0]]
    assert len(new) == 100
    org.wait(25)
    assert all(may_vote(org, person, locals_[0]) for person in new[:20])
    assert sum(may_vote(org, person, org.id) for person in new[:20]) == 10
    org.wait(6)
    assert all(may_vote(org, person, org.id) for person in new)
    assert org.polity.electorate(org.id, org.polity.book, org.now).size == org.polity.members
    check_counts(org.polity)
