"""Whatever bytes a spreadsheet is made of, it is read or refused in a sentence."""

import io
import random
import zipfile
from contextlib import suppress

import pytest

from frombelow.spreadsheets import SpreadsheetError, table_of

from .books import ods, with_part, xlsx

ROW = (
    '<table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell office:value-type="float" '
    'office:value="7" table:number-columns-repeated="3"><text:p>7<text:s text:c="3"/></text:p></table:table-cell>'
    "</table:table-row>"
)
BOOKS = [
    xlsx(("S", [["Name", 7, True, 0.5], ["=1", "Ada"]]), ("T", [["x"]])),
    ods(f'<table:table table:name="S">{ROW}</table:table>'),
]
WORDS = [
    b"0",
    b"-1",
    b"99999999999999999999",
    b"1e308",
    b"nan",
    b"\xff",
    b'"',
    b"<",
    b">",
    b"&#0;",
    b"/",
    b"../",
    b"hidden",
    b"",
]


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def spoiled(draw, data):
    """The bytes with some of them gone, doubled, or in the place of others."""
    for _ in range(draw.randrange(1, 4)):
        start = draw.randrange(len(data) + 1)
        end = min(len(data), start + draw.randrange(12))
        data = data[:start] + draw.choice([draw.choice(WORDS), data[start:end] * 2, draw.randbytes(2)]) + data[end:]
    return data


def read(data):
    with suppress(SpreadsheetError):
        table_of(io.BytesIO(data), 100_000)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("book", BOOKS, ids=["xlsx", "ods"])
def test_an_archive_of_any_bytes_is_read_or_refused(book, seed):
    draw = random.Random(seed)
    for _ in range(300):
        read(spoiled(draw, book))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("book", BOOKS, ids=["xlsx", "ods"])
def test_parts_of_any_bytes_are_read_or_refused(book, seed):
    draw, held = random.Random(seed), parts(book)
    for _ in range(150):
        name = draw.choice(sorted(held))
        read(with_part(book, name, spoiled(draw, held[name])))
