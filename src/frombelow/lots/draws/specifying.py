"""Whether a specification can be drawn by: everything in its order of time, and chance supplied by nobody alone."""

from collections.abc import Sequence
from itertools import pairwise

from .beacons import QUICKNET, time_of
from .formats import Dice, Key, Source, Specification
from .sentences import DrawError

# Whoever gives the last contribution can try many, each against every way in which the dice may fall. With so many ways
# that tells them nothing.
WAYS = 2**40
WITNESSES = 3  # of dice


def moment_of(source: Source) -> int:
    """From when on it can be known."""
    return source.after if isinstance(source, Dice) else time_of(source.round)


def check_specification(told: Specification) -> None:
    """A draw can be held by this. Raises DrawError naming what is wrong and where."""
    _check_way(told)
    _check_times(told)
    for name, source in (("first", told.first), ("second", told.second)):
        if source is not None:
            _check_source(told, source, f"specification.{name}")
    _check_keys(told.witnesses, "specification.witnesses")
    _check_keys(told.contributions.keys or (), "specification.contributions.keys")
    if told.enough > len(told.witnesses):
        raise DrawError("enough", "specification.enough", enough=told.enough, witnesses=len(told.witnesses))
    if told.size > told.pool.people:
        raise DrawError("size", "specification.size", size=told.size, people=told.pool.people)


def _check_way(told: Specification) -> None:
    if told.algorithm == "order/1":
        if told.quotas or told.panels or told.short or told.first is not None:
            raise DrawError("order-has-no-list", "specification")
    elif not told.panels:
        raise DrawError("no-panels", "specification.panels")
    seen = set[tuple[str, str]]()
    for place, quota in enumerate(told.quotas):
        where = f"specification.quotas[{place}]"
        if not 0 <= quota.least <= quota.most:
            raise DrawError("quota", where, least=quota.least, most=quota.most)
        if (quota.category, quota.feature) in seen:
            raise DrawError("quota-twice", where, category=quota.category, feature=quota.feature)
        seen.add((quota.category, quota.feature))


def _check_times(told: Specification) -> None:
    """One after the other: the specification, objections, the first value, contributions, what they hide, the second
    value."""
    window = told.contributions
    steps = [("at", told.at), ("objections_until", told.objections_until)]
    if told.first is not None:
        steps.append(("first", moment_of(told.first)))
    steps += [("contributions.opens", window.opens), ("contributions.closes", window.closes)]
    if window.reveals_until is not None:
        steps.append(("contributions.reveals_until", window.reveals_until))
    steps.append(("second", moment_of(told.second)))
    for (before, earlier), (name, later) in pairwise(steps):
        # Chance comes strictly after what it decides; the others may touch.
        if later < earlier or (later == earlier and name in ("first", "second", "contributions.closes")):
            raise DrawError("times", f"specification.{name}", before=before)


def _check_source(told: Specification, source: Source, where: str) -> None:
    if not isinstance(source, Dice):
        if source.chain != QUICKNET.hash:
            raise DrawError("beacon-unknown", where, chain=source.chain[:16])
        return
    if source.sides**source.rolls < WAYS:
        needed = next(n for n in range(1, 41) if source.sides**n >= WAYS)
        raise DrawError("dice-few", where, sides=source.sides, needed=needed)
    if told.enough < WITNESSES:
        raise DrawError("dice-witnesses", "specification.enough", wanted=WITNESSES)


def _check_keys(keys: Sequence[Key], where: str) -> None:
    names, spelled = set[str](), set[str]()
    for place, key in enumerate(keys):
        if key.name in names or key.key in spelled:
            raise DrawError("key-twice", f"{where}[{place}]", name=key.name)
        names.add(key.name)
        spelled.add(key.key)
