"""A lost device: what the member, those who vouch, an officer and time do about it, and who hears of it."""

import re
import time

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from frombelow_site.accounts import recovery, second, sheets
from frombelow_site.accounts.models import Passkey, Session, Sheet
from frombelow_site.door.models import Entry
from frombelow_site.people.language import set_letters_in
from tests.site_mail import delivered

from .conftest import app_of, enter, signed_in

HOURS_72 = 3


@pytest.fixture(autouse=True)
def after_the_commit(monkeypatch):
    """What waits for a commit happens at once: a test has none."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_kinds: call())


@pytest.fixture
def bo(site):
    """Bo's browser, in which the second step cannot be done: the phone is gone."""
    app_of(site.bo)
    return enter()


def asked(site, bo):
    """The request that Bo made."""
    assert bo.post("/enter/lost/").url == "/enter/lost/"
    return site.polity.recoveries[site.polity.recovering[site.bo]]


def vouch(site, found, *people):
    for person in people:
        assert site.browser(person).post(f"/enter/vouch/{found.id}/").status_code == 302


def letters(subject=""):
    return [letter for letter in delivered() if subject in letter.subject and "Your code" not in letter.subject]


def stop_link(letter):
    return re.search(r"http://testserver(/enter/stop/\S+)", letter.body)[1]


def test_two_members_vouch_and_three_days_later_mail_is_enough(site, bo):
    Passkey.objects.create(id="p" * 26, person=site.bo, credential="c", data=b"", name="Gone", made="2026-01-01 00:00Z")
    found = asked(site, bo)
    assert "0 of 2 members" in bo.get("/enter/lost/").content.decode()
    vouch(site, found, site.ada, site.dee)
    assert "Nobody needs to do anything" in bo.get("/enter/lost/").content.decode()
    assert second.is_on(site.bo)
    site.wait(HOURS_72)
    assert found.ended == "open"
    assert not second.is_on(site.bo)
    assert not Passkey.objects.exists()
    assert signed_in(enter()) == site.bo


def test_whoever_has_the_phone_is_signed_out_when_the_way_opens(site, bo):
    thief = site.browser(site.bo)
    thief.get("/")
    found = asked(site, bo)
    vouch(site, found, site.ada, site.dee)
    site.wait(HOURS_72)
    assert not signed_in(thief)
    assert not Session.objects.filter(person=site.bo).exists()


def test_every_step_is_an_entry_and_none_holds_an_address(site, bo):
    found = asked(site, bo)
    vouch(site, found, site.ada, site.dee)
    site.wait(HOURS_72)
    rows = Entry.objects.filter(kind__startswith="access.").order_by("index")
    data = [bytes(row.data) for row in rows]
    assert [row.kind for row in rows] == ["access.ask", "access.vouch", "access.vouch", "access.open"]
    assert not any(b"@" in entry or b"testserver" in entry for entry in data)
    page = site.browser(site.ada).get("/record/?kind=access.vouch").content.decode()
    assert "Ada One vouched for Bo Four" in page


def test_each_step_sends_a_letter_that_names_no_organization(site, bo):
    found = asked(site, bo)
    vouch(site, found, site.ada, site.dee)
    site.wait(HOURS_72)
    assert [letter.subject for letter in letters()] == [
        "Somebody asks to come in as you", "In 72 hours somebody comes in as you", "You can sign in again",
    ]  # fmt: skip
    assert all(letter.to == ["bo@example.org"] for letter in letters())
    assert not any("Tenants" in letter.subject + letter.body for letter in letters())


def test_whoever_has_the_letter_stops_it_by_a_button(site, bo):
    found = asked(site, bo)
    link = stop_link(letters()[0])
    stranger = Client()
    assert "as you" in stranger.get(link).content.decode()
    assert found.ended == ""
    stranger.post(link)
    assert found.ended == "stop"
    assert "This is over" in stranger.get(link).content.decode()
    assert stranger.post(link).status_code == 409
    site.wait(30)
    assert second.is_on(site.bo)


def test_a_link_that_was_changed_stops_nothing(site, bo):
    found = asked(site, bo)
    link = stop_link(letters()[0])
    assert Client().post(link[:-3] + "xx/").status_code == 404
    assert Client().post(f"/enter/stop/{found.id}/").status_code == 404
    assert found.ended == ""


def test_signing_in_as_always_stops_it(site):
    _app, codes = app_of(site.bo)
    bo = enter()
    found = asked(site, bo)
    page = bo.post("/enter/second/", {"code": codes[0]}, follow=True).content.decode()
    assert found.ended == "stop"
    assert "By signing in you stopped it" in page


def test_every_page_tells_a_member_who_is_signed_in_elsewhere(site, bo):
    desk = site.browser(site.bo)
    assert "Somebody asks to come in as you" not in desk.get("/people/").content.decode()
    found = asked(site, bo)
    assert "Somebody asks to come in as you" in desk.get("/people/").content.decode()
    desk.post(desk.get("/enter/stop/").url)
    assert found.ended == "stop"
    assert "Somebody asks to come in as you" not in desk.get("/people/").content.decode()


def test_nobody_asks_without_having_shown_that_the_mail_is_theirs(site, client):
    app_of(site.bo)
    assert client.post("/enter/lost/").status_code == 200
    assert site.polity.recoveries == {}


def test_a_printed_code_is_not_enough_to_ask(site, client):
    app_of(site.bo)
    client.post("/enter/printed/", {"code": sheets.make_sheet(site.bo, site.eve)})
    client.post("/enter/lost/")
    assert site.polity.recoveries == {}


def test_the_page_for_strangers_is_the_same_for_everybody(site, client):
    before = client.get("/enter/lost/").content
    app_of(site.bo)
    asked(site, enter())
    assert Client().get("/enter/lost/").content == before


def test_three_requests_a_day(site, bo):
    for person in (site.ada, site.dee, site.eve):
        found = asked(site, bo)
        vouch(site, found, person)
        recovery.stop(person, found)
        assert found.ended == "stop"
    assert bo.post("/enter/lost/").status_code == 429


def test_who_stopped_a_request_themselves_reads_from_when_the_next_can_be_asked(site, bo):
    asked(site, bo)
    Client().post(stop_link(letters("asks to come in")[-1]))
    page = bo.post("/enter/lost/")
    assert page.status_code == 409
    assert "Article 2.6: a request to let this member in was stopped lately" in page.content.decode()


def test_asking_twice_is_asking_once(site, bo):
    asked(site, bo)
    assert bo.post("/enter/lost/").status_code == 409
    assert len(site.polity.recoveries) == 1


def test_the_refusals_of_vouching_cite_the_article(site, bo):
    found = asked(site, bo)
    vouch(site, found, site.ada)
    again = site.browser(site.ada).post(f"/enter/vouch/{found.id}/")
    assert again.status_code == 409
    assert "Article 2.6: you vouch for this member already." in again.content.decode()
    own = site.browser(site.bo).post(f"/enter/vouch/{found.id}/")
    assert "nobody vouches for themselves" in own.content.decode()


def test_whoever_vouched_takes_their_word_back(site, bo):
    found = asked(site, bo)
    vouch(site, found, site.ada)
    assert "Stop it" in site.browser(site.ada).get(f"/enter/vouch/{found.id}/").content.decode()
    site.browser(site.ada).post(f"/enter/vouch/{found.id}/", {"stop": "1"})
    assert found.ended == "stop"


def test_nobody_else_stops_it(site, bo):
    found = asked(site, bo)
    assert site.browser(site.dee).post(f"/enter/vouch/{found.id}/", {"stop": "1"}).status_code == 409
    assert found.ended == ""


def test_vouching_is_for_members_and_unknown_requests_are_not_found(site, bo, client):
    found = asked(site, bo)
    assert client.get(f"/enter/vouch/{found.id}/").status_code == 302
    assert client.post(f"/enter/vouch/{found.id}/").status_code == 302
    assert site.browser(site.ada).get(f"/enter/vouch/{'a' * 26}/").status_code == 404
    assert found.vouchers == ()


def test_a_letter_that_cannot_leave_undoes_nothing(site, bo, monkeypatch):
    def broken(*letter):
        raise OSError("the mail server is gone")

    monkeypatch.setattr(mail, "send_mail", broken)
    monkeypatch.setattr("frombelow_site.mail.sending.send_mail", broken)
    assert asked(site, bo).ended == ""


def test_who_is_erased_leaves_no_way_in_behind(site):
    _app, codes = app_of(site.bo)
    bo = enter()
    bo.post("/enter/second/", {"code": codes[0]})
    bo.post("/people/me/leave/", {"sure": "on", "known": "on"})
    assert second.is_on(site.bo)
    bo.post("/people/me/erase/", {"sure": "on"})
    assert not second.is_on(site.bo)
    assert not Session.objects.filter(person=site.bo).exists()
    assert not signed_in(bo)


# --- by an officer ---


def test_an_officer_asks_and_prints_a_code_when_the_time_is_over(site):
    app_of(site.bo)
    eve = site.browser(site.eve)
    assert "Ask for Bo Four" in eve.get("/enter/restore/?name=bo+four").content.decode()
    eve.post("/enter/restore/", {"person": site.bo})
    found = next(iter(site.polity.recoveries.values()))
    assert "An officer asked for this" in letters()[0].body
    assert "Print their code" not in eve.get("/enter/restore/").content.decode()
    assert eve.post("/enter/restore/", {"print": found.id}).status_code == 404
    site.wait(HOURS_72)
    found.ended_at = int(time.time())  # the door's clock is a test's, the sheet's is not
    assert "Print their code" in eve.get("/enter/restore/").content.decode()
    page = eve.post("/enter/restore/", {"print": found.id}).content.decode()
    code = re.search("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)[0]
    bo = Client()
    bo.post("/enter/printed/", {"code": code})
    assert signed_in(bo) == site.bo


def test_the_officers_code_is_printed_once(site):
    eve = site.browser(site.eve)
    eve.post("/enter/restore/", {"person": site.bo})
    found = next(iter(site.polity.recoveries.values()))
    site.wait(HOURS_72)
    found.ended_at = int(time.time())
    assert eve.post("/enter/restore/", {"print": found.id}).status_code == 200
    assert eve.post("/enter/restore/", {"print": found.id}).status_code == 404
    assert Sheet.objects.count() == 1


def test_another_officer_does_not_print_it(site):
    eve = site.browser(site.eve)
    eve.post("/enter/restore/", {"person": site.bo})
    found = next(iter(site.polity.recoveries.values()))
    site.wait(HOURS_72)
    found.ended_at = int(time.time())
    assert site.browser(site.ada).post("/enter/restore/", {"print": found.id}).status_code == 404


def test_the_page_is_not_there_for_who_has_no_such_power(site):
    for person in (site.ada, site.bo, site.dee):
        browser = site.browser(person)
        assert browser.get("/enter/restore/").status_code == 404
        assert browser.post("/enter/restore/", {"person": site.eve}).status_code == 404
    assert site.polity.recoveries == {}


def test_a_name_that_nobody_has_is_nobody(site):
    eve = site.browser(site.eve)
    assert "No member is called so" in eve.get("/enter/restore/?name=Bob").content.decode()
    assert eve.post("/enter/restore/", {"person": "nobody"}).status_code == 404


def test_a_second_request_for_one_member_is_refused(site):
    eve = site.browser(site.eve)
    eve.post("/enter/restore/", {"person": site.bo})
    page = eve.post("/enter/restore/", {"person": site.bo})
    assert page.status_code == 409
    assert "running already" in page.content.decode()


def test_letters_are_in_the_language_of_whom_they_reach(site, bo):
    set_letters_in(site.bo, "es")
    asked(site, bo)
    assert delivered()[-1].subject == "Alguien pide entrar como tú"


def test_that_the_officer_printed_a_code_stands_in_the_record(site):
    eve = site.browser(site.eve)
    eve.post("/enter/restore/", {"person": site.bo})
    found = next(iter(site.polity.recoveries.values()))
    site.wait(HOURS_72)
    before = site.polity.size
    assert eve.post("/enter/restore/", {"print": found.id}).status_code == 200
    entry = Entry.objects.get(index=before)
    assert (entry.kind, entry.by, entry.about) == ("access.issue-code", site.eve, site.bo)


def test_whose_mandate_is_over_meanwhile_prints_nothing(site, monkeypatch):
    eve = site.browser(site.eve)
    eve.post("/enter/restore/", {"person": site.bo})
    found = next(iter(site.polity.recoveries.values()))
    site.wait(HOURS_72)
    monkeypatch.setattr(type(site.polity), "power", lambda *_what: None)
    assert eve.post("/enter/restore/", {"print": found.id}).status_code == 403
    assert not Sheet.objects.exists()


def test_the_page_for_a_lost_device_says_what_to_do_about_the_keys_that_were_in_it(site):
    for browser in (Client(), site.browser(site.bo)):
        page = " ".join(browser.get("/enter/lost/").content.decode().split())
        assert "Who holds the device may go on acting as you until its key has ended." in page
        assert "from any other key of yours: another device, a passkey, your card" in page
        assert "2 members vouch for you by keys of theirs, and 72 hours later it is yours" in page
