"""What a motion does if it is carried: judged when it is moved, and again when it takes effect."""

import hashlib
import json

import msgspec

from .acts import (
    AdmitPeople,
    AnyEffect,
    ChangeRules,
    CreateOffice,
    Dissolve,
    DissolveBranch,
    EndMandate,
    ExpelMember,
    FormBranch,
    GrantMandate,
    Move,
)
from .grounds import HERE, a_branch, inside, refuse
from .ids import derive_id
from .membership import check_newcomers, depart, enter, move_home
from .offices import check_create, check_end, check_grant, check_seat, do_create, do_end, do_grant
from .parameters import stricter_or_equal
from .refusals import Refused
from .rulebook import Rulebook, RulebookError, as_read
from .state import Branch, Class, Motion, Polity, Standing

MAKES = {FormBranch: "branch", CreateOffice: "office", GrantMandate: "mandate"}
GRAVITY = {Dissolve: Class.DISSOLUTION, ExpelMember: Class.EXPULSION, ChangeRules: Class.RULES}


def made_by(motion: str, n: int, effect: AnyEffect) -> str:
    """The id of what the n-th effect of a motion makes; "" where it makes nothing."""
    what = MAKES.get(type(effect))
    return derive_id(motion, what, n) if what else ""


def motion_class(effects: tuple[AnyEffect, ...]) -> Class:
    """The gravest of what the effects do."""
    return classes(effects)[0]


def classes(effects: tuple[AnyEffect, ...]) -> list[Class]:
    """The kinds of what the effects do, the gravest first: a bundle needs the majority of each of its parts, or a
    change of rules could ride on an expulsion."""
    kinds = {GRAVITY.get(type(effect), Class.ORDINARY) for effect in effects} or {Class.ORDINARY}
    return [kind for kind in (*GRAVITY.values(), Class.ORDINARY) if kind in kinds]


def subjects_of(polity: Polity, effects: tuple[AnyEffect, ...]) -> frozenset[str]:
    """Whom the motion is about: whoever would be expelled or lose a mandate."""
    found = set()
    for effect in effects:
        if isinstance(effect, ExpelMember):
            found.add(effect.person)
        elif isinstance(effect, EndMandate) and effect.mandate in polity.mandates:
            found.add(polity.mandates[effect.mandate].person)
    return frozenset(found)


def question(branch: str, effects: tuple[AnyEffect, ...]) -> str:
    """What tells the same question asked again: the branch and the effects, however they are written. "" for a motion
    without effects."""
    meant = branch.encode() + msgspec.json.encode([_meant(effect) for effect in effects])
    return hashlib.sha256(meant).hexdigest() if effects else ""


def _meant(effect: AnyEffect) -> object:
    """The effect without what changes nothing: spaces and comments in the articles, whose mandate a grant follows."""
    if isinstance(effect, ChangeRules):
        articles = json.dumps(as_read(effect.articles), sort_keys=True, default=str)
        return ["change-rules", articles, sorted(effect.repeal)]
    if isinstance(effect, GrantMandate):
        return ["grant-mandate", effect.office, effect.person]
    return effect


def check_move(polity: Polity, act: Move) -> None:
    """Refuse a motion whose effects could never happen. What only the day of the effect can show is left to it."""
    made: dict[str, str] = {}
    # Whom a motion is about does not vote on it: naming all opponents in one would leave the others to decide.
    if len(subjects_of(polity, act.effects)) > 1:
        refuse(polity, "own_cause", "about-several")
    if any(isinstance(effect, Dissolve) for effect in act.effects) and len(act.effects) > 1:
        refuse(polity, "dissolution", "cannot-alone")
    for n, effect in enumerate(act.effects):
        if isinstance(effect, GrantMandate) and effect.office in made and effect.person in polity.people:
            continue
        if isinstance(effect, CreateOffice | FormBranch):
            place = effect.branch if isinstance(effect, CreateOffice) else effect.parent
            if place in made:
                continue
        check_effect(polity, effect, act.branch, polity.rules_for(act.branch))
        made[made_by(act.motion, n, effect)] = act.branch


def check_effect(polity: Polity, effect: AnyEffect, branch: str, rules: Rulebook) -> None:
    """Refuse an effect that the rules in force do not allow to the members of this branch."""
    match effect:
        case AdmitPeople():
            inside(polity, effect.branch, branch)
            check_newcomers(polity, effect.people)
        case ExpelMember():
            _whole(polity, branch, "expulsion")
            person = polity.people.get(effect.person)
            if person is None or person.standing not in HERE:
                refuse(polity, "expulsion", "unknown-person")
        case FormBranch():
            inside(polity, effect.parent, branch)
        case DissolveBranch():
            _check_dissolve_branch(polity, effect, branch)
        case CreateOffice():
            check_create(polity, effect, branch, rules)
        case GrantMandate():
            check_grant(polity, effect, branch, rules)
        case EndMandate():
            check_end(polity, effect, branch, rules)
        case ChangeRules():
            _check_rules(polity, effect, branch)
        case Dissolve():
            _whole(polity, branch, "dissolution")


def check_now(polity: Polity, motion: Motion, n: int) -> None:
    """Refuse the n-th effect of a carried motion if it cannot happen at this moment."""
    effect = motion.effects[n]
    check_effect(polity, effect, motion.branch, motion.rules)
    if isinstance(effect, GrantMandate):
        check_seat(polity, effect)


def do_effect(polity: Polity, motion: Motion, n: int) -> None:
    """The n-th effect of a carried motion has happened."""
    effect = motion.effects[n]
    name = made_by(motion.id, n, effect)
    match effect:
        case AdmitPeople():
            for person, _ in effect.people:
                enter(polity, person, effect.branch, polity.today())
        case ExpelMember():
            depart(polity, polity.people[effect.person], Standing.EXPELLED)
        case FormBranch():
            above = polity.branches[effect.parent].above
            polity.branches[name] = Branch(name, effect.name, effect.parent, above | {name}, {}, {})
        case DissolveBranch():
            _dissolve_branch(polity, effect.branch)
        case CreateOffice():
            do_create(polity, effect, name, motion.id)
        case GrantMandate():
            do_grant(polity, effect, name, motion.id, motion.rules)
        case EndMandate():
            do_end(polity, effect)
        case ChangeRules():
            _change_rules(polity, effect, motion.branch)
        case Dissolve():
            polity.ended = True


def _whole(polity: Polity, branch: str, topic: str) -> None:
    if branch != polity.root:
        refuse(polity, topic, "whole-only")


def _check_dissolve_branch(polity: Polity, effect: DissolveBranch, branch: str) -> None:
    found = inside(polity, effect.branch, branch)
    if not found.parent:
        refuse(polity, "branches", "root-branch")
    busy = any(polity.motions[name].branch == found.id for name in polity.voting)
    children = any(child.parent == found.id and not child.dissolved for child in polity.branches.values())
    if busy or children:
        refuse(polity, "branches", "branch-of-members")


def _dissolve_branch(polity: Polity, branch: str) -> None:
    found = polity.branches[branch]
    for person in [person for person in polity.people.values() if person.branch == branch]:
        if person.standing in HERE:
            move_home(polity, person, found.parent)
    for office in [office for office in polity.offices.values() if office.branch == branch]:
        for mandate in list(office.holders):
            do_end(polity, EndMandate(mandate.id))
    found.dissolved = True


def _check_rules(polity: Polity, effect: ChangeRules, branch: str) -> None:
    try:
        changed = polity.book.changed(effect.articles, effect.repeal)
    except RulebookError as error:
        refuse(polity, "rule_changes", "bad-rulebook", why=str(error))
    if branch == polity.root:
        return
    a_branch(polity, branch)
    for key, value in changed.values.items():
        if value != polity.book[key] and not stricter_or_equal(key, polity.book[key], value):
            raise Refused(polity.book.article(key), "bad-rulebook", why="a branch can set this stricter, never laxer")


def _change_rules(polity: Polity, effect: ChangeRules, branch: str) -> None:
    changed = polity.book.changed(effect.articles, effect.repeal)
    if branch == polity.root:
        polity.rules = changed
        return
    stricter = dict(polity.branches[branch].stricter)
    for key in changed.set_anew(polity.book):
        if changed[key] != polity.book[key]:
            stricter[key] = changed[key]
        else:  # as the whole has it: the branch gives up its own setting
            stricter.pop(key, None)
    polity.branches[branch].stricter = stricter
