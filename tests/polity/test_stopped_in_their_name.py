"""Nothing is taken back or stopped in a bound member's name without their key."""

from tests import acts as a
from tests.cast import Organization

from .keyring import old_keys


def asked(org):
    """Bo, who is bound and has lost everything, asks to come in again, and one member vouched by an old key, and is
    bound too."""
    bo, one = old_keys(org, org.bo, org.people[5])
    org.do(a.OnlyWithKeys, org.bo, sealed=bo)
    org.do(a.OnlyWithKeys, org.people[5], sealed=one)
    recovery = org.new()
    org.do(a.AskAccess, org.bo, recovery=recovery, person=org.bo)
    org.do(a.Vouch, org.people[5], sealed=one, recovery=recovery, person=org.bo)
    return recovery


def test_the_server_stops_nothing_in_the_name_of_a_bound_member_who_vouched():
    """README: “not even who holds the server can act for a bound member”. The word of a member who is bound, sealed, is
    taken back in their name without their key; they may not vouch for this member for 30 days."""
    org = Organization(more=8)
    recovery = asked(org)
    assert org.refused(a.StopAccess, org.people[5], recovery=recovery, person=org.bo).message == "seal-needed"


def test_the_server_makes_no_bound_member_wait_who_asks_to_come_in_again():
    """In Bo's name, without his key: he waits 30 days before he can ask again, each time anew."""
    org = Organization(more=8)
    recovery = asked(org)
    org.do(a.StopAccess, org.bo, recovery=recovery, person=org.bo)
    again = org.new()
    org.do(a.AskAccess, org.bo, recovery=again, person=org.bo)
    assert again in org.polity.recoveries
