"""Counts as pages need them."""

from frombelow.polity import Polity
from frombelow.polity.counts.state import Counts
from frombelow.polity.kernel.commitments import check_commitment
from frombelow.polity.kernel.ids import MotionId, PersonId

from . import files
from .models import Counted


def entered(motion: str) -> list[Counted]:
    """The counts for a motion that stand in the record, the first first."""
    return list(Counted.objects.filter(motion=motion, entered=True).order_by("at", "count"))


def may_see(row: Counted, person: PersonId) -> bool:
    """Whoever counted sees it before it is entered, every member afterwards."""
    return row.entered or row.by == person


def kept(polity: Polity, row: Counted, what: str) -> bytes | None:
    """The file of ballots, or what came of it; None where it is gone, or not what the record holds a mark of."""
    try:
        data = files.place(row.count, what).read_bytes()
        if row.entered:
            said = next(each for each in polity.part(Counts).of[MotionId(row.motion)] if each.id == row.count)
            mark, salt = (said.file, row.file_salt) if what == files.FILE else (said.result, row.result_salt)
            check_commitment(mark, bytes(salt), files.sha256(data))
    except (OSError, KeyError, StopIteration, ValueError):
        return None
    return data
