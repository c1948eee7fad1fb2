"""Who vouched and stops it."""

from tests import acts as a
from tests.cast import Organization

from .keyring import ask, old_keys, stop, vouch, vouching


def test_a_voucher_who_stopped_a_request_for_a_key_does_not_vouch_for_that_member_and_stop_again():
    """Threat model: “to lock a member out by stopping their requests: their stop makes nobody wait but themselves: they do
    not vouch for that member for 30 days”. So it is for ways in; for keys one member stops each request anew."""
    org = Organization(more=6)
    bo, one = old_keys(org, org.bo, org.people[5])
    del bo  # lost
    request, _ = ask(org, org.bo)
    vouch(org, request, one)
    stop(org, request, one)
    request, _ = ask(org, org.bo)
    assert org.refused(a.VouchKey, org.people[5], sealed=one, **vouching(org, request)).message == "key-stopped-lately"
