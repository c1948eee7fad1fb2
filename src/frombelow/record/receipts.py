"""Receipts: a file a member keeps that shows, without the server, that an entry is in the record (C2SP
tlog-proof).
"""

from dataclasses import dataclass

from .checkpoints import Checkpoint, CheckpointError, open_checkpoint, parse_size, read_checkpoint
from .errors import RecordError
from .hashing import leaf_hash
from .notes import MAX_NOTE, NoteError, Verifier, decode64, encode64
from .policies import Policy
from .proofs import verify_inclusion
from .tree import Tree

HEADER = "c2sp.org/tlog-proof@v1"
"""The first line of a receipt."""
MAX_EXTRA = 65535
"""Bytes of extra data that a receipt may carry."""
MAX_RECEIPT = MAX_NOTE + 2 * MAX_EXTRA
"""Bytes that a receipt may have."""


class ReceiptError(RecordError):
    """A receipt is not written as it must be."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Entry `index` is in the record with the signed `checkpoint`, by this `proof`. `extra` is not
    authenticated.
    """

    index: int
    proof: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def to_bytes(self) -> bytes:
        """The file, for a name that ends in `.tlog-proof`."""
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {encode64(self.extra)}")
        lines += [f"index {self.index}", *(encode64(each) for each in self.proof), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


def make_receipt(tree: Tree, index: int, checkpoint: bytes, extra: bytes | None = None) -> bytes:
    """The receipt for entry `index` under a signed checkpoint of this tree.

    Raises `TreeError` when the tree has no such entry or size, `ReceiptError` when the checkpoint is not
    of this tree or the extra data is too long.
    """
    head = read_checkpoint(checkpoint)
    if tree.root(head.size) != head.root:
        raise ReceiptError("This checkpoint is not one of this tree.")
    if extra is not None and len(extra) > MAX_EXTRA:
        raise ReceiptError(f"A receipt carries at most {MAX_EXTRA} bytes of extra data.")
    return Receipt(index, tuple(tree.inclusion(index, head.size)), checkpoint, extra).to_bytes()


def parse_receipt(receipt: bytes) -> Receipt:
    """The receipt that a file stands for, nothing verified; else `ReceiptError`."""
    if len(receipt) > MAX_RECEIPT:
        raise ReceiptError("This file is too long for a receipt.")
    head, gap, checkpoint = receipt.partition(b"\n\n")
    lines = head.decode("latin-1").split("\n")
    if not gap or lines.pop(0) != HEADER:
        raise ReceiptError(f"A receipt begins with the line {HEADER} and holds a checkpoint after an empty line.")
    try:
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = decode64(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise ReceiptError("The receipt has no line with the entry's index where it must be.")
        index = parse_size(lines.pop(0).removeprefix("index "))
        proof = tuple(decode64(line) for line in lines)
    except (NoteError, CheckpointError) as error:
        raise ReceiptError(f"The receipt is damaged: {error}") from error
    if len(proof) > 63 or any(len(each) != 32 for each in proof) or len(extra or b"") > MAX_EXTRA:
        raise ReceiptError("The receipt's proof is not up to 63 hashes of 32 bytes, or its extra data is too long.")
    return Receipt(index, proof, checkpoint, extra)


def check_receipt(receipt: bytes, entry: bytes, verifier: Verifier, policy: Policy | None = None) -> Checkpoint:
    """Exactly this entry is in the verifier's record, under the checkpoint that is given back.

    With a policy, enough witnesses cosigned that checkpoint too. Raises `ReceiptError`, `NoteError`,
    `SignatureError`, `CheckpointError`, `QuorumMissing` or `ProofError`, all of them `RecordError`.
    """
    parsed = parse_receipt(receipt)
    head = open_checkpoint(parsed.checkpoint, verifier)
    if policy is not None:
        policy.check(parsed.checkpoint)
    verify_inclusion(leaf_hash(entry), parsed.index, head.size, parsed.proof, head.root)
    return head
