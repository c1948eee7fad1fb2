"""A roll is read of a spreadsheet as of a CSV file, and what was taken of it is said."""

import io
from datetime import date

import pytest

from frombelow.roll import NoUsableColumnError, RollError, judge_roll, read_roll
from tests.spreadsheets.books import xlsx

TODAY = date(2026, 11, 20)
MEMBERS = [["Name", "Email", "Joined"], ["Ada López", "ada@x.example", date(2019, 3, 4)], ["Bo", "no address", None]]


def judged(raw, **said):
    return judge_roll(lambda: io.BytesIO(raw), today=TODAY, **said)


def test_people_come_from_a_spreadsheet_with_their_days_and_the_line_is_the_row():
    roll = read_roll(xlsx(("Members", [["Members of X"], [], *MEMBERS])), today=TODAY)
    assert [(row.name, row.joined, row.line) for row in roll.admitted()] == [("Ada López", date(2019, 3, 4), 4)]
    assert [verdict.sentence()[:7] for verdict in roll.verdicts] == ["Line 4:", "Line 5:"]
    assert roll.encoding == "XLSX"


def test_which_sheet_was_taken_is_said_and_another_can_be_named():
    raw = xlsx(("Members", MEMBERS), ("Former", [["Name"], ["Cy"]]))
    found = judged(raw)
    assert found.sheets == ("Members", "Former")
    assert [why.sentence() for why in found.said] == ["The sheet “Members” was taken. Not taken: “Former”."]
    assert [row.name for row, _ in judged(raw, sheet="Former").rows] == ["Cy"]


def test_a_sheet_without_headings_of_ours_names_the_others():
    with pytest.raises(NoUsableColumnError) as caught:
        judged(xlsx(("Read me", [["Hello"], ["there"]]), ("Members", MEMBERS)))
    assert caught.value.sheets == ("Read me", "Members")


def test_a_cell_that_begins_like_a_formula_is_no_name_in_a_spreadsheet_either():
    raw = xlsx(("Members", [["Name"], ["@SUM"]]))
    assert "begins like a spreadsheet formula" in read_roll(raw, today=TODAY).verdicts[0].sentence()


def test_a_spreadsheet_that_cannot_be_read_is_refused_in_a_sentence():
    with pytest.raises(RollError, match="is damaged"):
        judged(b"PK\x03\x04 and no more")
