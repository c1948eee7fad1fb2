"""Who said “only with my keys”, and somebody asks to come in as them."""

import re

import pytest
from django.db import transaction
from django.test import Client

from frombelow.polity.keys.acts import OnlyWithKeys
from frombelow_site.accounts import recovery
from tests.site_keys import do, first_key
from tests.site_mail import delivered

from .conftest import app_of, enter, signed_in


@pytest.fixture(autouse=True)
def after_the_commit(monkeypatch):
    """What waits for a commit happens at once: a test has none."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_kinds: call())


@pytest.fixture
def bound(site):
    """Bo said “only with my keys”, and whoever has his mail asks to come in as him."""
    key = first_key(site, site.bo, "card")
    do(site, key, OnlyWithKeys(by=site.bo))
    delivered().clear()
    name = recovery.ask(site.bo, "http://testserver")
    return site.polity.recoveries[name]


def test_a_bound_member_stops_by_the_button_in_the_letter_who_asks_to_come_in_as_them(site, bound):
    [letter] = [each for each in delivered() if each.to == ["bo@example.org"] and "asks to come in" in each.subject]
    answer = Client().post(re.search(r"http://testserver(/enter/stop/\S+)", letter.body)[1])
    site.wait(3)
    assert (answer.status_code, bound.ended) == (302, "stop")


def test_signing_in_as_always_stops_it_for_a_bound_member_too(site, bound):
    assert signed_in(enter()) == site.bo
    site.wait(3)
    assert bound.ended == "stop"


def test_a_bound_member_who_lost_every_way_to_sign_in_asks_to_come_in_again_by_mail(site):
    key = first_key(site, site.bo, "card")
    do(site, key, OnlyWithKeys(by=site.bo))
    app_of(site.bo)  # the phone with it is gone: a code by mail leads half the way
    assert enter().post("/enter/lost/").status_code == 302
    assert site.bo in site.polity.recovering
