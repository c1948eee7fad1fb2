"""What a member can do is asked of the rules: the answer is what the door would say, and asking changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frombelow.polity import Polity, Refused, due, judge, may, possible
from frombelow.polity.kernel.subject import registry
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, facts, rules

from .strategies import PLANS, Random

FIELDS = {
    "motion": ("motion", "poll"),
    "branch": ("branch", "to"),
    "mandate": ("mandate",),
    "key": ("key",),
    "key request": ("request",),
    "": (),
}


class Asking(Random):
    """Whoever tries something asks before whether it is possible; ``done`` holds what went in, with the answers."""

    def __init__(self, *args, **kwargs):
        self.done = []
        super().__init__(*args, **kwargs)

    def attempt(self, kind, by, **fields):
        self.catch_up()
        said = {}
        for verb, each in registry.possible.items():
            thing = next((fields[name] for name in FIELDS[each.about] if name in fields), "")
            draft = each.act(self.polity, by, thing, self.now)
            if type(draft) is kind:
                said[verb] = may(self.polity, by, verb, thing, self.now)
        done = super().attempt(kind, by, **fields)
        if not isinstance(done, Refused):
            self.done.append((kind.__name__, said))
        return done


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(PLANS, min_size=4, max_size=30), st.integers(0, 10**6))
def test_whatever_the_door_takes_in_was_said_to_be_possible(plans, which):
    org = Asking(8)
    org.attempt(a.Move, org.ada, motion=org.new(), branch=org.id, text=TEXT)
    for n, plan in enumerate(plans):
        org.play(plan)
        if n % 5 == 2:
            org.decide(which, which // 7 + n, n)
    assert ("Move", {"move": True}) in org.done
    assert [(kind, said) for kind, said in org.done if not all(said.values())] == []


def told(refused):
    """What a refusal comes to: the article and the reason; nothing where there is none."""
    return refused and (refused.article, refused.message, str(refused))


def judged(polity, act, at):
    """What the judge says of it."""
    try:
        judge(polity, act, at)
    except Refused as refused:
        return told(refused)
    return None


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(PLANS, min_size=4, max_size=20), st.integers(0, 10**6))
def test_the_answer_is_what_the_judge_says_and_asking_changes_nothing(plans, which):
    org = Random(8)
    for n, plan in enumerate(plans):
        org.play(plan)
        if n % 5 == 2:
            org.decide(which, which // 7 + n, n)
    polity, before = org.polity, facts(org.polity)
    assert due(polity, org.now) is None
    things = {"motion": [*polity.motions, org.new()], "branch": list(polity.branches), "mandate": list(polity.mandates)}
    for person in (*list(polity.people)[:6], org.charlie):
        for about, those in things.items():
            for thing in those[:6]:
                for verb, refused in possible(polity, person, about, thing, org.now).items():
                    draft = registry.possible[verb].act(polity, person, thing, org.now)
                    assert told(refused) == judged(polity, draft, org.now)
    assert facts(polity) == before


def test_each_thing_is_asked_about_what_is_done_to_it_alone(org):
    motion = org.move()
    about = {name: set(possible(org.polity, org.ada, name, motion, org.clock)) for name in FIELDS}
    assert set().union(*about.values()) == set(registry.possible)
    assert sum(map(len, about.values())) == len(registry.possible)
    assert set(possible(org.polity, org.ada, "motion", motion, org.clock, ["second"])) == {"second"}
    assert possible(org.polity, org.ada, "motion", motion, org.clock, ()) == {}


def test_after_31_quiet_days_a_member_whose_30_days_are_over_is_offered_to_second(org):
    org.move()
    (new,) = org.admit(1)
    motion = org.move()
    answers = [may(org.polity, new, "second", motion, org.clock + days * DAY) for days in (0, 29, 30, 31)]
    assert answers == [False, False, True, True]


def test_after_the_end_nothing_is_offered():
    org = Organization(20, book=rules(dissolution_days=30))
    other = org.move()
    org.carry(a.Dissolve())
    assert org.polity.ended
    for about, thing in (("motion", other), ("branch", org.id), ("", "")):
        answers = possible(org.polity, org.ada, about, thing, org.clock)
        assert {refused.message for refused in answers.values()} == {"dissolved"}


def test_before_the_founding_nothing_is_offered():
    polity = Polity()
    answers = possible(polity, "a" * 26, "", "", DAY)
    assert {refused.message for refused in answers.values()} == {"not-founded"}


@pytest.mark.parametrize("verb", ["second", "withdraw", "vote", "open", "rule", "sign", "appeal"])
def test_of_what_there_is_not_it_is_said(org, verb):
    refused = possible(org.polity, org.ada, "motion", org.new(), org.clock)[verb]
    assert refused.message in ("unknown-motion", "no-mandate")
    assert refused.sentence().startswith(f"Article {refused.article}: ")


def test_an_officer_is_offered_what_one_of_their_mandates_allows_and_others_are_not(org):
    motion = org.move()
    org.second(motion)
    assert may(org.polity, org.ada, "rule", motion, org.clock)
    assert not may(org.polity, org.bo, "rule", motion, org.clock)
    assert may(org.polity, org.eve, "admit", org.id, org.clock)
    assert not may(org.polity, org.ada, "admit", org.id, org.clock)
    org.wait(91)
    assert not may(org.polity, org.eve, "admit", org.id, org.clock)
