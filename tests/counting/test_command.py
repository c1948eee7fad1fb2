"""``frombelow count``: many files, one answer each; or a sentence with file and line, and nothing."""

import json

import pytest
from typer.testing import CliRunner

from frombelow.cli import app
from frombelow.counting import RULES

from .cast import OFFICIAL

SMALL = '4 2\n5 1 2 0\n2 2 1 0\n4 3 4 0\n1 4 0\n0\n"Ann"\n"Bo"\n"Cy"\n"Di"\n"Committee"\n'


def count(*arguments):
    return CliRunner().invoke(app, ["count", *map(str, arguments)])


@pytest.fixture
def small(tmp_path):
    (tmp_path / "small.blt").write_text(SMALL)
    return tmp_path / "small.blt"


def test_each_file_gets_a_line_of_json_in_order(small, tmp_path):
    (tmp_path / "again.blt").write_text(SMALL)
    lines = [
        json.loads(line) for line in count("scottish", small, tmp_path / "again.blt", "--json").stdout.splitlines()
    ]
    assert [line["file"] for line in lines] == [str(small), str(tmp_path / "again.blt")]
    assert list(lines[0]) == ["file", "rule", "seats", "candidates", "winners", "stages", "ties"]
    assert (lines[0]["rule"], lines[0]["seats"], lines[0]["candidates"][:2]) == ("scottish", 2, ["Ann", "Bo"])
    assert lines[0]["stages"][0] == ["5.00000", "2.00000", "4.00000", "1.00000"]
    assert {lines[0]["candidates"][each] for each in lines[0]["winners"]} == {"Ann", "Cy"}


@pytest.mark.parametrize("rule", [name for name, rule in RULES.items() if rule.reads in ("rankings", "approvals")])
def test_every_rule_on_rankings_counts_the_same_file(small, rule):
    seats = (
        1 if "seat" in count(rule, small, "--seed", "s").output and count(rule, small, "--seed", "s").exit_code else 2
    )
    done = count(rule, small, "--seats", seats, "--seed", "s", "--json")
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["winners"]) == seats


def test_lists_scores_budgets_and_questions_have_their_files(tmp_path):
    for rule, name, text, winners in (
        ("dhondt", "lists.csv", "list,votes\nA,100\nB,40\n", 3),
        ("star", "scores.csv", "count,Ann,Bo\n3,5,2\n1,0,4\n", 1),
        ("yes-no", "question.csv", "yes,no,abstain,eligible\n142,70,28,400\n", 1),
    ):
        (tmp_path / name).write_text(text)
        arguments = ["--seats", 3] if rule == "dhondt" else []
        done = count(rule, tmp_path / name, *arguments, "--json")
        assert done.exit_code == 0, done.output
        assert len(json.loads(done.stdout)["winners"]) == winners


def test_lists_and_projects_are_explained_in_their_own_words(tmp_path):
    (tmp_path / "lists.csv").write_text("list,votes\nA,100\nB,40\nC,0\n")
    said = count("dhondt", tmp_path / "lists.csv", "--seats", 5).stdout
    assert "A has 4 of 5 seats with 100 votes." in said
    assert "C has 0 of 5 seats with 0 votes." in said
    (tmp_path / "budget.pb").write_text(
        "META\nkey;value\nnum_projects;3\nnum_votes;4\nbudget;100\nvote_type;approval\nPROJECTS\n"
        "project_id;cost;name\n1;60;Park\n2;50;Pool\n3;40;Path\nVOTES\nvoter_id;vote\na;1,2\nb;1\nc;3\nd;3,2\n"
    )
    said = count("budget-greedy", tmp_path / "budget.pb", "--seed", "x").stdout
    assert "seat" not in said
    assert "Park costs 60, but only 10 are left: it is passed over." in said


def test_the_reports_are_written(small, tmp_path):
    done = count("scottish", small, "--html", tmp_path / "a.html", "--svg", tmp_path / "a.svg")
    assert "Ann" in done.stdout
    assert (tmp_path / "a.html").read_text().startswith("<section")
    assert "<svg" in (tmp_path / "a.svg").read_text()


def test_the_rules_are_named_with_their_sources():
    lines = count("--list").stdout.splitlines()
    assert len(lines) == len(RULES) >= 30
    assert all(line.endswith(")") for line in lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SMALL[:30], "small.blt"),
        (SMALL.replace("5 1 2 0", "5 1 9 0"), "line 2"),
        (SMALL.replace("5 1 2 0", "5 1 1 0"), "line 2"),
        (SMALL.replace("5 1 2 0", "-5 1 2 0"), "line 2"),
        (SMALL.replace("4 2", "4 9", 1), "small.blt"),
        ("", "small.blt"),
    ],
    ids=["cut", "out of range", "ranked twice", "negative", "too many seats", "empty"],
)
def test_a_file_that_cannot_be_counted_ends_everything_with_two(small, tmp_path, text, words):
    (tmp_path / "good.blt").write_text(SMALL)
    small.write_text(text)
    done = count("scottish", tmp_path / "good.blt", small, "--json")
    assert done.exit_code == 2
    assert words in done.output
    assert "winners" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["empire", "x.blt"], "There is no rule “empire”"),
        (["scottish"], "Name a rule and at least one file"),
        (["scottish", "/nowhere/x.blt"], "cannot be read"),
    ],
)
def test_what_is_missing_is_said(arguments, words):
    done = count(*arguments)
    assert done.exit_code == 2
    assert words in done.output


@pytest.mark.may_skip
@pytest.mark.skipif(not (OFFICIAL / "elections.zip").exists(), reason=f"no official elections in {OFFICIAL}")
def test_official_winners_come_out_of_the_command(tmp_path):
    import gzip
    from zipfile import ZipFile

    expected = json.loads(gzip.decompress((OFFICIAL / "expected.json.gz").read_bytes()))
    known = [name for name, facts in expected.items() if facts["winners"]][:40]
    with ZipFile(OFFICIAL / "elections.zip") as archive:
        archive.extractall(tmp_path, [f"blt/{name}.blt" for name in known])
    files = [tmp_path / "blt" / f"{name}.blt" for name in known]
    lines = [json.loads(line) for line in count("scottish", *files, "--json").stdout.splitlines()]
    for name, line in zip(known, lines, strict=True):
        assert set(line["winners"]) == set(expected[name]["winners"]), name
