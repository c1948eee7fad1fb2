"""Our own export opens in LibreOffice as it was, and what LibreOffice saves of it is the same roll."""

import random
from datetime import date

import pytest

from frombelow.roll import Particulars, read_roll, write_roll
from tests.spreadsheets.books import saved_by_libreoffice

pytestmark = pytest.mark.office
TODAY = date(2026, 11, 20)
UTF8 = "--infilter=CSV:44,34,76,1"  # what LibreOffice proposes to a person for a file with the mark of UTF-8
CELLS = [
    "", "07700900123", "447912345678901", "+34 600 111 222", "12 345", "1/2", "10:30", "50%", "3e5", "1,5", "2019-03",
    "March 4", "4 Mar", "may-7", "TRUE", "n/a", "'=1", "''t", "=1+1", "@hall", "-3", "a, b", 'say "so"', "Jörg", "李 娜", "🌻",
    "0", "10", "1.", "(3)", "$5", "1-2", "10th", "Block 7",
]  # fmt: skip


def a_roll():
    """People of whom every cell that a spreadsheet could spoil is in every column."""
    draw = random.Random(20261127)
    columns = [draw.sample(CELLS, len(CELLS)) for _ in range(4)]
    return [
        Particulars(f"{n:03}", f"Person {n} {CELLS[n].strip('=@')}", f"p{n}@x.example", *cells[:3], "", date(2020, 12, n % 28 + 1), cells[3])
        for n, cells in enumerate(zip(*columns, strict=True))
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv:Text - txt - csv (StarCalc):44,34,76,1"])
def test_what_libreoffice_saves_of_our_export_is_the_same_roll(tmp_path, kind):
    ours = tmp_path / "roll.csv"
    ours.write_bytes(write_roll(a_roll()))
    theirs = read_roll(saved_by_libreoffice(ours, kind, UTF8), today=TODAY)
    assert theirs.source == "our own export"
    assert [row.texts() for row in theirs.rows] == [
        row.texts() for row in read_roll(ours.read_bytes(), today=TODAY).rows
    ]
