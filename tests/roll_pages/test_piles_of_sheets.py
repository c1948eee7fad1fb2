"""Sheets for many."""

import re
import time

import pytest
from django.test import Client

from frombelow.polity import Refused
from frombelow_site.accounts import sheets
from frombelow_site.accounts.models import Session, Sheet, SheetUse
from frombelow_site.roll import views
from tests.site_mail import delivered


def enter(mail):
    client = Client()
    client.post("/enter/", {"mail": mail})
    code, t = None, time.time()
    while code is None and time.time() < t + 30:
        found = [each for each in delivered() if each.to == [mail] and "Your code" in each.subject]
        code = re.search(r"\d{6}", found[-1].body)[0] if found else None
        time.sleep(0.02)
    client.post("/enter/code/", {"code": code})
    assert client.session.get("person")
    return client


def test_no_sheet_is_printed_for_who_came_in_and_signed_out(site):
    site.admit(1)
    client = enter("person0@example.org")
    client.post("/enter/out/")
    answer = site.browser(site.eve).post("/people/roll/print-code/", {"person": site.people[0]})
    assert answer.status_code == 409, (answer.status_code, Session.objects.filter(person=site.people[0]).count())


def test_the_next_pile_of_sheets_is_for_others_and_leaves_those_printed_good(site, monkeypatch):
    monkeypatch.setattr(views, "A_PILE", 2)
    site.admit(5)
    eve = site.browser(site.eve)

    def names(a):
        return set(
            re.findall(
                r"Person \d|Ada One|Bo Four|Dee Three|Eve Two",
                re.sub(r"(?s)<header.*?</header>", "", a.content.decode()),
            )
        )

    first = eve.post("/people/roll/print-codes/")
    set(Sheet.objects.filter(used=None).values_list("pk", flat=True))
    second = eve.post("/people/roll/print-codes/")
    assert first.status_code == second.status_code == 200
    assert not names(first) & names(second), (names(first), names(second))


def test_who_comes_in_by_a_sheet_after_it_was_ended_is_out(site):
    site.admit(1)
    who = site.people[0]
    code = sheets.issue_lasting(who, site.eve, site.mandate_of_eve)
    assert sheets.spend(code) == who
    assert sheets.spend(code.lower().replace("-", " ")) == who
    sheets.end(who, site.eve, site.mandate_of_eve)
    assert not sheets.spend(code)


def test_a_sheet_of_the_erased_is_good_no_more(site):
    from frombelow_site.membership import actions

    code = sheets.issue_lasting(site.bo, site.bo)
    actions.erase_and_leave(site.bo)
    assert not sheets.spend(code)
    assert not SheetUse.objects.filter(person=site.bo).exists()
    assert not Sheet.objects.filter(person=site.bo).exists()


def test_a_sheet_of_who_left_opens_their_own_page_and_no_other(site):
    from frombelow_site.membership import actions

    code = sheets.issue_lasting(site.bo, site.bo)
    actions.leave(site.bo)
    client = Client()
    client.post("/enter/printed/", {"code": code})
    assert client.get("/people/me/").status_code == 200
    assert client.get("/people/").status_code == 302


def test_a_sheet_dies_with_a_second_one_of_an_officer(site):
    code = sheets.issue_lasting(site.bo, site.bo)
    with pytest.raises(Refused):
        sheets.issue_lasting(site.bo, site.eve, site.mandate_of_eve)
    assert sheets.spend(code) == site.bo


def test_for_who_acts_only_with_keys_the_server_makes_no_sheet(site):
    from frombelow.polity.keys.acts import OnlyWithKeys
    from tests.site_keys import do, first_key

    key = first_key(site, site.bo, "card")
    do(site, key, OnlyWithKeys(by=site.bo))
    with pytest.raises(Refused) as refused:
        sheets.issue_lasting(site.bo, site.bo)
    assert refused.value.message == "seal-needed"
    assert not Sheet.objects.filter(person=site.bo).exists()
