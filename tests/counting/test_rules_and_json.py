import doctest
import json
import subprocess
import sys

import pytest

from frombelow.counting import RULES, CountError, count, profile_of, rule_named
from frombelow.counting.seats.lists import lists_of
from frombelow.counting.stv import irv

from .cast import ANN, ballots


def test_every_rule_has_a_line_a_source_and_counts():
    for name, rule in RULES.items():
        assert rule.line
        assert rule.source
        assert rule.reads != "rankings" or name in RULES
    for name in ("scottish", "wigm", "exact", "meek", "meek-nz", "warren", "hare-clark", "cambridge", "ers97", "irv"):
        assert count(name, ballots("5 Ann\n3 Bo\n1 Cy Bo"), 1).winners == (ANN,)


def test_an_unknown_rule_and_an_unknown_option_are_refused():
    with pytest.raises(CountError, match="There is no rule “borda2”"):
        rule_named("borda2")
    with pytest.raises(CountError, match="takes no option “colour”"):
        count("irv", ballots("5 Ann\n3 Bo"), 1, colour="red")


@pytest.mark.parametrize("name", sorted(RULES))
def test_ballots_of_another_family_are_refused_in_words(name):
    ranked, lists = ballots("5 Ann\n3 Bo"), lists_of({"A": 5})
    other = lists if RULES[name].reads != "lists" else ranked
    with pytest.raises(CountError, match=f"The rule “{name}” counts {RULES[name].reads}, not {other.holds[0]}"):
        count(name, other, 1)
    with pytest.raises(CountError, match="not dict"):
        count(name, {}, 1)


@pytest.mark.parametrize("name", sorted(name for name, rule in RULES.items() if rule.reads == "rankings"))
@pytest.mark.parametrize(("candidates", "seats", "words"), [(65_000, 1, "65,000 candidates"), (3, 10**9, "1000000000")])
def test_a_count_that_would_never_end_is_refused(name, candidates, seats, words):
    profile = profile_of([f"C{each}" for each in range(candidates)], [(3, [0, 1]), (2, [1])])
    with pytest.raises(CountError, match=words):
        count(name, profile, seats, seed="s", **({"default": "C0"} if name == "debian" else {}))


@pytest.mark.parametrize("name", sorted(name for name, rule in RULES.items() if rule.reads == "lists"))
def test_more_seats_than_can_be_given_out_one_by_one_are_refused(name):
    with pytest.raises(CountError, match="1,000,000,000 seats for 2 lists are too many"):
        count(name, lists_of({"A": 5, "B": 3}), 10**9)


def test_json_holds_exact_numbers_as_the_schema_says():
    counted = count("scottish", ballots("30 Ann Bo\n30 Ann Cy\n20 Bo\n21 Cy\n19 Di"), 2)
    read = json.loads(counted.to_json())
    assert (read["schema"], read["version"], read["rule"], read["seats"]) == ("frombelow.count", 1, "scottish", 2)
    assert read["rounds"][1]["votes"] == ["41.00000", "29.49980", "30.49980", "19.00000"]
    assert read["rounds"][1]["lost"] == "0.00040"
    assert read["rounds"][1]["transfers"] == [
        {"from": 0, "to": 1, "votes": "9.49980"},
        {"from": 0, "to": 2, "votes": "9.49980"},
    ]
    assert read["rounds"][0]["reasons"][1] == {
        "message": "elected-quota",
        "facts": {"who": 0, "votes": "60.00000", "quota": "41.00000"},
    }
    assert counted.stages()[1] == read["rounds"][1]["votes"]


def test_fractions_are_written_as_fractions():
    counted = count("exact", ballots("30 Ann Bo\n30 Ann Cy\n20 Bo\n21 Cy"), 2)
    assert json.loads(counted.to_json())["rounds"][1]["votes"][:2] == ["101/3", "199/6"]


def test_the_package_and_the_thresholds_do_not_load_numpy():
    code = "import sys, frombelow.counting, frombelow.counting.thresholds; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(irv).failed == 0
