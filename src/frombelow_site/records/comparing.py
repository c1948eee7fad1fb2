"""Two members compare what they were shown: the same, one continuing the other, or two histories."""

from dataclasses import dataclass, replace
from enum import StrEnum

from frombelow.record import (
    Checkpoint,
    Fork,
    RecordError,
    Tree,
    Verifier,
    compare,
    open_checkpoint,
    read_checkpoint,
    verify_consistency,
)

MOST = 20_000  # letters; a checkpoint with a hundred signatures is shorter


class Verdict(StrEnum):
    SAME = "same"
    CONTINUED = "continued"  # the record goes on from what was pasted
    SPLIT = "split"  # the pasted one is signed by this record's key, and of another history
    OTHER = "other"  # it differs, and nothing shows who signed it
    LONGER = "longer"  # it speaks of more entries than this server has, unsigned
    STRANGE = "strange"  # of another organization, or signed with another key
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing showed; ``evidence`` is the file for the auditors where both notes are signed."""

    verdict: Verdict
    mine: str
    theirs: str = ""
    size: int = 0
    head: int = 0
    proof: tuple[bytes, ...] = ()
    signed: bool = False
    evidence: bytes = b""


def as_note(pasted: str) -> str:
    """What was pasted with the line ends and the last newline that copying and scanning lose."""
    lines = [line.strip() for line in pasted[:MOST].strip().splitlines()]
    return "\n".join(lines) + "\n"


def compare_pasted(pasted: str, mine: bytes, tree: Tree, vkey: str) -> Compared:
    """The pasted checkpoint (a whole note, or the lines of a mail's foot, which name the record only where its rules
    say so) beside the latest one here."""
    theirs, verifier = as_note(pasted), Verifier.from_vkey(vkey)
    head = open_checkpoint(mine, verifier)
    shown = Compared(Verdict.UNREADABLE, mine.decode(), theirs, head=head.size)
    try:
        signed = "\n\n" in theirs
        named = theirs if not theirs.partition("\n")[0].isdigit() else f"{head.origin}\n{theirs}"
        claimed = read_checkpoint(theirs.encode()) if signed else Checkpoint.parse(named)
    except RecordError:
        return shown
    shown = replace(shown, size=claimed.size, signed=signed)
    try:
        if signed:
            open_checkpoint(theirs.encode(), verifier)
    except RecordError:
        return replace(shown, verdict=Verdict.STRANGE)
    if claimed.origin != head.origin:
        return replace(shown, verdict=Verdict.STRANGE)
    proof = tuple(tree.consistency(claimed.size, head.size)) if claimed.size <= head.size else ()
    shown = replace(shown, proof=proof)
    verdict, evidence = _signed(mine, shown, verifier) if signed else (_unsigned(claimed, head, proof), b"")
    return replace(shown, verdict=verdict, evidence=evidence)


def _signed(mine: bytes, shown: Compared, verifier: Verifier) -> tuple[Verdict, bytes]:
    try:
        compare(mine, shown.theirs.encode(), shown.proof, verifier)
    except Fork as fork:
        return Verdict.SPLIT, fork.evidence()
    return Verdict.SAME if shown.size == shown.head else Verdict.CONTINUED, b""


def _unsigned(claimed: Checkpoint, head: Checkpoint, proof: tuple[bytes, ...]) -> Verdict:
    if claimed.size > head.size:
        return Verdict.LONGER
    try:
        verify_consistency(claimed.size, claimed.root, head.size, head.root, proof)
    except RecordError:
        return Verdict.OTHER
    return Verdict.SAME if claimed == head else Verdict.CONTINUED
