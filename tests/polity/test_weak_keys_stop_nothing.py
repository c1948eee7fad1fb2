"""A durable key that still counts as the server's word stops nothing that members vouch for."""

from tests import acts as a
from tests.cast import Organization

from .keyring import about, ask, key_of, old_keys, over, vouch


def test_a_durable_key_that_the_servers_word_gave_stops_nothing_that_members_vouch_for_while_it_counts_as_that_word():
    """asking.py sealed_stop: “where members vouch for who had a durable key, by none that the server's word gave, or it
    could keep them from ever having another”. A light one does not; the durable one that the server asked for does."""
    org = Organization(more=6)
    one, two = old_keys(org, org.people[5], org.people[6])
    org.first_key(org.bo, "device")  # lost, a week later
    _request, thief = ask(org, org.bo)
    org.wait(4)
    assert key_of(org, thief).weak(org.now)
    request, _mine = ask(org, org.bo, "card")
    vouch(org, request, one, two)
    refused = None
    try:
        org.do(a.StopKey, org.bo, sealed=thief, **about(org, request))
    except Exception as error:
        refused = error
    assert refused is not None
    assert over(org, request) == ""


def test_nothing_is_bound_by_such_a_key_that_would_stay_when_the_members_own_key_undoes_it():
    from frombelow.sealing import age

    org = Organization(more=6)
    org.first_key(org.bo, "device")
    _request, thief = ask(org, org.bo)
    org.wait(4)
    recipient = age.recipient(bytes([2]) * 32)
    assert org.refused(a.BindReceiving, org.bo, sealed=thief, recipient=recipient).message == "key-of-word"
