"""Witnessing other organizations' records (C2SP tlog-witness, add-checkpoint), without any input or output.

The caller reads the state, calls `Witness.decide`, stores `Outcome.keep` and only then answers: all three
in one transaction, or a witness could cosign a rollback.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .checkpoints import Checkpoint, CheckpointError, Fork, open_checkpoint, parse_size, read_checkpoint
from .cosignatures import Cosigner
from .errors import RecordError
from .notes import NoteError, SignatureError, Verifier, decode64, encode64, parse_note
from .proofs import ProofError, verify_consistency

MAX_PROOF = 63
"""Hashes that a request's consistency proof may have."""
SIZE_TYPE = "text/x.tlog.size"
"""The content type of a 409 answer."""
_TEXT = "text/plain; charset=utf-8"


class RequestError(RecordError):
    """The body of an add-checkpoint request is not written as it must be."""


@dataclass(frozen=True, slots=True)
class Request:
    """An add-checkpoint request: the size of the head that the witness cosigned last, a proof, the new
    note.
    """

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    def to_bytes(self) -> bytes:
        """The body to POST."""
        hashes = "".join(encode64(each) + "\n" for each in self.proof)
        return f"old {self.old}\n{hashes}\n".encode() + self.note


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to answer and what to store first.

    `keep` is (origin, note) to store as that origin's latest cosigned note, with the log's signature and the witness's
    alone under it, or None. `fork` holds two signed notes that contradict each other, or claim to: store them as
    evidence; the note in a refused request is never cosigned.
    """

    status: int
    body: bytes
    content_type: str = _TEXT
    keep: tuple[str, bytes] | None = None
    fork: Fork | None = None


def make_request(old: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """The body to POST to a witness's add-checkpoint."""
    return Request(old, tuple(proof), note).to_bytes()


def parse_request(body: bytes) -> Request:
    """The request that a body stands for, nothing verified; else `RequestError` (answer 400)."""
    head, gap, note = body.partition(b"\n\n")
    lines = head.decode("latin-1").split("\n")
    if not gap or not lines[0].startswith("old "):
        raise RequestError("A request is a line with the old size, proof lines, an empty line and a checkpoint.")
    if len(lines) > 1 + MAX_PROOF:
        raise RequestError(f"A proof has at most {MAX_PROOF} lines.")
    try:
        proof = tuple(decode64(line) for line in lines[1:])
        old = parse_size(lines[0].removeprefix("old "))
    except (NoteError, CheckpointError) as error:
        raise RequestError(str(error)) from error
    if any(len(each) != 32 for each in proof):
        raise RequestError("A proof line holds one hash of 32 bytes.")
    return Request(old, proof, note)


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness with its keys (one line each in an answer) and the logs it knows, by origin."""

    cosigners: tuple[Cosigner, ...]
    logs: Mapping[str, Verifier]

    def decide(self, body: bytes, state: Mapping[str, bytes], now: int) -> Outcome:
        """What to answer to a request body, given each origin's latest cosigned note and the time in
        POSIX seconds.

        200 with signature lines; 400 malformed; 403 not signed by the log; 404 unknown origin; 409 with
        the latest size when the request starts elsewhere, or another root at the same size; 422 when the
        proof fails.
        """
        try:
            request = parse_request(body)
            head = read_checkpoint(request.note)
        except RecordError as error:
            return _refuse(400, str(error))
        verifier = self.logs.get(head.origin)
        if verifier is None:
            return _refuse(404, f"This witness does not know the record {head.origin}.")
        try:
            open_checkpoint(request.note, verifier)
        except SignatureError as error:
            return _refuse(403, str(error))
        except RecordError as error:
            return _refuse(400, str(error))
        if request.old > head.size:
            return _refuse(400, "The old size is larger than the checkpoint's.")
        return self._continue(request, head, state.get(head.origin), now)

    def _continue(self, request: Request, head: Checkpoint, latest: bytes | None, now: int) -> Outcome:
        kept = read_checkpoint(latest) if latest is not None else None
        size = kept.size if kept is not None else 0
        if request.old != size:
            return Outcome(409, b"%d\n" % size, SIZE_TYPE)
        if kept is not None and latest is not None:
            if head.size == kept.size and head.root != kept.root:
                why = f"{head.origin} signed two different records of {head.size} entries."
                fork = Fork(why, latest, request.note, (), conclusive=True)
                return Outcome(409, b"%d\n" % size, SIZE_TYPE, fork=fork)
            try:
                verify_consistency(kept.size, kept.root, head.size, head.root, request.proof)
            except ProofError as error:
                fork = Fork(str(error), latest, request.note, request.proof, conclusive=False)
                return _refuse(422, str(error), fork)
        elif request.proof:
            return _refuse(422, "From size 0 the proof must be empty.")
        text, signatures = parse_note(request.note)
        lines = "".join(each.cosign(text.encode(), now).line for each in self.cosigners)
        by_log = "".join(each.line for each in signatures if each.key_id == self.logs[head.origin].key_id)
        return Outcome(200, lines.encode(), keep=(head.origin, f"{text}\n{by_log}{lines}".encode()))


def _refuse(status: int, why: str, fork: Fork | None = None) -> Outcome:
    return Outcome(status, f"{why}\n".encode("utf-8", "replace"), fork=fork)
