"""Signing in by a code, a printed sheet or a link; and what nobody can learn or do on the way."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frombelow_site.accounts import codes, limits, links, sheets
from frombelow_site.accounts.models import Code, Limit, Session, Sheet
from frombelow_site.membership import actions as membership
from frombelow_site.people.models import Card, OtherMail
from frombelow_site.people.queries import at_address
from frombelow_site.roll import actions as roll

from .conftest import ask, code_in_mail, enter, signed_in


def test_the_code_in_the_mail_signs_in(site, client):
    assert ask(client, "  BO@example.org ").url == "/enter/code/"
    assert client.post("/enter/code/", {"code": f" {code_in_mail()[:3]} {code_in_mail()[3:]} "}).url == "/"
    assert signed_in(client) == site.bo


def test_whoever_has_an_address_that_the_roll_takes_can_sign_in_with_it(site, client):
    rows = "name,email\nJosé Five,josé@example.org\nLi Six,li@例子.example\n"
    roll.import_roll(rows.encode(), site.eve, site.mandate_of_eve, site.polity.root)
    for address in ("josé@example.org", "li@例子.example", "li@xn--fsqu00a.example"):
        assert signed_in(enter(address)) in at_address(address)[1]


def test_a_code_for_one_address_never_goes_to_another_that_only_looks_alike(site, client):
    for written, other in (("strauß@example.org", "strauss@example.org"), ("ſam@example.org", "sam@example.org")):
        rows = f"name,email\nOne of {written},{written}\nOne of {other},{other}\n"
        roll.import_roll(rows.encode(), site.eve, site.mandate_of_eve, site.polity.root)
        cards = dict(Card.objects.values_list("person", "mail"))
        for asked in (written, other):
            ask(client, asked)
            assert mail.outbox[-1].to == [asked]
            assert at_address(asked)[1] == [who for who, card in cards.items() if card == asked]


def test_a_code_goes_to_the_address_as_the_roll_has_it(site, client):
    rows = "name,email\nJo Seven,Jo.Seven@Example.org\n"
    roll.import_roll(rows.encode(), site.eve, site.mandate_of_eve, site.polity.root)
    ask(client, "JO.seven@example.ORG")
    assert mail.outbox[-1].to == ["Jo.Seven@Example.org"]


def test_who_has_an_address_in_capitals_comes_in_as_nobody_who_has_it_in_small_letters(site, client):
    """A mail host may give the two to two people, and one of them could ask for a code for the other."""
    OtherMail.objects.create(person=site.ada, mail="BO@example.org", mail_key="bo@example.org")
    assert signed_in(enter("BO@example.org")) == site.ada
    assert mail.outbox[-1].to == ["BO@example.org"]
    assert signed_in(enter("bo@example.org")) == site.bo
    assert mail.outbox[-1].to == ["bo@example.org"]


def test_a_code_is_good_no_more_once_its_address_means_somebody_else(site, client):
    theirs = OtherMail.objects.create(person=site.ada, mail="BO@example.org", mail_key="bo@example.org")
    ask(client, "BO@example.org")
    theirs.delete()
    client.post("/enter/code/", {"code": code_in_mail()})
    assert signed_in(client) == ""


def test_who_proved_an_address_that_is_taken_away_chooses_among_nobody_else(site):
    for person in (site.ada, site.eve):
        OtherMail.objects.create(person=person, mail="BO@example.org", mail_key="bo@example.org")
    client = enter("BO@example.org")
    assert "Ada One" in client.get("/enter/who/").content.decode()
    OtherMail.objects.all().delete()
    client.post("/enter/who/", {"person": site.bo})
    assert signed_in(client) == ""


def test_the_mail_names_no_organization(site, client):
    ask(client)
    assert "Tenants" not in mail.outbox[0].subject + mail.outbox[0].body


def test_the_session_key_changes_at_sign_in(site, client):
    ask(client)
    before = client.session.session_key
    client.post("/enter/code/", {"code": code_in_mail()})
    assert client.session.session_key != before


def test_only_a_keyed_hash_of_the_code_is_kept(site, client):
    ask(client)
    row = Code.objects.get()
    kept = f"{row.id} {row.address} {row.digest}"
    assert code_in_mail() not in kept
    assert "bo@" not in kept


def test_an_unknown_address_gets_the_same_answer_and_the_same_work(site, client, django_assert_num_queries):
    known = ask(client)
    count = len(mail.outbox)
    unknown = ask(client, "nobody@example.org")
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    assert Code.objects.count() == 2
    assert len(mail.outbox) == count
    pages = [client.get("/enter/code/").content.decode()]
    assert "If nobody@example.org is on the roll" in pages[0]


def test_a_code_is_good_once(site, client):
    ask(client)
    row, code = Code.objects.get(), code_in_mail()
    assert codes.check(row.id, "bo@example.org", code)
    assert not codes.check(row.id, "bo@example.org", code)


def test_a_code_is_over_after_fifteen_minutes(site, client):
    ask(client)
    Code.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert client.post("/enter/code/", {"code": code_in_mail()}).status_code == 400
    assert not signed_in(client)


def test_after_five_tries_the_right_code_is_good_no_more(site, client):
    ask(client)
    right = code_in_mail()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert client.post("/enter/code/", {"code": wrong}).status_code == 400
    assert client.post("/enter/code/", {"code": right}).status_code == 400
    assert not signed_in(client)


def test_a_code_is_good_for_its_own_address_only(site, client):
    ask(client)
    assert not codes.check(Code.objects.get().id, "ada@example.org", code_in_mail())


def test_two_people_with_one_address_choose_who_they_are(site, client):
    twin = roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Bea Four", "bo@example.org")
    ask(client)
    assert client.post("/enter/code/", {"code": code_in_mail()}).url == "/enter/who/"
    assert not signed_in(client)
    assert "Bea Four" in client.get("/enter/who/").content.decode()
    assert client.post("/enter/who/", {"person": site.ada}).status_code == 200
    assert not signed_in(client)
    client.post("/enter/who/", {"person": twin})
    assert signed_in(client) == twin


def test_nobody_chooses_who_they_are_without_a_code(site, client):
    assert client.post("/enter/who/", {"person": site.bo}).url == "/enter/"


def test_a_code_that_somebody_else_was_sent_opens_nothing(site, client):
    ask(client)
    other = Client()
    ask(other, "ada@example.org")
    assert client.post("/enter/code/", {"code": code_in_mail()}).status_code == 400
    assert not signed_in(client)


def test_a_code_is_good_only_in_the_browser_that_asked_for_it(site, client):
    ask(client)
    assert Client().post("/enter/code/", {"code": code_in_mail()}).url == "/enter/"


def test_a_code_that_is_known_costs_as_many_queries_as_one_that_is_not(site):
    """The fewest of several: what is tidied up now and then is tidied up whoever asks."""

    def queries(*names):
        counts = []
        for name in names:
            with CaptureQueriesContext(connection) as asked:
                ask(Client(), f"{name}@example.org")
            counts.append(len(asked))
        return min(counts)

    assert queries("bo", "ada", "eve") == queries("nobody", "none", "somebody")


def test_the_limits_hold_in_another_process_and_after_a_restart(site, client):
    for _ in range(5):
        ask(client)
    cache.clear()
    assert ask(Client()).status_code == 429
    assert not Limit.objects.filter(place__contains="bo").exists()


def test_after_an_hour_a_limit_begins_anew(site, client):
    for _ in range(6):
        ask(client)
    Limit.objects.update(ends=1)
    assert ask(client).status_code == 302


def test_an_address_can_ask_for_five_codes_an_hour_known_or_not(site, client):
    for address in ("bo@example.org", "nobody@example.org"):
        assert [ask(client, address).status_code for _ in range(6)] == [302] * 5 + [429]


def test_a_network_address_can_ask_for_thirty(site, client):
    answers = [ask(client, f"somebody{n}@example.org").status_code for n in range(31)]
    assert answers == [302] * 30 + [429]


def test_a_printed_code_signs_in_once(site, client):
    code = sheets.make_sheet(site.dee, site.eve)
    assert re.fullmatch("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", code)
    client.post("/enter/printed/", {"code": code.lower().replace("-", " ")})
    assert signed_in(client) == site.dee
    client.post("/enter/out/")
    assert client.post("/enter/printed/", {"code": code}).status_code == 400


def test_a_fresh_sheet_makes_the_earlier_one_worthless(site):
    first, second = sheets.make_sheet(site.dee, site.eve), sheets.make_sheet(site.dee, site.eve)
    assert sheets.spend(first) == ""
    assert sheets.spend(second) == site.dee


def test_sheets_keep_only_a_keyed_hash(site):
    code = sheets.make_sheet(site.dee, site.eve)
    assert code.replace("-", "") not in Sheet.objects.get().digest.upper()


def test_a_link_signs_in_once_and_only_by_its_button(site, client):
    link = links.make_link(site.bo)
    assert "Sign in as Bo Four" in client.get(link).content.decode()
    assert not signed_in(client)
    client.post(link)
    assert signed_in(client) == site.bo
    client.post("/enter/out/")
    assert client.post(link).status_code == 404
    assert client.get(link).status_code == 404


def test_a_link_that_was_changed_leads_nowhere(site, client):
    assert client.post(links.make_link(site.bo)[:-3] + "xx/").status_code == 404


def test_sign_out_is_by_post(site):
    bo = site.browser(site.bo)
    assert bo.get("/enter/out/").status_code == 405
    bo.post("/enter/out/")
    assert not signed_in(bo)


def test_who_left_stays_signed_in_until_they_are_erased(site):
    bo, link = site.browser(site.bo), links.make_link(site.bo)
    membership.leave(site.bo)
    assert bo.get("/").url == "/people/me/"
    assert signed_in(bo)
    membership.erase(site.bo)
    assert bo.get("/").url == "/enter/"
    assert not signed_in(bo)
    assert Client().get(link).status_code == 404


def test_who_left_signs_in_by_mail_and_by_paper_and_finds_their_own_page(site, client):
    membership.leave(site.bo)
    ask(client)
    assert client.post("/enter/code/", {"code": code_in_mail()}, follow=True).redirect_chain[-1][0] == "/people/me/"
    assert signed_in(client) == site.bo
    other = Client()
    other.post("/enter/printed/", {"code": sheets.make_sheet(site.bo, "")})
    assert signed_in(other) == site.bo


def test_who_came_back_with_the_same_address_is_not_taken_for_who_they_were(site, client):
    membership.leave(site.bo)
    roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Bo Four", "bo@example.org")
    ask(client)
    client.post("/enter/code/", {"code": code_in_mail()})
    page = client.get("/enter/who/").content.decode()
    now, before = re.findall(r"Bo Four( \(a member no more\))?</label>", page)
    assert (now, before) == ("", " (a member no more)")


def test_who_was_never_admitted_is_nobody(site):
    assert site.browser(site.charlie).get("/people/").status_code == 302


def test_after_signing_in_you_are_where_you_wanted_to_be(site, client):
    onward = client.get("/people/me/").url
    client.post(onward, {"mail": "bo@example.org", "next": "/people/me/"})
    assert client.post("/enter/code/", {"code": code_in_mail()}).url == "/people/me/"


@pytest.mark.parametrize("onward", ["https://evil.example/", "0"])
def test_nobody_is_led_to_another_site(site, client, onward):
    client.post("/enter/", {"mail": "bo@example.org", "next": onward})
    assert client.post("/enter/code/", {"code": code_in_mail()}).url == "/"


@pytest.mark.parametrize("address", ["/enter/", "/enter/printed/"])
def test_the_pages_open(site, client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::2", True),  # one network of 2001:db8:0:0, written short
        ("2001:db8::1", "2001:0db8:0000:0000:ffff::1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("2001:db8:1::1", "2001:db8:1:0:9::1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2", True),
    ],
)
def test_a_household_is_one_network_however_its_address_is_written(site, one, other, same):
    for n in range(30):
        ask(Client(REMOTE_ADDR=one), f"somebody{n}@example.org")
    assert (ask(Client(REMOTE_ADDR=other), "somebody@example.org").status_code == 429) is same


def test_a_stranger_leaves_nothing_long_behind(site, client):
    long = "/" + "x" * 500_000
    client.post("/enter/", {"mail": "bo@example.org", "next": long})
    Client().post("/enter/passkey/", {"next": long})
    assert all(len(row.session_data) < 5_000 for row in Session.objects.all())


def test_a_stranger_tries_so_many_passkeys_and_no_more(site, client, monkeypatch):
    monkeypatch.setattr(limits, "PASSKEYS_A_NETWORK", 3)
    assert [Client().post("/enter/passkey/").status_code for _ in range(4)] == [302, 302, 302, 429]


def test_what_a_stranger_began_is_over_in_a_day(site, client):
    ask(client)
    tomorrow = timezone.now() + timedelta(days=1)
    assert Session.objects.get().expire_date <= tomorrow
    enter()
    assert Session.objects.get(person=site.bo).expire_date > tomorrow


def test_who_is_admitted_with_my_address_does_not_crowd_me_out(site, client):
    later = [
        roll.admit(site.eve, site.mandate_of_eve, site.polity.root, f"Invention {n}", "bo@example.org")
        for n in range(30)
    ]
    assert at_address("bo@example.org")[1] == [site.bo, *later]
    ask(client)
    client.post("/enter/code/", {"code": code_in_mail()})
    assert client.post("/enter/who/", {"person": site.bo}).status_code == 302
    assert signed_in(client) == site.bo


def test_who_mistyped_a_printed_code_is_asked_to_look_at_it_before_they_ask_for_a_new_one(site, client):
    page = client.post("/enter/printed/", {"code": "ABCD-EFGH-2345"}).content.decode()
    assert page.index("Look whether you typed it as it is printed") < page.index("ask for a new sheet")
