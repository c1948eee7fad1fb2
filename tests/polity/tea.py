"""A subject that exists in tests alone: members brew tea, time lets it go cold, and a decision buys a kettle."""

from typing import Annotated, NewType

import pytest
from msgspec import Meta, Struct

from frombelow.polity.kernel.act import TIME, Act, Effect
from frombelow.polity.kernel.agenda import Task
from frombelow.polity.kernel.fields import Commitment
from frombelow.polity.kernel.ids import Id
from frombelow.polity.kernel.judging import only_time
from frombelow.polity.kernel.require import refuse, require_member
from frombelow.polity.kernel.subject import EffectKind, Kind, Subject, registry
from frombelow.polity.organization.subject import about_nobody

PotId = NewType("PotId", Id)


class Brew(Act, tag="tea.brew", frozen=True, kw_only=True):
    """A member puts a pot on."""

    pot: PotId
    cups: Annotated[int, Meta(ge=1, le=9)]
    recipe: Commitment


class Cool(Act, tag="tea.cool", frozen=True, kw_only=True):
    """Time lets a pot go cold."""

    pot: PotId


class Kettle(Effect, tag="buy-kettle", frozen=True):
    litres: int


class Cooling(Task, frozen=True):
    pot: PotId


class Tea(Struct):
    """The state that the subject brings with it."""

    pots: dict[PotId, str] = {}
    kettles: tuple[int, ...] = ()


def judge_brew(polity, act, at):
    require_member(polity, act, at)
    if act.pot in polity.part(Tea).pots:
        refuse(polity, "record", "pot-is-on", cups=act.cups)


def apply_brew(polity, act, at):
    polity.part(Tea).pots[act.pot] = "hot"
    polity.agenda.plan(at + 600, Cooling(act.pot))


def apply_cool(polity, act, _at):
    polity.part(Tea).pots[act.pot] = "cold"


def due_cool(polity, task, _planned, _at):
    return Cool(by=TIME, pot=task.pot) if polity.part(Tea).pots[task.pot] == "hot" else None


def check_kettle(polity, effect, _by):
    if effect.litres > 5:
        refuse(polity, "effects", "kettle-too-big")


def do_kettle(polity, effect, _by):
    polity.part(Tea).kettles += (effect.litres,)


BREW = Kind(
    Brew, judge_brew, apply_brew, sentence="{by} brewed {cups} {cups|cup|cups}.", label="tea", about="pot", cites="record",
    marks=lambda act: (("recipe", act.pot, act.recipe),),
)  # fmt: skip
COOL = Kind(
    Cool,
    only_time,
    apply_cool,
    sentence="A pot went cold.",
    label="cold tea",
    about="pot",
    cites="time",
    authors=(TIME,),
)
KETTLE = EffectKind(
    Kettle, check_kettle, do_kettle, sentence="A kettle of {litres} litres is bought.",
    question="Shall a kettle of {litres} litres be bought?", gravity="majority", about=about_nobody,
)  # fmt: skip
TEA = Subject(
    name="tea", title="Tea", kinds=(BREW, COOL), effects=(KETTLE,), tasks={Cooling: due_cool}, state=Tea,
    refusals={"pot-is-on": "{cups} cups are on already.", "kettle-too-big": "no kettle is so big."},
)  # fmt: skip


@pytest.fixture
def as_before():
    """Whatever a test registers is gone after it, and whatever it put out of force is there again."""
    known = dict(registry.subjects)
    yield
    registry.subjects = known
    registry.add()


@pytest.fixture
def tea(as_before):
    """The subject is there for as long as a test runs."""
    registry.add(TEA)
    return TEA
