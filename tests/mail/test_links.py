"""The link in a letter, and turning letters off: what a scanner, a second press, somebody else and time make of them."""

import re
import time

import pytest
from django.core import signing
from django.test import Client

from frombelow.polity.keys.acts import OnlyWithKeys
from frombelow_site.mail import address, links
from frombelow_site.mail.models import Choice
from tests.site_keys import do, first_key
from tests.site_mail import delivered


def letter(site, to="bo@example.org", subject="A vote is open"):
    found = [each for each in delivered() if each.to == [to] and each.subject == subject]
    return found[-1]


def path_of(body, part="/enter/letter/"):
    return re.search(rf"https?://[^/\s]+({part}\S+)", body)[1]


def known_browser(site, person):
    """A browser in which the person signed in before, and is signed in no more."""
    client, address = Client(), {site.bo: "bo", site.ada: "ada"}[person]
    client.post("/enter/", {"mail": f"{address}@example.org"})
    code = None
    while code is None:  # it leaves in a thread of its own
        found = [each for each in delivered() if each.to == [f"{address}@example.org"] and "Your code" in each.subject]
        code = re.search(r"\d{6}", found[-1].body)[0] if found else None
        time.sleep(0.01)
    client.post("/enter/code/", {"code": code})
    assert client.session["person"] == person
    client.post("/enter/out/")
    return client


def test_from_a_letter_to_an_answer_it_takes_two_presses_in_a_known_browser(site):
    client, motion = known_browser(site, site.bo), site.voting()
    way = path_of(letter(site).body)
    page = client.get(way)
    assert "Are you Bo Four?" in page.content.decode()
    opened = client.post(way, follow=True)  # the first press
    assert opened.redirect_chain == [(f"/decide/{motion}/", 302)]
    answered = client.post(f"/decide/{motion}/vote/", {"choice": "yes"})  # the second
    assert answered.status_code == 302
    assert site.polity.motions[motion].answers[site.bo] == "yes"


def test_a_link_that_a_scanner_opened_is_good_still_and_one_that_was_pressed_is_not(site):
    client, motion = known_browser(site, site.bo), site.voting()
    way = path_of(letter(site).body)
    for _ in range(3):
        Client().get(way)
        client.get(way)
    client.post(way)
    assert client.session["person"] == site.bo
    client.post("/enter/out/")
    assert client.post(way).url == f"/decide/{motion}/"
    assert "person" not in client.session


def test_a_link_that_is_forwarded_signs_nobody_in(site):
    site.voting()
    way = path_of(letter(site).body)
    stranger, other = Client(), known_browser(site, site.ada)
    for client in (stranger, other):
        assert client.get(way).url.startswith("/decide/")
        client.post(way)
        assert "person" not in client.session


def test_a_link_signs_in_for_three_days_and_opens_its_page_for_ever(site, monkeypatch):
    client, motion = known_browser(site, site.bo), site.voting()
    way = path_of(letter(site).body)
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 73 * 3_600)
    assert client.get(way).url == f"/decide/{motion}/"
    client.post(way)
    assert "person" not in client.session


def test_who_holds_a_power_or_acts_only_with_keys_is_sent_no_link_that_signs_in(site):
    key = first_key(site, site.bo, "card")
    site.voting()
    assert "/enter/letter/" not in letter(site, "ada@example.org").body  # she chairs
    way = path_of(letter(site).body)
    client = known_browser(site, site.bo)
    do(site, key, OnlyWithKeys(by=site.bo))
    client.post(way)
    assert "person" not in client.session


def test_a_token_of_another_server_opens_home(site):
    assert Client().get("/enter/letter/forged/").url == "/"


def test_one_press_by_a_mail_program_turns_a_letter_off(site):
    site.decided()
    sent = letter(site, subject="A vote has closed")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way = path_of(sent.extra_headers["List-Unsubscribe"].strip("<>"), "/letters/off/")
    asked = Client(enforce_csrf_checks=True)
    assert "Shall this letter come no more?" in asked.get(way).content.decode()
    assert not Choice.objects.exists()  # a scanner's look turns nothing off
    assert asked.post(way, {"List-Unsubscribe": "One-Click"}).status_code == 200
    before = len(delivered())
    site.decided(title="Another hall")
    after = [each for each in delivered()[before:] if each.subject == "A vote has closed"]
    assert {each.to[0] for each in after} == {"ada@example.org", "eve@example.org", "dee@example.org"}


def test_a_notice_that_is_due_says_why_it_cannot_be_turned_off_and_stays_on(site):
    site.voting()
    sent = letter(site)
    assert "List-Unsubscribe" not in sent.extra_headers
    assert "cannot be turned off" in sent.body.replace("\n", " ")
    way = links.turn_off(site.bo, "vote").partition("testserver")[2] or links.turn_off(site.bo, "vote")
    way = "/letters/off/" + way.partition("/letters/off/")[2]
    assert "This letter cannot be turned off." in Client().post(way).content.decode()
    assert not Choice.objects.exists()


def test_each_letter_comes_as_its_reader_says(site):
    browser = site.browser(site.bo)
    said = {"closing": "not", "result": "digest", "my-motion": "now", "digest": "not", "language": "es"}
    assert browser.post("/people/me/letters/", said).status_code == 302
    site.voting()
    delivered()
    site.wait(8)
    subjects = [each.subject for each in delivered() if each.to == ["bo@example.org"]]
    assert "Hay una votación abierta" in subjects
    assert not any("cerr" in each for each in subjects)
    assert browser.post("/people/me/letters/", said | {"result": "loudly"}).status_code == 400


@pytest.mark.parametrize(
    ("said", "hosts", "seen", "leads"),
    [
        ("", ["union.example", "localhost"], "http://localhost:8000", "http://union.example"),
        ("https://union.example:8443/", ["union.example"], "http://localhost:8000", "https://union.example:8443"),
        ("", ["localhost"], "http://localhost:8000", "http://localhost:9"),
        ("", ["localhost"], "", "http://localhost:9"),
    ],
)
def test_letters_lead_where_members_come_in_and_not_where_the_administrator_does(
    settings, monkeypatch, said, hosts, seen, leads
):
    settings.ADDRESS, settings.ALLOWED_HOSTS, settings.SERVED = said, hosts, "http://localhost:9"
    monkeypatch.setattr(address, "_seen", seen)
    assert address.here() == leads
