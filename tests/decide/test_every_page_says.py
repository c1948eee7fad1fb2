"""Every page says that a vote is open, to who can answer it and has not."""

import pytest

from frombelow_site.decide import actions as decide
from frombelow_site.decide.needs import pressing

SAID = "You can vote on"


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    "address", ["/", "/decide/", "/people/", "/rules/", "/record/", "/answerability/", "/nowhere/"]
)
def test_every_page_says_in_a_line_which_vote_is_open_and_until_when(site, address):
    motion = site.voting()
    number = site.polity.motions[motion].number
    shown = text(site.browser(site.bo).get(address))
    assert f'You can vote on <a href="/decide/{motion}/">{number}</a> until the end of ' in shown


def test_nothing_is_said_once_all_are_answered(site):
    first, bo = site.voting(), site.browser(site.bo)
    second = site.voting(title="A bench")
    open_now = [name for name in (first, second) if name in site.polity.voting]
    for name in open_now:
        assert SAID in text(bo.get("/people/"))
        decide.vote(site.bo, name, "abstain")
    assert SAID not in text(bo.get("/people/"))
    assert SAID in text(site.browser(site.eve).get("/people/"))


def test_nothing_is_said_where_no_vote_is_open_nor_to_outsiders(site, client):
    site.move()
    assert SAID not in text(site.browser(site.bo).get("/people/"))
    site.voting(title="A bench")
    assert SAID not in text(client.get("/enter/"))


def test_nothing_is_said_to_who_is_not_in_the_electorate_or_whom_it_is_about(site):
    recall = site.petition()
    site.wait(15)
    assert recall in site.polity.voting
    assert SAID not in text(site.browser(site.ada).get("/people/"))
    site.admit(1)
    assert SAID not in text(site.browser(site.people[-1]).get("/people/"))
    assert SAID in text(site.browser(site.bo).get("/people/"))


def test_the_page_of_the_vote_does_not_say_it_of_itself(site):
    motion = site.voting()
    number = site.polity.motions[motion].number
    assert SAID not in text(site.browser(site.bo).get(f"/decide/{number}/", follow=True))
    assert SAID not in text(site.browser(site.bo).get(f"/decide/{motion}/"))


def test_of_several_the_one_that_closes_first_is_named(site):
    site.admit(20)
    motions = [site.second(site.move(person, title=f"{n}")) for n, person in enumerate((site.bo, site.eve))]
    site.wait(1)
    while not set(motions) <= site.polity.voting:
        site.wait(1)
    first = min(motions, key=lambda name: site.polity.motions[name].deadline)
    assert site.polity.motions[first].number in text(site.browser(site.dee).get("/people/"))


def test_it_asks_the_database_nothing(site, django_assert_num_queries):
    motion = site.voting()
    person, polity = site.polity.people[site.bo], site.polity
    with django_assert_num_queries(0):
        assert [each.address for each in pressing(polity, person, site.at)] == [f"/decide/{motion}/"]
    decide.vote(site.bo, motion, "yes")
    with django_assert_num_queries(0):
        assert list(pressing(polity, person, site.at)) == []
