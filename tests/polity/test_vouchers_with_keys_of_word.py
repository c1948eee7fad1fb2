"""No key that the server gave to who vouched takes their vouch back."""

from frombelow.polity.keys.making import id_of
from tests import acts as a
from tests.cast import Organization

from .keyring import about, ask, old_keys, over, vouch


def test_a_key_that_the_server_gave_a_voucher_takes_back_no_vouch_that_their_own_key_sealed():
    org = Organization(more=6)
    (bo,) = old_keys(org, org.bo, days=1)
    phone = org.first_key(org.people[5], "device")
    org.wait(31)
    del bo  # lost
    request, _ = ask(org, org.bo)
    vouch(org, request, phone)
    thief, new = org.drawn_key(org.people[5], "device")
    org.do(a.BindKey, org.people[5], key=new)  # on the server's word
    assert id_of(thief) in org.polity.keys.keys
    assert org.refused(a.StopKey, org.people[5], sealed=thief, **about(org, request)).message == "key-young"
    assert over(org, request) == ""
