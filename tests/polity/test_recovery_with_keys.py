"""Coming in again of who ever had a durable key: nothing on the server's word, and an officer's word is one vouch."""

import pytest

from tests import acts as a
from tests.cast import Organization
from tests.polity.keyring import add, hours, old_keys


@pytest.fixture
def org():
    return Organization(20)


def ask(org, sealed=None):
    name = org.new()
    org.do(a.AskAccess, org.bo, sealed=sealed, recovery=name, person=org.bo)
    return name


def for_bo(org, name):
    return {"recovery": name, "person": org.bo}


def officer(org):
    return {"under": org.mandate(org.eve), **for_bo(org, org.new())}


def way(org, name):
    return org.polity.recoveries[name].ended


def test_unsealed_vouches_open_no_way_for_who_had_a_durable_key(org):
    old_keys(org, org.bo)
    name = ask(org)
    assert org.refused(a.Vouch, org.ada, **for_bo(org, name)).message == "needs-a-key"
    hours(org, 24 * 15)
    assert way(org, name) == "lapse"


def test_two_members_vouch_by_keys_that_are_known_for_long(org):
    _, ada, dee = old_keys(org, org.bo, org.ada, org.dee)
    name = ask(org)
    org.do(a.Vouch, org.ada, sealed=ada, **for_bo(org, name))
    org.do(a.Vouch, org.dee, sealed=dee, **for_bo(org, name))
    hours(org, 71)
    assert way(org, name) == ""
    hours(org, 1)
    assert way(org, name) == "open"


def test_a_key_that_is_young_vouches_for_no_way_in(org):
    old_keys(org, org.bo)
    org.wait(60)
    (ada,) = old_keys(org, org.ada, days=1)
    name = ask(org)
    assert org.refused(a.Vouch, org.ada, sealed=ada, **for_bo(org, name)).message == "key-young"


def test_an_officers_word_alone_opens_no_way_for_who_had_a_durable_key(org):
    _, eve, ada = old_keys(org, org.bo, org.eve, org.ada)
    assert org.refused(a.AskAccess, org.eve, **officer(org)).message == "needs-a-key"
    fields = officer(org)
    org.do(a.AskAccess, org.eve, sealed=eve, **fields)
    found = org.polity.recoveries[fields["recovery"]]
    assert (found.needed, found.vouchers, found.opens) == (2, (org.eve,), 0)
    again = org.refused(a.Vouch, org.eve, sealed=eve, **for_bo(org, found.id))
    assert again.message == "vouched-already"
    org.do(a.Vouch, org.ada, sealed=ada, **for_bo(org, found.id))
    hours(org, 72)
    assert found.ended == "open"


def test_a_young_key_of_an_officer_asks_for_nobody_who_had_a_durable_key(org):
    old_keys(org, org.bo)
    (eve,) = old_keys(org, org.eve, days=1)
    assert org.refused(a.AskAccess, org.eve, sealed=eve, **officer(org)).message == "key-young"


def test_who_lengthened_the_wait_is_waited_for(org):
    bo, ada, dee = old_keys(org, org.bo, org.ada, org.dee)
    org.do(a.OnlyWithKeys, org.bo, sealed=bo, hours=200)
    name = ask(org)
    for person, key in ((org.ada, ada), (org.dee, dee)):
        org.do(a.Vouch, person, sealed=key, **for_bo(org, name))
    hours(org, 199)
    assert way(org, name) == ""
    hours(org, 1)
    assert way(org, name) == "open"


def test_who_is_bound_and_lost_all_keys_can_ask(org):
    (bo,) = old_keys(org, org.bo)
    org.do(a.OnlyWithKeys, org.bo, sealed=bo)
    assert org.polity.recoveries[ask(org)].sealed


def test_an_officer_who_is_bound_asks_for_nobody_without_their_key(org):
    (eve,) = old_keys(org, org.eve)
    org.do(a.OnlyWithKeys, org.eve, sealed=eve)
    assert org.refused(a.AskAccess, org.eve, **officer(org)).message == "seal-needed"


def test_a_way_that_opens_on_words_closes_when_the_member_has_a_durable_key_meanwhile(org):
    light = org.first_key(org.bo, "device")
    name = ask(org, sealed=light)
    for person in (org.ada, org.dee):
        org.do(a.Vouch, person, **for_bo(org, name))
    add(org, org.bo, light)
    hours(org, 72)
    assert way(org, name) == "lapse"


def test_any_live_key_of_the_member_stops_it(org):
    bo, ada = old_keys(org, org.bo, org.ada)
    org.do(a.OnlyWithKeys, org.bo, sealed=bo)
    name = ask(org)
    org.do(a.Vouch, org.ada, sealed=ada, **for_bo(org, name))
    org.do(a.StopAccess, org.bo, sealed=bo, **for_bo(org, name))
    assert way(org, name) == "stop"


def test_who_is_bound_stops_it_without_a_key_at_hand_too(org):
    (bo,) = old_keys(org, org.bo)
    org.do(a.OnlyWithKeys, org.bo, sealed=bo)
    name = ask(org)
    org.do(a.StopAccess, org.bo, **for_bo(org, name))
    assert way(org, name) == "stop"
