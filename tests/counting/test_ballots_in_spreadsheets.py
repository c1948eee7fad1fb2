"""Ballots are read of a spreadsheet as of the CSV file that it would save, and what was taken of it is said."""

import pytest

from frombelow.counting import ReadError, read_file
from frombelow.counting.reading.by_rule import read_for
from frombelow.counting.rules import RULES
from tests.spreadsheets.books import xlsx

RANKED = [["Rank 1", "Rank 2", "Votes"], ["Ann", "Bo", 5], ["Bo", "Ann", 3]]


def kept(tmp_path, *sheets, name="ballots.xlsx", **more):
    (tmp_path / name).write_bytes(xlsx(*sheets, **more))
    return tmp_path / name


def test_a_spreadsheet_counts_as_its_csv_does(tmp_path):
    (tmp_path / "b.csv").write_text("\n".join(",".join(map(str, row)) for row in RANKED))
    csv, book = (read_file(place) for place in (tmp_path / "b.csv", kept(tmp_path, ("Votes", RANKED))))
    assert list(book.rows()) == list(csv.rows())
    assert book.candidates == csv.candidates


@pytest.mark.parametrize("rule", ["irv", "approval", "star", "dhondt"])
def test_the_sheet_that_was_taken_and_what_it_hides_is_said_for_each_kind_of_rule(tmp_path, rule):
    rows = {"star": [["Ann", "Bo"], [5, 0], [3, 4]], "dhondt": [["Ann", 5], ["Bo", 3]]}.get(rule, RANKED)
    profile = read_for(RULES[rule], kept(tmp_path, ("Votes", rows), ("Notes", [["x"]]), hidden_rows=[2]))
    assert "The sheet “Votes” was taken. Not taken: “Notes”." in profile.notes
    assert "Rows that the sheet hides were taken as well: 1." in profile.notes


def test_the_line_that_is_named_is_the_row(tmp_path):
    with pytest.raises(ReadError, match=r"ballots.xlsx.*4.*“many”"):
        read_file(kept(tmp_path, ("Votes", [RANKED[0], [], RANKED[1], ["Bo", "Ann", "many"]])))


def test_a_file_that_is_no_spreadsheet_to_be_read_is_refused(tmp_path):
    (tmp_path / "b.ods").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(ReadError, match="is damaged"):
        read_file(tmp_path / "b.ods")


def test_what_is_refused_says_of_which_sheet(tmp_path):
    with pytest.raises(ReadError, match=r"ballots.xlsx, sheet “Votes”, line 2: .*“many”"):
        read_file(kept(tmp_path, ("Votes", [RANKED[0], ["Bo", "Ann", "many"]]), ("Notes", [["x"]])))
    with pytest.raises(ReadError, match="sheet “Votes”"):
        read_for(RULES["dhondt"], kept(tmp_path, ("Votes", [["Ann", "Bo", "Cy"]])))


def test_a_rank_whose_formula_has_no_result_is_no_empty_rank(tmp_path):
    rows = [RANKED[0], ["=A9", "Ann", 5], ["Bo", "=A8", 3]]  # openpyxl knows no results
    with pytest.raises(
        ReadError, match="sheet “Votes”: the cell A2 holds a formula whose result the file does not hold"
    ):
        read_file(kept(tmp_path, ("Votes", rows)))
