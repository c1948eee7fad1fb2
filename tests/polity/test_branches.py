"""Branches: they decide what lies inside them, by rules as strict as those of the whole or stricter."""

import subprocess
import sys

import pytest

from frombelow.polity import Stage, hidden, replay
from frombelow.polity.kernel.ids import derive_id
from tests import acts as a
from tests.cast import TEXT, Organization, article, facts


@pytest.fixture
def north(org):
    """A branch with eight members; ``org.northerners`` are at home there."""
    branch, org.northerners = org.branch(members=8)
    return branch


def stricter(org, branch, number, **settings):
    change = a.ChangeRules(article(number, **settings), on=org.polity.size)
    return org.carry(change, branch=branch, by=org.northerners[0])


def refused_in(org, branch, *effects):
    return org.refused(a.Move, org.northerners[0], motion=org.new(), branch=branch, text=TEXT, effects=effects)


def test_a_branch_sets_a_stricter_rule_for_itself_alone(org, north):
    stricter(org, north, "4.6", debate_days=30)
    assert org.polity.rules_for(north)["debate_days"] == 30
    assert org.polity.rules_for(org.id)["debate_days"] == 14
    assert org.polity.motions[org.move(branch=north, by=org.northerners[1])].rules["debate_days"] == 30


@pytest.mark.parametrize(
    ("number", "settings"),
    [
        ("4.6", {"debate_days": 10}),
        ("3.2", {"term_months": 13}),
        ("5.6", {"quorum": '{ yes_of_eligible = "20%" }'}),
        ("7.3", {"reply_days": 8}),
    ],
)
def test_it_sets_none_that_is_laxer_or_cannot_be_compared(org, north, number, settings):
    refused = refused_in(org, north, a.ChangeRules(article(number, **settings)))
    assert refused.sentence() == f"Article {number}: a branch can set this stricter, never laxer."


def test_it_can_give_its_own_rule_up_again(org, north):
    stricter(org, north, "4.6", debate_days=30)
    stricter(org, north, "4.6", debate_days=20)
    assert org.polity.rules_for(north)["debate_days"] == 20
    stricter(org, north, "4.6", debate_days=14)
    assert org.polity.rules_for(north)["debate_days"] == 14


def test_one_rule_given_up_leaves_the_others(org, north):
    stricter(org, north, "4.6", debate_days=30)
    stricter(org, north, "5.4", voting_days=9)
    stricter(org, north, "4.6", debate_days=14)
    assert org.polity.rules_for(north)["voting_days"] == 9


def test_when_the_whole_becomes_stricter_the_branch_follows(org, north):
    stricter(org, north, "4.6", debate_days=20)
    org.carry(a.ChangeRules(article("4.6", debate_days=30)))
    assert org.polity.rules_for(north)["debate_days"] == 30


def test_a_branch_below_is_at_least_as_strict_as_the_one_above(org, north):
    below = org.made(org.carry(a.FormBranch("North-west", north), branch=north, by=org.northerners[0]))
    stricter(org, north, "4.6", debate_days=30)
    assert org.polity.rules_for(below)["debate_days"] == 30


def test_who_may_not_vote_in_the_branch_yet_neither_moves_nor_seconds_there(org, north):
    (new,) = org.admit(1, branch=north)
    stricter(org, north, "5.2", franchise_days=180)
    org.wait(31)
    assert org.refused(a.Move, new, motion=org.new(), branch=north, text=TEXT).facts == {"days": 180}
    motion = org.move(branch=north, by=org.northerners[0])
    assert org.refused(a.Second, new, motion=motion).facts == {"days": 180}
    org.do(a.Second, new, motion=org.move())


def test_what_the_whole_alone_decides_no_branch_does(org, north):
    for effect in (a.Dissolve(), a.ExpelMember(org.northerners[2])):
        assert refused_in(org, north, effect).message == "whole-only"
    for effect in (a.FormBranch("South", org.id), a.CreateOffice("Steward", (), org.id)):
        assert refused_in(org, north, effect).message == "outside-branch"


def test_nobody_moves_a_motion_in_a_branch_that_is_not_theirs(org, north):
    assert org.refused(a.Move, org.bo, motion=org.new(), branch=north, text=TEXT).message == "not-of-branch"


MAJORITIES = """
from frombelow.counting.thresholds import Base, Threshold
from frombelow.polity.organization.state import Branch
from fractions import Fraction as F
from tests.cast import Organization
org = Organization()
above = {org.id}
for n, majority in enumerate([Threshold(F(2, 3)), Threshold(F(1, 2), Base.YES_NO, True, F(1, 2)), Threshold(F(3, 4))]):
    above |= {f"branch {n}"}
    org.polity.branches[f"branch {n}"] = Branch(f"branch {n}", "", "", frozenset(above), {}, {}, False, {"majority": majority})
print(org.polity.rules_for("branch 2")["majority"])
"""


def test_which_rule_holds_in_a_branch_never_hangs_on_the_order_of_a_set():
    """Majorities that cannot be compared are taken from the whole downwards, in every process alike."""
    said = set()
    for seed in ("1", "2", "3", "4"):
        run = subprocess.run(
            [sys.executable, "-c", MAJORITIES], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))}, cwd=".",
        )  # fmt: skip
        said.add(run.stdout)
    assert len(said) == 1


def test_a_branch_made_stricter_is_the_same_when_replayed():
    org = Organization(20)
    branch, org.northerners = org.branch(members=8)
    stricter(org, branch, "4.6", debate_days=30)
    assert facts(replay(org.record, until=org.clock).polity) == facts(org.polity)


MOST = '{ share = "9/10", more_than = true, yes_of_eligible = "75%" }'
LESS = '{ share = "2/3", yes_of_eligible = "25%" }'


def test_in_a_branch_too_changing_the_rules_is_never_easier_than_an_ordinary_motion(org, north):
    org.carry(
        a.ChangeRules(article("6.1", majority=MOST) + "\n" + article("6.3", rulebook_majority=MOST)), branch=north,
        by=org.northerners[0],
    )  # fmt: skip
    change = a.ChangeRules(article("6.3", rulebook_majority=LESS), on=org.polity.size)
    refused = refused_in(org, north, change)
    assert "changing the rules would be easier than an ordinary motion" in refused.sentence()
    assert (refused.article, refused.message) == ("6.3", "bad-rulebook")


def test_a_branchs_own_majority_holds_for_its_rules_also_when_the_whole_lowers_theirs(org, north):
    high = '{ share = "3/4", more_than = true }'
    org.carry(a.ChangeRules(article("6.3", rulebook_majority=high)))
    stricter(org, north, "6.1", majority=high)
    org.carry(a.ChangeRules(article("6.3", rulebook_majority=LESS), on=org.polity.size))
    here = org.polity.rules_for(north)
    assert (here["rulebook_majority"].share, here["rulebook_majority"].strict) == (here["majority"].share, True)
    assert "more than 75%" in here.articles["6.3"].sentence()
    assert org.polity.book["rulebook_majority"] != here["rulebook_majority"]


def test_a_branchs_recall_waits_for_the_reply_also_when_the_whole_lengthens_it(org, north):
    stricter(org, north, "7.4", recall_days=8)
    org.carry(a.ChangeRules(article("7.3", reply_days=12), on=org.polity.size))
    assert org.polity.rules_for(north)["recall_days"] == 12


def test_branches_lie_inside_one_another_so_many_levels_deep_and_no_deeper(org):
    parent = org.id
    for _ in range(org.polity.book["branch_levels"]):
        parent = org.made(org.carry(a.FormBranch("Inner", parent)))
    effects = (a.FormBranch("Too deep", parent),)
    refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=effects)
    assert refused.sentence() == "Article 2.3: branches lie inside one another six levels deep at most."


def test_a_motion_that_forms_branches_inside_those_it_forms_goes_no_deeper_either(org):
    motion, effects, parent = org.new(), [], org.id
    for n in range(8):
        effects.append(a.FormBranch("Inner", parent))
        parent = derive_id(motion, "branch", n)
    org.do(a.Move, org.bo, motion=motion, branch=org.id, text=TEXT, effects=tuple(effects))
    org.second(motion)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    assert org.polity.motions[motion].voided == (6, 7)
    assert max(len(branch.above) for branch in org.polity.branches.values()) == 7


def test_answers_in_a_vote_whose_branch_is_dissolved_stay_with_who_gave_them_until_it_closes(org, north):
    end = org.move(a.DissolveBranch(north))
    org.second(end)
    motion = org.move(a.CreateOffice("Chair", (), north), by=org.northerners[0], branch=north)
    org.wait(3)
    org.second(motion)
    org.until(end, Stage.VOTING)
    org.vote(end, yes=org.voters(end))
    found = org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.northerners[:3])
    org.until(end, Stage.DECIDED)
    assert org.polity.branches[north].dissolved
    assert found.stage is Stage.VOTING
    assert {about for _, about in hidden(org.polity)} == {motion}
    org.until(motion, Stage.DECIDED)
    assert (found.outcome, found.disposition) == ("carried", "void")
    assert hidden(org.polity) == {}
    assert facts(replay(org.record, until=org.clock).polity) == facts(org.polity)
