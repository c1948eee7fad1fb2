"""Quotas and people in files, and the command that draws up the lottery from them."""

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from frombelow.lots import LotsError, PoolError, check, read_pool
from tests import ready

COUNCIL = Path(__file__).parent / "council_24"  # made up: 70 people, 24 seats
CATEGORIES = "category,feature,min,max\nhouse,north,1,2\nhouse,south,1,2\n"
PEOPLE = "house\nnorth\nsouth\nsouth\n"


def read(folder, categories=CATEGORIES, people=PEOPLE, size=2):
    for name, text in (("categories.csv", categories), ("respondents.csv", people)):
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_pool(folder / "categories.csv", folder / "respondents.csv", size)


@pytest.mark.parametrize(
    ("categories", "people"),
    [
        ("\ufeff" + CATEGORIES, "\ufeff" + PEOPLE),
        (CATEGORIES.replace(",", " , "), PEOPLE.replace("north", " north ")),
        (CATEGORIES.replace("\n", "\r\n"), PEOPLE.replace("\n", "\r\n") + "\r\n"),
        (CATEGORIES.replace("feature", "name"), PEOPLE),
        (CATEGORIES.replace("\n", ",\n"), "id,house\n1,north\n2,south\n3,south\n"),
        (CATEGORIES.replace("category", "Category"), PEOPLE),
    ],
)
def test_files_are_read_as_programs_write_them(tmp_path, categories, people):
    pool = read(tmp_path, categories, people)
    assert pool.people == [(0,), (1,), (1,)]
    assert [(quota.feature, quota.least, quota.most) for quota in pool.quotas] == [("north", 1, 2), ("south", 1, 2)]


@pytest.mark.parametrize(
    ("categories", "people", "says"),
    [
        (CATEGORIES, "house\nnorth\nsuoth\n", r"respondents\.csv, line 3: “suoth” is no feature of house: there are"),
        (CATEGORIES, "house,age\nnorth,1\n,2\n", "line 3: nothing stands under house"),
        (CATEGORIES, "home\nnorth\nsouth\n", "no column “house”"),
        (CATEGORIES, "house,house\nnorth,south\n", "the column “house” stands there twice"),
        (CATEGORIES, "house\nnorth,south\n", "line 2: it has 2 cells"),
        (CATEGORIES, "house\n", "it names nobody"),
        (CATEGORIES, "", "it is empty"),
        (CATEGORIES, b"house\nn\xe9\n", "not written in UTF-8"),
        (CATEGORIES, 'house\n"north\n', "no CSV file"),
        ("category,feature,min\nhouse,north,1\n", PEOPLE, "no column “max”"),
        (CATEGORIES + "house,south,1,2\n", PEOPLE, "house, south stands there twice"),
        (CATEGORIES.replace("north,1,2", "north,3,2"), PEOPLE, "line 2: at least 3 and at most 2 cannot both be"),
        (CATEGORIES.replace("north,1,2", "north,one,2"), PEOPLE, "“one” is no whole number for min"),
        (CATEGORIES.replace("north,1,2", "north,-1,2"), PEOPLE, "“-1” is no whole number for min"),
        (CATEGORIES.replace("north,1,2", "north,1,2.0"), PEOPLE, "“2.0” is no whole number for max"),
        (CATEGORIES.replace("north,1,2", "north,1,99999999"), PEOPLE, "no whole number for max"),
        (CATEGORIES.replace("house,north", ",north"), PEOPLE, "have to be named"),
        ("category,feature,min,max\n", PEOPLE, "it names no quota"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(tmp_path, categories, people, says):
    with pytest.raises(PoolError, match=says):
        read(tmp_path, categories, people)


def test_a_panel_larger_than_the_pool_is_refused(tmp_path):
    with pytest.raises(LotsError, match="A panel of 4 cannot be drawn from 3 people"):
        read(tmp_path, size=4)


def lots(folder, *arguments):
    return ready.run("-m", "frombelow", "lots", "solve", *arguments, env={"COLUMNS": "200"}, cwd=folder)


@pytest.mark.parametrize("panels", [(), ("--panels", 1000)])
def test_the_command_prints_panels_probabilities_and_a_certificate_that_a_checker_without_a_solver_takes(
    panels, tmp_path
):
    done = lots(tmp_path, COUNCIL, "--json", *panels)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    pool = read_pool(COUNCIL / "categories.csv", COUNCIL / "respondents.csv", 24)
    assert (told["instance"], told["k"]) == ("council_24", 24)
    assert told["min"] == pytest.approx(0.05, abs=0.001 if panels else 1e-6)
    assert told["gini"] == pytest.approx(0.5146, abs=0.002 if panels else 1e-4)
    assert sum(told["probabilities"]) == pytest.approx(1)
    chances = [Fraction(0)] * 70
    for panel, share in zip(told["panels"], told["probabilities"], strict=True):
        assert pool.keeps(panel)
        for person in panel:
            chances[person] += Fraction(share)
    if panels:
        assert len(told["panels"]) == 1000
    else:
        assert check(pool, chances, told["certificate"]) == 0


def test_the_command_says_in_words_what_it_found(tmp_path):
    done = lots(tmp_path, COUNCIL)
    assert "council_24: 24 of 70." in done.stdout
    assert "the least 5.0000%" in done.stdout
    quotas = [line for line in done.stdout.splitlines() if line.endswith("on average.")]
    assert len(quotas) == len((COUNCIL / "categories.csv").read_text().splitlines()) - 1
    assert quotas[0].startswith("c0, v0: 11 to 13 of the ")


def test_of_each_home_one_sits_at_most(tmp_path):
    people = "house,home\nnorth,a\nsouth,A \nsouth,\nnorth,\n"
    read(tmp_path, CATEGORIES, people)
    told = json.loads(lots(tmp_path, ".", "--size", 2, "--household", "home", "--json").stdout)
    assert told["panels"] == [[0, 2], [1, 3]]
    assert "no column “flat”" in lots(tmp_path, ".", "--size", 2, "--household", "flat").stderr


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("council", (), "How many sit on the panel?"),
        ("council_24", ("--panels", "0"), "1 to 100,000 panels"),
        ("council_24", ("--size", "71"), "A panel of 71 cannot be drawn from 70 people."),
        ("council_24", ("--size", "5"), "The smallest way out"),
    ],
)
def test_what_the_command_cannot_do_is_one_sentence_and_exit_2(tmp_path, name, arguments, says):
    shutil.copytree(COUNCIL, tmp_path / name)
    done = lots(tmp_path, tmp_path / name, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
