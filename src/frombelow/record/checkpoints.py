"""Checkpoints: the signed head of a record (C2SP tlog-checkpoint), and what a client that remembers does
with them.

Three lines and no extension lines: origin, size, root in base64. The signer's name is the origin.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from .errors import RecordError
from .hashing import EMPTY_ROOT, HASH_SIZE
from .notes import (
    MAX_NOTE,
    NoteError,
    NoteSigner,
    Signer,
    Verifier,
    check_name,
    decode64,
    encode64,
    open_note,
    parse_note,
    sign_note,
)
from .proofs import MAX_SIZE, ProofError, consistency_roots, verify_consistency

_NUMBER = re.compile("0|[1-9][0-9]{0,18}")
_EVIDENCE = b"frombelow-fork/1\n"


class CheckpointError(RecordError):
    """A checkpoint is not written as it must be, or is another organization's."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of the record `origin`: how many entries, and the 32-byte root over them."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        try:
            check_name(self.origin)
        except NoteError as error:
            raise CheckpointError(f"An origin is a name without spaces or plus; {self.origin!r} is not.") from error
        if not 0 <= self.size <= MAX_SIZE:
            raise CheckpointError(f"No record can have the size {self.size}.")
        if len(self.root) != HASH_SIZE:
            raise CheckpointError(f"A root has 32 bytes; this one has {len(self.root)}.")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise CheckpointError("A record without entries has one root only, and this is another.")

    def to_text(self) -> str:
        """The three lines that are signed, each with its newline."""
        return f"{self.origin}\n{self.size}\n{encode64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The checkpoint that exactly these three lines stand for; else `CheckpointError`."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise CheckpointError("A checkpoint is three lines, origin, size and root; this is not.")
        size = parse_size(lines[1])
        try:
            root = decode64(lines[2])
        except NoteError as error:
            raise CheckpointError("The root in this checkpoint is not canonical base64.") from error
        return cls(lines[0], size, root)


class Fork(RecordError):  # noqa: N818 (it names a finding, not a fault)
    """History was changed: two checkpoints signed by one record cannot both be of one append-only record.

    `old` and `new` are the two signed notes, byte for byte, `proof` the hashes that came with the new one.
    `conclusive` says whether the notes and proof alone convince an outsider; if not (the record now
    claims to be shorter, or the proof shows nothing), keep both notes and ask the record's holders for a
    proof.
    """

    def __init__(self, why: str, old: bytes, new: bytes, proof: Sequence[bytes], *, conclusive: bool) -> None:
        super().__init__(why)
        self.old = old
        self.new = new
        self.proof = tuple(proof)
        self.conclusive = conclusive

    def evidence(self) -> bytes:
        """A file to send to the auditors: what `open_evidence` reads, in plain text.

        First line `frombelow-fork/1`; then the proof, one base64 hash a line; an empty line; then each
        note after a line with its length in bytes.
        """
        hashes = "".join(encode64(each) + "\n" for each in self.proof).encode()
        return _EVIDENCE + hashes + b"\n" + frame_notes([self.old, self.new])


def parse_size(text: str) -> int:
    """The number that ASCII decimal digits without leading zeros stand for, below 2**63; else
    `CheckpointError`.
    """
    if not _NUMBER.fullmatch(text) or int(text) > MAX_SIZE:
        raise CheckpointError("A size is written in decimal digits without leading zeros, below 2 to the 63rd.")
    return int(text)


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer, *others: NoteSigner) -> bytes:
    """The checkpoint as a signed note; the signer's name is the origin, else `CheckpointError`."""
    if signer.name != checkpoint.origin:
        raise CheckpointError(f"{signer.name} cannot sign a checkpoint of {checkpoint.origin}.")
    return sign_note(checkpoint.to_text(), signer, *others)


def read_checkpoint(note: bytes) -> Checkpoint:
    """What a note claims to be the head, NOTHING VERIFIED: only for looking up which key to verify it with.

    Raises `NoteError` or `CheckpointError` when it is malformed.
    """
    return Checkpoint.parse(parse_note(note)[0])


def open_checkpoint(note: bytes, verifier: Verifier) -> Checkpoint:
    """The checkpoint in a note that `verifier` signed and whose origin is the verifier's name.

    Raises `NoteError` (malformed), `SignatureError` (not signed by that key) or `CheckpointError`.
    """
    checkpoint = Checkpoint.parse(open_note(note, verifier).text)
    if checkpoint.origin != verifier.name:
        raise CheckpointError(f"This is a checkpoint of {checkpoint.origin}, not of {verifier.name}.")
    return checkpoint


def follow(remembered: bytes | None, new: bytes, proof: Sequence[bytes], verifier: Verifier) -> Checkpoint:
    """The new note continues the remembered one, so the caller may now remember it instead.

    Without a remembered note the new one is taken on trust, once. Raises `Fork` with both signed notes
    when the new one is smaller, has another root at the same size, or is not shown to continue the old
    one; `NoteError`, `SignatureError` or `CheckpointError` when a note itself is not good.
    """
    head = open_checkpoint(new, verifier)
    if remembered is None:
        return head
    kept = open_checkpoint(remembered, verifier)
    if head.size < kept.size:
        why = f"History was changed: the record had {kept.size} entries and now shows only {head.size}."
        raise Fork(why, remembered, new, proof, conclusive=False)
    if head.size == kept.size and head.root != kept.root:
        why = f"History was changed: there are two different records of {head.size} entries, both signed."
        raise Fork(why, remembered, new, (), conclusive=True)
    try:
        verify_consistency(kept.size, kept.root, head.size, head.root, proof)
    except ProofError as error:
        why = f"History was changed: {head.size} entries do not continue the {kept.size} of before."
        raise Fork(why, remembered, new, proof, conclusive=_excludes(kept, head, proof)) from error
    return head


def compare(mine: bytes, theirs: bytes, proof: Sequence[bytes], verifier: Verifier) -> Checkpoint:
    """Two members saw one history; gives the larger checkpoint. `proof` leads from the smaller to the
    larger.

    Raises `Fork`, whose `old` is the note with the smaller size, when they were shown different ones.
    """
    first, second = open_checkpoint(mine, verifier), open_checkpoint(theirs, verifier)
    if first.size > second.size:
        return follow(theirs, mine, proof, verifier)
    return follow(mine, theirs, proof, verifier)


def open_evidence(evidence: bytes, verifier: Verifier) -> tuple[Checkpoint, Checkpoint]:
    """Whoever holds the verifier's key signed these two checkpoints, which exclude each other.

    Raises `CheckpointError` when the file does not show that, `NoteError` or `SignatureError` when a note
    in it is not good. Needs no trust in who sent it.
    """
    notes = evidence_notes(evidence)
    proof = [decode64(line.decode("latin-1")) for line in evidence.partition(b"\n\n")[0].split(b"\n")[1:]]
    old, new = open_checkpoint(notes[0], verifier), open_checkpoint(notes[1], verifier)
    same_size = old.size == new.size and old.root != new.root
    if not same_size and not _excludes(old, new, proof):
        raise CheckpointError("These two checkpoints may be of one history; this file does not show a fork.")
    return old, new


def evidence_notes(evidence: bytes) -> list[bytes]:
    """The two notes in a file of evidence, nothing verified; else `CheckpointError`."""
    head, gap, framed = evidence.partition(b"\n\n")
    if not gap or not (head + b"\n").startswith(_EVIDENCE):
        raise CheckpointError("This is not a file of evidence (frombelow-fork/1).")
    notes = unframe_notes(framed)
    if len(notes) != 2:
        raise CheckpointError("A file of evidence holds two signed notes.")
    return notes


def frame_notes(notes: Sequence[bytes]) -> bytes:
    """Notes one after another, each after a line with its length in bytes, in decimal."""
    return b"".join(b"%d\n%b" % (len(note), note) for note in notes)


def unframe_notes(framed: bytes, least: int = 1) -> list[bytes]:
    """The notes that `frame_notes` wrote, each of so many bytes at least; else `CheckpointError`."""
    notes: list[bytes] = []
    at = 0
    while at < len(framed):
        end = framed.find(b"\n", at, at + 20)
        length = parse_size(framed[at:end].decode("latin-1")) if end > 0 else 0
        at = end + 1 + length
        if end < 0 or not least <= length <= MAX_NOTE or at > len(framed):
            raise CheckpointError(f"The list of notes is cut short or damaged at note {len(notes)}.")
        notes.append(framed[end + 1 : at])
    return notes


def _excludes(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> bool:
    """Whether the proof leads to the new root but to another old root: then the two exclude each other."""
    try:
        shown_old, shown_new = consistency_roots(old.size, old.root, new.size, new.root, proof)
    except ProofError:
        return False
    return shown_new == new.root and shown_old != old.root
