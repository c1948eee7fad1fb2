"""Branches: they decide what lies inside them, by rules as strict as those of the whole or stricter."""

import subprocess
import sys

import pytest

from frombelow.polity import replay
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
    assert org.refused(a.Move, org.bo, motion=org.new(), branch=north, text=TEXT).message == "no-franchise"


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
