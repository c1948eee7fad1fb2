"""Numbers by which people speak of what is put to the members: M-2026-07 is the seventh of that year."""

import re
from datetime import date
from typing import TYPE_CHECKING

from ..kernel.ids import MotionId, NoId

if TYPE_CHECKING:
    from ..state import Polity

TYPED = re.compile(r"(?:M[\s.-]*)?(\d{4})[\s./-]+(\d{1,6})", re.IGNORECASE)


def count_in(polity: "Polity", name: MotionId, at: int) -> str:
    """The number of what is put at this second: the year of its local day, and the place in it. It stays, whatever zone
    the rules name later."""
    year = date.fromordinal(polity.today(at)).year
    of_the_year = polity.numbered.setdefault(year, [])
    of_the_year.append(name)
    return f"M-{year}-{len(of_the_year):02}"


def by_number(polity: "Polity", typed: str) -> MotionId | NoId:
    """What has the number that somebody typed, also as "2026-7" or "m 2026 07"; "" where nothing has."""
    found = TYPED.fullmatch(typed.strip()) if len(typed) < 40 else None
    if found is None:
        return ""
    of_the_year, place = polity.numbered.get(int(found[1]), []), int(found[2])
    return of_the_year[place - 1] if 0 < place <= len(of_the_year) else ""
