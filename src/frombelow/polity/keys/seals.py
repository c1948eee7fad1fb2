"""Seals: is this act sealed by a key of who acts, at its time, over this very history; and must it be?

What hangs on the polity is judged here. The signature itself is a question of mathematics alone, handed on as a job: a
replay of a long record has many of them checked at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from ...keys import Job, KeyFault, act_bytes, check_signature, to_text
from ..kernel.act import Act
from ..kernel.entry import AnyEntry, Seal, encode_act
from ..kernel.ids import KeyId
from ..kernel.refusals import Refused
from ..kernel.subject import MACHINES, registry
from ..organization.acts import Found
from .binding import job, made, no
from .state import Key

if TYPE_CHECKING:
    from ..kernel.subject import Kind
    from ..offices.state import Mandate
    from ..state import Polity

DAY = 24 * 3600
Roots = Callable[[int], bytes]  # the root over so many entries, of the record that the polity was made from
Check = Callable[[Job], None]  # raises KeyFault where the signature does not hold


def no_roots(_size: int) -> bytes:
    """There are no roots at hand: a sealed entry cannot be judged."""
    raise LookupError("a sealed entry is judged beside the tree of its record; hand in its roots")


def judge_seal(polity: "Polity", entry: AnyEntry, roots: Roots, check: Check | None = None) -> None:
    """Return if the entry, whose act was judged, is sealed by a key that may seal it, or stands without a seal; raise
    Refused if not. Whether the signatures hold is asked of ``check``, at once by default."""
    act, seal, at = entry.act, entry.seal, entry.at
    key = _sealing(polity, act, seal, at) if seal is not UNSET else None
    kind = registry.by_act[type(act)]
    if kind.sealed is not None:
        kind.sealed.judge(polity, act, key, at)
    if seal is UNSET or key is None:
        if (why := needed(polity, act, at)) is not None:
            raise why
    else:
        _check_next(polity, key, seal, act)
        _check_day(polity, seal, at)
        _check_anchor(polity, key, seal, roots)
    try:
        ask = check or _at_once
        for each in kind.sealed.proofs(polity, act) if kind.sealed is not None else ():
            ask(each)
        if seal is not UNSET and key is not None:
            ask(_job(polity, key, seal, act))
    except KeyFault as fault:
        no(polity, fault.message, **fault.facts)


def found_to_hold(polity: "Polity", act: Act, seal: Seal) -> Job | None:
    """The signature of the seal, if it holds: so that it can be looked at beside the judging, and need not be again.
    None where it does not, or where the key is not known."""
    key = polity.keys.keys.get(seal.key)
    if key is None:
        return None
    try:
        job = _job(polity, key, seal, act)
        check_signature(*job)
    except KeyFault:
        return None
    return job


def needed(polity: "Polity", act: Act, at: int) -> Refused | None:
    """Why this act has to be sealed; None where it stands without."""
    if act.by in MACHINES or polity.rules is None:
        return None
    kind = registry.by_act[type(act)]
    if kind.sealed is not None and kind.sealed.asks and act.under is UNSET:
        return None
    if polity.keys.bound(act.who):
        return Refused(polity.book.article("keys"), "seal-needed")
    if act.under is not UNSET and (mandate := polity.mandates.get(act.under)) is not None:  # type: ignore[call-overload]
        from_ = office_seals_from(polity, mandate)
        if from_ is not None and at >= from_:
            return Refused(polity.book.article("seal_days"), "seal-needed-office", when=from_)
    return None


def office_seals_from(polity: "Polity", mandate: "Mandate") -> int | None:
    """The second from which acts under this mandate have to be sealed; None where no host is known at which keys can be
    used, so that none has to be."""
    return mandate.starts + polity.book["seal_days"] * DAY if polity.keys.hosts else None


def apply_seal(polity: "Polity", kind: "Kind", act: Act, seal: Seal | UnsetType, at: int) -> None:
    """The polity is as it is after the seal of this act, or after there was none."""
    keys, key = polity.keys, None
    if seal is not UNSET:
        key = keys.keys[seal.key]
        key.anchor, key.last = seal.size, polity.size
        if (counted := _counted_apart(polity, act)) is None:
            key.n = seal.n
        else:
            counted[key.id] = seal.n
        keys.sealed += 1
        keys.holders[key.person].sealed += 1
        keys.cover(key.person, seal.size)
    elif (holder := keys.holders.get(act.who)) is not None and holder.had_key(polity.size):
        holder.unsealed += 1
        holder.unsealed_last = polity.size
        keys.unsealed += kind.hidden is None  # or the figure would tell while a vote is open who answers in it
    if kind.sealed is not None:
        kind.sealed.apply(polity, act, key, at)


def _sealing(polity: "Polity", act: Act, seal: Seal, at: int) -> Key:
    """The live key of who acts that the seal names."""
    key = polity.keys.keys.get(seal.key)
    if isinstance(act, Found) and act.founder_key is not UNSET:
        key = made(act.founder_key, act.who, 0, at, "founding")
        key = key if key.id == seal.key else None
    if key is None or key.person != act.by:
        no(polity, "seal-of-another")
    if key.ended:
        no(polity, "seal-ended", when=key.ended)
    kind = registry.by_act[type(act)]
    if key.suspended and not (kind.sealed and kind.sealed.suspended):
        no(polity, "seal-suspended", until=key.suspended)
    return key


def sealed_so_far(polity: "Polity", key: Key, act: Act) -> int:
    """The number of the key's latest seal among those that its seal of this act is counted with: answers in a vote are
    counted apart, in each vote."""
    counted = _counted_apart(polity, act)
    return key.n if counted is None else counted.get(key.id, 0)


def next_seals(polity: "Polity", key: Key, acts: Iterable[Act]) -> list[int]:
    """The numbers of the key's next seals, under these acts in this order."""
    found, before = [], Counter[int]()
    for act in acts:
        count = id(_counted_apart(polity, act))
        before[count] += 1
        found.append(sealed_so_far(polity, key, act) + before[count])
    return found


def _counted_apart(polity: "Polity", act: Act) -> dict[KeyId, int] | None:
    sealed = registry.by_act[type(act)].sealed
    return None if sealed is None or sealed.counts is None else sealed.counts(polity, act)


def _check_next(polity: "Polity", key: Key, seal: Seal, act: Act) -> None:
    """Each seal of a key is the one after its last."""
    if seal.n != (due := sealed_so_far(polity, key, act) + 1):
        no(polity, "seal-next", said=seal.n, due=due)


def _check_day(polity: "Polity", seal: Seal, at: int) -> None:
    if at > seal.until:
        no(polity, "seal-late", until=seal.until)
    if at < seal.until - DAY:
        no(polity, "seal-early", until=seal.until)


def _check_anchor(polity: "Polity", key: Key, seal: Seal, roots: Roots) -> None:
    if seal.size > polity.size:
        no(polity, "anchor-ahead", size=seal.size, here=polity.size)
    founding = polity.rules is None
    if seal.size < key.anchor or (not founding and seal.size <= key.index):
        no(polity, "anchor-behind", size=seal.size, here=max(key.anchor, key.index + 1))
    if to_text(roots(seal.size)) != seal.root:
        no(polity, "anchor-other", size=seal.size)


def _job(polity: "Polity", key: Key, seal: Seal, act: Act) -> Job:
    """What the seal claims, as a question of mathematics. The founding says itself what the record is called."""
    origin, hosts = polity.origin, polity.keys.hosts
    if isinstance(act, Found):
        origin, hosts = act.origin, act.hosts
    message = act_bytes(origin, seal.key, seal.n, seal.until, seal.size, seal.root, encode_act(act))
    return job(key.kind, key.algorithm, key.public, message, seal, hosts)


def _at_once(each: Job) -> None:
    check_signature(*each)
