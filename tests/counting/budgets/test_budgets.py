"""Budgets counted by hand, and what must hold whatever the votes are."""

from fractions import Fraction
from random import Random

import pytest

from frombelow.counting import CountError, LotNeeded
from frombelow.counting.budgets import budget_of
from frombelow.counting.budgets.equal_shares import equal_shares
from frombelow.counting.budgets.greedy import greedy
from frombelow.counting.budgets.phragmen import phragmen

# Ten voters, 100 to spend, 10 each: six want the park and the pool, four the library.
PROJECTS = [("Park", 50), ("Pool", 50), ("Library", 40), ("Bench", 10)]
BALLOTS = [(6, [0, 1]), (4, [2, 3])]
TOWN = budget_of(PROJECTS, 100, BALLOTS)
RULES = [equal_shares, greedy, phragmen]


def chosen(count):
    return sorted(count.details["chosen"])


def test_greedy_takes_most_votes_first():
    count = greedy(TOWN, seed="s")
    assert chosen(count) == ["Park", "Pool"]
    assert count.details["rest"] == "0"
    assert count.sentences(len(count.rounds) - 1)[0] == "Library costs 40, but only 0 are left: it is passed over."


def test_equal_shares_gives_the_minority_its_part():
    count = equal_shares(TOWN, completion="none", seed="s")
    assert "Library" in chosen(count)
    assert len({"Park", "Pool"} & set(chosen(count))) == 1
    first = count.rounds[0]
    assert first.votes == (6, 6, 4, 4)  # effective votes where everybody can pay
    assert "each supporter pays at most 8.33" in count.sentences(0)[0]


def test_utilities_differ():
    town = budget_of([("Hall", 60), ("Tree", 6)], 60, [(2, [0]), (1, [0, 1])])
    assert chosen(equal_shares(town, completion="none")) == ["Hall"]
    assert chosen(equal_shares(town, utility="cardinality", completion="none")) == ["Tree"]
    assert chosen(greedy(town)) == ["Hall"]
    assert chosen(greedy(town, utility="cardinality")) == ["Tree"]


def test_add1_uses_what_would_be_left():
    town = budget_of([("A", 10), ("B", 10)], 20, [(3, [0]), (1, [1])])
    assert chosen(equal_shares(town, completion="none")) == ["A"]
    count = equal_shares(town, completion="add1")
    assert chosen(count) == ["A", "B"]
    assert (count.details["first_purse"], count.details["purse"]) == ("5", "10")
    assert count.sentences(0) == ["With 10 for each voter, instead of 5, the budget is used as far as can be."]
    for completion in ("greedy", "phragmen", "add1-greedy"):
        assert chosen(equal_shares(town, completion=completion)) == ["A", "B"]


def test_phragmen_buys_what_is_earned_first_and_stops():
    count = phragmen(TOWN, seed="s")
    assert count.name(count.rounds[0].elected[0]) == "Bench"  # 10 / 4 comes before 50 / 6
    assert any("the count ends" in each for each in count.sentences(len(count.rounds) - 1))


def test_what_costs_nothing_is_chosen_if_anybody_wants_it():
    town = budget_of([("Name", 0), ("Unwanted", 0), ("Lamp", 5)], 5, [(1, [0, 2])])
    for rule in RULES:
        assert chosen(rule(town)) == ["Lamp", "Name"]


def test_amounts_may_have_cents():
    town = budget_of([("A", Fraction("33.34")), ("B", Fraction("66.66"))], 100, [(1, [0]), (2, [1])])
    for rule in RULES:
        assert chosen(rule(town)) == ["A", "B"]
    assert greedy(town).details["spent"] == "100"


@pytest.mark.parametrize(
    "options",
    [{}, {"completion": "none"}, {"completion": "greedy"}, {"completion": "add1-greedy"}, {"completion": "phragmen"}],
)
def test_nothing_is_overspent_and_order_changes_only_names(options):
    random = Random(str(options))
    for _ in range(60):
        size = random.randint(1, 6)
        projects = [(chr(97 + each), random.randint(0, 12)) for each in range(size)]
        ballots = [(random.randint(1, 3), [each for each in range(size) if random.random() < 0.5]) for _ in range(6)]
        ballots.append((1, [0]))
        budget = random.randint(1, 25)
        order = random.sample(range(size), size)
        place = {each: at for at, each in enumerate(order)}
        turned = [(weight, [place[each] for each in approved]) for weight, approved in reversed(ballots)]
        for rule in [equal_shares] if options else RULES:
            for utility in ["cost", "cardinality"]:
                more = options if rule is phragmen else {**options, "utility": utility}
                count = rule(budget_of(projects, budget, ballots), seed="s", **more)
                costs = dict(projects)
                assert sum(costs[each] for each in chosen(count)) <= budget
                other = rule(budget_of([projects[each] for each in order], budget, turned), seed="s", **more)
                assert chosen(other) == chosen(count)


def test_ties_ask_then_stand_in_the_count():
    town = budget_of([("A", 10), ("B", 10)], 10, [(1, [0, 1])])
    for rule in RULES:
        with pytest.raises(LotNeeded) as needed:
            rule(town)
        assert needed.value.names == ("A", "B")
        count = rule(town, lots=[1])
        assert chosen(count) == ["B"]
        assert (1, "lot") in [(tie.chosen, tie.how) for tie in count.ties]


def test_what_cannot_be_is_a_sentence():
    with pytest.raises(CountError, match="A budget has no seats"):
        greedy(TOWN, 3)
    with pytest.raises(CountError, match="no utility called 'joy'"):
        greedy(TOWN, utility="joy")
    with pytest.raises(CountError, match="no completion called 'more'"):
        equal_shares(TOWN, completion="more")
    with pytest.raises(CountError, match="step must be above 0"):
        equal_shares(TOWN, step=0)
    with pytest.raises(CountError, match="can be below 0"):
        budget_of([("A", -1)], 10, [])
    with pytest.raises(CountError, match="no valid ballot"):
        greedy(budget_of([("A", 1)], 10, [(1, [])]))


def test_the_reports_can_tell_it():
    from frombelow.counting import as_text

    for rule in RULES:
        assert "Park" in as_text(rule(TOWN, seed="s"))
