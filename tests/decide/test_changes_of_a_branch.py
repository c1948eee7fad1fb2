"""What a branch changes of its rules: what its ballot asks, and what its decision says later."""

import pytest

from frombelow_site.door import perform
from tests import acts as a

from .test_what_a_ballot_says import carry, everybody, made, moved, read, sheet


def debate(days):
    return f'[[article]]\nnumber = "4.6"\ndebate_days = {days}\n'


@pytest.fixture
def north(site):
    """A branch in which everybody lives whom Eve brought in."""
    site.admit(12)
    carry(site, a.FormBranch("North", site.polity.root))
    [branch] = made(site, site.polity.branches, "North")
    site.admit(1)  # after the first motion: who may not vote at once
    for person in site.people:
        perform(a.Transfer(by=person, to=branch))
    site.wait(31)
    site.wait(31)
    return branch


def change(site, branch, days):
    by = site.bo if branch == site.polity.root else site.people[0]
    return carry(site, a.ChangeRules(debate(days), on=site.polity.size), by=by, branch=branch)


def test_a_decision_of_a_branch_says_what_it_changed_whatever_changed_later(site, north):
    first = change(site, north, 20)
    member = site.browser(site.people[0])
    assert "14 before, 20 after" in read(member, f"/decide/{first}/")
    change(site, north, 30)
    assert "14 before, 20 after" in read(member, f"/decide/{first}/")
    assert "Before A motion is debated for 14 days" in " ".join(sheet(site, first, site.people[0]).split())


def test_the_question_of_a_branch_stays_what_it_was_when_its_vote_opened(site, north):
    whole = moved(site, a.ChangeRules(debate(25), on=site.polity.size))
    site.wait(2)
    motion = moved(site, a.ChangeRules(debate(20), on=site.polity.size), by=site.people[0], branch=north)
    for each in (whole, motion):
        while site.polity.motions[each].stage != "voting":
            site.wait(1)
        if each == whole:
            everybody(site, whole)
    assert not site.polity.motions[whole].over
    asked = "Shall Article 4.6 say 20 days instead of 14?"
    member = site.browser(site.people[0])
    assert asked in read(member, f"/decide/{motion}/")
    while not site.polity.motions[whole].over:
        site.wait(1)
    assert site.polity.motions[motion].stage == "voting"
    assert asked in read(member, f"/decide/{motion}/")


def test_an_article_says_what_holds_in_a_branch_once_the_whole_became_stricter(site, north):
    change(site, north, 20)
    assert "North A motion is debated for 20 days" in read(site.browser(site.bo), "/answerability/rules/4.6/")
    change(site, site.polity.root, 40)
    assert site.polity.rules_for(north)["debate_days"] == 40
    assert "Stricter in a branch" not in read(site.browser(site.bo), "/answerability/rules/4.6/")


def test_a_branch_inside_a_branch_is_shown_with_the_stricter_rules_that_hold_in_it(site, north):
    carry(site, a.FormBranch("Street", north), by=site.people[0], branch=north)
    change(site, north, 20)
    assert "Street A motion is debated for 20 days" in read(site.browser(site.bo), "/answerability/rules/4.6/")


def test_what_stops_me_shows_the_article_as_it_holds_in_the_branch(site, north):
    longer = a.ChangeRules('[[article]]\nnumber = "5.2"\nfranchise_days = 180\n', on=site.polity.size)
    carry(site, longer, by=site.people[0], branch=north)
    shown = read(site.browser(site.people[-1]), f"/answerability/rules/what-stops-me/?act=move&about={north}")
    assert "this is for members who may vote in this branch: 180 days after joining" in shown
    assert "Article 5.2 says: A member may vote 180 days after joining" in shown
