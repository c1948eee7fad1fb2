"""Tables of ballots as spreadsheets, forms and voting machines write them: read rightly, or refused by what is wrong."""

import pytest

from frombelow.counting import ReadError, profile_of, read, write_table
from frombelow.counting.errors import CountError
from frombelow.counting.reading import kind_of
from frombelow.counting.reading.by_rule import by_name, read_for
from frombelow.counting.reading.told import Told
from frombelow.counting.rules import RULES
from frombelow.counting.scored.reading import read_scores


def first(text, kind=".csv", told=None):
    """First preferences by name, as the file says them."""
    profile = read(text.encode(), "b" + kind, kind, *([told] if told else []))
    votes = dict.fromkeys(profile.candidates, 0)
    for weight, ranking in profile.rows():
        if ranking:
            for each in ranking[0]:
                votes[profile.candidates[each]] += weight
    return votes


def count(tmp_path, rule, name, text):
    (tmp_path / name).write_text(text)
    return RULES[rule].count(read_for(RULES[rule], tmp_path / name), 3 if rule == "dhondt" else None)


def refused(text, kind=".csv", **told):
    with pytest.raises(ReadError) as found:
        read(text.encode(), "b" + kind, kind, Told(**told))
    return str(found.value)


@pytest.mark.parametrize("heading", ["Votes", "votes", "Count", "WEIGHT", "Number of ballots", "number_of_votes", "Anzahl",
                                     "Papeletas"])  # fmt: skip
def test_a_row_stands_for_as_many_ballots_as_its_column_says_whatever_it_is_called(heading):
    assert first(f"{heading},A,B\n5,1,2\n3,2,1\n") == {"A": 5, "B": 3}
    assert first(f"Precinct,1st Choice,2nd Choice,{heading}\np,A,B,5\np,B,A,3\n", ".cvr") == {"A": 5, "B": 3}


def test_two_columns_of_weights_are_refused():
    assert "“Count” and “Votes” both say" in refused("Count,Votes,A\n1,2,1\n")


def test_the_rank_is_what_its_heading_says_wherever_its_column_stands():
    assert first("Rank 3,Rank 2,Rank 1\nAnn,Bo,Cy\nBo,Ann,Cy\n") == {"Ann": 0, "Bo": 0, "Cy": 2}
    ten = ",".join(f"Rank {n}" for n in sorted(range(1, 11), key=str))
    assert first(f"{ten}\n{','.join(f'N{n}' for n in sorted(range(1, 11), key=str))}\n")["N1"] == 1


def test_a_table_that_begins_with_the_second_rank_is_refused():
    assert "no column is for rank 1; the first is for rank 2" in refused("Rank 2,Rank 3\nAnn,Bo\n")


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_cells_are_parted_by_the_sign_that_parts_them(sign):
    assert first("A,B,C\n1,2,3\n2,1,3\n2,1,\n".replace(",", sign)) == {"A": 1, "B": 2, "C": 0}
    assert first('"Lee, Ann";Bo\n1;2\n2;1\n2;1\n') == {"Lee, Ann": 1, "Bo": 2}
    assert first("sep=;\nA;B\n1;2\n") == {"A": 1, "B": 0}


def test_a_machines_table_that_a_spreadsheet_saved_anew_is_refused():
    assert "parted by semicolons" in refused("ID;1st Choice;2nd Choice\n1;Ann;Bo\n", ".cvr")


@pytest.mark.parametrize("said", ["Ann=Bo", "Ann = Bo", "Ann= Bo"])
def test_equals_are_joined_with_blanks_or_without(said):
    assert first(f"Rank 1,Rank 2\n{said},Cy\nBo,Ann\n") == {"Ann": 1, "Bo": 2, "Cy": 0}
    assert "a name is missing" in refused("Rank 1\nAnn=\n")


def test_columns_about_the_ballot_are_no_candidates_and_are_named():
    profile = read(b"Timestamp,Rank 1,Rank 2,Your district\n2024/01/01,Ann,Bo,North\n", "b.csv", ".csv")
    assert (profile.candidates, profile.notes) == (
        ("Ann", "Bo"),
        ("Not taken: the columns “Timestamp”, “Your district”.",),
    )
    profile = read(b"ballot_id,precinct,Ann,Bo\n1,2,1,2\n2,2,1,2\n", "b.csv", ".csv")
    assert (profile.candidates, profile.notes) == (("Ann", "Bo"), ("Not taken: the columns “ballot_id”, “precinct”.",))


@pytest.mark.parametrize("label", ["skipped ranking", "Skipped", "undervote", "UNDERVOTE", "under vote", ""])
def test_a_rank_that_was_left_out_elects_nobody(label):
    for kind in (".cvr", ".csv"):
        assert first(f"ID,Rank 1,Rank 2\n1,{label},Ann\n2,Bo,Ann\n", kind) == {"Ann": 1, "Bo": 1}


def test_a_ballot_ends_where_two_were_marked_at_one_rank():
    for kind in (".cvr", ".csv"):
        assert first("ID,Rank 1,Rank 2\n1,overvote,Ann\n2,Bo,Ann\n", kind) == {"Ann": 0, "Bo": 1}


def test_who_was_written_in_is_not_elected_together(tmp_path):
    cast = "ID,Rank 1,Rank 2\n1,Write-in,Ann\n2,Write-in,Bo\n3,Ann,Bo\n"
    with pytest.raises(CountError, match="“Write-in” stands for several people"):
        by_name(count(tmp_path, "irv", "b.cvr", cast))
    won = by_name(count(tmp_path, "irv", "c.cvr", cast + "4,Ann,\n5,Ann,\n"))
    assert won.name(won.winners[0]) == "Ann"


@pytest.mark.parametrize("word", ["Total", "TOTALS", "Sum", "Gesamt", "Grand total"])
def test_a_row_of_sums_is_nobody(word, tmp_path):
    with pytest.raises(ReadError, match="take this row out"):
        count(tmp_path, "dhondt", "v.csv", f"list,votes\nA,1200\nB,900\n{word},2100\n")
    assert "take it out" in refused(f"Precinct,Count,Rank 1\np,5,Ann\n{word},5,\n")
    assert "take this row out" in refused(f"Rank 1\nAnn\n{word}\n")


@pytest.mark.parametrize("row", ["Invalid,30", "Blank votes,3", "Votos nulos,2", "Registered voters,4000"])
def test_what_is_no_list_gets_no_seat(row, tmp_path):
    with pytest.raises(ReadError, match="is no list"):
        count(tmp_path, "dhondt", "v.csv", f"list,votes\nA,1200\nB,900\n{row}\n")


@pytest.mark.parametrize("votes", ['"1,200"', "1.200", "1 200", "1'200", "1,5e3"])
def test_a_first_row_of_votes_is_not_taken_for_headings(votes, tmp_path):
    with pytest.raises(ReadError, match=r"whole number|each row needs"):
        count(tmp_path, "dhondt", "v.csv", f"A,{votes}\nB,900\n")


def test_several_contests_are_told_apart():
    table = "ID,Mayor - Rank 1,Mayor - Rank 2,Board - Rank 1,Board - Rank 2\n1,Ann,Bo,Cy,Dee\n2,Ann,,Dee,Cy\n"
    assert "say which is to be counted: “board”, “mayor”" in refused(table, ".cvr")
    assert first(table, ".cvr", Told(contest="Board")) == {"Cy": 1, "Dee": 1}
    assert "there is no contest “Chair”" in refused(table, ".cvr", contest="Chair")


def test_clear_ballots_marks_are_ranks():
    heads = [
        f"Choice_{n}_1:Primary:{rank}:Vote For 1:{name}:D" for rank in (1, 2) for n, name in enumerate(["Ann", "Bo"])
    ]
    table = f"RowNumber,Status,{','.join(heads)}\n1,0,1,0,0,1\n2,0,1,1,0,1\n3,0,0,0,0,1\n"
    assert first(table, ".cvr") == {"Ann": 1, "Bo": 1}


def test_dominions_table_is_refused_by_its_name():
    table = "Election,5.2\n,,Mayor,Mayor\n,,Ann(1),Bo(1)\nCvrNumber,TabulatorNum,,\n1,2,1,0\n"
    assert "this is Dominion’s table" in refused(table, ".cvr")


@pytest.mark.parametrize("other", ["ann", "Ann ", "ANN", "A\ufb00"])
def test_names_that_differ_in_capitals_or_blanks_alone_are_refused(other):
    text = f"Rank 1\nAnn\n{other}\n" if other != "A\ufb00" else "Rank 1\nAff\nA\ufb00\n"
    if other.strip() == "Ann":
        assert first(text) == {"Ann": 2}
    else:
        assert "are hard to tell apart" in refused(text)


def test_where_it_was_said_who_stands_no_other_name_is_taken():
    assert first("Rank 1\nAnn\nBo\n", told=Told(stands=("Ann", "Bo", "Cy"))) == {"Ann": 1, "Bo": 1, "Cy": 0}
    assert "line 3: “Bob” is none of those who stand" in refused("Rank 1\nAnn\nBob\n", stands=("Ann", "Bo"))


def test_figures_without_headings_are_refused():
    assert "the first row should say who stands" in refused("1,2,3\n2,1,3\n3,2,1\n")


def test_utf_16_is_read_where_its_mark_stands_first():
    assert read("Rank 1\nZoë\n".encode("utf-16"), "b.csv", ".csv").candidates == ("Zoë",)


@pytest.mark.parametrize(("name", "data", "kind"), [
    ("B.BLT", b"", ".blt"), ("b.Csv", b"", ".csv"), ("ballots.txt", b'3 1\n1 2 0\n0\n"A"\n"B"\n"C"\n', ".blt"),
    ("b.txt", b"# FILE NAME: x\n# ALTERNATIVE NAME 1: A\n", ".toi"), ("b.txt", b"META\nkey;value\n", ".pb"),
    ("b.txt", b"hello", ".txt"), ("b.docx", b'3 1\n1 2 0\n0\n"A"\n', ".docx"),
])  # fmt: skip
def test_a_file_is_what_its_name_says_or_else_its_beginning(name, data, kind):
    assert kind_of(name, data) == kind


def test_a_kind_that_is_not_known_is_refused_with_those_that_are():
    assert "“.docx” are not known here; those that are: .blt, .soi" in refused("", ".docx")


@pytest.mark.parametrize(("cells", "winner", "high"), [
    ("5,3\n0,10\n", "B", 10), ("5,3\n0,1\n", "A", 5), ("90,80\n10,60\n", "B", 100), ("9,1\n", "A", 9),
])  # fmt: skip
def test_scores_go_as_far_as_they_usually_do(cells, winner, high):
    profile = read_scores(f"A,B\n{cells}".encode())
    assert (profile.high, profile.notes) == (high, (f"Scores go from 0 to {high}.",))
    found = RULES["score"].count(profile)
    assert found.name(found.winners[0]) == winner


def test_grades_in_words_are_those_of_a_known_scale():
    profile = read_scores(b"A,B\nVery good,Good\nGood,poor\n")
    found = RULES["majority-judgement"].count(profile)
    assert found.name(found.winners[0]) == "A"
    assert "lowest first: Reject, Poor" in profile.notes[0]
    with pytest.raises(ReadError, match="say in which order these grades stand"):
        read_scores(b"A,B\nSplendid,Good\n")
    with pytest.raises(ReadError, match="whole number, not “Good”"):
        read_scores(b"A,B\n5,Good\n")


@pytest.mark.parametrize("name", ["Votes", "Total", "Rank 1", "7", "id", "Skipped", "n", "Scores"])
def test_nobody_is_written_under_a_heading_that_is_read_as_something_else(name):
    with pytest.raises(CountError, match="cannot be the header"):
        write_table(profile_of([name, "Bo"], [(1, [0, 1])]))


def test_comments_without_end_are_given_up_at_once():
    assert kind_of("b.txt", b"/**/" * 20_000 + b'x "') == ".txt"
    assert kind_of("b.txt", b"/**/ # a\n/* b */ 2 1\n1 2 0\n0\n" + b'"A"') == ".blt"


@pytest.mark.parametrize("heading", ["S.No", "Ballot #", "Seq", "Member No", "overvote_rank", "Row No."])
def test_what_is_said_of_a_ballot_is_no_candidate(heading):
    assert read_scores(f"{heading},Ann,Bo\n1,4,0\n9,4,1\n".encode()).candidates == ("Ann", "Bo")


def test_a_heading_that_may_be_a_name_is_asked_about():
    with pytest.raises(ReadError, match="“n” may be a name, or said of the rows; say who stands"):
        read_scores(b"n,Ann,Bo\n1,4,0\n")
    assert read_scores(b"n,Ann\n1,4\n", told=Told(stands=("n", "Ann"))).candidates == ("n", "Ann")


@pytest.mark.parametrize("label", ["Totals:", "Total: 3", "Total votes cast", "Average", "Mean", "TOTAL (2 ballots)"])
def test_a_sum_is_no_ballot_however_it_is_called(label):
    with pytest.raises(ReadError, match=r"line 3: .* is a row of sums"):
        read_scores(f"Voter,Ann,Bo\na,5,0\n{label},5,9\n".encode())


@pytest.mark.parametrize("label", ["Total:", "Total votes cast", "Total (all)", "Spoilt papers", "Informal votes"])
def test_a_sum_is_no_list_however_it_is_called(tmp_path, label):
    with pytest.raises(ReadError, match=r"line 4: .* is no list"):
        count(tmp_path, "dhondt", "v.csv", f"Party,Votes\nGreens,300\nReds,200\n{label},501\n")


@pytest.mark.parametrize("kind", [".csv", ".cvr"])
@pytest.mark.parametrize("label", ["N/A", "-", "[blank]", "#N/A", "exhausted", "skippedRanking", "Undervote:"])
def test_a_label_is_no_candidate_however_it_is_written(label, kind):
    assert first(f"Rank 1,Rank 2\nAnn,{label}\nBo,Ann\n{label},Bo\n", kind) == {"Ann": 1, "Bo": 2}


@pytest.mark.parametrize("kind", [".csv", ".cvr"])
def test_a_ballot_that_is_called_spoiled_is_refused(kind):
    assert "“spoiled” is no candidate" in refused("Rank 1,Rank 2\nAnn,Bo\nspoiled,\n", kind)


def test_a_list_that_is_taken_for_headings_is_named(tmp_path):
    (tmp_path / "v.csv").write_text("Greens,n/a\nReds,200\nBlues,101\n")
    assert "“Greens”, “n/a”" in read_for(RULES["dhondt"], tmp_path / "v.csv").notes[0]


@pytest.mark.parametrize("heads", [
    "1 (best),2,3 (worst)", "Rank 1 (best),Rank 2,Rank 3 (worst)", "1st choice (best),2nd choice,3rd choice - worst",
    "1 - best,2,3 = worst", "Choice 1 [most preferred],Choice 2,Choice 3 [least preferred]", "1 (mejor),2,3 (peor)",
])  # fmt: skip
def test_best_and_worst_beside_a_rank_make_no_contest_and_no_candidate(heads):
    assert first(f"{heads}\nAnn,Bo,Cy\nBo,Ann,\n") == {"Ann": 1, "Bo": 1, "Cy": 0}


@pytest.mark.parametrize("heads", [
    "Choice 1,Choice 1 Party,Choice 2,Choice 2 Party", "Choice 1 Name,Choice 1 Party,Choice 2 Name,Choice 2 Party",
    "Mayor Choice 1,Mayor Choice 1 Party,Mayor Choice 2,Mayor Choice 2 Party",
])  # fmt: skip
def test_the_party_of_a_choice_is_no_contest_beside_the_choices(heads):
    table = f"{heads}\nAnn,Reds,Bo,Blues\nBo,Blues,,\n"
    assert first(table) == {"Ann": 1, "Bo": 1}
    assert "Party" in read(table.encode(), "b.csv", ".csv").notes[0]


def test_a_contest_for_a_district_is_one_of_several():
    assert "2 contests" in refused("Mayor - Rank 1,District - Rank 1\nAnn,Cy\n")


def test_headings_that_stand_in_the_ballots_again_are_no_ballot(tmp_path):
    assert "line 3: the headings stand here again" in refused("Rank 1,Rank 2\nAnn,Bo\nRank 1,Rank 2\nBo,Ann\n")
    with pytest.raises(ReadError, match="the headings stand here again"):
        read_scores(b"Ann,Bo\n5,3\nAnn,Bo\n")
