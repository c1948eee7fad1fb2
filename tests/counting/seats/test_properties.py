"""What must hold whatever the votes are."""

from random import Random

import pytest

from frombelow.counting import CountError, LotNeeded
from frombelow.counting.seats import Lists, lists_of
from frombelow.counting.seats.divisors import dhondt, huntington_hill, sainte_lague
from frombelow.counting.seats.hamilton import exact_shares, hamilton

DIVISORS = [dhondt, sainte_lague, huntington_hill]
RULES = [*DIVISORS, hamilton]


def seats(count):
    return list(count.details["seats"].values())


def drawn(random: Random, most: int = 40) -> tuple[Lists, int]:
    votes = [random.randint(1, most) for _ in range(random.randint(1, 6))]
    return lists_of({chr(97 + at): each for at, each in enumerate(votes)}), random.randint(1, 15)


@pytest.mark.parametrize("rule", DIVISORS)
def test_one_seat_more_takes_none_away(rule):
    random = Random(1)
    for _ in range(200):
        lists, number = drawn(random)
        for each in range(1, number):
            fewer, more = (
                rule(lists, each, ties=["forward", "seed"], seed="s"),
                rule(lists, each + 1, ties=["forward", "seed"], seed="s"),
            )
            if not fewer.ties and not more.ties:
                assert all(one <= two for one, two in zip(seats(fewer), seats(more), strict=True))


def test_hamilton_keeps_to_the_quota():
    random = Random(2)
    for _ in range(500):
        lists, number = drawn(random)
        for votes, have in zip(lists.votes, seats(hamilton(lists, number, seed="s")), strict=True):
            assert votes * number // lists.valid <= have <= -(-votes * number // lists.valid)


def test_dhondt_never_gives_less_than_the_whole_part():
    random = Random(3)
    for _ in range(300):
        lists, number = drawn(random)
        for votes, have in zip(lists.votes, seats(dhondt(lists, number, seed="s")), strict=True):
            assert have >= votes * number // lists.valid


@pytest.mark.parametrize("rule", RULES)
def test_bounds_hold_and_all_seats_are_given(rule):
    random = Random(4)
    for _ in range(300):
        lists, number = drawn(random)
        least = [random.randint(0, 2) for _ in lists.votes]
        most = [each + random.randint(0, 6) for each in least]
        if not sum(least) <= number <= sum(most):
            with pytest.raises(CountError):
                rule(lists, number, minimums=least, caps=most, seed="s")
            continue
        count = rule(lists, number, minimums=least, caps=most, seed="s")
        found = seats(count)
        assert sum(found) == number == len(count.winners)
        assert all(low <= each <= high for low, each, high in zip(least, found, most, strict=True))
        assert found == [count.winners.count(each) for each in range(len(found))]


@pytest.mark.parametrize("rule", DIVISORS)
def test_bounds_that_bind_nobody_change_nothing(rule):
    random = Random(5)
    for _ in range(200):
        lists, number = drawn(random, 10_000)
        plain = seats(rule(lists, number, seed="s"))
        loose = rule(
            lists, number, minimums=[min(each, 1) for each in plain], caps=[each + 1 for each in plain], seed="s"
        )
        assert seats(loose) == plain


@pytest.mark.parametrize("rule", RULES)
def test_the_order_of_the_lists_changes_only_names(rule):
    random = Random(6)
    for _ in range(200):
        lists, number = drawn(random, 6)
        pairs = list(zip(lists.candidates, lists.votes, strict=True))
        first = rule(lists, number, seed="s").details["seats"]
        random.shuffle(pairs)
        assert rule(lists_of(dict(pairs)), number, seed="s").details["seats"] == first


def test_exact_shares_are_in_proportion_between_the_bounds():
    random = Random(7)
    for _ in range(200):
        lists, number = drawn(random)
        least = [random.randint(0, 2) for _ in lists.votes]
        most = [each + random.randint(0, 6) for each in least]
        if sum(least) <= number <= sum(most):
            shares = exact_shares(lists.votes, number, least, most)
            assert sum(shares) == number
            free = {
                share / votes
                for share, votes, low, high in zip(shares, lists.votes, least, most, strict=True)
                if low < share < high
            }
            assert len(free) <= 1


@pytest.mark.parametrize("rule", RULES)
def test_a_real_tie_asks_for_a_lot_and_stands_in_the_count(rule):
    lists = lists_of({"North": 10, "South": 10, "West": 10})
    with pytest.raises(LotNeeded) as needed:
        rule(lists, 4)
    assert needed.value.names == ("North", "South", "West")
    count = rule(lists, 4, lots=[2])
    assert seats(count) == [1, 1, 2]
    assert [(tie.candidates, tie.chosen, tie.how) for tie in count.ties] == [((0, 1, 2), 2, "lot")]
    assert rule(lists, 3).ties == ()  # as many seats as tied lists: nothing to draw


def test_more_votes_can_be_the_tie_break():
    lists = lists_of({"A": 20, "B": 10})
    with pytest.raises(LotNeeded):
        dhondt(lists, 2)
    assert seats(dhondt(lists, 2, ties=["forward", "ask"])) == [2, 0]


def test_delegates_of_branches_with_a_minimum_and_a_cap():
    branches = lists_of({"Harbour": 900, "Market": 80, "Hill": 15, "New": 0})
    count = sainte_lague(branches, 10, minimums=1, caps={"Harbour": 6})
    assert count.details["seats"] == {"Harbour": 6, "Market": 2, "Hill": 1, "New": 1}
    assert count.sentences(0)[0] == "Harbour has the 1 seat due to every list as its minimum."
    assert '"Harbour":6' in count.to_json()


def test_closer_than_floats_can_tell():
    great = 3 * 10**20
    assert seats(dhondt(lists_of({"A": great, "B": great + 1}), 1)) == [0, 1]
    assert seats(huntington_hill(lists_of({"A": great, "B": great + 1}), 3)) == [1, 2]


@pytest.mark.parametrize(
    ("votes", "number", "options", "sentence"),
    [
        ({"A": 1}, 0, {}, "0 seats cannot be filled; there must be at least one."),
        ({"A": 0, "B": 0}, 2, {}, "There is no vote for any list."),
        ({"A": 1, "B": 1}, 3, {"minimums": 2}, "The minimums need 4 seats; there are 3."),
        ({"A": 1, "B": 1}, 3, {"caps": 1}, "The caps leave room for 2 of 3 seats."),
        ({"A": 1, "B": 1}, 3, {"minimums": {"C": 2}}, "There is no list “C” to have a minimum."),
        ({"A": 1, "B": 1}, 3, {"minimums": [1]}, "There are 2 lists, but a minimum for 1."),
        ({"A": 1, "B": 1}, 3, {"minimums": 2, "caps": 1}, "“A” cannot have at least 2 and at most 1 seats."),
        ({"A": 1}, None, {}, "It is not said how many seats there are; say it."),
    ],
)
def test_what_cannot_be_is_a_sentence(votes, number, options, sentence):
    with pytest.raises(CountError) as refused:
        dhondt(lists_of(votes), number, **options)
    assert str(refused.value) == sentence
