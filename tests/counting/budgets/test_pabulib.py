"""Reading .pb files: all four kinds of votes, real files where they are there, and bad ones."""

import os
from fractions import Fraction
from pathlib import Path

import pytest

from frombelow.counting import ReadError
from frombelow.counting.budgets.equal_shares import equal_shares
from frombelow.counting.budgets.greedy import greedy
from frombelow.counting.reading.pabulib import read_pabulib

REAL = Path(os.environ.get("FROMBELOW_LOTS_DATA") or Path(__file__).parents[4] / "shared/data/lots") / "pb"

TOWN = """META
key;value
description;Our street
num_projects;3
num_votes;4
budget;100,50
vote_type;approval
PROJECTS
project_id;cost;name
7;40.25;"A ""green"" wall; with ivy"
x1;60;Lamps 💡
9;10;
VOTES
voter_id;vote;age
1;7,x1;30
2;7;
3;;44
4;"x1, 9";20
"""


def cast(vote_type, votes, header="voter_id;vote;points"):
    lines = ["META", "key;value", "budget;10", f"vote_type;{vote_type}", "PROJECTS", "project_id;cost"]
    return "\n".join([*lines, "a;5", "b;6", "c;1", "VOTES", header, *votes, ""]).encode()


def test_a_file_with_quotes_cents_and_blank_ballots():
    town = read_pabulib(TOWN.encode())
    assert town.candidates == ('A "green" wall; with ivy', "Lamps 💡", "9")
    assert town.ids == ("7", "x1", "9")
    assert town.costs == (Fraction("40.25"), 60, 10)
    assert (town.budget, town.title, town.ballots, town.valid) == (Fraction("100.5"), "Our street", 4, 3)
    assert town.support == [2, 2, 1]
    assert greedy(town, ties=["ask"], lots=[0]).details["chosen"] == ["7", "x1"]


def test_the_other_kinds_of_votes():
    ordinal = read_pabulib(cast("ordinal", ["1;b,a;", "2;c;3"]))
    assert ordinal.cast == (((1, 0), None), ((2,), (3,)))
    assert ordinal.support == [1, 1, 1]
    cumulative = read_pabulib(cast("cumulative", ["1;a,b;7,3", "2;c;10"]))
    assert cumulative.cast[0] == ((0, 1), (7, 3))
    scoring = read_pabulib(cast("scoring", ["1;a,b,c;2,-1,0", "2;c;0.5"]))
    assert scoring.support == [1, 0, 1]  # what has more than 0 points is approved
    assert scoring.cast[1] == ((2,), (Fraction(1, 2),))


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (TOWN.replace("META\n", "", 1), 1, "begins with META"),
        (TOWN[: TOWN.index("VOTES")], None, "no section VOTES"),
        (TOWN[: TOWN.index('4;"x1')], 5, "4 votes, but there are 3"),
        (TOWN.replace('4;"x1, 9"', "4;x1,8"), 18, "no project “8”"),
        (TOWN.replace('4;"x1, 9"', "4;x1,x1"), 18, "named twice"),
        (TOWN.replace('4;"x1, 9"', "2;x1"), 18, "voter “2” has voted on line 16 already"),
        (TOWN.replace('4;"x1, 9";20', "4"), 18, "may have been cut here"),
        (TOWN.replace("x1;60", "7;60"), 11, "stands on line 10 already"),
        (TOWN.replace("x1;60", "x1;-60"), 11, "cannot be below 0"),
        (TOWN.replace("x1;60", "x1;60k"), 11, "should be a number, not “60k”"),
        (TOWN.replace("100,50", "much"), 6, "the budget should be a number"),
        (TOWN.replace("budget;100,50\n", ""), None, "does not say the budget"),
        (TOWN.replace("approval", "shouting"), 7, "vote_type is “shouting”"),
        (TOWN.replace("num_projects;3", "num_projects;x"), 4, "whole number"),
        (TOWN.replace("1;7,x1;30", "1;7,x1;30;5"), 15, "this row has 4 fields"),
        (TOWN.replace("PROJECTS", "META"), 8, "for the second time"),
        (TOWN.replace('"A ""green"" wall; with ivy"', '"A green'), 10, "cannot be read"),
        (cast("scoring", ["1;a,b;3"]).decode(), 12, "names 2 projects, but has points for 1"),
        (cast("approval", ["1;;"]).decode(), None, "no valid ballot"),
        ("x" * 200_000, 1, "begins with META"),
        ("", None, "no section META"),
    ],
)
def test_a_bad_file_is_a_sentence_with_file_and_line(data, line, why):
    with pytest.raises(ReadError) as refused:
        read_pabulib(data.encode(), "town.pb")
    assert str(refused.value).startswith("town.pb" if line is None else f"town.pb, line {line}: ")
    assert why in str(refused.value)
    assert len(str(refused.value)) < 200


def test_bytes_that_are_not_text():
    with pytest.raises(ReadError, match=r"town\.pb, line 2: this is not UTF-8"):
        read_pabulib(b"META\n\xff\xfe", "town.pb")


@pytest.mark.may_skip
@pytest.mark.skipif(not REAL.exists(), reason="the Pabulib files are not here")
def test_real_files():
    expected = {
        "France_Toulouse_2022": (199, 4_532),
        "Poland_Krakow_2022_Zwierzyniec": (13, 1_060),
        "Poland_Lodz_2024_Lagiewniki": (9, 1_460),
    }
    for name, (projects, ballots) in expected.items():
        town = read_pabulib((REAL / f"{name}.pb").read_bytes())
        assert (len(town.ids), town.ballots) == (projects, ballots)
        count = equal_shares(town, completion="none", seed="s")
        assert Fraction(count.details["spent"]) <= town.budget
    lodz = equal_shares(town, completion="none", seed="s")
    assert lodz.winners
    assert lodz.details["rest"] == str(town.budget - Fraction(lodz.details["spent"]))
