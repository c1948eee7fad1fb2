"""Where no mail leaves the server, members with an address come in by a printed code, and pages say so."""

import re

import pytest

from frombelow_site.people.models import Card
from frombelow_site.roll.models import Import

from .files import upload

CONSOLE = "django.core.mail.backends.console.EmailBackend"


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def fay(site):
    """Somebody with an address who was brought in."""
    eve = site.browser(site.eve)
    upload(site, eve, b"name,email\nFay Five,fay@example.org\n")
    eve.post(f"/people/roll/import/{Import.objects.get().id}/go/")
    return Card.objects.get(mail="fay@example.org").person


def printed(site, person):
    return site.browser(site.eve).post("/people/roll/code/", {"person": person})


def test_whom_no_mail_reaches_gets_a_printed_code_though_they_have_an_address(site, fay, settings, client):
    settings.EMAIL_BACKEND = CONSOLE
    roll = text(site.browser(site.eve).get("/people/roll/?name=Fay"))
    assert "Print a sign-in code" in roll
    place = re.search(
        r'action="([^"]+)"[^>]*> <input type="hidden" name="csrf[^>]+> <input type="hidden" name="person"', roll
    )
    page = site.browser(site.eve).post(place[1], {"person": fay})
    assert page.status_code == 200
    assert "Fay Five" in text(page)


def test_whom_mail_reaches_needs_no_printed_code(site, fay):
    roll = text(site.browser(site.eve).get("/people/roll/?name=Fay"))
    assert "Print a sign-in code" not in roll


def test_what_was_brought_in_says_whom_no_mail_reaches_and_where_to_go_on(site, fay, settings):
    eve, place = site.browser(site.eve), f"/people/roll/import/{Import.objects.get().id}/"
    assert "No mail reaches" not in text(eve.get(place))
    assert 'href="/people/roll/"' in text(eve.get(place))
    settings.EMAIL_BACKEND = CONSOLE
    page = text(eve.get(place))
    assert "No mail reaches 1 of them: print a code for them" in page
    assert "This server sends no mail." in page
    assert "Print codes on the roll" in page


def test_nobody_is_told_that_a_code_is_on_its_way_where_no_mail_goes_out(site, settings, client):
    settings.EMAIL_BACKEND = CONSOLE
    assert "No mail leaves this server" in text(client.get("/enter/"))
    page = text(client.post("/enter/", {"mail": "bo@example.org"}, follow=True))
    assert "is on its way" not in page
    assert "Ask whoever admits members to print one for you" in page


def test_a_file_that_was_only_looked_at_brought_nobody_in(site):
    eve = site.browser(site.eve)
    upload(site, eve, b"name,email\nFay Five,fay@example.org\n")
    page = text(eve.get("/people/roll/import/"))
    assert "Read and not brought in" in page
    assert "0 members" not in page


def test_an_undone_import_says_that_somebody_stays_only_if_somebody_does(site, fay):
    eve = site.browser(site.eve)
    page = text(eve.post(f"/people/roll/import/{Import.objects.get().id}/undo/", {"sure": "1"}, follow=True))
    assert "The import is undone." in page
    assert "acted as" not in page


def test_a_name_that_is_on_the_roll_is_shown_before_it_comes_in_twice(site):
    page = text(upload(site, site.browser(site.eve), b"name,email\nBo Four,\n"))
    assert "called “Bo Four” is on the roll already. If it is the same person, leave the row out." in page


def test_an_empty_file_is_answered_with_what_to_do(site):
    page = text(upload(site, site.browser(site.eve), b""))
    assert "The file is empty. Nothing was stored. Export the list again and choose the new file." in page


def test_no_code_is_offered_for_whoever_has_acted_here(site, settings):
    settings.EMAIL_BACKEND = CONSOLE
    assert "Print a sign-in code" in text(site.browser(site.eve).get("/people/roll/?name=Bo"))
    site.move(site.bo)
    assert "Print a sign-in code" not in text(site.browser(site.eve).get("/people/roll/?name=Bo"))
