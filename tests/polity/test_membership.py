"""Joining, stepping back, leaving, moving."""

import pytest

from frombelow.polity import Polity, Refused, Stage, Standing, judge, replay
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, rules


def test_the_secretary_admits_under_her_mandate(org):
    assert org.polity.members == 24
    refused = org.refused(a.Admit, org.eve, people=((org.new(), TEXT),), branch=org.id)
    assert refused.sentence() == (
        "Article 3.1: this needs a live mandate for an office with the power to admit members and bring in a roll; "
        "the one who acts has none here."
    )


def test_the_chair_does_not_admit_and_charlie_does_nothing(org):
    new = ((org.new(), TEXT),)
    assert org.refused(a.Admit, org.ada, under=org.mandate(org.ada), people=new, branch=org.id).message == "no-mandate"
    assert org.refused(a.Admit, org.charlie, people=new, branch=org.id).message == "not-a-member"
    assert (
        org.refused(a.Admit, org.bo, under=org.mandate(org.eve), people=new, branch=org.id).message == "unknown-mandate"
    )


def test_nobody_is_admitted_twice_and_no_id_is_used_again(org):
    under, motion = {"under": org.mandate(org.eve)}, org.move()
    new = org.new()
    for people, message in [
        (((org.bo, TEXT),), "person-taken"),
        (((new, TEXT), (new, TEXT)), "bad-id"),
        (((motion, TEXT),), "bad-id"),
        (((org.id, TEXT),), "bad-id"),
        (((org.mandate(org.ada), TEXT),), "bad-id"),
        ((("1" * 26, TEXT),), "bad-id"),
    ]:
        assert org.refused(a.Admit, org.eve, people=people, branch=org.id, **under).message == message


def test_who_left_comes_back_as_somebody_new(org):
    org.do(a.Leave, org.bo)
    under = {"under": org.mandate(org.eve)}
    assert org.refused(a.Admit, org.eve, people=((org.bo, TEXT),), branch=org.id, **under).message == "person-taken"
    org.admit(1)


def test_the_founding_roll_votes_from_the_start_and_later_members_after_a_time(org):
    org.move()
    (new,) = org.admit(1)
    refused = org.refused(a.Move, new, motion=org.new(), branch=org.id, text=TEXT)
    assert refused.sentence() == "Article 5.2: this is for members who may vote in this branch: 30 days after joining."
    org.wait(30)
    org.move(by=new)


def test_a_member_steps_back_and_is_back_by_saying_so(org):
    org.do(a.StepBack, org.bo)
    assert org.polity.people[org.bo].standing is Standing.STEPPED_BACK
    assert org.polity.members == 24
    assert org.refused(a.StepBack, org.bo).message == "stepped-back-already"
    org.do(a.Return, org.bo)
    assert org.refused(a.Return, org.bo).message == "not-stepped-back"


def test_who_stepped_back_keeps_every_right(org):
    org.do(a.StepBack, org.bo)
    motion = org.to_vote(by=org.bo)
    org.vote(motion, yes=[org.bo])
    assert org.polity.motions[motion].answers == {org.bo: "yes"}


def test_stepping_back_with_a_day_ends_with_that_day(org):
    org.do(a.StepBack, org.bo, until=org.polity.today(org.clock) + 3)
    org.wait(3)
    assert org.polity.people[org.bo].standing is Standing.STEPPED_BACK
    org.wait(1)
    assert org.polity.people[org.bo].standing is Standing.MEMBER


def test_an_earlier_day_does_not_end_a_later_pause(org):
    org.do(a.StepBack, org.bo, until=org.polity.today(org.clock) + 3)
    org.do(a.Return, org.bo)
    org.do(a.StepBack, org.bo)
    org.wait(9)
    assert org.polity.people[org.bo].standing is Standing.STEPPED_BACK


def test_nobody_is_brought_back_by_another(org):
    org.do(a.StepBack, org.bo)
    assert org.refused(a.Return, org.ada, person=org.bo).message == "not-stepped-back"
    assert org.refused(a.Return, "time", person=org.bo).message == "not-due"


@pytest.mark.parametrize("day", [3_287_182, 3_000_000])
def test_the_last_day_there_is_can_be_named(org, day):
    org.do(a.StepBack, org.bo, until=day)
    assert org.polity.people[org.bo].standing is Standing.STEPPED_BACK


def test_a_day_after_the_last_or_gone_by_is_refused(org):
    assert org.refused(a.StepBack, org.bo, until=3_652_059).message == "not-an-act"
    assert org.refused(a.StepBack, org.bo, until=org.polity.today(org.clock) - 1).message == "day-passed"


def test_who_leaves_loses_their_offices_and_cannot_act(org):
    org.do(a.Leave, org.ada)
    assert org.ada not in org.polity.held
    assert not org.office("chair").holders
    assert org.refused(a.Move, org.ada, motion=org.new(), branch=org.id, text=TEXT).message == "not-a-member"


def test_only_who_a_commitment_is_about_asks_for_its_erasure_even_after_leaving(org):
    index = org.polity.people[org.bo].admitted
    assert org.refused(a.Erase, org.charlie, index=index, ground="asked").message == "unknown-person"
    assert org.refused(a.Erase, org.bo, index=index + 1, ground="asked").message == "unknown-person"
    org.do(a.Leave, org.bo)
    org.do(a.Erase, org.bo, index=index, ground="asked")


# --- expulsion ---


def test_nobody_is_expelled_without_a_time_to_reply_and_a_decision(org):
    person = org.people[8]
    motion = org.move(a.ExpelMember(person))
    org.second(motion)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=motion)
    assert org.polity.motions[motion].stage == "reply"
    assert org.refused(a.Reply, org.bo, motion=motion, text=TEXT).message == "not-the-subject"
    org.wait(7)
    assert org.polity.motions[motion].stage == "reply"
    org.wait(1)
    assert org.polity.motions[motion].stage == "debate"
    org.until(motion, "voting")
    assert person not in org.voters(motion)
    org.vote(motion, yes=org.people[:6], no=org.people[9:12])
    assert org.close(motion).outcome == "carried"
    assert org.polity.people[person].standing is Standing.EXPELLED


def test_two_thirds_are_needed_to_expel(org):
    motion = org.to_vote(a.ExpelMember(org.people[8]))
    org.vote(motion, yes=org.people[:5], no=org.people[9:12])
    found = org.close(motion)
    assert (found.outcome, found.article) == ("lost", "2.5")


def test_only_the_whole_expels(org):
    north, movers = org.branch(members=4)
    effects = (a.ExpelMember(movers[1]),)
    refused = org.refused(a.Move, movers[0], motion=org.new(), branch=north, text=TEXT, effects=effects)
    assert (refused.article, refused.message) == ("2.5", "whole-only")


# --- moving between branches ---


def test_a_member_who_asks_is_moved_after_the_days(org):
    north, _ = org.branch()
    org.do(a.Transfer, org.bo, to=north)
    org.wait(30)
    assert org.polity.people[org.bo].branch == org.id
    org.wait(1)
    assert org.polity.people[org.bo].branch == north


def test_a_later_wish_replaces_the_earlier(org):
    north, _ = org.branch()
    south, _ = org.branch("South")
    org.do(a.Transfer, org.bo, to=north)
    org.do(a.Transfer, org.bo, to=south)
    org.wait(31)
    assert org.polity.people[org.bo].branch == south


def test_days_waited_for_an_earlier_wish_do_not_count_for_a_new_one(org):
    north, _ = org.branch()
    south, _ = org.branch("South")
    org.do(a.Transfer, org.bo, to=north)
    org.do(a.Transfer, org.bo, to=south)
    org.wait(29)
    org.do(a.Transfer, org.bo, to=north)
    org.wait(3)
    assert org.polity.people[org.bo].branch == org.id
    org.wait(28)
    assert org.polity.people[org.bo].branch == north


def test_nobody_moves_to_where_they_are_or_to_what_is_not(org):
    assert org.refused(a.Transfer, org.bo, to=org.id).message == "same-branch"
    assert org.refused(a.Transfer, org.bo, to=org.new()).message == "unknown-branch"


def test_a_branch_of_members_is_dissolved_into_the_one_above(org):
    north, movers = org.branch(members=3)
    org.carry(a.DissolveBranch(north))
    assert {org.polity.people[person].branch for person in movers} == {org.id}
    assert org.refused(a.Transfer, org.bo, to=north).message == "unknown-branch"


def test_neither_a_vote_kept_open_nor_a_branch_formed_inside_keeps_a_branch_standing(org):
    north, movers = org.branch(members=4)
    below = org.made(org.carry(a.FormBranch("North-west", north)))
    dissolving = org.to_vote(a.DissolveBranch(north))
    org.vote(dissolving, yes=org.voters(dissolving))
    org.clock = org.polity.motions[dissolving].deadline - 2 * DAY
    kept = org.move(branch=north, by=movers[0])
    org.until(dissolving, Stage.DECIDED)
    assert org.polity.motions[dissolving].disposition == "in force"
    assert org.polity.branches[north].dissolved
    assert org.polity.branches[below].dissolved
    assert {org.polity.people[person].branch for person in movers} == {org.id}
    assert org.polity.motions[kept].stage is Stage.LAPSED
    replay(org.record, until=org.clock)


def test_votes_opened_later_hold_nobody_in_a_branch(org):
    north, movers = org.branch(members=4)
    org.do(a.Transfer, movers[0], to=org.id)
    for n in range(12):
        motion = org.move(branch=north, by=movers[1 + n % 3])
        org.second(motion)
        org.wait(5)
        if org.polity.people[movers[0]].branch == org.id:
            break
    assert org.polity.people[movers[0]].branch == org.id


# --- imports ---


def test_an_import_is_undone_but_not_for_who_has_acted(org):
    batch, people = org.bring_in(3)
    org.do(a.StepBack, people[0])
    org.do(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    assert [org.polity.people[person].standing for person in people] == ["stepped back", "undone", "undone"]
    assert org.polity.members == 25
    assert org.refused(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch).message == "unknown-batch"


def test_an_import_is_undone_within_its_days_only(org):
    batch, _ = org.bring_in(3)
    org.wait(8)
    refused = org.refused(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    assert refused.sentence() == "Article 2.2: an import can be undone for seven days; that time is over."


def test_only_who_could_bring_them_in_takes_an_import_back(org):
    batch, _ = org.bring_in(3)
    assert org.refused(a.UndoImport, org.ada, under=org.mandate(org.ada), batch=batch).message == "no-mandate"


def test_eight_hundred_people_fit_into_one_entry():
    org = Organization(800)
    assert max(map(len, org.record)) < a.MAX_BYTES
    assert org.polity.members == 804


# --- the founding ---


def test_what_is_not_founded_does_nothing_else_first():
    with pytest.raises(Refused, match="the founding comes first"):
        judge(Polity(), a.Leave(by="a" * 26), DAY)


def test_it_is_founded_once(org):
    refused = org.refused(
        a.Found,
        org.bo,
        organization=org.new(),
        name="T",
        origin="o",
        key="k",
        rulebook=rules(),
        founders=((org.new(), TEXT),),
    )
    assert refused.message == "founded-already"


FOUNDER, OTHER, ITSELF = Organization().bo, Organization().ada, Organization().id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rulebook": "format = 1"}, "bad-rulebook"),
        ({"founders": ((FOUNDER, TEXT), (FOUNDER, TEXT))}, "bad-id"),
        ({"organization": FOUNDER}, "bad-id"),
        ({"by": OTHER}, "bad-id"),
        ({"under": OTHER}, "under-no-office"),
        ({"mandates": (("tsar", FOUNDER),)}, "unknown-office"),
        ({"mandates": (("chair", OTHER),)}, "unknown-person"),
        ({"mandates": (("chair", FOUNDER), ("chair", FOUNDER))}, "holds-already"),
        ({"founders": ((FOUNDER, TEXT), (OTHER, TEXT)), "mandates": (("chair", FOUNDER), ("chair", OTHER))}, "no-seat"),
    ],
)
def test_a_founding_that_could_not_stand_is_refused(changes, message):
    fields = {
        "by": FOUNDER, "organization": ITSELF, "name": "T", "origin": "o", "key": "k", "rulebook": rules(),
        "founders": ((FOUNDER, TEXT),),
    }  # fmt: skip
    polity = Polity()
    judge(polity, a.Found(**fields), DAY)
    with pytest.raises(Refused) as caught:
        judge(polity, a.Found(**(fields | changes)), DAY)
    assert caught.value.message == message
    assert caught.value.sentence()


def test_nobody_takes_the_id_of_who_comes_in_once_a_motion_is_carried(org):
    """Else any member could make the decision of all void, by a motion of their own under that id."""
    new = org.new()
    motion = org.to_vote(a.AdmitPeople(((new, TEXT),), org.id))
    thief = org.people[-1]
    assert org.refused(a.Move, thief, motion=new, branch=org.id, text=TEXT, effects=()).message == "bad-id"
    admits = (a.AdmitPeople(((new, TEXT),), org.id),)
    assert org.refused(a.Move, thief, motion=org.new(), branch=org.id, text=TEXT, effects=admits).message == "bad-id"
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    assert new in org.polity.people
    replay(org.record)


def test_the_id_is_free_again_once_nothing_comes_of_the_motion(org):
    new = org.new()
    motion = org.to_vote(a.AdmitPeople(((new, TEXT),), org.id))
    voters = org.voters(motion)
    org.vote(motion, yes=voters[:5], no=voters[5:])
    assert org.close(motion).outcome == "lost"
    assert org.move(a.AdmitPeople(((new, TEXT),), org.id))
