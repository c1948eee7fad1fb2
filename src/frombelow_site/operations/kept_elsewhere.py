"""What others kept of a record: exports, copies, receipts with their entries, what members took with them.

Only what the record's own key signed counts, and only of the history that is here.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from frombelow.files import open_plain, read_plain
from frombelow.record import (
    MAX_ENTRY,
    CheckpointError,
    ExportError,
    NoExportError,
    RecordError,
    Tree,
    Verifier,
    check_export,
    check_receipt,
    open_checkpoint,
    parse_receipt,
    read_export,
)
from frombelow.record.receipts import MAX_RECEIPT
from frombelow.record.zips import BROKEN_ZIP
from frombelow_site.door.published import Published

RECEIPT, COPY = ".tlog-proof", "checkpoint"
FILES = 100_000  # in a folder or a file of files


class KeptError(Exception):
    """What is there cannot be used. The sentence says why."""


class Kept(NamedTuple):
    """Entries after those that are here, by index, and the files in which there was nothing of use."""

    entries: dict[int, bytes]
    passed_over: dict[str, str]


def find_kept(place: Path, tree: Tree, verifier: Verifier) -> Kept:
    """The entries at this place, a file or a folder, that the record of this verifier has after those of the tree.
    Raises KeptError where two differ that were both signed, or one is of another history than the tree's."""
    kept = Kept({}, {})
    for source in _sources(place):
        try:
            for index, data in _read(source, tree, verifier):
                if kept.entries.setdefault(index, data) != data:
                    raise KeptError(
                        f"Two different entries {index:,} were signed; one is in {source.name}. Somebody made two "
                        "records with one key. Keep both, and ask the members."
                    )
        except (RecordError, OSError, zlib.error, *BROKEN_ZIP) as error:
            kept.passed_over[source.name] = getattr(error, "strerror", None) or str(error)
    return kept


def _sources(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
        return
    for n, each in enumerate(sorted(place.rglob("*"))):
        if n > FILES:
            raise KeptError(f"There are more than {FILES:,} files in {place}. Take a smaller folder.")
        if each.is_file() and (each.suffix in (".zip", RECEIPT) or each.name == COPY):
            yield each


def _read(source: Path, tree: Tree, verifier: Verifier) -> Iterator[tuple[int, bytes]]:
    """What is in one file, each entry checked against a checkpoint that the record's key signed."""
    if source.name == COPY:
        return _in_copy(source.parent, tree, verifier)
    if source.suffix == RECEIPT:
        return _in_receipts([(source.name, read_plain(source, MAX_RECEIPT), _beside(source))], tree, verifier)
    try:
        read_export(source)
    except NoExportError:
        return _in_receipts(_taken_along(source), tree, verifier)
    return _in_export(source, tree, verifier)


def _in_export(source: Path, tree: Tree, verifier: Verifier) -> Iterator[tuple[int, bytes]]:
    export = read_export(source)
    checked = check_export(export, verifier)
    _check_same(source.name, Tree.from_leaf_hashes(b"".join(export.leaf_hashes())), checked.size, tree)
    for index, data in enumerate(export.entries()):
        if index >= tree.size and isinstance(data, bytes):
            yield index, data


def _in_copy(folder: Path, tree: Tree, verifier: Verifier) -> Iterator[tuple[int, bytes]]:
    copy = Published(folder)
    head = open_checkpoint(copy.checkpoint() or b"", verifier)
    theirs, after = Tree(), []
    for index, data in enumerate(copy.entries()):
        if index >= head.size:
            break
        theirs.append(data)
        if index >= tree.size:
            after.append((index, data))
    if theirs.size < head.size or theirs.root() != head.root:
        raise ExportError("its entries are not those that were signed.")
    _check_same(str(folder), theirs, head.size, tree)
    yield from after


def _check_same(name: str, theirs: Tree, size: int, tree: Tree) -> None:
    """Raise KeptError where the history that they share differs."""
    both = min(size, tree.size)
    if theirs.root(both) != tree.root(both):
        raise KeptError(
            f"{name} holds another history of this record, signed with its key. Keep it, and ask the members."
        )


Taken = tuple[str, bytes, bytes | None]  # a receipt's name, itself, the entry that lies beside it


def _in_receipts(found: "Iterator[Taken] | list[Taken]", tree: Tree, verifier: Verifier) -> Iterator[tuple[int, bytes]]:
    for name, receipt, beside in found:
        parsed = parse_receipt(receipt)
        entry = beside if beside is not None else parsed.extra
        if entry is None:
            raise CheckpointError(f"{name} has no entry in it, and none beside it.")
        check_receipt(receipt, entry, verifier)
        if parsed.index >= tree.size:
            yield parsed.index, entry


def _beside(receipt: Path) -> bytes | None:
    entry = receipt.with_suffix(".json")
    return read_plain(entry, MAX_ENTRY) if entry.is_file() else None


def _taken_along(source: Path) -> Iterator[Taken]:
    """The receipts in the file that a member took along, with their entries."""
    with open_plain(source) as file, zipfile.ZipFile(file) as archive:
        names = {info.filename: info for info in archive.infolist()}
        if len(names) > FILES:
            raise ValueError(f"There are more than {FILES:,} files in it.")
        for name, info in names.items():
            if not name.endswith(RECEIPT) or info.file_size > MAX_RECEIPT:
                continue
            entry = names.get(name.removesuffix(RECEIPT) + ".json")
            beside = archive.read(entry) if entry and entry.file_size <= MAX_ENTRY else None
            yield name, archive.read(info), beside
