"""What follows from a decision: judged when it is moved, and again when it takes effect."""

import hashlib
from typing import TYPE_CHECKING

import msgspec

from ..kernel.act import DECISION, Act, Effect
from ..kernel.ids import BranchId, MotionId, PersonId, derive_id
from ..kernel.refusals import Refused
from ..kernel.require import refuse
from ..kernel.subject import EffectKind, Mark, registry
from ..state import Polity
from .acts import Move, TakeEffect, Void
from .deciding import Deciding
from .state import Class, Motion, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The gravest first.
GRAVITY = (Class.DISSOLUTION, Class.EXPULSION, Class.RULES, Class.ORDINARY)


def made_by(decision: MotionId, n: int, effect: Effect) -> str:
    """The id of what the n-th effect of a decision makes; "" where it makes nothing."""
    what = registry.by_effect[type(effect)].makes
    return derive_id(decision, what, n) if what else ""


def gravities(effects: "Iterable[Effect]") -> list[Class]:
    """The kinds of what the effects do, the gravest first: a bundle needs the majority of each of its parts, or a
    change of rules could ride on an expulsion."""
    kinds = {registry.by_effect[type(effect)].gravity for effect in effects} or {Class.ORDINARY.value}
    return [each for each in GRAVITY if each.value in kinds]


def subjects_of(polity: Polity, effects: "Iterable[Effect]") -> frozenset[PersonId]:
    """Whom the effects are about: whoever would be expelled or lose a mandate."""
    return frozenset(person for effect in effects for person in registry.by_effect[type(effect)].about(polity, effect))


def heard_on(polity: Polity, effects: "Iterable[Effect]") -> frozenset[PersonId]:
    """Whom the effects concern: whom they are about, and who would lose an office by something else that ends."""
    return frozenset(
        person
        for effect in effects
        for concerned in (registry.by_effect[type(effect)].about, registry.by_effect[type(effect)].heard)
        for person in concerned(polity, effect)
    )


def size_of(effects: "Iterable[Effect]") -> int:
    """How many bytes the effects take in the record."""
    return len(msgspec.json.encode(list(effects)))


def marks_of(effect: Effect) -> "Iterable[Mark]":
    """The commitments that an effect makes."""
    return registry.by_effect[type(effect)].marks(effect)


def _meant(polity: Polity, effects: "Iterable[Effect]", motion: MotionId) -> "Iterator[tuple[EffectKind, object]]":
    """What the effects do and to whom, one by one, however it is written; each with the kind of effect that does it."""
    effects = list(effects)
    made = {name: effect for n, effect in enumerate(effects) if (name := made_by(motion, n, effect))}
    for effect in effects:
        kind = registry.by_effect[type(effect)]
        for meant in kind.meant(polity, effect, made) if kind.meant else (effect,):
            yield kind, meant


def asked(polity: Polity, branch: BranchId, effects: "Iterable[Effect]", motion: MotionId) -> list[str]:
    """What tells the same questions asked again: all that the motion's effects do and to whom, in this branch, whatever
    stands beside it."""
    found = {_told(branch, meant) for _kind, meant in _meant(polity, effects, motion)}
    return sorted(found)


def _told(branch: BranchId, meant: object) -> str:
    return hashlib.sha256(branch.encode() + msgspec.json.encode(meant)).hexdigest()


def asks_several(polity: Polity, effects: "Iterable[Effect]", motion: MotionId) -> bool:
    """Whether they ask more than one question: several effects, or one that does several things."""
    effects = list(effects)
    apart = {_told(BranchId(""), meant) for kind, meant in _meant(polity, effects, motion) if kind.several}
    return len(effects) > 1 or len(apart) > 1


def check_move(polity: Polity, act: Move[Effect], at: int) -> None:
    """Refuse a motion whose effects could never happen. What only the day of the effect can show is left to it."""
    # Whom a motion is about does not vote on it: naming all opponents in one would leave the others to decide.
    if len(subjects_of(polity, act.effects)) > 1:
        refuse(polity, "own_cause", "about-several")
    if any(registry.by_effect[type(effect)].alone for effect in act.effects) and len(act.effects) > 1:
        refuse(polity, "dissolution", "cannot-alone")
    touched: list[str] = []
    for effect in act.effects:
        if (touches := registry.by_effect[type(effect)].touches) is not None:
            touched += touches(effect)
    if len(set(touched)) < len(touched):
        refuse(polity, "effects", "touched-twice")
    by, made = Deciding(act.branch, polity.rules_for(act.branch), at), set()
    for n, effect in enumerate(act.effects):
        kind = registry.by_effect[type(effect)]
        # What stands in something that this same motion makes can be judged only when that is there.
        waits = bool(kind.stands_in) and getattr(effect, kind.stands_in) in made
        if not waits or not _person_there(polity, effect):
            kind.check(polity, effect, by)
        if name := made_by(act.motion, n, effect):
            made.add(name)


def _person_there(polity: Polity, effect: Effect) -> bool:
    person = getattr(effect, "person", None)
    return person is None or person in polity.people


def _deciding(question: Question, n: int, effect: Effect, at: int) -> Deciding:
    return Deciding(question.branch, question.rules, at, question.id, made_by(question.id, n, effect))


def voted_on(polity: Polity, branch: BranchId, effect: Effect) -> Effect:
    """What of an effect is put to the vote that opens now."""
    kind = registry.by_effect[type(effect)]
    found: Effect = kind.put_to_the_vote(polity, effect, branch) if kind.put_to_the_vote else effect
    return found


def nothing_left(polity: Polity, question: Question) -> bool:
    """Whether nothing would be voted on if the vote opened now: all that it does is left out by then."""
    effects = effects_of(question)
    return bool(effects) and all(
        kind.put_to_the_vote is not None
        and kind.touches is not None
        and not kind.touches(voted_on(polity, question.branch, effect))
        for effect in effects
        for kind in (registry.by_effect[type(effect)],)
    )


def effects_of(question: Question) -> tuple[Effect, ...]:
    """What follows from it if it is carried."""
    found: tuple[Effect, ...] = getattr(question, "effects", ())
    return found


def next_effect(polity: Polity, at: int) -> Act:
    """The next effect of what was carried, or that it is void, by an article."""
    name, n = polity.pending[0]
    question = polity.motions[name]
    effect = effects_of(question)[n]
    try:
        if polity.ended:  # a vote that was open at the end closes, and nothing follows
            refuse(polity, "dissolution", "dissolved")
        registry.by_effect[type(effect)].check(polity, effect, _deciding(question, n, effect, at))
    except Refused as refused:
        return Void(by=DECISION, under=name, motion=name, n=n, article=refused.article, reason=refused.message)
    return TakeEffect(by=DECISION, under=name, motion=name, n=n, effect=effect)


def apply_take_effect(polity: Polity, act: TakeEffect[Effect], at: int) -> None:
    polity.pending.popleft()
    question = polity.motions[act.motion]
    by = _deciding(question, act.n, act.effect, at)
    registry.by_effect[type(act.effect)].do(polity, act.effect, by)


def apply_void(polity: Polity, act: Void, _at: int) -> None:
    polity.pending.popleft()
    question = polity.motions[act.motion]
    voided = 1
    if isinstance(question, Motion):
        question.voided += (act.n,)
        voided = len(question.voided)
    question.disposition = "void" if voided == len(effects_of(question)) else "partly void"
