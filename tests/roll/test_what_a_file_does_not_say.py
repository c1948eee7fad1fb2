"""What a file does not say is asked or said, and never taken for known: its encoding, its headings, a 0 that is gone."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.roll import NoUsableColumnError, RollError, judge_roll, read_roll, write_roll
from frombelow.roll.headings import HEADINGS_FIRST, PERSON_FIRST
from tests.spreadsheets.books import xlsx

TODAY = date(2026, 11, 20)
SLAVIC = "name,email\nDvořák Ěž,d@example.org\n".encode("cp1250")


def judged(raw, **said):
    return judge_roll(lambda: io.BytesIO(raw), today=TODAY, **said)


def said_of(raw, **said):
    return " ".join(why.sentence() for why in judged(raw, **said).said)


@pytest.mark.parametrize(("encoding", "right"), [
    ("cp1250", "Windows-1250 “Dvořák”"), ("mac_roman", "Mac Roman “Dvoøák”"), ("cp1252", "Windows-1252 “Dvoøák”"),
])  # fmt: skip
def test_letters_that_can_be_read_in_several_ways_are_shown_in_each(encoding, right):
    name = "Dvořák" if encoding == "cp1250" else "Dvoøák"
    said = said_of(f"name,email\n{name},d@example.org\n".encode(encoding))
    assert "can be read in several ways: Windows-1252 “" in said
    assert right in said


def test_an_encoding_that_is_said_or_sure_is_not_asked_about():
    assert "several ways" not in said_of(SLAVIC, encoding="Windows-1250")
    assert "several ways" not in said_of("name\nDvořák\n".encode())
    assert "several ways" not in said_of(b"name\nDvorak\n")


@given(st.binary(min_size=1, max_size=60))
def test_of_any_bytes_the_readings_are_words_or_none(raw):
    try:
        found = judged(b"name\nAna " + raw.replace(b"\0", b"") + b"\n")
    except RollError as refused:
        assert str(refused)  # noqa: PT017
    else:
        assert all(read.isprintable() for read in found.readings.values())


def test_phones_from_which_a_spreadsheet_may_have_taken_the_zero_are_said():
    said = said_of(
        xlsx(("Members", [["Name", "Phone"], ["Ana", 301234567], ["Bo", "0301 23456"], ["Cy", "+34 600 1"]]))
    )
    assert "Phones that begin with neither 0 nor +: 1, such as 301234567." in said
    assert "neither 0 nor +" not in said_of(b"name,phone\nAna,0301 234567\n")


def test_our_own_file_keeps_phones_as_text_and_nothing_is_said_of_them():
    people = read_roll(b"name,phone\nAna,301234567\nBo,0301234\n", today=TODAY).rows
    assert "neither 0 nor +" not in said_of(write_roll(people))


@pytest.mark.parametrize("first", ["Ana Ruiz,612 345 678", "Ana Ruiz,2019-03-04", "Ana Ruiz,ana@example.org"])
def test_a_first_line_with_a_phone_or_a_day_in_it_is_a_person(first):
    with pytest.raises(NoUsableColumnError, match="Column 1, Column 2") as error:
        read_roll(f"{first}\nBo Four,+34 600\n".encode(), today=TODAY)
    assert error.value.headless


def test_a_list_of_names_alone_has_its_first_person_where_somebody_says_so():
    raw = b"Ana Ruiz,North\nBo Four,South\n"
    with pytest.raises(NoUsableColumnError, match="Ana Ruiz"):
        judged(raw)
    found = judged(raw, first_line=PERSON_FIRST, mapping={"Column 1": "name", "Column 2": "branch"})
    assert [(row.name, row.branch) for row, _ in found.rows] == [("Ana Ruiz", "North"), ("Bo Four", "South")]


def test_headings_with_figures_are_headings_where_somebody_says_so():
    raw = b"Socio,2023-2024-1\nAna,5\n"
    assert [row.name for row, _ in judged(raw).rows] == ["Ana"]
    raw = b"Who,2023-2024-1\nAna,5\n"
    found = judged(raw, first_line=HEADINGS_FIRST, mapping={"Who": "name"})
    assert [row.name for row, _ in found.rows] == ["Ana"]


def test_two_columns_without_a_heading_are_two_columns():
    raw = b",email,,\nAna Ruiz,ana@example.org,North,600 1\n"
    mapping = {"Column 1": "name", "Column 3": "branch", "Column 4": "phone"}
    (row,) = read_roll(raw, mapping=mapping, today=TODAY).rows
    assert (row.name, row.mail, row.branch, row.phone) == ("Ana Ruiz", "ana@example.org", "North", "600 1")


def test_headings_that_stand_in_the_file_again_are_no_person():
    roll = read_roll(b"Name,Notes\nAna,x\n name ,NOTES\nBo,y\n", today=TODAY)
    assert [verdict.decision for verdict in roll.verdicts] == ["admit", "needs mending", "admit"]
    assert "the headings stand here again" in roll.verdicts[1].sentence()


@pytest.mark.parametrize("rows", [
    [["colour", "size"], ["red", 3]], [["Name"]],
])  # fmt: skip
def test_what_is_refused_of_a_spreadsheet_says_of_which_sheet(rows):
    raw = xlsx(("Members 2024", rows), ("Other", [["Name"], ["Ana"]]))
    with pytest.raises(RollError, match="Sheet “Members 2024”: "):
        list(judged(raw).rows)
