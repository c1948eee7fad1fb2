"""Replay: read a record from its first entry and see that each act was allowed by the rules in force at its moment."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from itertools import accumulate

from msgspec import UNSET, Struct

from ...record import HiddenEntry, Tree
from ..keys.checks import BadSeal, Checks
from ..keys.seals import Check, Roots, no_roots
from ..state import Polity
from .act import DECISION, SERVER, TIME, Act, kind_of
from .entry import AnyEntry, decode
from .hidden import Gaps, Unread
from .ids import MandateId
from .judging import apply, due, judge_entry, named
from .refusals import SHARED, UNFOUNDED, Breach, Refused, fill

NOBODY = frozenset({TIME, SERVER, DECISION})
ROOTS = 4_096  # roots that are kept: many seals cover the same checkpoint
TOLERANCE = 60  # seconds between a witness's clock and the door's


class Replayed(Struct):
    """A record that was found right: the polity at its end, how many acts of each kind led there, how many by time
    and the server, how many under each mandate and each decision, and what of it could not be read yet. Where not all
    of it could be judged, the polity and the counts are those of the part that was."""

    polity: Polity
    kinds: Counter[str]
    authors: Counter[str]
    under: Counter[str]
    unread: Unread | None = None

    @property
    def entries(self) -> int:
        return self.polity.size + (self.unread.rest if self.unread else 0)


def replay(
    entries: Iterable[bytes | HiddenEntry],
    *,
    witnessed: Iterable[tuple[int, int]] = (),
    until: int | None = None,
    checks: Checks | None = None,
) -> Replayed:
    """Every entry was an act that the rules allowed then, sealed where it had to be by a key of who acted over this
    very history, nothing that was due is missing, and each date lies between the times at which witnesses saw the
    record before and after it.

    ``witnessed`` holds (size, second) of cosigned checkpoints; ``until`` is a second up to which nothing may be owed;
    ``checks`` looks at signatures, by default one by one.
    Raises Breach with the first bad entry's index and the broken article. Entries that are hidden are gone past, if
    they may be: what hangs on them is left open (``Replayed.unread``).
    """
    polity, clock, gaps, tree = Polity(), Clock(witnessed), Gaps(), Tree()
    checks = checks or Checks()
    kinds: Counter[type[Act]] = Counter()
    authors: Counter[str] = Counter()
    under: Counter[str] = Counter()
    roots = lru_cache(ROOTS)(tree.root)  # the tree only grows: a root over so many entries is for ever
    numbered = enumerate(entries)
    try:
        for index, data in numbered:
            if isinstance(data, HiddenEntry):
                gaps.pass_by(polity, index, data)
                tree.append_hash(data.leaf)
                continue
            entry = _read(polity, index, data)
            if gaps.before(polity, index, entry):
                break
            if gaps.believed:
                _believe(polity, index, entry)
            else:
                _enter(polity, index, entry, roots, checks.of(index))
            tree.append(data)
            act = entry.act
            if clock.seen and (why := clock.check(index, entry.at)):
                raise Breach(index, polity.book.article("time"), why)
            kinds[type(act)] += 1
            if act.under:
                under[act.under] += 1
            elif act.by in NOBODY:
                authors[act.by] += 1
        checks.finish()
    except Breach:
        _finish(polity, checks)  # what stands before it comes first
        raise
    except BadSeal as bad:
        raise _bad_seal(polity, bad) from None
    if polity.rules is None:
        raise Breach(0, UNFOUNDED, "the record is empty; the founding is missing.")
    unread = gaps.finish(polity, (data for _, data in numbered))
    whole = unread is None or unread.judged is None
    if whole and until is not None and (owed := due(polity, until)) is not None:
        why = fill(SHARED["time-held-back"], {"due": named(owed)})
        raise Breach(polity.size, polity.book.article("time"), why)
    return Replayed(polity, Counter({kind_of(kind): n for kind, n in kinds.items()}), authors, under, unread)


def step(polity: Polity, index: int, data: bytes, roots: Roots = no_roots, check: Check | None = None) -> AnyEntry:
    """The polity has taken this entry in. Raises Breach if the rules did not allow it. ``roots`` and ``check`` as in
    ``judge_entry``."""
    entry = _read(polity, index, data)
    _enter(polity, index, entry, roots, check)
    return entry


def _finish(polity: Polity, checks: Checks) -> None:
    try:
        checks.finish()
    except BadSeal as bad:
        raise _bad_seal(polity, bad) from None


def _bad_seal(polity: Polity, bad: BadSeal) -> Breach:
    article = polity.rules.article("keys") if polity.rules else UNFOUNDED
    return Breach(bad.index, article, f"its seal does not hold: {bad.fault}")


def _read(polity: Polity, index: int, data: bytes) -> AnyEntry:
    try:
        return decode(data)
    except ValueError as error:
        article = polity.rules.article("record") if polity.rules else UNFOUNDED
        raise Breach(index, article, f"{error}.") from None


def _enter(polity: Polity, index: int, entry: AnyEntry, roots: Roots, check: Check | None) -> None:
    try:
        judge_entry(polity, entry, roots, check)
    except Refused as refused:
        raise Breach(index, refused.article, told(polity, entry.act, refused)) from None
    apply(polity, entry.act, entry.at, entry.seal)


def _believe(polity: Polity, index: int, entry: AnyEntry) -> None:
    """The polity has taken in what time says of figures that stay hidden: nobody seals that, nothing stands beside it,
    and it comes after what stands before it."""
    if entry.seal is not UNSET or entry.fixed is not UNSET or entry.at < polity.at:
        raise Breach(index, polity.book.article("time"), "it tells of hidden votes, and not as time tells of them.")
    apply(polity, entry.act, entry.at)


def told(polity: Polity, act: Act, refused: Refused) -> str:
    """Who could not have done what, and why."""
    who = {TIME: "time", SERVER: "the server", DECISION: "a decision"}.get(act.by, f"person {act.by}")
    if act.under and (mandate := polity.mandates.get(MandateId(act.under))):
        who += f" as {polity.offices[mandate.office].title}"
    sentence = refused.sentence().partition(": ")[2]
    return f"{who} could not have done this ({kind_of(act)}): {sentence}"


class Clock:
    """The times at which witnesses saw the record; asked about entries in their order."""

    def __init__(self, witnessed: Iterable[tuple[int, int]]) -> None:
        self.seen = sorted(witnessed)
        self._latest = list(accumulate((second for _, second in reversed(self.seen)), min))[::-1]
        self._next = 0
        self._earliest = 0

    def check(self, index: int, at: int) -> str:
        """Why the entry with this index cannot be of this second; "" if it can."""
        while self._next < len(self.seen) and self.seen[self._next][0] <= index:
            self._earliest = max(self._earliest, self.seen[self._next][1])
            self._next += 1
        latest = self._latest[self._next] if self._next < len(self.seen) else None
        if at >= self._earliest - TOLERANCE and (latest is None or at <= latest + TOLERANCE):
            return ""
        seen = [_moment(self._earliest), "now" if latest is None else _moment(latest)]
        return fill(SHARED["clock"], {"earliest": seen[0], "latest": seen[1]})


def _moment(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat()
