"""Counts of ballots that lie outside the record: entered by who takes paper, for a motion, with marks of both files."""

from msgspec import UNSET

from frombelow.polity.counts.state import Counts
from tests import acts as a
from tests.cast import TEXT

SAID = {"rule": "scottish", "seats": 2, "winners": (3, 0), "file": TEXT, "result": TEXT}


def entered(org, motion, by=None, **said):
    name = org.new()
    org.do(a.EnterCount, by or org.ada, under=org.mandate(org.ada), motion=motion, count=name, **{**SAID, **said})
    return name


def why_not(org, motion, by=None, **said):
    said = {"count": org.new(), "under": org.mandate(org.ada), **SAID, **said}
    return org.refused(a.EnterCount, by or org.ada, motion=motion, **said).message


def test_an_officer_who_takes_paper_enters_a_count_for_a_motion(org):
    motion = org.move()
    name = entered(org, motion)
    (found,) = org.polity.part(Counts).of[motion]
    assert (found.id, found.file, found.result) == (name, TEXT, TEXT)


def test_nobody_else_does(org):
    motion = org.move()
    assert why_not(org, motion, org.bo, under=UNSET) == "no-mandate"
    assert why_not(org, motion, org.charlie) == "not-a-member"
    assert why_not(org, org.new()) == "unknown-motion"


def test_nobody_is_elected_twice_and_no_more_than_there_are_seats(org):
    motion = org.move()
    assert why_not(org, motion, winners=(1, 1)) == "winners-and-seats"
    assert why_not(org, motion, winners=(0, 1, 2)) == "winners-and-seats"


def test_ten_counts_for_one_motion_are_enough(org):
    motion = org.move()
    for _ in range(10):
        entered(org, motion)
    assert why_not(org, motion) == "counts-enough"
    assert why_not(org, org.move(), count=org.polity.part(Counts).of[motion][0].id) == "bad-id"
