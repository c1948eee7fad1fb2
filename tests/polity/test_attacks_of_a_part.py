"""A part never rules the whole: what a few in a branch tried, each by its name, and the law over random sequences."""

import pytest

from frombelow.polity import Stage
from tests import acts as a
from tests.cast import TEXT, Organization, acts_in, article, rules

from .strategies import check_counts


@pytest.fixture
def org():
    return Organization(36)


@pytest.fixture
def three(org):
    """Three of the union's forty are a branch, and one of them may admit there, by their own decision."""
    branch, org.three = org.branch(members=3)
    org.steward(branch, org.three[0])
    org.carry()
    return branch


def test_entryism_three_in_a_branch_admit_250_and_take_the_secretary(org, three):
    """Found by an attacker: without shares of branches they had the office on day 124."""
    org.carry(a.GrantMandate(org.office("secretary").id, org.eve))
    org.wait(30)
    invented = org.admit(250, three, by=org.three[0])
    for person in (org.bo, org.ada, org.dee):
        org.do(a.AskForVote, person, branch=three, question=(question := org.new()))
        if question in org.polity.voting:
            break
    org.vote(question, yes=org.voters(question))
    org.close(question)
    org.wait(30)
    motion = org.move(a.EndMandate(org.mandate(org.eve)), by=org.three[0])
    org.second(motion)
    org.until(motion, Stage.VOTING)
    assert len(set(org.voters(motion)) & set(invented)) == 5
    org.vote(
        motion,
        yes=[*org.three, *invented[:5]],
        no=[person for person in org.people[:30] if person != org.eve and person not in org.three],
    )
    assert org.close(motion).outcome == "lost"


def test_entryism_before_the_whole_could_say_anything_they_are_not_counted(org, three):
    invented = org.admit(250, three, by=org.three[0])
    org.wait(30)
    assert org.polity.electorate(org.id, org.polity.book, org.now).size == 40 + 5
    assert org.polity.electorate(three, org.polity.book, org.now).size == 3 + 250
    assert all(org.polity.people[person].active for person in invented)


def test_entryism_the_whole_hears_of_them_and_keeps_them_out(org, three):
    invented = org.admit(250, three, by=org.three[0])
    others = [person for person in org.people[:40] if person not in org.three]
    for person in others[:2]:
        question = org.new()
        org.do(a.AskForVote, person, branch=three, question=question)
    assert question in org.polity.voting
    org.vote(question, yes=others)
    org.close(question)
    org.wait(200)
    assert org.polity.electorate(org.id, org.polity.book, org.now).size == 40 + 5
    motion = org.to_vote(by=others[0])
    assert len(set(org.voters(motion)) & set(invented)) == 5


def test_entryism_shares_are_not_multiplied_by_motions_that_nobody_answers(org, three):
    invented = []
    for _ in range(4):
        invented += org.admit(5, three, by=org.three[0])
        motion = org.to_vote(by=org.three[0])
        org.vote(motion, yes=[person for person in org.three if person in org.voters(motion)])
        org.close(motion)
    assert sum(not org.polity.people[person].listed for person in invented) == 5


def test_entryism_nor_by_branches_within_the_branch(org, three):
    deciding = {"branch": three, "by": org.three[0]}
    inner = [org.made(org.carry(a.FormBranch(f"Inner {n}", three), **deciding)) for n in range(3)]
    org.carry()
    for branch in inner:
        office = org.made(org.carry(a.CreateOffice("Steward", ("admit-members",), three), **deciding))
        org.carry(a.GrantMandate(office, org.three[1]), **deciding)
        mandate = next(found.id for found in org.polity.held[org.three[1]] if found.office == office)
        people = tuple((org.new(), TEXT) for _ in range(5))
        org.do(a.Admit, org.three[1], under=mandate, people=people, branch=branch)
    new = [person for person in org.polity.people.values() if person.branch in inner]
    assert sum(not person.listed for person in new) == 5


def test_entryism_a_list_that_is_split_by_the_hour_is_asked_about_at_once(org, three):
    for _ in range(30):
        org.admit(1, three, by=org.three[0])
        org.clock += 3600
    assert len(org.polity.admissions.lists) <= 3
    org.do(a.AskForVote, org.bo, branch=three, question=org.new())
    assert all(org.bo in found.gates[org.id].askers for found in org.polity.admissions.lists.values())


def test_entryism_dissolving_the_branch_washes_nobody_off_the_list(org, three):
    invented = org.admit(20, three, by=org.three[0])
    org.carry(a.DissolveBranch(three))
    assert all(org.polity.people[person].branch == org.id for person in invented)
    check_counts(org.polity)


def test_purge_a_branch_does_not_take_back_what_the_whole_brought_in(org, three):
    org.carry(a.GrantMandate(org.office("secretary").id, org.eve))
    batch, _new = org.bring_in(20, three)
    under = next(found.id for found in org.polity.held[org.three[0]])
    assert org.refused(a.UndoImport, org.three[0], under=under, batch=batch).message == "no-mandate"


def test_a_holder_who_moves_out_of_the_branch_holds_its_office_no_more(org, three):
    south = org.made(org.carry(a.FormBranch("South", org.id)))
    mandate = org.mandate(org.three[0])
    org.do(a.Transfer, org.three[0], to=south)
    org.wait(org.polity.book["transfer_days"] + 1)
    moved, over = acts_in(org)[-2:]
    assert (type(moved), type(over)) == (a.Transferred, a.Vacate)
    assert (over.by, over.mandate, org.polity.mandates[mandate].how) == ("time", mandate, "moved away")
    refused = org.refused(a.Admit, org.three[0], under=mandate, people=((org.new(), TEXT),), branch=three)
    assert refused.message == "mandate-over"


def test_who_moves_within_the_branch_of_an_office_keeps_it(org, three):
    inner = org.made(org.carry(a.FormBranch("Inner", three), branch=three, by=org.three[0]))
    org.do(a.Transfer, org.three[0], to=inner)
    org.wait(org.polity.book["transfer_days"] + 1)
    assert org.polity.people[org.three[0]].branch == inner
    assert org.three[0] in org.polity.held


# --- dissolving a branch is about its officers ---


def test_purge_by_dissolving_a_branch_its_officers_are_heard_and_vote(org, three):
    motion = org.move(a.DissolveBranch(three))
    org.second(motion)
    found = org.until(motion, Stage.REPLY)
    assert found.heard == {org.three[0]}
    org.do(a.Reply, org.three[0], motion=motion, text=TEXT)
    assert (found.stage, found.replies) == (Stage.DEBATE, {org.three[0]: TEXT})
    org.until(motion, Stage.VOTING)
    assert org.three[0] in org.voters(motion)


def test_each_who_is_concerned_replies_once_and_the_time_ends_when_all_have(org, three):
    second = org.made(org.carry(a.CreateOffice("Chair", ("open-votes",), three), branch=three, by=org.three[0]))
    org.carry(a.GrantMandate(second, org.three[1]), branch=three, by=org.three[0])
    motion = org.move(a.DissolveBranch(three))
    org.second(motion)
    found = org.until(motion, Stage.REPLY)
    org.do(a.Reply, org.three[0], motion=motion, text=TEXT)
    assert found.stage is Stage.REPLY
    assert org.refused(a.Reply, org.three[0], motion=motion, text=TEXT).message == "replied-already"
    assert org.refused(a.Reply, org.three[2], motion=motion, text=TEXT).message == "not-the-subject"
    org.do(a.Reply, org.three[1], motion=motion, text=TEXT)
    assert found.stage is Stage.DEBATE


def test_an_officer_of_the_branch_neither_rules_on_its_end_nor_opens_the_vote(org, three):
    org.carry(a.GrantMandate(org.office("chair").id, org.three[0]))
    chair = next(m.id for m in org.polity.held[org.three[0]] if m.office == org.office("chair").id)
    motion = org.move(a.DissolveBranch(three))
    org.second(motion)
    assert org.refused(a.FindInOrder, org.three[0], under=chair, motion=motion).message == "own-cause"
    org.until(motion, Stage.DEBATE)
    assert org.refused(a.OpenVote, org.three[0], under=chair, poll=motion).message == "own-cause"


# --- an appeal by others ---


def ruled_out(org):
    motion = org.move()
    org.second(motion)
    org.do(a.RuleOut, org.ada, under=org.mandate(org.ada), motion=motion, article="4.1", reason=TEXT)
    return motion


def appeal(org, motion, who, vote="no"):
    name = org.new()
    org.do(a.AppealRuling, who, motion=motion, appeal=name)
    voters = org.voters(name)
    some = voters[:4] if vote == "no" else []  # for the quorum
    org.vote(name, yes=some)
    org.vote(name, **{vote: voters[len(some) :]})
    assert org.close(name).outcome == ("lost" if some else "carried")
    return name


def test_an_appeal_begun_to_be_lost_leaves_the_movers_own():
    org = Organization(20)
    motion = ruled_out(org)
    org.wait(13)
    appeal(org, motion, org.people[6])
    assert org.refused(a.AppealRuling, org.people[7], motion=motion, appeal=org.new()).message == "appealed-already"
    org.wait(9)
    appeal(org, motion, org.bo, "yes")
    assert org.polity.motions[motion].stage is Stage.DEBATE


def test_the_mover_appeals_once_and_not_while_an_appeal_runs():
    org = Organization(20)
    motion = ruled_out(org)
    running = org.new()
    org.do(a.AppealRuling, org.people[6], motion=motion, appeal=running)
    assert org.refused(a.AppealRuling, org.bo, motion=motion, appeal=org.new()).message == "appealed-already"
    org.vote(running, yes=org.voters(running)[:8], no=org.voters(running)[8:])
    org.close(running)
    appeal(org, motion, org.bo)
    assert org.refused(a.AppealRuling, org.bo, motion=motion, appeal=org.new()).message == "appealed-already"


def test_the_mover_who_waits_too_long_after_another_appeal_is_late():
    org = Organization(20)
    motion = ruled_out(org)
    appeal(org, motion, org.people[6])
    org.wait(15)
    assert org.refused(a.AppealRuling, org.bo, motion=motion, appeal=org.new()).message == "appealed-late"


# --- one member fills the record ---


def test_one_person_has_five_motions_running_and_another_when_one_is_over(org):
    motions = [org.move() for _ in range(5)]
    refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT)
    assert refused.sentence() == (
        "Article 4.1: at most five motions of one person run at a time; you can move another when one of yours is over "
        "or withdrawn."
    )
    org.do(a.Withdraw, org.bo, motion=motions[0])
    org.move()


def long(n, letters):
    return a.ChangeRules(article("4.6", debate_days=n) + "\n#" + "x" * letters)


def test_a_motion_does_no_more_than_fifty_kilobytes(org):
    effects = (long(3, 30_000), long(4, 30_000))
    refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=effects)
    assert (refused.article, refused.message, refused.facts["most"]) == ("4.1", "motion-too-long", 50)


def test_moving_and_withdrawing_in_a_loop_adds_no_more_than_two_hundred_kilobytes_a_day(org):
    for n in range(5):
        org.do(a.Withdraw, org.bo, motion=org.move(long(n + 3, 38_000)))
    effects = (long(9, 38_000),)
    refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=effects)
    assert refused.message == "moved-enough"
    assert refused.facts["when"] == org.clock + 12 * 3600
    org.wait()
    org.move(*effects)


LOOPS = {
    "seconding and taking it back": lambda org, motion: (
        org.do(a.Second, org.eve, motion=motion), org.do(a.WithdrawSecond, org.eve, motion=motion)
    ),
    "stepping back and returning": lambda org, _: (org.do(a.StepBack, org.eve), org.do(a.Return, org.eve)),
    "new names": lambda org, _: org.do(a.Rename, org.eve, name=TEXT),
    "asking to move": lambda org, _: org.do(a.Transfer, org.eve, to=org.north),
}  # fmt: skip


@pytest.mark.parametrize("loop", LOOPS)
def test_no_loop_of_one_member_adds_more_than_so_many_acts_a_day(loop):
    org = Organization(56, book=rules(acts_a_day=100))
    org.north = org.made(org.carry(a.FormBranch("North", org.id)))
    motion, before = org.move(), len(org.record)
    for _ in range(50 if "and" in loop else 100):
        LOOPS[loop](org, motion)
    assert org.refused(a.Rename, org.eve, name=TEXT).message == "enough-today"
    assert len(org.record) - before == 100
    org.wait()
    org.do(a.Rename, org.eve, name=TEXT)


def test_votes_leaving_and_stopping_who_comes_in_as_oneself_are_never_too_many():
    org = Organization(20, book=rules(acts_a_day=100))
    motion = org.to_vote()
    request = org.new()
    org.do(a.AskAccess, org.bo, recovery=request, person=org.bo)
    for _ in range(99):
        org.do(a.Rename, org.bo, name=TEXT)
    assert org.refused(a.Rename, org.bo, name=TEXT).message == "enough-today"
    org.cast(org.bo, motion, "yes")
    org.do(a.StopAccess, org.bo, recovery=request, person=org.bo)
    org.do(a.Leave, org.bo)


# --- asking to come in, stopped ---


def test_an_attacker_whom_the_member_stopped_does_not_ask_again_at_once():
    org = Organization(20)
    request = org.new()
    org.do(a.AskAccess, org.bo, recovery=request, person=org.bo)
    org.do(a.StopAccess, org.bo, recovery=request, person=org.bo)
    refused = org.refused(a.AskAccess, org.bo, recovery=org.new(), person=org.bo)
    assert (refused.article, refused.message) == ("2.6", "stopped-lately")
    org.do(a.AskAccess, org.eve, under=org.mandate(org.eve), recovery=org.new(), person=org.bo)


def test_nor_does_an_officer_whom_the_member_stopped_and_another_can():
    org = Organization(20)
    secretary = org.office("secretary").id
    org.carry(a.CreateOffice("Helper", ("restore-access",), org.id))
    helper = next(office for office in org.polity.offices.values() if office.title == "Helper")
    org.carry(a.GrantMandate(helper.id, org.dee))
    request, eve = org.new(), next(m.id for m in org.polity.held[org.eve] if m.office == secretary)
    org.do(a.AskAccess, org.eve, under=eve, recovery=request, person=org.bo)
    org.do(a.StopAccess, org.bo, recovery=request, person=org.bo)
    refused = org.refused(a.AskAccess, org.eve, under=eve, recovery=org.new(), person=org.bo)
    assert refused.message == "stopped-lately"
    dee = next(m.id for m in org.polity.held[org.dee] if m.office == helper.id)
    org.do(a.AskAccess, org.dee, under=dee, recovery=org.new(), person=org.bo)


def test_who_vouches_and_stops_locks_nobody_out_and_does_not_vouch_again():
    org = Organization(20)
    request, again = org.new(), org.new()
    org.do(a.AskAccess, org.bo, recovery=request, person=org.bo)
    org.do(a.Vouch, org.dee, recovery=request, person=org.bo)
    org.do(a.StopAccess, org.dee, recovery=request, person=org.bo)
    org.do(a.AskAccess, org.bo, recovery=again, person=org.bo)
    assert org.refused(a.Vouch, org.dee, recovery=again, person=org.bo).message == "stopped-lately"
    org.do(a.Vouch, org.ada, recovery=again, person=org.bo)
