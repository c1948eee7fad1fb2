"""The one-file export, and the check of a whole record in one pass."""

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frombelow.record import (
    Altered,
    ExportError,
    RecordError,
    TileHashes,
    TreeCheck,
    check_export,
    check_tree,
    cosign_note,
    read_export,
    tile_bytes,
    write_export,
)
from tests.record.cast import (
    NOON,
    ORIGIN,
    PORTERS_2,
    STRANGER,
    UNION,
    entries_of,
    export_to,
    flipped,
    head_of,
    rewritten,
    tree_of,
)

KEY = UNION.verifier


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("export")


@pytest.fixture(scope="module")
def export_bytes(folder):
    """An export with full and partial tiles and three checkpoints, one of them cosigned."""
    tree = tree_of(270)
    notes = [head_of(tree, 10), cosign_note(head_of(tree, 256), PORTERS_2, NOON), head_of(tree)]
    write_export(folder / "whole.zip", iter(entries_of(270)), notes, UNION.vkey, tree)
    return (folder / "whole.zip").read_bytes()


def checked(folder, data):
    path = folder / "received.zip"
    path.write_bytes(data)
    return check_export(read_export(path), KEY)


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 1000])
def test_an_export_is_read_back_and_checked(folder, count):
    path = export_to(folder / f"of{count}.zip", count, sizes=[0, count // 2])
    export = read_export(path)
    assert (export.origin, export.vkey, export.size) == (ORIGIN, UNION.vkey, count)
    assert list(export.entries()) == entries_of(count)
    result = check_export(export, KEY)
    assert (result.size, result.root) == (count, tree_of(count).root())
    assert [each.size for each in result.checkpoints] == [0, count // 2, count]
    assert TileHashes(count, export.read).root() == result.root


def test_the_same_record_gives_the_same_bytes(folder):
    one = export_to(folder / "one.zip", 300, [7]).read_bytes()
    tree = tree_of(300)
    notes = [head_of(tree, 7), head_of(tree)]
    write_export(folder / "two.zip", entries_of(300), notes, UNION.vkey, tree)
    assert (folder / "two.zip").read_bytes() == one
    assert not list(folder.glob("*.part"))


def test_any_other_tool_finds_the_c2sp_layout_in_it(folder, export_bytes):
    with zipfile.ZipFile(folder / "whole.zip") as archive:
        assert archive.testzip() is None
        assert archive.read("tile/0/000") == tile_bytes(tree_of(270), 0, 0)
        assert archive.read("frombelow-record").decode() == f"frombelow-record/1\n{ORIGIN}\n{UNION.vkey}\n"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@given(where=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_flipped_byte_of_an_export_is_refused(folder, export_bytes, where, mask):
    with pytest.raises(RecordError):
        checked(folder, flipped(export_bytes, int(where * len(export_bytes)), mask))


def test_every_flipped_byte_of_its_headers_and_directory_is_refused(folder, export_bytes):
    with zipfile.ZipFile(folder / "whole.zip") as archive:
        start = archive.start_dir
        heads = [info.header_offset + at for info in archive.infolist() for at in range(30 + len(info.filename))]
    for at in (*heads, *range(start, len(export_bytes))):
        with pytest.raises(RecordError):
            checked(folder, flipped(export_bytes, at, 1 << at % 8))


@given(keep=st.floats(0, 1, exclude_max=True))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_truncated_export_is_refused(folder, export_bytes, keep):
    with pytest.raises(ExportError):
        checked(folder, export_bytes[: int(keep * len(export_bytes))])


def test_what_is_no_export_is_refused_in_a_plain_sentence(folder, export_bytes):
    for data in (b"", b"hello", b"PK\x05\x06" + bytes(18), export_bytes + b"x", b"x" + export_bytes):
        with pytest.raises(ExportError, match=r"export|part"):
            checked(folder, data)
    with pytest.raises(ExportError, match="cannot be read"):
        read_export(folder / "nowhere.zip")


def repacked(folder, change, compression=zipfile.ZIP_STORED):
    """The export's parts after `change`, packed as an export would be, save for `compression`."""
    with zipfile.ZipFile(folder / "whole.zip") as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    path = folder / "repacked.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in change(parts):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, compression
            archive.writestr(info, data)
    return path


def replaced(parts, wanted, data):
    return [(name, data if name == wanted else old) for name, old in parts]


def test_repacking_without_a_change_is_the_same_export(folder, export_bytes):
    assert repacked(folder, lambda parts: parts).read_bytes() == export_bytes


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: [],
        lambda parts: parts[1:],
        lambda parts: parts[:-1],
        lambda parts: parts[::-1],
        lambda parts: [*parts[:3], parts[4], parts[3], *parts[5:]],
        lambda parts: [*parts, ("tile/9/000", b"")],
        lambda parts: [*parts, ("../escape", b"")],
        lambda parts: [*parts[:-1], ("/etc/passwd", parts[-1][1])],
        lambda parts: [*parts[:-1], ("tile\\1\\000.p\\1", parts[-1][1])],
        lambda parts: replaced(parts, "tile/0/000", bytes(256 * 32 - 1)),
        lambda parts: replaced(parts, "tile/entries/000", b"\0"),
        lambda parts: replaced(parts, "frombelow-record", b"frombelow-record/2\n"),
        lambda parts: replaced(parts, "frombelow-record", b"\xff"),
        lambda parts: replaced(parts, "frombelow-record", b"x" * 9000),
        lambda parts: replaced(parts, "checkpoints", b""),
        lambda parts: replaced(parts, "checkpoints", b"12\nshort"),
        lambda parts: replaced(parts, "checkpoints", dict(parts)["checkpoints"][:-3]),
        lambda parts: replaced(parts, "checkpoint", head_of(tree_of(256))),
        lambda parts: replaced(parts, "checkpoint", head_of(tree_of(270)).replace(b"\n270\n", b"\n%d\n" % (2**62))),
    ],
)
def test_parts_out_of_order_missing_or_unknown_are_refused(folder, export_bytes, change):
    with pytest.raises(ExportError):
        read_export(repacked(folder, change))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(folder, export_bytes):
    with pytest.raises(ExportError, match="twice"):
        read_export(repacked(folder, lambda parts: [*parts, parts[-1]]))


def test_a_compressed_part_is_refused_before_it_is_unpacked(folder, export_bytes):
    bomb = lambda parts: replaced(parts, "tile/entries/000", bytes(30_000_000))  # noqa: E731
    with pytest.raises(ExportError, match="not stored"):
        read_export(repacked(folder, bomb, zipfile.ZIP_DEFLATED))


def test_an_altered_entry_is_named_by_its_index(folder, export_bytes):
    changed = dict(repacked_parts(folder))["tile/entries/000"].replace(b"act 123", b"ACT 123")
    path = repacked(folder, lambda parts: replaced(parts, "tile/entries/000", changed))
    with pytest.raises(Altered, match="Entry 123 ") as caught:
        check_export(read_export(path), KEY)
    assert caught.value.index == 123


def repacked_parts(folder):
    with zipfile.ZipFile(folder / "whole.zip") as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def test_entries_and_tiles_altered_together_are_named_by_the_checkpoint(folder, export_bytes):
    other = rewritten(270, at=123)
    entries = entries_of(270)
    entries[123] = b"nothing happened"
    with pytest.raises(Altered) as caught:
        check_tree(entries, read_export(folder / "whole.zip").checkpoints, KEY, None)
    assert (caught.value.index, caught.value.size) == (None, 256)
    assert "10 to 255" in str(caught.value)
    assert other.root() != tree_of(270).root()


def test_an_altered_tile_of_a_higher_level_is_named(folder, export_bytes):
    path = repacked(folder, lambda parts: replaced(parts, "tile/1/000.p/1", bytes(32)))
    with pytest.raises(ExportError, match=r"tile/1/000\.p/1"):
        check_export(read_export(path), KEY)


def test_an_export_by_another_key_is_refused(folder, export_bytes):
    with pytest.raises(Altered):
        check_export(read_export(folder / "whole.zip"), STRANGER.verifier)


def test_an_export_that_names_another_key_is_refused(folder, export_bytes):
    other = f"frombelow-record/1\n{ORIGIN}\n{STRANGER.vkey}\n".encode()
    with pytest.raises(Altered, match="another key"):
        check_export(read_export(repacked(folder, lambda parts: replaced(parts, "frombelow-record", other))), KEY)


@pytest.mark.parametrize(
    ("entries", "notes"),
    [
        (entries_of(70), []),
        (entries_of(69), [head_of(tree_of(70))]),
        (entries_of(71), [head_of(tree_of(70))]),
        (entries_of(70, b"other"), [head_of(tree_of(70))]),
        (entries_of(70), [head_of(tree_of(70), 70, STRANGER)]),
        ([bytes(65536)], [head_of(tree_of(1))]),
    ],
)
def test_an_export_that_would_not_check_is_not_written(folder, entries, notes):
    with pytest.raises(ExportError):
        write_export(folder / "never.zip", iter(entries), notes, UNION.vkey)
    assert not list(folder.glob("never*"))


# A check in one pass


def test_a_replay_can_run_over_the_same_pass():
    tree = tree_of(70)
    check = TreeCheck([head_of(tree, size) for size in (0, 1, 1, 33, 70)], KEY)
    assert list(check.through(entries_of(70))) == entries_of(70)
    assert check.size == check.finish().signed_size == 70


@pytest.mark.parametrize("at", [0, 9, 10, 69])
def test_an_altered_entry_is_found_at_the_next_checkpoint(at):
    entries = entries_of(70)
    entries[at] += b"!"
    with pytest.raises(Altered) as caught:
        check_tree(entries, [head_of(tree_of(70), size) for size in (10, 70)], KEY)
    assert caught.value.size == (10 if at < 10 else 70)


def test_entries_too_few_or_too_many_are_found():
    notes = [head_of(tree_of(70))]
    leaves = [tree_of(70).hashes(0, at, at + 1) for at in range(70)]
    for entries in (entries_of(69), entries_of(71)):
        with pytest.raises(Altered):
            check_tree(entries, notes, KEY)
        with pytest.raises(Altered):
            check_tree(entries, notes, KEY, leaves)
    tail = TreeCheck(notes, KEY, unsigned_tail=True)
    list(tail.through(entries_of(71)))
    assert (tail.finish().size, tail.finish().signed_size) == (71, 70)
    with pytest.raises(Altered) as caught:
        check_tree(entries_of(70), [head_of(tree_of(70))], KEY, [*leaves, bytes(32)])
    assert caught.value.index == 70


def test_checkpoints_by_strangers_or_out_of_order_are_found_before_any_entry():
    tree = tree_of(70)
    with pytest.raises(Altered, match="Checkpoint 1, "):
        TreeCheck([head_of(tree, 10), head_of(tree, 20, STRANGER)], KEY)
    with pytest.raises(Altered, match="Checkpoint 1, "):
        TreeCheck([head_of(tree, 20), head_of(tree, 10)], KEY)


def test_two_roots_at_one_size_are_found():
    with pytest.raises(Altered):
        check_tree(entries_of(70), [head_of(tree_of(70)), head_of(rewritten(70, at=2))], KEY)


def test_an_end_of_the_zip_that_lies_about_its_length_is_refused(folder, export_bytes):
    for lie in (0, 2, 0xFFFF):
        tail = bytearray(export_bytes)
        tail[-12:-10] = struct.pack("<H", lie)
        with pytest.raises(ExportError):
            checked(folder, bytes(tail))


def test_an_export_beyond_the_size_of_a_plain_zip_is_read_back(folder, monkeypatch):
    monkeypatch.setattr("zipfile.ZIP64_LIMIT", 9000)
    monkeypatch.setattr("frombelow.record.zips.LARGE", 9000)
    path = export_to(folder / "large.zip", 600)
    assert check_export(read_export(path), KEY).size == 600
    data = path.read_bytes()
    for at in range(0, len(data) - 2000, 97):
        with pytest.raises(RecordError):
            checked(folder, flipped(data, at))


VECTORS = Path(__file__).parents[1] / "vectors/record"


def test_the_layout_of_an_export_stays_what_it_was_in_version_1(folder):
    path = export_to(folder / "of20.zip", 20, sizes=[0, 7])
    assert path.read_bytes() == (VECTORS / "export-of-20.zip").read_bytes()
    assert check_export(read_export(VECTORS / "export-of-20.zip"), KEY).size == 20
