"""No vote is for anybody but whom the file and whoever counts mean: names, numbers and figures that may be two things."""

import pytest

from frombelow.counting import ReadError
from frombelow.counting.reading.by_rule import read_for
from frombelow.counting.reading.told import NOTHING, Told
from frombelow.counting.rules import RULES

BLT = '3 1\n2 1 3 0\n1 2 3 0\n0\n"Ann"\n"Bo"\n"Cy"\n'
SOI = "# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: Bo\n2: 1,2\n1: 2\n"
PB = (
    "META\nkey;value\nvote_type;approval\nbudget;100\n{more}PROJECTS\nproject_id;cost;name\n1;{cost};Roof\n"
    "VOTES\nvoter_id;vote\na;1\n"
)


def refused(tmp_path, name, text, told=NOTHING, rule="irv"):
    (tmp_path / name).write_text(text)
    with pytest.raises(ReadError) as caught:
        read_for(RULES[rule], tmp_path / name, told)
    return str(caught.value)


@pytest.mark.parametrize(("name", "text"), [("b.blt", BLT), ("b.soi", SOI)])
def test_no_other_name_counts_than_those_that_stand(tmp_path, name, text):
    assert "“Ann” is none of those who stand" in refused(tmp_path, name, text, Told(stands=("Bo", "Cy")))


@pytest.mark.parametrize(("name", "text"), [("b.blt", BLT), ("b.soi", SOI), ("b.csv", "Ann,Bo\n1,2\n")])
def test_a_contest_that_is_not_there_is_not_counted(tmp_path, name, text):
    assert "there is no contest “Treasurer”" in refused(tmp_path, name, text, Told(contest="Treasurer"))


@pytest.mark.parametrize("rule", ["irv", "score"])
@pytest.mark.parametrize("said", ["Anne", "ann", "Ann "])
def test_whoever_was_said_to_stand_and_is_in_no_column_is_named(tmp_path, said, rule):
    told = refused(tmp_path, "b.csv", "count,Ann,Bo\n9,1,2\n4,2,1\n", Told(stands=(said, "Bo")), rule)
    assert f"“{said}” was said to stand" in told


def test_whoever_stands_in_a_file_of_all_who_stand_is_named(tmp_path):
    assert "“Di” was said to stand" in refused(tmp_path, "b.blt", BLT, Told(stands=("Ann", "Bo", "Cy", "Di")))


@pytest.mark.parametrize("other", ["Ann\u200b", "\u0410nn", "Ann\u00ad", "ANN"])
def test_no_two_who_stand_look_alike(tmp_path, other):
    refused(tmp_path, "b.csv", f"Rank 1\nAnn\n{other}\nBo\n")
    refused(tmp_path, "b.blt", f'2 1\n2 1 0\n3 2 0\n0\n"Ann"\n"{other}"\n')


@pytest.mark.parametrize("names", ['" "\n"Bo"', '"José"\n"Jose\u0301"', '"Ann Lee"\n"Ann  Lee"', '"O\'Neil"\n"O’Neil"'])
def test_names_in_a_file_without_surprises_are_looked_at_as_in_any(tmp_path, names):
    refused(tmp_path, "b.blt", f"2 1\n2 1 2 0\n1 2 0\n0\n{names}\n")


def test_a_1_behind_the_number_of_each_ballot_is_asked_about_where_it_may_be_a_choice(tmp_path):
    names = '0\n"Ann"\n"Bo"\n"Cy"\n'
    assert "its weight or its first choice" in refused(tmp_path, "b.blt", f"3 1\n(a) 1 2 0\n(b) 1 3 0\n{names}")


def test_a_nickname_is_no_figure(tmp_path):
    assert "the nickname “2”" in refused(tmp_path, "b.blt", '2 1\n[nick 2 1]\n2 1 2 0\n0\n"Ann"\n"Bo"\n')


def test_a_number_names_one_alternative(tmp_path):
    text = SOI.replace("2: 1,2", "# ALTERNATIVE NAME 1: Mallory\n2: 1,2")
    assert "line 3: alternative 1 is named twice" in refused(tmp_path, "b.soi", text)


def test_a_cost_of_ten_thousand_is_not_read_as_ten(tmp_path):
    assert "without a comma" in refused(tmp_path, "p.pb", PB.format(cost="10,000", more=""), rule="budget-greedy")


def test_a_budget_is_said_once(tmp_path):
    text = PB.format(cost="90", more="budget;1000\n")
    assert "META says the budget on line 4 already" in refused(tmp_path, "p.pb", text, rule="budget-greedy")
