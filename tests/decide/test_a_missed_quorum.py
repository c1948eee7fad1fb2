"""A vote without a quorum says what was missed: that so many take part, or that so many say yes."""

from fractions import Fraction

import pytest
from msgspec import structs

from frombelow.counting.thresholds import Quorum
from frombelow.polity import Stage
from frombelow_site.decide import actions as decide
from frombelow_site.decide import words

PART = Fraction(1, 10)


def text(answer):
    return " ".join(answer.content.decode().split())


def all_say_no(site):
    """Twenty answer, nobody says yes; the rules ask that a tenth say yes."""
    site.admit(20)
    site.wait(15)
    motion = site.voting()
    for person in site.people:
        decide.vote(person, motion, "no")
    site.wait(8)
    assert site.polity.motions[motion].stage is Stage.ADJOURNED
    return motion


def test_nobody_says_that_too_few_took_part_where_too_few_said_yes(site):
    motion = all_say_no(site)
    browser = site.browser(site.ada)
    page = text(browser.get(f"/decide/{motion}/"))
    assert "Too few said yes. Nothing is lost: the vote is held once more." in page
    assert "Too few took part" not in page
    for _ in range(16):
        site.wait(1)
    assert "<h2>Too few said yes, twice: not carried</h2>" in text(browser.get(f"/decide/{motion}/"))
    record = text(browser.get(f"/record/?about={motion}"))
    assert "A vote closed: without a quorum, 0 yes, 20 no" in record
    assert "inquorate" not in record


@pytest.mark.parametrize(
    ("quorum", "said"),
    [
        (Quorum(participating=PART), "Too few took part, twice"),
        (Quorum(yes_root=PART), "Too few said yes, twice"),
        (Quorum(participating=PART, yes_of_eligible=PART), "Too few took part, or said yes, twice"),
    ],
)
def test_what_was_missed_is_said_by_what_the_article_asks(site, quorum, said):
    found = site.polity.motions[site.move()]
    rules = structs.replace(found.rules, values=found.rules.values | {"quorum": quorum})
    asked = structs.replace(found, rules=rules, outcome="inquorate")
    assert words.outcome(asked).startswith(said)
