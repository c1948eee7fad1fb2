"""While the server is off nobody can say no, so nothing about keys happens by silence."""

import pytest

from tests import acts as a
from tests.cast import Organization

from .keyring import add, ask, end, lives, old_keys, over, stop, vouch


@pytest.fixture
def org():
    """Bo has a card and said "only with my keys"; Ada and Dee have keys that vouch."""
    org = Organization(more=6)
    org.card = org.first_key(org.bo, "card")
    org.phone = add(org, org.bo, org.card, "device")
    org.do(a.OnlyWithKeys, org.bo, sealed=org.card)
    org.adas, org.dees = old_keys(org, org.ada, org.dee)
    return org


def test_the_hours_in_which_a_key_that_was_asked_for_can_be_stopped_run_only_while_the_server_is_on(org):
    request, thief = ask(org, org.bo, "file")
    vouch(org, request, org.adas, org.dees)
    org.outage(days=4)
    assert not lives(org, thief)  # Bo could say no in none of these hours
    stop(org, request, org.card)


def test_a_card_that_a_stolen_phone_suspended_ends_in_no_outage(org):
    end(org, org.card, org.phone)
    org.outage(days=4)
    assert lives(org, org.card)


def test_acts_without_a_seal_stand_again_in_no_outage(org):
    other = add(org, org.bo, org.card, "file")
    org.do(a.LoosenKeys, org.bo, sealed=other)
    org.outage(days=4)
    assert org.polity.keys.bound(org.bo)


def test_the_time_to_vouch_for_a_key_ends_as_much_later_as_the_server_was_off(org):
    request, _mine = ask(org, org.bo, "file")
    org.outage(days=15)
    vouch(org, request, org.adas, org.dees)
    assert over(org, request) == ""
