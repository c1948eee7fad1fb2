"""Stepping back hands over what one holds, and nothing else; returning is one click from anywhere."""

import pytest

from frombelow.polity import Standing
from frombelow_site.membership import actions as membership


def body(response):
    return response.content.decode()


def held(site, person):
    return [mandate.id for mandate in site.polity.held.get(person, ())]


def test_the_page_says_what_stays_and_offers_each_mandate(site):
    page = body(site.browser(site.ada).get("/people/me/step-back/"))
    for words in ("What stays", "What stops", "can vote", "Chair, until", "What you do not tick stays yours"):
        assert words in page
    site.admit(1)
    assert "Give back" not in body(site.browser(site.people[0]).get("/people/me/step-back/"))


def test_mandates_that_are_ticked_are_given_back(site):
    ada = site.browser(site.ada)
    response = ada.post(
        "/people/me/step-back/", {"until": "", "give_back": held(site, site.ada), "known": "on"}, follow=True
    )
    assert held(site, site.ada) == []
    assert site.polity.people[site.ada].standing is Standing.STEPPED_BACK
    assert "Mandates given back: 1" in body(response)


def test_mandates_that_are_not_ticked_stay(site):
    site.browser(site.ada).post("/people/me/step-back/", {"until": ""})
    assert len(held(site, site.ada)) == 1


def test_nobody_gives_back_what_another_holds(site):
    response = site.browser(site.eve).post("/people/me/step-back/", {"until": "", "give_back": held(site, site.ada)})
    assert response.status_code == 400
    assert len(held(site, site.ada)) == 1
    assert site.polity.people[site.eve].standing is Standing.MEMBER


def test_with_a_day_that_has_passed_nothing_is_given_back(site):
    give_back = held(site, site.ada)
    response = site.browser(site.ada).post(
        "/people/me/step-back/", {"until": "2026-01-05", "give_back": give_back, "known": "on"}
    )
    assert response.status_code == 409
    assert held(site, site.ada) == give_back
    assert " checked" in body(response)


def test_a_mandate_that_ended_while_the_form_lay_open_is_told(site):
    give_back = held(site, site.ada)
    membership.hand_over(site.ada, give_back)
    response = site.browser(site.ada).post("/people/me/step-back/", {"until": "", "give_back": give_back}, follow=True)
    assert site.polity.people[site.ada].standing is Standing.STEPPED_BACK
    assert "A mandate had changed meanwhile" in body(response)


def test_pressed_twice_it_happens_once_and_says_the_same(site):
    bo = site.browser(site.bo)
    bo.post("/people/me/step-back/", {"until": ""})
    size = site.polity.size
    response = bo.post("/people/me/step-back/", {"until": ""}, follow=True)
    assert "You have stepped back" in body(response)
    assert site.polity.size == size
    for _ in range(2):
        assert "You are back. Welcome." in body(bo.post("/people/me/return/", follow=True))
    assert site.polity.size == size + 1


@pytest.mark.parametrize("page", ["/", "/decide/", "/people/", "/people/me/", "/answerability/", "/record/"])
def test_the_way_back_is_on_top_of_every_page_while_away_and_only_then(site, page):
    bo = site.browser(site.bo)
    assert 'action="/people/me/return/"' not in body(bo.get(page))
    membership.step_back(site.bo, None)
    assert body(bo.get(page)).count('action="/people/me/return/"') == 1


def test_nobody_else_sees_who_stepped_back(site):
    membership.step_back(site.bo, None)
    ada = site.browser(site.ada)
    for page in ("/people/", f"/people/{site.bo}/"):
        assert "stepped back" not in body(ada.get(page)).lower()


@pytest.mark.parametrize("page", ["/", "/people/me/"])
def test_who_stepped_back_reads_until_when(site, page):
    bo, told = site.browser(site.bo), "You stepped back until the end of Tuesday 31 March, London time, in 29 days."
    assert told not in body(bo.get(page))
    bo.post("/people/me/step-back/", {"until": "2026-03-31"})
    assert told in " ".join(body(bo.get(page)).split())
    bo.post("/people/me/return/")
    assert told not in " ".join(body(bo.get(page)).split())
    bo.post("/people/me/step-back/", {"until": ""})
    assert "You stepped back until" not in body(bo.get(page))
