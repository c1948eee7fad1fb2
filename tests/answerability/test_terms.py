"""Who is to hold an office does not hold it yet; a term ends on the day that was promised."""

import re

from frombelow.cli.verify import live_mandates
from frombelow_site.door import perform
from tests import acts as a
from tests.pages import read
from tests.site_offices import ahead, carry


def test_no_page_says_that_fewer_than_no_seats_are_empty(site):
    ahead(site)
    shown = read(site.browser(site.bo).get("/answerability/"))
    assert "-1" not in shown
    assert "1 seat is empty" in shown  # nobody is treasurer


def test_verify_counts_the_mandates_that_are_in_force(site):
    ahead(site)
    assert live_mandates(site.polity) == sum(each.live(site.at) for each in site.polity.mandates.values()) == 3


def test_whoever_is_to_hold_an_office_is_said_to_do_so_from_a_day(site):
    who = ahead(site)
    mandate = site.polity.held[who][0]
    bo = site.browser(site.bo)
    assert "Person 0" not in read(bo.get("/people/")).partition("Chair")[2].partition("Secretary")[0]
    shown = "Chair from Saturday 3 April 2027, until the end of Sunday 2 April 2028"
    assert shown in read(bo.get(f"/people/{who}/"))
    assert "Chair from" in read(site.browser(who).get("/people/me/"))
    assert "Begins" in read(bo.get(f"/answerability/mandates/{mandate.id}/"))


def test_a_term_that_is_over_ended_on_the_day_that_was_promised(site):
    mandate, bo = site.holds(site.ada, "chair"), site.browser(site.bo)
    page = f"/answerability/mandates/{mandate.id}/"
    promised = re.search(r"at the end of \w+ (\d+ \w+)", read(bo.get(page)))[1]
    while not site.polity.mandates[mandate.id].ended:
        site.wait(1)
    assert f"{promised} 2026: term over" in read(bo.get(page))
    assert f"{promised} 2026: term over" in read(bo.get(f"/answerability/offices/{mandate.office}/"))


def test_the_page_of_an_office_says_no_longer_term_than_the_rules_allow(site):
    carry(site, a.ChangeRules('[[article]]\nnumber = "3.2"\nterm_months = 3\n', on=site.polity.size))
    shown = read(site.browser(site.bo).get(f"/answerability/offices/{site.office('chair').id}/"))
    assert "1 seat, for at most 3 months at a time." in shown


def test_who_gave_back_what_was_to_come_is_no_past_holder(site):
    who = ahead(site)
    mandate = site.polity.held[who][0]
    perform(a.Resign(by=who, mandate=mandate.id))
    assert "Person 0" not in read(site.browser(site.bo).get(f"/answerability/offices/{mandate.office}/"))
