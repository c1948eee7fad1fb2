"""Whatever a spreadsheet writes is read; what is not text is refused in a sentence."""

import codecs
from datetime import date

import pytest

from frombelow.roll import RollError, decode, read_roll
from frombelow.roll.encodings import decode_and_name

TODAY = date(2026, 11, 20)
TEXT = "name,email\r\nMaría Peña,maria@example.org\r\nZoë Müller,zoe@example.org\r\n"
BEYOND_LATIN = TEXT + "Олена Шевченко,olena@example.org\r\n明 王,ming@example.org\r\nBo 🌻,bo@example.org\r\n"


@pytest.mark.parametrize(
    ("raw", "text", "name"),
    [
        (BEYOND_LATIN.encode(), BEYOND_LATIN, "UTF-8"),
        (codecs.BOM_UTF8 + BEYOND_LATIN.encode(), BEYOND_LATIN, "UTF-8"),
        (codecs.BOM_UTF16_LE + BEYOND_LATIN.encode("utf-16-le"), BEYOND_LATIN, "UTF-16 LE"),
        (codecs.BOM_UTF16_BE + BEYOND_LATIN.encode("utf-16-be"), BEYOND_LATIN, "UTF-16 BE"),
        (BEYOND_LATIN.encode("utf-16-le"), BEYOND_LATIN, "UTF-16 LE"),
        (BEYOND_LATIN.encode("utf-16-be"), BEYOND_LATIN, "UTF-16 BE"),
        (TEXT.encode("cp1252"), TEXT, "Windows-1252"),
        (TEXT.encode("latin-1"), TEXT, "Windows-1252"),
        ("name\r\n“Bo” – Š".encode("cp1252"), "name\r\n“Bo” – Š", "Windows-1252"),
    ],
)
def test_each_encoding_of_a_spreadsheet_is_read(raw, text, name):
    assert decode(raw) == text
    assert decode_and_name(raw)[1] == name


def test_a_roll_says_which_encoding_it_was_read_as():
    assert read_roll(TEXT.encode(), today=TODAY).encoding == "UTF-8"
    assert read_roll(TEXT.encode("cp1252"), today=TODAY).encoding == "Windows-1252"
    assert read_roll(TEXT.encode("utf-16"), today=TODAY).encoding == "UTF-16 LE"


def test_one_broken_byte_spoils_one_name_and_not_every_accent():
    good = "".join(f"María Peña {n},m{n}@example.org\r\n" for n in range(20)).encode()
    roll = read_roll(b"name,email\r\n" + good + b"Jos\xe9,jose@example.org\r\n", today=TODAY)
    assert roll.rows[0].name == "María Peña 0"
    assert roll.counts() == {
        "admit": 20,
        "already a member": 0,
        "duplicate in this file": 0,
        "needs mending": 1,
    }
    assert "lost letters" in roll.verdicts[-1].sentence()


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n  \n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b",,\n,,\n"])
def test_an_empty_file_is_refused(raw):
    with pytest.raises(RollError, match=r"The file is empty\. Nothing was stored\."):
        read_roll(raw, today=TODAY)


def test_headings_without_anybody_are_refused():
    with pytest.raises(RollError, match="nobody under them"):
        read_roll(b"name,email\r\n,\r\n", today=TODAY)


@pytest.mark.parametrize("raw", [b"PK\x03\x04 a workbook", b"\xd0\xcf\x11\xe0 an old workbook"])
def test_a_spreadsheet_that_cannot_be_read_is_refused_with_what_to_do(raw):
    with pytest.raises(RollError, match=r"save it (again|as \.xlsx)"):
        read_roll(raw, today=TODAY)


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7 name,email",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x1f\x8b\x08 name",
        bytes(range(256)) * 8,
        b"\x01\x02\x03\x04\x05name,email\x00\x00",
    ],
)
def test_a_binary_file_is_refused(raw):
    with pytest.raises(RollError, match="not text"):
        read_roll(raw, today=TODAY)


@pytest.mark.parametrize("raw", [codecs.BOM_UTF8 + b"name\nJos\xe9", codecs.BOM_UTF16_LE + b"n\x00a"])
def test_a_file_that_breaks_the_encoding_it_announces_is_refused(raw):
    with pytest.raises(RollError, match="says that it is UTF-"):
        decode(raw)
