"""What one person brings that is damaged keeps nothing else from coming back: it is said to be of no use."""

import struct
import zipfile

import pytest

from frombelow_site.operations.again import bring_back

from .test_handed_in_again import as_administrator, busy, key_of, lose, receipts, rows, sealed  # noqa: F401


def zipped(place, change, method=zipfile.ZIP_STORED):
    with zipfile.ZipFile(place, "w", method) as archive:
        archive.writestr("acts/2.tlog-proof", b"c2sp.org/tlog-proof@v1\n" * 20)
    data = bytearray(place.read_bytes())
    change(data, data.index(b"PK\x01\x02"))
    place.write_bytes(data)


def encrypted(data, at):
    struct.pack_into("<H", data, 6, 1)
    struct.pack_into("<H", data, at + 8, 1)


def unknown_method(data, at):
    struct.pack_into("<H", data, 8, 99)
    struct.pack_into("<H", data, at + 10, 99)


def broken_deflate(data, at):
    data[47:55] = b"\xff" * 8


def newer(data, at):
    struct.pack_into("<H", data, at + 6, 255)


@pytest.mark.parametrize(
    ("change", "method"),
    [(encrypted, 0), (unknown_method, 0), (broken_deflate, zipfile.ZIP_DEFLATED), (newer, 0)],
    ids=["encrypted", "unknown method", "broken deflate", "newer"],
)
def test_a_damaged_file_of_one_member_keeps_no_other_entry_from_coming_back(busy, clock, tmp_path, change, method):  # noqa: F811
    before = rows()
    folder = receipts(busy, tmp_path / "kept", range(busy.backup, len(before)))
    lose(busy, busy.backup, clock)
    zipped(folder / "0-mine.zip", change, method)
    found, _done, size = bring_back(folder)
    assert "0-mine.zip" in found.passed_over
    assert size == len(before)


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"PK",
        b"c2sp.org/tlog-proof@v1\nindex " + b"9" * 5000 + b"\n\nx\n1\nA\n",
        b"\xff" * 99,
        b"c2sp.org/tlog-proof@v1\nextra \nindex 3\n\n",
    ],
)
def test_a_damaged_receipt_keeps_no_other_entry_from_coming_back(busy, clock, tmp_path, junk):  # noqa: F811
    before = rows()
    folder = receipts(busy, tmp_path / "kept", range(busy.backup, len(before)))
    lose(busy, busy.backup, clock)
    (folder / "0.tlog-proof").write_bytes(junk)
    (folder / "checkpoint").write_bytes(junk)
    (folder / "0.zip").write_bytes(junk)
    _found, _done, size = bring_back(folder)
    assert size == len(before)
