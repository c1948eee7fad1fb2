"""The trees over the rows of a list, so that each batch of them can be shown to be what the officer brought in."""

import base64
from collections.abc import Iterator, Sequence

import msgspec

from ...record import ProofError, Tree, leaf_hash, verify_inclusion
from ..kernel.ids import ImportId
from .acts import AT_ONCE, ImportRows, ImportUpdates, Row, Update


def root_of(rows: Sequence[Row] | Sequence[Update]) -> str:
    """The root (RFC 6962) of the tree over all rows, in their order."""
    return _spelled(_tree(rows).root())


def batches_of(batch: ImportId, rows: Sequence[Row], by: str) -> list[ImportRows]:
    """The acts that bring the rows in, each with its proof."""
    parts = [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
    return [
        ImportRows(by=by, batch=batch, start=n * AT_ONCE, rows=tuple(part), proof=proof)
        for n, (part, proof) in enumerate(zip(parts, _proofs(parts), strict=True))
    ]


def updates_of(batch: ImportId, rows: Sequence[Update], by: str) -> list[ImportUpdates]:
    """The acts that bring in what a list says of members, each with its proof."""
    parts = [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
    return [
        ImportUpdates(by=by, batch=batch, start=n * AT_ONCE, rows=tuple(part), proof=proof)
        for n, (part, proof) in enumerate(zip(parts, _proofs(parts), strict=True))
    ]


def _proofs(parts: Sequence[Sequence[Row] | Sequence[Update]]) -> Iterator[tuple[str, ...]]:
    above = Tree()
    for part in parts:
        above.append_hash(_tree(part).root())
    return (tuple(map(_spelled, above.inclusion(n))) for n in range(len(parts)))


def check_rows(act: ImportRows | ImportUpdates, count: int, root: str) -> None:
    """Return if these rows stand at their place among ``count`` rows under this root. Raises ProofError."""
    right = min(AT_ONCE, count - act.start)
    if act.start % AT_ONCE or len(act.rows) != right:
        raise ProofError("These rows are not a batch of the list.")
    proof = [_read(each) for each in act.proof]
    n, parts = act.start // AT_ONCE, -(-count // AT_ONCE)
    # A batch is a whole part of the tree, so its root stands where an entry's hash would in the tree over the parts.
    verify_inclusion(_tree(act.rows).root(), n, parts, proof, _read(root))


def _tree(rows: Sequence[Row] | Sequence[Update]) -> Tree:
    tree = Tree()
    for row in rows:
        tree.append_hash(leaf_hash(msgspec.json.encode(row)))
    return tree


def _spelled(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(text: str) -> bytes:
    raw = base64.urlsafe_b64decode(text + "=")
    if _spelled(raw) != text:
        raise ProofError("This is not the one spelling of a hash.")
    return raw
