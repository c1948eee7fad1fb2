"""Letters that no mail brings: on paper, by whoever keeps the roll."""

import subprocess

import pytest

from frombelow.polity.mail.state import Notices
from frombelow_site.mail.models import Letter
from frombelow_site.people.models import Card
from tests.site_mail import delivered

PAGE = "/people/roll/letters/"


@pytest.fixture
def two(site):
    """Bo has no address, Dee's letter came back."""
    Card.objects.filter(pk=site.bo).update(mail="")
    motion = site.voting()
    delivered()
    Letter.objects.filter(person=site.dee, kind="vote").update(state="bounced", why="550 no")
    return motion


def waiting(site, person):
    return site.browser(person).get(PAGE)


def test_whoever_keeps_the_roll_finds_what_is_to_be_printed_and_nobody_else_does(site, two):
    assert "2 letters reach nobody by mail" in " ".join(waiting(site, site.eve).content.decode().split())
    assert "letters that no mail brings" in site.browser(site.eve).get("/").content.decode()
    assert waiting(site, site.bo).status_code == 404
    assert "letters that no mail brings" not in site.browser(site.bo).get("/").content.decode()


def test_the_letters_are_one_pdf_with_a_sheet_for_each_and_taking_it_is_an_entry(site, two):
    before = site.polity.size
    answer = site.browser(site.eve).post(f"{PAGE}pile/")
    assert answer["Content-Type"] == "application/pdf"
    assert plain(answer.content).count("A vote is open") == 2
    assert site.polity.size == before + 1
    assert site.browser(site.bo).post(f"{PAGE}pile/").status_code == 404


def test_what_was_delivered_by_hand_counts_in_the_notice_also_when_it_was_said_before(site, two):
    site.wait(1.1)
    delivered()
    assert latest(site, two) == (2, 1, 0, 1)
    eve = site.browser(site.eve)
    eve.post(f"{PAGE}pile/")
    assert "Yes, the 2 that I took" in " ".join(eve.get(PAGE).content.decode().split())
    assert eve.post(f"{PAGE}done/").status_code == 302
    assert Letter.objects.get(person=site.bo, kind="vote").state == "printed"
    site.at += 120
    delivered()
    assert latest(site, two) == (2, 0, 2, 0)


def latest(site, motion):
    found = [each for each in site.polity.part(Notices).about[motion] if each.letter == "vote"][-1]
    return found.mailed, found.bounced, found.printed, found.unreached


def test_a_pile_that_nobody_took_is_not_said_to_be_delivered_nor_one_twice(site, two):
    eve = site.browser(site.eve)
    eve.post(f"{PAGE}done/")
    assert Letter.objects.filter(state="printed").count() == 0
    eve.post(f"{PAGE}pile/")
    Letter.objects.filter(person=site.ada, kind="vote").update(state="given up")  # in no pile
    for _ in range(2):
        eve.post(f"{PAGE}done/")
    assert Letter.objects.filter(state="printed").count() == 2


def test_a_name_in_another_script_stands_on_the_paper(site, two):
    Card.objects.filter(pk=site.bo).update(name="Олена Шевченко")
    page = site.browser(site.eve).post(f"{PAGE}pile/")
    assert "Олена Шевченко" in page.content.decode()
    assert page.content.decode().count("A vote is open") == 2


def test_where_no_mail_leaves_the_server_each_notice_is_for_paper_and_nothing_about_keys_is(site, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    from frombelow_site.accounts import letters

    letters.changed(site.bo, letters.NEW_CODES)
    site.voting()
    delivered()
    assert set(Letter.objects.values_list("kind", "state")) == {("vote", "to print")}
    assert Letter.objects.count() == 4


def test_a_letter_on_paper_says_where_its_page_is_and_signs_nobody_in(site, two):
    text = plain(site.browser(site.eve).post(f"{PAGE}pile/").content)
    assert f"/decide/{two}/" in text
    assert "/enter/letter/" not in text


def plain(pdf):
    """What stands in the PDF, by poppler."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()
