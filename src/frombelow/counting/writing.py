"""Writing profiles as BLT and as CSV of rankings; what is written reads back as the same profile."""

import csv
from io import StringIO

from .errors import CountError
from .profile import Profile
from .reading.headings import RANK, RANK_WITHIN, UNSURE, WEIGHT, bare, is_about, label_of, plain


def write_blt(profile: Profile, seats: int | None = None) -> str:
    """The profile as BLT, with ``-n`` for the withdrawn and ``=`` for equals. CountError where no seats are known."""
    seats = profile.seats if seats is None else seats
    if seats is None:
        raise CountError("A BLT file names the seats; say how many there are.")
    lines = [f"{len(profile.candidates)} {seats}"]
    lines += [f"-{each + 1}" for each in sorted(profile.withdrawn)]
    for weight, ranking in profile.rows():
        ranks = ["=".join(str(each + 1) for each in rank) for rank in ranking]
        lines.append(" ".join([str(weight), *ranks, "0"]))
    names = [*profile.candidates, profile.title] if profile.title else list(profile.candidates)
    return "\n".join([*lines, "0", *map(_quoted, names), ""])


def write_table(profile: Profile) -> str:
    """The profile as CSV by candidate: a column "count", then each candidate with the rank in the cell.

    Seats, title and withdrawn candidates are not in it. A cell that a spreadsheet would take for a formula is refused
    with CountError, and so is a name that the header cannot hold.
    """
    for name in profile.candidates:
        if name[:1] in ("=", "+", "-", "@", "\t", "\r") or name != name.strip() or not name or _is_taken(name):
            raise CountError(f"“{name}” cannot be the header of a column.")
    out = StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["count", *profile.candidates])
    for weight, ranking in profile.rows():
        places = {candidate: rank for rank, equals in enumerate(ranking, 1) for candidate in equals}
        table.writerow([weight, *(places.get(each, "") for each in range(len(profile.candidates)))])
    return out.getvalue()


def _is_taken(name: str) -> bool:
    return (
        plain(name) in WEIGHT
        or is_about(name)
        or bare(name) in UNSURE
        or label_of(name) is not None
        or bool(RANK.fullmatch(plain(name)) or RANK_WITHIN.search(plain(name)))
    )


def _quoted(name: str) -> str:
    """A name on a line of its own; line breaks become blanks."""
    escaped = " ".join(name.split("\n")).replace("\\", "\\\\").replace('"', '\\"').replace("\r", " ")
    return f'"{escaped}"'
