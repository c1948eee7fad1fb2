"""The vote: its frozen electorate, its count, its quorum."""

import pytest

from frombelow.polity import Stage
from tests import acts as a
from tests.cast import Organization, article, rules

TURNOUT = rules(quorum='{ participating = "20%", knowingly = true }')


def test_everyone_has_one_vote_and_can_change_it_until_the_close(org):
    motion = org.to_vote()
    org.vote(motion, yes=[org.bo])
    org.vote(motion, no=[org.bo])
    found = org.polity.motions[motion]
    assert (found.yes, found.no, found.answers) == (0, 1, {org.bo: "no"})
    org.close(motion)
    assert org.cannot_vote(org.bo, motion).message == "not-voting"


def test_who_was_never_admitted_does_not_vote(org):
    motion = org.to_vote()
    refused = org.cannot_vote(org.charlie, motion)
    assert (refused.article, refused.message) == ("2.1", "not-a-member")


def test_nobody_votes_for_an_office(org):
    motion = org.to_vote()
    vote = {"poll": motion, "choice": "yes", "nonce": org.new()}
    assert org.refused(a.CastVote, org.ada, under=org.mandate(org.ada), **vote).message == "under-no-office"


def test_who_is_admitted_later_is_not_in_the_frozen_electorate(org):
    motion = org.to_vote()
    (late,) = org.admit(1)
    refused = org.cannot_vote(late, motion)
    assert (refused.article, refused.message) == ("5.1", "not-in-electorate")
    assert org.polity.motions[motion].eligible == 24


def test_who_is_admitted_on_the_day_of_the_opening_does_not_vote_even_where_nobody_waits():
    org = Organization(6, book=rules(franchise_days=0))
    motion = org.to_vote()
    (new,) = org.admit(1)
    assert org.polity.people[new].joined <= org.polity.motions[motion].poll.electorate.latest_joined
    assert org.cannot_vote(new, motion, "yes").message == "not-in-electorate"


def test_who_joined_too_short_a_time_ago_does_not_vote_but_does_later(org):
    org.move()
    (new,) = org.admit(1)
    first = org.to_vote()
    assert org.cannot_vote(new, first).message == "not-in-electorate"
    org.wait(30)
    second = org.to_vote()
    org.vote(second, yes=[new])


def test_who_is_expelled_before_the_opening_does_not_vote(org):
    opponent = org.people[8]
    expulsion = org.to_vote(a.ExpelMember(opponent))
    org.vote(expulsion, yes=org.voters(expulsion))
    question = org.move()
    org.second(question)
    org.until(expulsion, Stage.DECIDED)
    assert org.polity.people[opponent].standing == "expelled"
    org.until(question, Stage.VOTING)
    assert org.cannot_vote(opponent, question, "no").message == "not-in-electorate"


def test_who_is_expelled_while_a_vote_is_open_still_votes_in_it():
    org = Organization(20, book=rules(voting_days=20))
    opponent = org.people[8]
    expulsion = org.move(a.ExpelMember(opponent))
    question = org.move()
    org.second(expulsion)
    org.until(expulsion, Stage.VOTING)
    org.vote(expulsion, yes=org.voters(expulsion))
    org.second(question)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=question)
    org.wait(15)
    org.do(a.OpenVote, org.ada, under=org.mandate(org.ada), poll=question)
    org.until(expulsion, Stage.DECIDED)
    assert org.polity.people[opponent].standing == "expelled"
    assert org.polity.motions[question].stage is Stage.VOTING
    org.vote(question, no=[opponent])
    assert org.refused(a.Leave, opponent).message == "not-a-member"


def test_who_leaves_by_their_own_will_votes_no_more_but_their_vote_stands(org):
    motion = org.to_vote()
    voted, silent = org.people[7:9]
    org.vote(motion, yes=[voted])
    for person in (voted, silent):
        org.do(a.Leave, person)
        refused = org.cannot_vote(person, motion, "no")
        assert refused.sentence() == "Article 5.1: who leaves by their own will votes no more."
    org.vote(motion, yes=org.people[:2])
    found = org.close(motion)
    assert (found.yes, found.eligible) == (3, 24)


def test_an_import_that_is_undone_takes_nobody_out_of_an_open_vote():
    org = Organization(6, book=rules(import_undo_days=30, debate_days=3, franchise_days=0))
    batch, (new,) = org.bring_in(1)
    motion = org.to_vote()
    org.do(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    assert org.polity.people[new].standing == "undone"
    org.vote(motion, no=[new])
    assert org.polity.motions[motion].no == 1


def test_who_moves_to_another_branch_votes_where_they_were(org):
    north, movers = org.branch(members=6)
    motion = org.move(branch=north, by=movers[0])
    org.second(motion)
    org.do(a.Transfer, movers[1], to=org.id)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=[movers[1]])
    assert org.polity.motions[motion].eligible == 6


def test_only_the_branch_votes_in_the_branch(org):
    north, movers = org.branch(members=6)
    motion = org.to_vote(branch=north, by=movers[0])
    assert org.polity.motions[motion].eligible == 6
    assert org.cannot_vote(org.bo, motion, "no").message == "not-in-electorate"
    org.vote(motion, yes=movers[:2])
    assert org.close(motion).outcome == "carried"


def test_a_tie_keeps_the_status_quo(org):
    motion = org.to_vote(a.FormBranch("North", org.id))
    org.vote(motion, yes=org.people[:5], no=org.people[5:10])
    found = org.close(motion)
    assert (found.outcome, found.disposition, len(org.polity.branches)) == ("tied", "", 1)


def test_nothing_is_carried_when_nobody_votes(org):
    motion = org.to_vote()
    assert org.close(motion).stage is Stage.ADJOURNED
    assert org.until(motion, Stage.DECIDED).outcome == "inquorate"


@pytest.mark.parametrize(("yes", "stage", "article"), [(2, Stage.ADJOURNED, "5.6"), (3, Stage.DECIDED, "6.1")])
def test_a_vote_in_which_less_than_a_tenth_of_all_said_yes_is_adjourned_not_lost(org, yes, stage, article):
    motion = org.to_vote()
    org.vote(motion, yes=org.people[:yes])
    found = org.close(motion)
    assert (found.stage, found.article, found.outcome == "carried") == (stage, article, yes == 3)


def test_too_few_taking_part_adjourns_the_vote_to_a_fresh_electorate():
    org = Organization(21, book=TURNOUT)
    motion = org.to_vote()
    org.vote(motion, yes=org.people[:4])
    found = org.close(motion)
    assert (found.stage, found.outcome, found.article) == (Stage.ADJOURNED, "", "5.6")
    org.do(a.Leave, org.people[9])
    org.until(motion, Stage.VOTING)
    assert (found.eligible, found.yes) == (24, 0)
    org.vote(motion, yes=org.people[:5])
    assert org.close(motion).outcome == "carried"


def test_a_vote_is_adjourned_once_only():
    org = Organization(21, book=TURNOUT)
    motion = org.to_vote()
    assert org.close(motion).stage is Stage.ADJOURNED
    org.until(motion, Stage.VOTING)
    found = org.close(motion)
    assert (found.stage, found.outcome) == (Stage.DECIDED, "inquorate")


def test_nobody_but_time_opens_an_adjourned_vote():
    org = Organization(21, book=TURNOUT)
    motion = org.to_vote()
    org.close(motion)
    assert org.refused(a.OpenVote, org.ada, under=org.mandate(org.ada), poll=motion).message == "wrong-stage"


def test_who_stepped_back_counts_for_the_quorum_only_once_they_vote(org):
    away = org.people[10:20]
    for person in away:
        org.do(a.StepBack, person)
    motion = org.to_vote()
    found = org.polity.motions[motion]
    assert found.eligible == 14
    org.vote(motion, yes=[away[0]])
    org.vote(motion, no=[away[0], org.bo])
    assert found.eligible == 15


def test_who_stepped_back_and_was_expelled_meanwhile_still_counts_once_they_vote():
    org = Organization(20, book=rules(voting_days=20))
    opponent = org.people[8]
    org.do(a.StepBack, opponent)
    expulsion, question = org.move(a.ExpelMember(opponent)), org.move()
    org.second(expulsion)
    org.until(expulsion, Stage.VOTING)
    org.vote(expulsion, yes=org.voters(expulsion))
    org.second(question)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=question)
    org.wait(15)
    org.do(a.OpenVote, org.ada, under=org.mandate(org.ada), poll=question)
    org.until(expulsion, Stage.DECIDED)
    assert org.polity.motions[question].eligible == 23
    org.vote(question, no=[opponent])
    assert org.polity.motions[question].eligible == 24


def test_where_the_rulebook_says_so_who_stepped_back_counts_at_once():
    org = Organization(20, book=rules(stepped_back_in_quorum="true"))
    org.do(a.StepBack, org.people[9])
    motion = org.to_vote()
    assert org.polity.motions[motion].eligible == 24
    org.vote(motion, yes=[org.people[9]])
    assert org.polity.motions[motion].eligible == 24


def test_the_close_cites_the_article_that_decided(org):
    motion = org.to_vote(a.ChangeRules(article("5.4", voting_days=9)))
    org.vote(motion, yes=org.people[:5])
    found = org.close(motion)
    assert (found.outcome, found.article) == ("lost", "6.3")


def test_two_members_can_decide_though_the_square_root_asks_for_more():
    book = rules(quorum='{ yes_root = "3" }')
    org = Organization(book=book)
    for person in (org.dee, org.eve):
        org.do(a.Leave, person)
    motion = org.to_vote(a.ChangeRules(article("5.6")))
    org.vote(motion, yes=[org.ada])
    assert org.until(motion, Stage.DECIDED).outcome == "inquorate"
    motion = org.to_vote(a.ChangeRules(article("5.6")))
    org.vote(motion, yes=[org.ada, org.bo])
    assert org.close(motion).outcome == "carried"


def test_a_vote_in_which_nobody_may_vote_lapses(small):
    motion = small.move()
    small.second(motion)
    for person in (small.ada, small.bo, small.dee, small.eve):
        small.do(a.StepBack, person)
    small.wait(23)
    assert small.polity.motions[motion].stage is Stage.LAPSED
