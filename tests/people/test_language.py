"""Choosing a language: for this browser, and for the letters to who is signed in."""

import pytest
from django.test import Client

from frombelow_site.people.models import Profile
from frombelow_site.people.queries import letters_in
from tests.ui.test_language import language


def test_a_choice_counts_more_than_the_browser_and_is_for_letters_too(site):
    bo = site.browser(site.bo)
    answer = bo.post("/ui/language/", {"language": "es", "next": "/people/me/"}, headers={"accept-language": "en"})
    assert answer.url == "/people/me/"
    assert language(bo.get("/people/me/", headers={"accept-language": "en"})) == "es"
    assert letters_in(site.bo) == "es"
    assert letters_in(site.ada) == "en"


def test_letters_are_in_the_organization_s_language_until_somebody_chooses(spanish):
    assert letters_in(spanish.bo) == "es"
    Profile.objects.create(person=spanish.bo, letters_in="en")
    assert letters_in(spanish.bo) == "en"


def test_whoever_is_not_signed_in_chooses_for_the_browser_alone(site):
    client = Client()
    client.post("/ui/language/", {"language": "es"})
    assert language(client.get("/enter/")) == "es"
    assert not Profile.objects.exists()


def test_what_is_no_language_here_is_refused_and_leads_nowhere_else(site):
    client = Client()
    assert client.post("/ui/language/", {"language": "tlh"}).status_code == 400
    assert client.post("/ui/language/", {"language": "es", "next": "https://elsewhere.example/"}).url == "/"
    client.cookies["language"] = "../../etc"
    assert language(client.get("/enter/")) == "en"


@pytest.mark.parametrize("onward", ["0", "no page", "people:me", "//elsewhere.example/", "/" + "x" * 3_000])
def test_what_is_no_page_of_ours_leads_home(site, onward):
    for browser in (Client(), site.browser(site.bo)):
        assert browser.post("/ui/language/", {"language": "es", "next": onward}).url == "/"


def test_the_way_back_is_the_page_one_came_from(site):
    bo = site.browser(site.bo)
    page = bo.get("/ui/language/", headers={"referer": "http://testserver/people/me/?x=1"}).content.decode()
    assert '<input type="hidden" name="next" value="/people/me/">' in page
