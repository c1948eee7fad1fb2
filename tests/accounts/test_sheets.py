"""A sheet on paper that signs in for a year: who prints it, who sees its uses, who ends it."""

import re

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from frombelow_site.accounts import sheets
from frombelow_site.accounts.models import Session, Sheet, SheetUse
from frombelow_site.door.models import Entry
from frombelow_site.mail import sending
from frombelow_site.membership import actions as membership
from frombelow_site.roll import actions as roll
from tests.site_mail import delivered

CODE = re.compile(r'<p class="sheet">([^<]+)</p>')


@pytest.fixture(autouse=True)
def letters_at_once(monkeypatch):
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_kinds: call())


def text(answer):
    return " ".join(answer.content.decode().split())


def admitted(site, name="Fay Five", address=""):
    return roll.admit(site.eve, site.mandate_of_eve, site.polity.root, name, address)


def printed(site, person):
    return CODE.findall(site.browser(site.eve).post("/people/roll/print-code/", {"person": person}).content.decode())


def come_in(code):
    browser = Client()
    browser.post("/enter/printed/", {"code": code})
    return browser


def test_a_sheet_signs_in_again_and_again_and_each_use_stands_on_home(site):
    fay = admitted(site)
    (code,) = printed(site, fay)
    for _ in range(2):
        assert come_in(code).session["person"] == fay
    assert SheetUse.objects.filter(person=fay).count() == 2
    page = text(come_in(code).get("/"))
    assert page.count("Your sheet was used on") == 3
    assert "Your sheet was used" not in text(site.browser(site.bo).get("/"))


def test_a_sheet_is_over_after_a_year(site):
    (code,) = printed(site, fay := admitted(site))
    kept = Sheet.objects.get(person=fay)
    assert (kept.expires - kept.made).days == 365
    Sheet.objects.update(expires=kept.made)
    assert "person" not in come_in(code).session


def test_that_a_sheet_was_printed_is_told_to_the_address_on_file(site):
    fay = admitted(site, address="fay@example.org")
    printed(site, fay)
    (letter,) = [each for each in delivered() if each.subject != "Welcome"]
    assert letter.to == ["fay@example.org"]
    assert "An officer printed a sheet with which you sign in" in letter.body


def test_no_sheet_is_printed_for_who_came_in(site):
    (code,) = printed(site, fay := admitted(site))
    come_in(code)
    Session.objects.all().delete()
    assert printed(site, fay) == []


def test_its_member_ends_it_and_whoever_came_in_by_it_is_signed_out(site):
    (code,) = printed(site, fay := admitted(site))
    thief, own = come_in(code), site.browser(fay)
    page = text(own.get("/enter/ways/"))
    assert "Your sheet was used on" in page
    assert "Your sheet is good no more." in text(own.post("/enter/ways/sheet/end/", follow=True))
    assert thief.get("/").url.startswith("/enter/")
    assert own.get("/").status_code == 200
    assert "person" not in come_in(code).session
    assert own.post("/enter/ways/sheet/end/").status_code == 302
    assert Entry.objects.filter(kind="access.end-code", by=fay).count() == 1


def test_who_ends_the_sheet_by_which_they_are_here_stays(site):
    (code,) = printed(site, admitted(site))
    own = come_in(code)
    own.post("/enter/ways/sheet/end/")
    assert own.get("/").status_code == 200


def test_an_officer_ends_it(site):
    (code,) = printed(site, fay := admitted(site))
    own = come_in(code)
    eve = site.browser(site.eve)
    assert "End their sheet" in text(eve.get(f"/people/roll/member/{fay}/"))
    assert site.browser(site.bo).post(f"/people/roll/member/{fay}/end-sheet/").status_code == 404
    assert "Their sheet is good no more." in text(eve.post(f"/people/roll/member/{fay}/end-sheet/", follow=True))
    assert "person" not in come_in(code).session
    assert own.get("/").url.startswith("/enter/")
    assert eve.post(f"/people/roll/member/{fay}/end-sheet/").status_code == 409


def test_a_member_makes_a_sheet_that_nobody_else_has_read(site):
    (before,) = printed(site, fay := admitted(site))
    (code,) = CODE.findall(come_in(before).post("/enter/ways/sheet/").content.decode())
    assert come_in(code).session["person"] == fay
    assert "person" not in come_in(before).session
    entry = Entry.objects.filter(kind="access.issue-code").latest("index")
    assert (entry.by, entry.about) == (fay, fay)


def test_who_made_a_sheet_hears_of_it_by_mail(site):
    site.browser(site.bo).post("/enter/ways/sheet/")
    assert [letter.to for letter in delivered()] == [["bo@example.org"]]


def test_sheets_for_many_are_made_for_who_never_came_in_and_each_is_an_entry(site):
    fay, gus = admitted(site), admitted(site, "Gus Six", "gus@example.org")
    membership.step_back(site.bo, None)
    site.browser(site.ada).get("/")
    page = site.browser(site.eve).post("/people/roll/print-codes/", {}).content.decode()
    named = re.findall(r"<h2>A way in for ([^<]+)</h2>", page)
    assert named == ["Dee Three", "Fay Five", "Gus Six"]
    codes = CODE.findall(page)
    assert [come_in(code).session["person"] for code in codes] == [site.dee, fay, gus]
    assert Entry.objects.filter(kind="access.issue-code", by=site.eve).count() == 3
    again = site.browser(site.eve).post("/people/roll/print-codes/", {})
    assert again.status_code == 409
    assert "Everybody who is shown came in before, or has a sheet." in text(again)


def test_sheets_for_many_are_only_for_who_is_shown_and_by_who_may_admit(site):
    admitted(site)
    admitted(site, "Gus Six")
    assert site.browser(site.bo).post("/people/roll/print-codes/", {}).status_code == 404
    page = text(site.browser(site.eve).post("/people/roll/print-codes/", {"name": "gus"}))
    assert "A way in for Gus Six" in page
    assert "Fay Five" not in page


def test_who_never_came_in_is_shown_apart(site):
    admitted(site)
    site.browser(site.bo).get("/")
    page = text(site.browser(site.eve).get("/people/roll/?show=never"))
    assert "Fay Five" in page
    assert "Bo Four" not in page
    assert "Eve Two" not in page


def test_an_erased_member_leaves_no_use_of_a_sheet(site):
    (code,) = printed(site, fay := admitted(site))
    come_in(code)
    membership.erase_and_leave(fay)
    assert not SheetUse.objects.exists()
    assert sheets.live(fay) is None


# --- signing out ---


def test_who_could_not_come_in_again_is_told_before_they_are_signed_out(site):
    fay = admitted(site)
    browser = site.browser(fay)
    page = text(browser.post("/enter/out/"))
    assert "You could not come in again by yourself" in page
    assert browser.get("/").status_code == 200
    browser.post("/enter/out/", {"sure": "1"})
    assert browser.get("/").url.startswith("/enter/")


@pytest.mark.parametrize("way", ["mail", "sheet"])
def test_who_can_come_in_again_is_signed_out_at_once(site, way):
    fay = admitted(site, address="fay@example.org" if way == "mail" else "")
    if way == "sheet":
        printed(site, fay)
    browser = site.browser(fay)
    assert browser.post("/enter/out/").status_code == 302
    assert browser.get("/").url.startswith("/enter/")


def test_all_of_a_house_that_shares_a_mailbox_find_themselves(site):
    house = [admitted(site, f"Tenant {n:02}", "house@example.org") for n in range(25)]
    browser = Client()
    browser.post("/enter/", {"mail": "house@example.org"})
    browser.post("/enter/code/", {"code": re.search(r"\d{6}", mail.outbox[-1].body)[0]})
    page = browser.get("/enter/who/").content.decode()
    assert sorted(re.findall(r"Tenant \d\d", page)) == [f"Tenant {n:02}" for n in range(25)]
    browser.post("/enter/who/", {"person": house[24]})
    assert browser.session["person"] == house[24]
