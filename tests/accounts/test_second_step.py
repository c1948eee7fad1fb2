"""The second step: an app's code after a code by mail or on paper, and the recovery codes that stand in for it."""

import re
import time

import pyotp
import pytest
from django.test import Client

from frombelow_site.accounts import links, second, sheets
from frombelow_site.accounts.hashing import unseal
from frombelow_site.accounts.models import RecoveryCode, SecondStep
from frombelow_site.roll import actions as roll
from tests.site_mail import delivered

from .conftest import app_of, enter, signed_in


def now(app, steps=0):
    return app.at(int(time.time()) + 30 * steps)


def to_second(client, code):
    return client.post("/enter/second/", {"code": code})


def test_after_the_code_by_mail_the_apps_code_is_asked_for(site):
    app, _codes = app_of(site.bo)
    client = enter()
    assert not signed_in(client)
    assert client.get("/people/me/").status_code == 302
    assert to_second(client, now(app)).url == "/"
    assert signed_in(client) == site.bo


def test_a_printed_code_and_a_link_need_it_too(site):
    app_of(site.bo)
    for client, address, fields in (
        (Client(), "/enter/printed/", {"code": sheets.make_sheet(site.bo, site.eve)}),
        (Client(), links.make_link(site.bo), {}),
    ):
        assert client.post(address, fields).url == "/enter/second/"
        assert not signed_in(client)


def test_two_people_with_one_address_have_each_their_own_step(site):
    twin = roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Bea Four", "bo@example.org")
    app, _codes = app_of(twin)
    client = enter()
    assert client.post("/enter/who/", {"person": twin}).url == "/enter/second/"
    to_second(client, now(app))
    assert signed_in(client) == twin


def test_the_session_key_changes_at_each_step(site):
    app, _codes = app_of(site.bo)
    client = enter()
    half = client.session.session_key
    to_second(client, now(app))
    assert client.session.session_key != half


def test_an_apps_code_is_good_once(site):
    app, _codes = app_of(site.bo)
    code = now(app)
    assert second.check(site.bo, code) == "app"
    assert second.check(site.bo, code) == ""


def test_an_earlier_code_is_good_no_more_after_a_later_one(site):
    app, _codes = app_of(site.bo)
    assert second.check(site.bo, now(app, 1)) == "app"
    assert second.check(site.bo, now(app)) == ""


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_is_refused(site, steps):
    app, _codes = app_of(site.bo)
    client = enter()
    assert to_second(client, now(app, steps)).status_code == 400
    assert not signed_in(client)


def test_the_code_that_turned_it_on_signs_nobody_in(site):
    app, _codes = app_of(site.bo)
    assert second.check(site.bo, now(app, -1)) == ""


def test_another_persons_app_is_refused(site):
    app_of(site.bo)
    other, codes = app_of(site.ada, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
    for code in (now(other), codes[0]):
        assert second.check(site.bo, code) == ""


@pytest.mark.parametrize("typed", ["", "12345", "１２３４５６", "x" * 30, "000 000", "💥"])
def test_what_is_no_code_is_refused(site, typed):
    app_of(site.bo)
    assert to_second(enter(), typed).status_code == 400


def test_ten_recovery_codes_are_good_once_each(site):
    _app, codes = app_of(site.bo)
    assert len(set(codes)) == 10
    assert all(re.fullmatch("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", code) for code in codes)
    client = enter()
    to_second(client, codes[0].lower().replace("-", " "))
    assert signed_in(client) == site.bo
    assert second.codes_left(site.bo) == 9
    assert to_second(enter(), codes[0]).status_code == 400


def test_a_letter_says_that_a_recovery_code_was_used(site):
    _app, codes = app_of(site.bo)
    to_second(enter(), codes[0])
    assert "recovery codes was used" in delivered()[-1].body


def test_nothing_at_rest_tells_a_code_or_the_secret(site):
    app, codes = app_of(site.bo)
    kept = str(list(RecoveryCode.objects.values())) + str(list(SecondStep.objects.values()))
    assert app.secret not in kept
    assert not any(code.replace("-", "") in kept for code in codes)


def test_ten_tries_an_hour_from_wherever(site):
    app, _codes = app_of(site.bo)
    browsers = [enter(REMOTE_ADDR=f"10.0.0.{n}") for n in range(3)]
    for n in range(10):
        assert to_second(browsers[n % 2], "000000").status_code == 400
    assert to_second(browsers[2], now(app)).status_code == 429
    assert not signed_in(browsers[2])


def test_the_first_step_is_worth_fifteen_minutes(site):
    app, _codes = app_of(site.bo)
    client = enter()
    session = client.session
    session["half"] = {**session["half"], "at": session["half"]["at"] - 901}
    session.save()
    assert to_second(client, now(app)).url == "/enter/"
    assert not signed_in(client)


def test_nobody_comes_to_the_second_step_without_the_first(site, client):
    app, _codes = app_of(site.bo)
    assert to_second(client, now(app)).url == "/enter/"


def test_it_is_turned_on_by_showing_that_the_app_works(site):
    bo = enter()
    page = bo.get("/enter/ways/second/").content.decode()
    assert "<svg" in page
    assert "otpauth://totp/" in page
    assert "Tenants" not in re.search('otpauth://[^"]+', page)[0]
    secret = unseal(bo.session["secret"])
    assert bo.post("/enter/ways/second/", {"code": "000000"}).status_code == 400
    assert not second.is_on(site.bo)
    page = bo.post("/enter/ways/second/", {"code": now(pyotp.TOTP(secret))}).content.decode()
    assert len(re.findall("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)) == 10
    assert second.is_on(site.bo)
    assert "secret" not in bo.session
    assert "second step was turned on" in delivered()[-1].body


def test_it_is_turned_off_and_the_recovery_codes_go_with_it(site):
    app, _codes = app_of(site.bo)
    bo = enter()
    to_second(bo, now(app))
    bo.post("/enter/ways/second/off/")
    assert not second.is_on(site.bo)
    assert not RecoveryCode.objects.exists()
    assert "turned off" in delivered()[-1].body


def test_new_recovery_codes_make_the_earlier_ones_worthless(site):
    app, codes = app_of(site.bo)
    bo = enter()
    to_second(bo, now(app))
    assert bo.post("/enter/ways/second/codes/").status_code == 200
    assert second.check(site.bo, codes[0]) == ""
    assert second.codes_left(site.bo) == 10


def test_nobody_gets_recovery_codes_without_a_second_step(site):
    bo = enter()
    assert bo.post("/enter/ways/second/codes/").url == "/enter/ways/"
    assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize("way", ["off/", "codes/", ""])
def test_a_screen_left_open_for_an_hour_changes_nothing(site, way):
    app, _codes = app_of(site.bo)
    bo = enter()
    to_second(bo, now(app))
    session = bo.session
    session["at"] -= 3601
    session.save()
    assert bo.post(f"/enter/ways/second/{way}").url == "/enter/ways/"
    assert second.is_on(site.bo)
    assert second.codes_left(site.bo) == 10


def test_nothing_is_turned_off_by_a_get(site):
    bo = enter()
    for way in ("off/", "codes/"):
        assert bo.get(f"/enter/ways/second/{way}").status_code == 405


def test_another_servers_secret_opens_nothing(site, settings):
    app, codes = app_of(site.bo)
    settings.SECRET_KEY = "another"
    assert second.check(site.bo, now(app)) == ""
    assert second.check(site.bo, codes[0]) == ""
