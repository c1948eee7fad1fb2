"""An export that holds the hashes of some entries and nothing else of them."""

import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frombelow.record import (
    Altered,
    ExportError,
    HiddenEntry,
    RecordError,
    check_export,
    read_export,
    write_export,
)
from frombelow.record.hidden import HEADER, parse_hidden, write_hidden
from tests.record.cast import ORIGIN, UNION, entries_of, export_to, flipped, gaps_of, head_of, tree_of

KEY = UNION.verifier
HIDDEN = [3, 4, 255, 260]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hidden")


@pytest.fixture(scope="module")
def path(folder):
    return export_to(folder / "gapped.zip", 270, [2, 256], HIDDEN)


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def packed(folder, parts):
    made = folder / "packed.zip"
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data)
    return made


def replaced(parts, wanted, data):
    return [(name, data if name == wanted else old) for name, old in parts]


def test_it_is_read_back_and_checked_with_the_hashes_in_the_gaps(path):
    export = read_export(path)
    gaps = {each.index: each for each in gaps_of(tree_of(270), HIDDEN)}
    assert list(export.hidden) == list(gaps.values())
    assert list(export.entries()) == [gaps.get(at, entry) for at, entry in enumerate(entries_of(270))]
    checked = check_export(export, KEY)
    assert (checked.size, checked.root) == (270, tree_of(270).root())


def test_a_bundle_with_a_gap_is_no_tile(path):
    names = [name for name, _ in parts_of(path)]
    assert names[:6] == [
        "frombelow-record", "checkpoint", "checkpoints", "hidden", "gapped/entries/000", "gapped/entries/001.p/14",
    ]  # fmt: skip
    assert "tile/entries/000" not in names


def test_an_export_in_which_nothing_is_hidden_is_the_one_of_before(folder):
    assert export_to(folder / "a.zip", 30, hidden=[]).read_bytes() == export_to(folder / "b.zip", 30).read_bytes()


@given(where=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_flipped_byte_is_refused(folder, path, where, mask):
    data = path.read_bytes()
    (folder / "flipped.zip").write_bytes(flipped(data, int(where * len(data)), mask))
    with pytest.raises(RecordError):
        check_export(read_export(folder / "flipped.zip"), KEY)


def listed(*entries):
    return write_hidden(entries)


LEAF = bytes(32)
GOOD = [HiddenEntry(at, "vote.cast", "motion", LEAF) for at in (3, 4)]


@pytest.mark.parametrize(
    "part",
    [
        b"",
        HEADER.encode(),
        f"{HEADER}\n".encode(),
        listed(*GOOD)[:-1],
        listed(*GOOD) + b"\n",
        listed(*GOOD).replace(b"hidden/1", b"hidden/2"),
        listed(*reversed(GOOD)),
        listed(GOOD[0], GOOD[0]),
        listed(HiddenEntry(270, "vote.cast", "motion", LEAF)),
        listed(HiddenEntry(-1, "vote.cast", "motion", LEAF)),
        listed(HiddenEntry(3, "vote cast", "motion", LEAF)),
        listed(HiddenEntry(3, "vote.cast", "", LEAF)),
        listed(HiddenEntry(3, "vote.cast", "\x1b[2K", LEAF)),
        listed(HiddenEntry(3, "vote.cast", "motion", LEAF[1:])),
        listed(*GOOD).replace(b"3 vote", b"03 vote"),
        listed(*GOOD).replace(b"3 vote", "٣ vote".encode()),
        listed(*GOOD).replace(b"A=", b"B="),  # another spelling of the same hash
        listed(*GOOD).replace(b"\n", b"\r\n"),
    ],
)
def test_a_list_of_hidden_entries_has_one_spelling(folder, path, part):
    with pytest.raises(RecordError):
        parse_hidden(part, 270)
    with pytest.raises(ExportError):
        read_export(packed(folder, replaced(parts_of(path), "hidden", part)))


def test_hidden_entries_are_listed_and_read_back():
    assert list(parse_hidden(listed(*GOOD), 5)) == GOOD


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: [each for each in parts if each[0] != "hidden"],
        lambda parts: [*parts[:2], parts[3], parts[2], *parts[4:]],
        lambda parts: [*parts[:3], *parts[4:], parts[3]],
        lambda parts: [(name.replace("gapped", "tile"), data) for name, data in parts],
        lambda parts: replaced(parts, "hidden", listed(*GOOD)),  # nothing is missing in the second bundle
    ],
)
def test_parts_that_do_not_fit_the_list_are_refused(folder, path, change):
    with pytest.raises(ExportError):
        read_export(packed(folder, change(parts_of(path))))


@pytest.mark.parametrize("places", [[3, 255, 260], [3, 4, 5, 255, 260]])
def test_what_is_missing_is_listed_and_what_is_listed_is_missing(folder, path, places):
    other = write_hidden(gaps_of(tree_of(270), places))
    made = packed(folder, replaced(parts_of(path), "hidden", other))
    with pytest.raises(ExportError, match="hidden and there, or missing and not hidden"):
        check_export(read_export(made), KEY)


def test_another_hash_than_that_of_the_entry_is_refused_and_named(folder):
    gaps = gaps_of(tree_of(270), HIDDEN)
    gaps[1] = HiddenEntry(4, "vote.cast", "motion", LEAF)
    tree = tree_of(270)
    write_export(folder / "lie.zip", entries_of(270), [head_of(tree)], UNION.vkey, tree, gaps)
    with pytest.raises(Altered, match="Entry 4 is not the one that was recorded"):
        check_export(read_export(folder / "lie.zip"), KEY)


def test_the_first_line_of_the_export_stays_what_it_was(path):
    assert dict(parts_of(path))["frombelow-record"] == f"frombelow-record/1\n{ORIGIN}\n{UNION.vkey}\n".encode()


def test_hidden_entries_beyond_the_size_of_a_plain_zip_are_read_back(folder, monkeypatch):
    monkeypatch.setattr("zipfile.ZIP64_LIMIT", 9000)
    monkeypatch.setattr("frombelow.record.zips.LARGE", 9000)
    assert check_export(read_export(export_to(folder / "large.zip", 600, hidden=[599])), KEY).size == 600
