"""A motion's way from being moved to its end."""

from datetime import UTC, datetime

import pytest

from frombelow.polity import STAGES, Refused, Stage, judge_entry, stamp
from frombelow.polity.kernel.ids import derive_id
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, acts_in, article, rules


def test_it_waits_for_seconders_then_for_a_ruling_then_is_debated_and_voted_on(org):
    motion = org.move()
    found = org.polity.motions[motion]
    stages = [found.stage]
    org.second(motion)
    stages.append(found.stage)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=motion)
    stages.append(found.stage)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=[org.bo, org.ada, org.eve])
    org.close(motion)
    assert stages == [Stage.SECONDING, Stage.ADMISSIBILITY, Stage.DEBATE]
    assert (found.stage, found.outcome, found.disposition) == (Stage.DECIDED, "carried", "in force")


def test_five_or_five_percent_second_whichever_is_fewer():
    def needed(members):
        org = Organization(members - 4)
        return org.polity.motions[org.move()].needed

    assert [needed(count) for count in (4, 20, 21, 100, 101, 2000)] == [1, 1, 2, 5, 5, 5]


def test_a_motion_of_the_only_member_needs_nobody():
    org = Organization()
    for person in (org.ada, org.dee, org.eve):
        org.do(a.Leave, person)
    assert org.polity.motions[org.move()].stage is Stage.ADMISSIBILITY


def test_nobody_seconds_twice_or_their_own(org):
    motion = org.move()
    assert org.refused(a.Second, org.bo, motion=motion).message == "own-motion"
    org.do(a.Second, org.ada, motion=motion)
    assert org.refused(a.Second, org.ada, motion=motion).message == "seconded-already"


def test_a_second_is_taken_back_only_before_there_are_enough(org):
    motion = org.move()
    org.do(a.Second, org.ada, motion=motion)
    org.do(a.WithdrawSecond, org.ada, motion=motion)
    assert org.refused(a.WithdrawSecond, org.ada, motion=motion).message == "not-seconded"
    org.second(motion, org.ada, org.eve)
    assert org.polity.motions[motion].stage is Stage.ADMISSIBILITY
    assert org.refused(a.WithdrawSecond, org.ada, motion=motion).message == "wrong-stage"


def test_a_motion_without_enough_seconders_lapses(org):
    motion = org.move()
    org.wait(60)
    assert org.polity.motions[motion].stage is Stage.SECONDING
    org.wait(1)
    assert org.polity.motions[motion].stage is Stage.LAPSED


def test_the_mover_withdraws_it_until_it_is_found_in_order(org):
    first, second, third = org.move(), org.move(), org.move()
    assert org.refused(a.Withdraw, org.ada, motion=first).message == "not-mover"
    org.do(a.Withdraw, org.bo, motion=first)
    org.second(second)
    org.do(a.Withdraw, org.bo, motion=second)
    assert {org.polity.motions[name].stage for name in (first, second)} == {Stage.WITHDRAWN}
    org.second(third)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=third)
    refused = org.refused(a.Withdraw, org.bo, motion=third)
    assert (refused.article, refused.message) == ("4.1", "not-mover")


def test_a_ruling_before_there_are_enough_seconders_says_how_many_are_missing(org):
    motion = org.move()
    org.do(a.Second, org.eve, motion=motion)
    refused = org.refused(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=motion)
    assert refused.sentence() == "Article 4.2: two seconders are needed; there is one."


def test_the_rules_are_those_of_the_day_it_was_moved(org):
    early = org.move()
    org.carry(a.ChangeRules(article("5.4", voting_days=20)))
    late = org.move(by=org.ada)
    assert org.polity.motions[early].rules["voting_days"] == 7
    assert org.polity.motions[late].rules["voting_days"] == 20
    lasts = []
    for motion in (early, late):
        org.second(motion)
        found = org.until(motion, Stage.VOTING)
        opened = org.record[found.poll.electorate.opened]
        lasts.append((found.deadline - a.decode(opened).at) // DAY)
    assert lasts == [7, 20]


def test_the_debate_ends_with_a_day_and_then_an_officer_may_open_the_vote():
    org = Organization(5)
    motion = org.move()
    org.second(motion)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=motion)
    org.clock = org.polity.motions[motion].deadline - 1
    assert datetime.fromtimestamp(org.clock + 1, UTC).isoformat() == "2026-03-17T00:00:00+00:00"
    refused = org.refused(a.OpenVote, org.ada, under=org.mandate(org.ada), poll=motion)
    assert refused.sentence() == "Article 4.6: the vote can open when the debate is over: 2026-03-17 00:00 UTC."
    org.clock += 1
    assert org.do(a.OpenVote, org.ada, under=org.mandate(org.ada), poll=motion).fixed == {"eligible": 9}


def test_a_vote_that_nobody_opens_is_opened_by_time(org):
    motion = org.move()
    org.second(motion)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=motion)
    org.wait(16)
    assert org.polity.motions[motion].stage is Stage.DEBATE
    org.wait(1)
    assert org.polity.motions[motion].stage is Stage.VOTING


def test_an_officer_cannot_misstate_the_electorate(org):
    motion = org.move()
    org.second(motion)
    org.wait(21)
    opening = stamp(a.OpenVote(by=org.ada, under=org.mandate(org.ada), poll=motion), org.clock, {"eligible": 3})
    with pytest.raises(Refused, match=r"what stood before gives eligible 24; the entry says eligible 3\.") as refused:
        judge_entry(org.polity, opening)
    assert (refused.value.article, refused.value.message) == ("5.3", "wrong-figures")


# --- ruling out and appeal ---


def ruled_out(org, *effects, by=None):
    motion = org.move(*effects)
    org.second(motion)
    by = by or org.ada
    org.do(a.RuleOut, by, under=org.mandate(by), motion=motion, article="4.1", reason=TEXT)
    return motion


def test_a_motion_is_ruled_out_by_an_article_that_there_is(org):
    motion = org.move()
    org.second(motion)
    refused = org.refused(a.RuleOut, org.ada, under=org.mandate(org.ada), motion=motion, article="9.9", reason=TEXT)
    assert refused.sentence() == "Article 4.5: a motion is ruled out by an article; there is no Article 9.9."
    org.do(a.RuleOut, org.ada, under=org.mandate(org.ada), motion=motion, article="4.1", reason=TEXT)
    assert org.polity.motions[motion].stage is Stage.RULED_OUT


def test_an_appeal_that_is_carried_lets_the_motion_go_on(org):
    motion, appeal = ruled_out(org), org.new()
    org.do(a.AppealRuling, org.bo, motion=motion, appeal=appeal)
    assert org.polity.motions[appeal].stage is Stage.VOTING
    assert org.cannot_vote(org.ada, appeal, "no").message == "about-you"
    org.vote(appeal, yes=[org.bo, org.eve, org.dee], no=[org.people[5]])
    org.close(appeal)
    assert org.polity.motions[motion].stage is Stage.DEBATE


def test_an_appeal_that_is_lost_leaves_it_ruled_out_for_good(org):
    motion, appeal = ruled_out(org), org.new()
    org.do(a.AppealRuling, org.bo, motion=motion, appeal=appeal)
    org.vote(appeal, yes=[org.bo], no=[org.eve, org.dee])
    org.close(appeal)
    assert org.polity.motions[motion].stage is Stage.RULED_OUT
    assert org.refused(a.AppealRuling, org.bo, motion=motion, appeal=org.new()).message == "appealed-already"


def test_an_appeal_comes_within_its_days(org):
    motion = ruled_out(org)
    org.wait(15)
    assert org.refused(a.AppealRuling, org.bo, motion=motion, appeal=org.new()).article == "4.5"


def test_an_expulsion_let_in_by_an_appeal_still_waits_for_the_reply(org):
    motion, appeal = ruled_out(org, a.ExpelMember(org.people[6])), org.new()
    org.do(a.AppealRuling, org.bo, motion=motion, appeal=appeal)
    org.vote(appeal, yes=org.voters(appeal))
    org.close(appeal)
    assert org.polity.motions[motion].stage is Stage.REPLY
    org.do(a.Reply, org.people[6], motion=motion, text=TEXT)
    assert org.polity.motions[motion].stage is Stage.DEBATE


# --- a lost question ---


def lost(org, *effects):
    motion = org.to_vote(*effects)
    # Enough yes for the quorum, and more no.
    org.vote(motion, yes=org.people[4:8], no=[org.bo, org.ada, org.dee, org.eve, org.people[8]])
    assert org.close(motion).outcome == "lost"
    return motion


def test_a_lost_question_needs_double_seconders_for_a_time():
    org = Organization(36)
    effect = a.FormBranch("North", org.id)
    lost(org, effect)
    motion = org.move(effect)
    assert org.polity.motions[motion].needed == 4
    org.do(a.Second, org.ada, motion=motion)
    refused = org.refused(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=motion)
    assert refused.sentence() == (
        "Article 4.7: this question was lost less than 180 days ago; it needs four seconders until then; there is one."
    )
    assert org.polity.motions[org.move(a.FormBranch("South", org.id))].needed == 2
    org.wait(181)
    assert org.polity.motions[org.move(effect)].needed == 2


def test_who_says_that_a_motion_asks_again_is_taken_at_their_word():
    org = Organization(36)
    before = lost(org)
    assert org.polity.motions[org.move()].needed == 2
    assert org.polity.motions[org.move(again=before)].needed == 4


def test_a_question_that_was_carried_or_had_no_quorum_is_not_lost():
    org = Organization(36, book=rules(quorum='{ participating = "20%", knowingly = true }'))
    motion = org.to_vote(a.FormBranch("North", org.id))
    org.close(motion)
    org.until(motion, Stage.VOTING)
    assert org.close(motion).outcome == "inquorate"
    assert org.polity.motions[org.move(a.FormBranch("North", org.id))].needed == 2


def test_a_vote_without_a_quorum_does_not_wash_a_lost_question_clean():
    org = Organization(36, book=rules(quorum='{ participating = "20%", knowingly = true }'))
    effect = a.FormBranch("North", org.id)
    motion = org.to_vote(effect)
    org.vote(motion, no=org.people[:10])
    assert org.close(motion).outcome == "lost"
    again = org.to_vote(effect)
    org.close(again)
    org.until(again, Stage.VOTING)
    assert org.close(again).outcome == "inquorate"
    assert org.polity.motions[org.move(effect)].needed == 4


# --- what a motion may hold ---


def test_a_motion_about_what_cannot_be_is_refused_when_it_is_moved(org):
    nobody = "a" * 26
    for effect, message in [
        (a.GrantMandate(nobody, org.bo), "unknown-office"),
        (a.GrantMandate(org.office("treasurer").id, org.charlie), "unknown-person"),
        (a.EndMandate(nobody), "unknown-mandate"),
        (a.ExpelMember(org.charlie), "unknown-person"),
        (a.FormBranch("North", nobody), "unknown-branch"),
        (a.DissolveBranch(org.id), "root-branch"),
        (a.CreateOffice("Tsar", ("suspend-the-rules",), org.id), "unknown-power"),
        (a.AdmitPeople(((org.bo, TEXT),), org.id), "person-taken"),
        (a.AdmitPeople((("A" * 26, TEXT),), org.id), "bad-id"),
        (a.ChangeRules("nonsense"), "bad-rulebook"),
    ]:
        refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=(effect,))
        assert refused.message == message, effect


def test_what_one_motion_makes_its_next_effect_can_use(org):
    motion = org.new()
    branch, office = (derived(motion, n, what) for n, what in ((0, "branch"), (1, "office")))
    effects = (a.FormBranch("North", org.id), a.CreateOffice("Steward", (), org.id), a.GrantMandate(office, org.bo))
    org.do(a.Move, org.bo, motion=motion, branch=org.id, text=TEXT, effects=effects)
    org.second(motion)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    assert branch in org.polity.branches
    assert org.polity.held[org.bo][0].office == office


def derived(motion, n, what):
    return derive_id(motion, what, n)


def test_a_bundle_needs_the_majority_of_each_of_its_parts():
    """A change of rules does not ride on an expulsion, whose majority asks for no share of the eligible."""
    org = Organization(36)
    motion = org.to_vote(a.ExpelMember(org.people[9]), a.ChangeRules(article("5.4", voting_days=20)))
    org.vote(motion, yes=org.people[:5])
    found = org.close(motion)
    assert (found.outcome, found.article) == ("lost", "6.3")
    alone = org.to_vote(a.ExpelMember(org.people[9]))
    org.vote(alone, yes=org.people[:5])
    assert org.close(alone).outcome == "carried"


def test_a_motion_says_nothing_that_is_not_judged_and_shown(org):
    entry = org.record[org.polity.people[org.bo].admitted]
    org.move()
    moved = org.record[-1]
    assert b'"review"' not in entry + moved
    with pytest.raises(ValueError, match="unknown field “review”"):
        a.decode(moved.replace(b',"text":', b',"review":739000,"text":'))


# --- effects ---


def test_an_effect_that_has_become_impossible_is_void_and_says_why(org):
    effect = a.GrantMandate(org.office("treasurer").id, org.bo)
    first = org.move(effect)
    second = org.move(a.GrantMandate(effect.office, org.people[7]), a.FormBranch("North", org.id))
    for motion in (first, second):
        org.second(motion)
    for motion in (first, second):
        org.until(motion, Stage.VOTING)
        org.vote(motion, yes=org.voters(motion))
    org.close(second)
    void = [act for act in acts_in(org) if isinstance(act, a.Void)]
    assert [(act.motion, act.n, act.article, act.reason) for act in void] == [(second, 0, "3.1", "no-seat")]
    assert [org.polity.motions[name].disposition for name in (first, second)] == ["in force", "partly void"]
    assert len(org.polity.branches) == 2


def test_the_organization_is_dissolved_alone_late_and_by_many(org):
    refused = org.refused(
        a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=(a.Dissolve(), a.FormBranch("N", org.id))
    )
    assert refused.message == "cannot-alone"
    motion = org.move(a.Dissolve())
    org.second(motion)
    org.wait(6)
    debate = org.polity.motions[motion].deadline - org.clock
    assert debate // DAY in (89, 90)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    assert org.polity.ended
    assert org.refused(a.Leave, org.bo).message == "dissolved"
    org.do(a.Backup, "server", size=1)


def test_half_of_all_must_say_yes_to_dissolve(org):
    motion = org.to_vote(a.Dissolve())
    org.vote(motion, yes=org.people[:11])
    assert org.close(motion).outcome == "lost"
    assert not org.polity.ended


@pytest.mark.parametrize("stage", list(Stage))
def test_a_refusal_names_each_stage_by_what_the_motion_does_in_it(stage):
    refused = Refused("4.1", "wrong-stage", wanted="debate", stage=stage.value)
    assert "possible while a motion is debated" in refused.sentence()
    assert STAGES[stage].phase in refused.sentence()
