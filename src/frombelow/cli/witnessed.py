"""What stands in a witness's folder, read beside the witness that runs: which records it cosigns, and who forked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from ..files import read_plain
from ..record import Checkpoint, RecordError, parse_note, read_checkpoint
from ..record.checkpoints import evidence_notes
from ..record.cosignatures import cosigned_at
from ..record.notes import MAX_NOTE


class Witnessed(NamedTuple):
    """A record that the witness cosigns: its name, over how many entries the last checkpoint was, at which second.
    ``fork`` says whether it was asked to cosign another history: "sure" where two signed checkpoints show it, "doubt"
    where somebody sent a proof that does not hold, which anybody can, and it has cosigned nothing since."""

    origin: str
    size: int
    at: int
    fork: Literal["", "sure", "doubt"]


def witnessed(folder: Path) -> list[Witnessed]:
    """Every record that was ever cosigned here, by name; what cannot be read is left out."""
    return sorted(_found(folder)) if folder.is_dir() else []


def _found(folder: Path) -> Iterator[Witnessed]:
    for place in folder.glob("*.note"):
        try:
            note = read_plain(place, MAX_NOTE)
            head, signatures = read_checkpoint(note), parse_note(note)[1]
            times = [cosigned_at(each.signature) for each in signatures if each.name != head.origin]
            yield Witnessed(head.origin, head.size, max(times, default=0), _fork(place, head))
        except (OSError, RecordError):
            continue


def _fork(place: Path, head: Checkpoint) -> Literal["", "sure", "doubt"]:
    if place.with_suffix(".fork").exists():
        return "sure"
    doubt = place.with_suffix(".doubt.fork")
    return "doubt" if doubt.exists() and speaks_of(doubt, head) else ""


def speaks_of(evidence: Path, head: Checkpoint) -> bool:
    """Whether what is said to contradict each other begins with this checkpoint."""
    return read_checkpoint(evidence_notes(read_plain(evidence, 4 * MAX_NOTE))[0]) == head
