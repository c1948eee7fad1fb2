"""Is this act allowed at this second, and what becomes of the organization by it? Pure functions of what is handed
in; only ``apply`` changes the polity."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, UnsetType

from ..keys import seals
from .act import DECISION, TIME, Act, kind_of
from .agenda import Blocked
from .daily import check_today, count_today
from .refusals import UNFOUNDED, Refused
from .require import refuse
from .subject import MACHINES, PERSON, Kind, registry

if TYPE_CHECKING:
    from ..keys.seals import Check, Roots
    from ..state import Polity
    from .entry import AnyEntry, Seal

NO_FIGURES: Mapping[str, int] = {}


def nothing(_polity: "Polity", _act: Act, _at: int) -> None:
    """Changes nothing: what this act says stands in the record alone."""


def only_time(polity: "Polity", _act: Act, _at: int) -> None:
    """Refuse: such an act comes by itself when it is due, from nobody."""
    refuse(polity, "time", "not-due")


def due(polity: "Polity", at: int) -> Act | None:
    """The next act that must be appended before anything else at this second; None when nothing is due.

    What follows it may be due only after it was applied: ask again until None. Nothing changes by asking.
    """
    if polity.pending:
        from ..motions.effects import next_effect

        return next_effect(polity, at)
    if polity.agenda.first <= at:
        for planned in polity.agenda.until(at):
            try:
                act = registry.due[type(planned.task)](polity, planned.task, planned.at, at)
            except Blocked:
                continue
            if act is not None:
                return act
    return None


def judge(polity: "Polity", act: Act, at: int) -> None:
    """Return if the rules allow this act at this second; raise Refused citing the article if not."""
    if at < polity.at:
        refuse(polity, "record", "out-of-order")
    kind = registry.by_act[type(act)]
    if polity.rules is None:
        if kind.cites != "founding":
            raise Refused(UNFOUNDED, "not-founded")
    elif polity.pending or (polity.agenda.first <= at and not kind.goes_first):
        expected = due(polity, at)
        if expected is not None:
            if expected != act:
                _held_back(polity, expected, act)
            return
    _judge_rules(polity, kind, act, at)


def _judge_rules(polity: "Polity", kind: Kind, act: Act, at: int) -> None:
    if polity.ended and not kind.after_the_end:
        refuse(polity, "dissolution", "dissolved")
    _check_author(polity, act, kind.authors, at)
    if act.under is not UNSET and not kind.for_office:
        refuse(polity, "powers", "under-no-office")
    if kind.counted and polity.rules is not None and act.by not in MACHINES:
        check_today(polity, act, at)
    kind.judge(polity, act, at)


def _check_author(polity: "Polity", act: Act, authors: tuple[str, ...], at: int) -> None:
    by = act.by
    name = by if by in MACHINES else by.partition(":")[0]
    author = registry.authors.get(name)
    if name in MACHINES and by != name:  # they have one spelling
        refuse(polity, "membership", "not-a-member")
    if name in (TIME, DECISION):
        refuse(polity, "time", "not-due")
    if (PERSON if author is None else name) not in authors:
        known = PERSON in authors and polity.rules is not None
        refuse(polity, *(("membership", "not-a-member") if known else ("time", "not-due")))
    if author is not None:
        author.check(polity, act, at)


def why_not(polity: "Polity", act: Act, at: int) -> Refused | None:
    """Why the rules would refuse this act at this second; None where they allow it. What time has to do first is left
    out: who asks has nothing to do with it."""
    if polity.rules is None:
        return Refused(UNFOUNDED, "not-founded")
    try:
        _judge_rules(polity, registry.by_act[type(act)], act, at)
    except Refused as refused:
        return refused
    return None


def figures(polity: "Polity", act: Act, at: int) -> Mapping[str, int]:
    """The figures that the door puts beside this act: they follow from what stands before it."""
    found = registry.by_act[type(act)].figures
    return found(polity, act, at) if found else NO_FIGURES


def judge_entry(
    polity: "Polity", entry: "AnyEntry", roots: "Roots" = seals.no_roots, check: "Check | None" = None
) -> None:  # fmt: skip
    """Return if the act was allowed at its second, the stamp beside it is right, and so is its seal; raise Refused if
    not. ``roots`` gives the root over the first so many entries; ``check`` takes signatures on, to look at them later.
    """
    judge(polity, entry.act, entry.at)
    seals.judge_seal(polity, entry, roots, check)
    kind = registry.by_act[type(entry.act)]
    if kind.figures is not None or entry.fixed is not UNSET:
        said = {} if entry.fixed is UNSET else entry.fixed
        right = dict(figures(polity, entry.act, entry.at))
        if said != right:
            refuse(polity, kind.cites, "wrong-figures", due=_figures_told(right), said=_figures_told(said))


def apply(polity: "Polity", act: Act, at: int, seal: "Seal | UnsetType" = UNSET) -> None:
    """The polity is as it is after this act and its seal, which were judged."""
    polity.at = at
    kind = registry.by_act[type(act)]
    kind.apply(polity, act, at)
    if seal is not UNSET or polity.keys.holders:
        seals.apply_seal(polity, kind, act, seal, at)
    person = polity.people.get(act.who)
    if person is not None:
        person.acted = True
        if kind.counted:
            count_today(polity, person.id, at)
    polity.size += 1
    if polity.agenda.first <= at:
        _settle(polity, at)


def _settle(polity: "Polity", at: int) -> None:
    """What came to nothing is off the agenda, and what something keeps from happening stands aside."""
    agenda = polity.agenda
    while agenda.first <= at:
        planned = agenda.planned[0]
        try:
            if registry.due[type(planned.task)](polity, planned.task, planned.at, at) is not None:
                return
            agenda.drop_first()
        except Blocked:
            agenda.block_first()


def _held_back(polity: "Polity", expected: Act, act: Act) -> None:
    """Refuse an act that stands where another was due: cite the article of what the due one would have decided."""
    kind = registry.by_act[type(expected)]
    if type(expected) is type(act):
        field = next(name for name in act.__struct_fields__ if getattr(act, name) != getattr(expected, name))
        due_, said = getattr(expected, field), getattr(act, field)
        refuse(polity, kind.cites, "not-what-follows", field=field, due=due_, said=said)
    refuse(polity, kind.cites, "time-held-back", due=named(expected))


def named(act: Act) -> str:
    """The kind of an act as a sentence can hold it: "close vote" is vote.close."""
    subject, _, verb = kind_of(act).partition(".")
    return f"{subject} {verb.replace('-', ' ')}"


def _figures_told(found: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {value}" for name, value in found.items()) or "nothing"


def stamped(
    polity: "Polity", act: Act, at: int, seal: "Seal | UnsetType" = UNSET
) -> tuple["AnyEntry", bytes]:  # fmt: skip
    """The act as the entry that it would be at this second, and its bytes; refuse an act that no entry could hold: its
    fields are not what they must be, or it is too long."""
    from . import entry

    try:
        found = entry.stamp(act, at, figures(polity, act, at), seal)
        data = entry.encode(found)
        entry.decode(data)
        return found, data
    except (ValueError, TypeError, msgspec.MsgspecError) as error:
        article = polity.rules.article("record") if polity.rules else UNFOUNDED
        raise Refused(article, "not-an-act", why=error) from None
