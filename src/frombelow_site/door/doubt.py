"""Doubt about time: whether what the clock says can be, by what was known before. Numbers in, numbers out.

What is stamped with a wrong second cannot be taken back, and a clock ten years ahead ends every vote and every mandate.
So a clock that cannot be right is doubted, and while it is, nothing is entered. A doubt ends by itself.
"""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

HOUR, DAY = 3_600, 86_400
CORRECTED = HOUR  # a clock is put right by so much without a word
PLAUSIBLE = 35 * DAY  # so long an outage needs nobody who says that the clock is right
STEADY = DAY  # a doubted clock that runs evenly for so long is believed
BEAT = 60  # seconds between two looks that are kept
GAP = 2 * BEAT  # two looks further apart did not see what lay between
FITS = 60  # seconds between a witness's clock and this one
HEARD = 5 * BEAT  # seconds for which it holds what a witness said


class Reading(Struct, frozen=True):
    """Two clocks at one moment: the second that the wall clock says, and the seconds that the machine has been on since
    the start called ``boot``, suspended or not."""

    wall: int
    steady: int
    boot: str


class Doubt(Struct, frozen=True):
    """Why the clock cannot be right, the latest look at it, and for how many seconds it was seen to run evenly."""

    why: Literal["ahead", "behind"]
    latest: Reading
    ran: int = 0


class Watch(Struct, frozen=True):
    """What is known of time: the last reading that nothing spoke against, with acts being taken in.

    ``anchor`` is the first such reading of this start of the machine: a clock that creeps is told by it.
    ``outweighed`` is a second that lay ahead of the clock when a doubt ended, and says nothing more. ``served`` is the
    last second before an outage of which the record does not know yet; 0 where it does.
    """

    good: Reading
    doubt: Doubt | None = None
    outweighed: int = 0
    served: int = 0
    anchor: Reading | None = None

    @property
    def until(self) -> int:
        """The second, by the doubted clock, at which the doubt ends by itself at the latest, if the server runs on; 0
        where there is none."""
        return self.doubt.latest.wall + STEADY - self.doubt.ran if self.doubt else 0


def look(watch: Watch, now: Reading, word: int, *, owed: bool, outage: int) -> Watch:
    """The watch after a look at both clocks. ``word`` is the latest second known otherwise, that of the last entry;
    ``owed`` says whether something would fall due now; ``outage`` how many seconds off the record is told of."""
    why = against(watch, now, word, owed=owed)
    if not why:
        return _go_on(watch, now, outage)
    doubt = _seen(watch.doubt, why, now)
    if doubt.ran >= STEADY:
        return believe(watch, now, word, outage=outage)
    return replace(watch, doubt=doubt)


def against(watch: Watch, now: Reading, word: int, *, owed: bool) -> Literal["", "ahead", "behind"]:
    """Why the clock cannot be right; "" where nothing speaks against it.

    Within one start of the machine the two clocks go alike. Across starts the clock is not behind what was seen, and
    where something would fall due, not further ahead than an outage lasts.
    """
    seen = max(watch.good.wall, word if word > watch.outweighed else 0)
    if now.wall < seen - CORRECTED:
        return "behind"
    if now.boot == watch.good.boot:
        moved = _moved(_anchor(watch, now), now)
        return "ahead" if moved > CORRECTED else "behind" if moved < -CORRECTED else ""
    return "ahead" if owed and now.wall > seen + PLAUSIBLE else ""


def believe(watch: Watch, now: Reading, word: int, *, outage: int) -> Watch:
    """There is no doubt: the clock is right, whatever spoke against it."""
    return _go_on(replace(watch, outweighed=max(watch.outweighed, watch.good.wall, word), anchor=now), now, outage)


def fits(now: Reading, witnessed: int) -> bool:
    """Whether a witness, who has a clock of their own, saw the record at this second of the wall clock."""
    return abs(now.wall - witnessed) <= FITS


def agreed(now: Reading, seen: Iterable[tuple[int, Reading]], enough: int) -> bool:
    """Whether as many witnesses as it takes agree with the wall clock: what each said, and this machine's clocks then.
    What they said goes on by the clock that nobody can set, or whoever sets the other could do it right after."""
    fresh = [(at, then) for at, then in seen if then.boot == now.boot and 0 <= now.steady - then.steady <= HEARD]
    return 0 < enough <= sum(fits(now, at + now.steady - then.steady) for at, then in fresh)


def _anchor(watch: Watch, now: Reading) -> Reading:
    """The first reading of this start of the machine that nothing spoke against, or this one."""
    return next((each for each in (watch.anchor, watch.good) if each and each.boot == now.boot), now)


def _go_on(watch: Watch, now: Reading, outage: int) -> Watch:
    off = now.wall - watch.good.wall > outage and not watch.served
    return replace(
        watch, good=now, anchor=_anchor(watch, now), doubt=None, served=watch.good.wall if off else watch.served
    )


def _seen(doubt: Doubt | None, why: Literal["ahead", "behind"], now: Reading) -> Doubt:
    """The doubt after one more look. A clock that moves once more has not run evenly: it begins anew."""
    if doubt is None:
        return Doubt(why, now)
    latest = doubt.latest
    if latest.boot != now.boot:
        evenly, ran = latest.wall - CORRECTED <= now.wall <= latest.wall + PLAUSIBLE, 0
    else:
        evenly, ran = abs(_moved(latest, now)) <= CORRECTED, min(max(now.steady - latest.steady, 0), GAP)
    return Doubt(why, now, doubt.ran + ran if evenly else 0)


def _moved(before: Reading, now: Reading) -> int:
    """By how many seconds the wall clock was set on meanwhile."""
    return (now.wall - before.wall) - (now.steady - before.steady)
