"""What somebody found who wanted it to fail: each the sentence that was false."""

import pytest

from frombelow.polity import Stage, replay
from frombelow.polity.admissions.shares import room
from frombelow.polity.rulebook.book import RulebookError, read_rulebook
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, acts_in, article, rules


@pytest.fixture
def org():
    return Organization(20)


def branch_with_steward(org, members):
    north, people = org.branch(members=members)
    deciding = {"branch": north, "by": people[0]}
    office = org.made(org.carry(a.CreateOffice("Steward", ("admit-members", "restore-access"), north), **deciding))
    mandate = org.made(org.carry(a.GrantMandate(office, people[0]), **deciding))
    return north, people, mandate


def test_whom_the_whole_keeps_out_make_no_share_for_those_who_come_next(org):
    north, people, mandate = branch_with_steward(org, 5)
    org.carry()
    new = tuple((org.new(), TEXT) for _ in range(200))
    org.do(a.Admit, people[0], under=mandate, people=new, branch=north)
    for person in org.people[:3]:
        org.do(a.AskForVote, person, branch=north, question=(question := org.new()))
        if question in org.polity.voting:
            break
    org.vote(question, yes=org.voters(question))
    assert org.close(question).outcome == "carried"
    org.wait(32)
    org.carry()
    assert room(org.polity, north, org.now) <= 5


def test_an_officer_whom_a_branch_chose_holds_no_way_in_of_members(org):
    north, people, mandate = branch_with_steward(org, 5)
    silent = [org.new() for _ in range(2)]
    org.do(a.Admit, people[0], under=mandate, people=tuple((person, TEXT) for person in silent), branch=north)
    code = {"under": mandate, "person": silent[0]}
    assert org.refused(a.IssueCode, people[0], **code).message == "not-from-whole"
    org.do(a.StepBack, silent[1])
    asked = {"under": mandate, "person": silent[1], "recovery": org.new()}
    assert org.refused(a.AskAccess, people[0], **asked).message == "not-from-whole"


def recalled(org, mandate):
    motion = org.petition(mandate)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.voters(motion))
    org.until(motion, Stage.DECIDED)
    return motion


def test_two_who_are_each_to_follow_the_other_are_both_gone_when_both_are_recalled(org):
    office = org.made(org.carry(a.CreateOffice("Twins", ("open-votes",), org.id, 2)))
    first, second = (org.made(org.carry(a.GrantMandate(office, who))) for who in (org.bo, org.dee))
    crossed = [org.carry(a.GrantMandate(office, *each)) for each in ((org.bo, second), (org.dee, first))]
    assert {org.polity.motions[each].disposition for each in crossed} == {"void"}
    for mandate in (first, second):
        recalled(org, mandate)
    assert org.polity.offices[office].holders == []


def test_a_recall_that_is_carried_after_the_term_ran_out_ends_the_next_one(org):
    chair = org.office("chair").id
    first = org.made(org.carry(a.GrantMandate(chair, org.bo)))
    second = org.made(org.carry(a.GrantMandate(chair, org.bo, first)))
    org.wait((org.polity.mandates[first].ends - org.clock) // DAY - 12)
    motion = recalled(org, first)
    assert org.polity.motions[motion].disposition == "in force"
    assert org.polity.mandates[second].ended
    replay(org.record, until=org.clock)


@pytest.fixture
def many():
    return Organization(56)


def lost(org, *effects):
    motion = org.to_vote(*effects)
    org.vote(motion, yes=org.people[20:30], no=org.people[:18])
    assert org.close(motion).outcome == "lost"


def doubled(org, *effects, motion=None):
    motion = motion or org.new()
    org.do(a.Move, org.ada, motion=motion, branch=org.id, text=TEXT, effects=effects)
    return org.polity.motions[motion].doubled


VOTING = '[[article]]\nnumber = "5.4"\nvoting_days = 9\n'


@pytest.mark.parametrize(
    "disguised",
    [
        VOTING + '[[article]]\nnumber = "1.3"\ntitle = "Language."\n',
        (
            '[[article]]\nnumber = "5.4"\ndrops = ["voting_days"]\ntext = "Open."\n[[article]]\nnumber = "5.9"\n'
            'title = "Voting"\ntext = "For {voting_days} days."\nvoting_days = 9\n'
        ),
    ],
)
def test_a_lost_setting_is_the_same_question_in_any_article(many, disguised):
    lost(many, a.ChangeRules(VOTING))
    assert doubled(many, a.ChangeRules(disguised))


@pytest.mark.parametrize("share", ['"1/4"', '"25.0%"'])
def test_a_lost_share_is_the_same_question_however_it_is_written(many, share):
    lost(many, a.ChangeRules(article("7.1", recall_petition='"25%"')))
    assert doubled(many, a.ChangeRules(article("7.1", recall_petition=share)))


def test_a_lost_grant_is_the_same_question_by_an_office_made_for_it(many):
    from frombelow.polity.motions.effects import made_by

    lost(many, a.GrantMandate(many.office("chair").id, many.bo))
    motion, office = many.new(), a.CreateOffice("Friend", ("open-votes", "open-votes"), many.id)
    assert doubled(many, office, a.GrantMandate(made_by(motion, 0, office), many.bo), motion=motion)


def test_the_article_cited_in_a_branch_says_what_decided_there(org):
    north, people = org.branch(members=8)
    change = a.ChangeRules('[[article]]\nnumber = "6.1"\nmajority = "two thirds"\n', on=org.polity.size)
    org.carry(change, branch=north, by=people[0])
    motion = org.to_vote(branch=north, by=people[0])
    org.vote(motion, yes=people[:4], no=people[4:7])
    found = org.close(motion)
    assert (found.outcome, found.article) == ("lost", "6.1")
    assert "2/3" in found.rules.articles["6.1"].sentence()


@pytest.mark.parametrize("key", ["transfer_days = 180", "recovery_vouches = 9", "dissolution_days = 365"])
def test_a_branch_sets_nothing_that_would_not_be_applied_there(org, key):
    north, people = org.branch(members=8)
    number = org.polity.book.article(key.split(" ")[0])
    change = a.ChangeRules(f'[[article]]\nnumber = "{number}"\n{key}\n', on=org.polity.size)
    fields = {"motion": org.new(), "branch": north, "text": TEXT, "effects": (change,)}
    assert org.refused(a.Move, people[0], **fields).message == "set-by-the-whole"


@pytest.mark.parametrize("sign", ["\u200f", "\u200e", "\u061c", "\u200b", "\u2060", "\ufeff"])
def test_no_sign_that_cannot_be_seen_turns_what_an_article_or_a_name_says(org, sign):
    with pytest.raises(RulebookError, match="cannot be seen"):
        read_rulebook(rules().replace("A motion is debated", f"A motion {sign}is debated"))
    fields = {"motion": org.new(), "branch": org.id, "text": TEXT, "effects": (a.FormBranch(f"No{sign}rth", org.id),)}
    assert org.refused(a.Move, org.bo, **fields).message == "not-an-act"


def test_one_motion_changes_an_article_once(org):
    twice = tuple(a.ChangeRules(article("4.6", debate_days=days)) for days in (21, 3))
    fields = {"motion": org.new(), "branch": org.id, "text": TEXT, "effects": twice}
    assert org.refused(a.Move, org.bo, **fields).message == "touched-twice"


def test_an_office_of_short_terms_does_not_shorten_the_pause(org):
    org = Organization(20, book=rules(consecutive_terms=1))
    first = org.made(org.carry(a.GrantMandate(org.office("chair").id, org.bo)))
    short = org.made(org.carry(a.CreateOffice("Short", ("open-votes",), org.id, 1, 1)))
    org.wait((org.polity.mandates[first].ends - org.clock) // DAY + 60)
    fields = {"motion": org.new(), "branch": org.id, "text": TEXT, "effects": (a.GrantMandate(short, org.bo),)}
    assert org.refused(a.Move, org.dee, **fields).message == "too-many-terms"


def test_nobody_rules_out_the_election_of_who_follows_them(org):
    motion = org.move(a.GrantMandate(org.office("chair").id, org.bo), by=org.dee)
    org.second(motion)
    fields = {"under": org.mandate(org.ada), "motion": motion, "article": "4.1", "reason": TEXT}
    assert org.refused(a.RuleOut, org.ada, **fields).message == "own-cause"
    org.do(a.RuleOut, org.eve, **fields | {"under": org.mandate(org.eve)})


def test_a_change_said_anew_is_not_much_longer(org):
    reform = org.move(a.ChangeRules(VOTING, on=org.polity.size))
    org.carry(a.ChangeRules('[[article]]\nnumber = "5.4"\ntitle = "The vote"\n', on=org.polity.size))
    again = {"motion": reform, "n": 0, "articles": VOTING + "#" * 9_000, "on": org.polity.size}
    assert org.refused(a.Restate, org.bo, **again).message == "longer"


def test_a_mover_looks_again_before_the_first_vote_and_not_between_two(org):
    words = '[[article]]\nnumber = "6.2"\ntext = "What is decided happens by itself."\n'
    reform = org.to_vote(a.ChangeRules(words, on=org.polity.size))
    org.until(reform, Stage.ADJOURNED)
    again = {"motion": reform, "n": 0, "articles": words, "on": org.polity.size}
    assert org.refused(a.Restate, org.bo, **again).message == "wrong-stage"


def test_what_was_left_out_of_a_vote_was_not_lost_by_it(many):
    both = '[[article]]\nnumber = "4.6"\ndebate_days = 21\n' + VOTING
    motion = many.move(a.ChangeRules(both, on=many.polity.size))
    many.carry(a.ChangeRules('[[article]]\nnumber = "4.6"\ntitle = "The debate"\n', on=many.polity.size))
    many.second(motion)
    many.until(motion, Stage.VOTING)
    many.vote(motion, yes=many.people[20:30], no=many.people[:18])
    assert many.close(motion).outcome == "lost"
    again = a.ChangeRules('[[article]]\nnumber = "4.6"\ndebate_days = 21\n', on=many.polity.size)
    assert not doubled(many, again)
    assert doubled(many, a.ChangeRules(VOTING, on=many.polity.size))


def test_a_change_of_which_the_rest_could_not_stand_is_left_out_whole(org):
    moved = (
        '[[article]]\nnumber = "4.6"\ndrops = ["debate_days"]\ntext = "Motions are debated."\n'
        '[[article]]\nnumber = "5.4"\ndebate_days = 14\n'
        'text = "Debate lasts {debate_days} days, the vote {voting_days}."\n'
    )
    motion = org.move(a.ChangeRules(moved, on=org.polity.size))
    org.carry(a.ChangeRules('[[article]]\nnumber = "4.6"\ntitle = "The debate"\n', on=org.polity.size))
    org.second(motion)
    org.until(motion, Stage.LAPSED)
    assert acts_in(org)[-1].why == "nothing-left"


def test_a_vote_on_a_list_without_a_quorum_shortens_nobodys_days():
    org = Organization(20, book=rules(franchise_days=0))
    north, people, mandate = branch_with_steward(org, 5)
    org.carry()
    new = tuple((org.new(), TEXT) for _ in range(9))
    org.do(a.Admit, people[0], under=mandate, people=new, branch=north)
    for person in people[:3]:
        org.do(a.AskForVote, person, branch=north, question=(question := org.new()))
        if question in org.polity.voting:
            break
    org.until(question, Stage.DECIDED)
    waiting = org.polity.people[new[-1][0]]
    assert not org.polity.may_vote_later(waiting, org.id, org.polity.book, org.now)
    org.wait(20)
    assert org.polity.may_vote_later(waiting, org.id, org.polity.book, org.now)
