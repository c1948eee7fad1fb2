"""What an audit by lot says about those who were not asked. Whole numbers and fractions alone."""

from fractions import Fraction
from math import comb

from .errors import LotsError

SURE = Fraction(95, 100)


def most_false(people: int, asked: int, false: int, sure: Fraction = SURE) -> int:
    """How many of so many people can be false at most: with one more, so few among those who were drawn and asked would
    be found with a probability of no more than 1 - ``sure``. Who was not reached counts as false. Raises LotsError
    where the figures cannot be."""
    if not 0 <= false <= asked <= people or not 0 < sure < 1:
        raise LotsError(f"Of {people} people {asked} were asked, and {false} were false: this cannot be.")
    low, high = false, people - asked + false
    while low < high:
        middle = (low + high + 1) // 2
        if _as_few(people, asked, false, middle) > 1 - sure:
            low = middle
        else:
            high = middle - 1
    return low


def enough_to_ask(people: int, share: Fraction, sure: Fraction = SURE) -> int:
    """How many have to be asked, so that where none of them is false fewer than this share of all are."""
    if not 0 < share <= 1 or people < 1:
        raise LotsError("Say of how many people, and below which share of them.")
    low = high = 1
    while not _enough(people, high, share, sure):  # few are enough of many: no half of them is tried
        low, high = high + 1, min(2 * high, people)
    while low < high:
        middle = (low + high) // 2
        if _enough(people, middle, share, sure):
            high = middle
        else:
            low = middle + 1
    return low


def _enough(people: int, asked: int, share: Fraction, sure: Fraction) -> bool:
    return asked == people or most_false(people, asked, 0, sure) < share * people


def _as_few(people: int, asked: int, false: int, all_false: int) -> Fraction:
    """How probable it is to find as few, or fewer, where so many are false."""
    right = people - all_false
    first = max(0, asked - right)
    each = ways = comb(all_false, first) * comb(right, asked - first) if first <= false else 0
    for found in range(first + 1, min(false, all_false) + 1):  # each from the one before: no large number is made anew
        each = each * (all_false - found + 1) * (asked - found + 1) // (found * (right - asked + found))
        ways += each
    return Fraction(ways, comb(people, asked))
