"""Light keys on the server's word, as many as there is room for, beside one of the member's own."""

from tests import acts as a
from tests.cast import DAY, Organization

from .keyring import ask, cannot_bind, end, hours, lives, stop


def crowded_out():
    """Bo has a phone. The server binds four light keys in his name, and asks for one more, for which there is no room."""
    org = Organization(more=6)
    phone = org.first_key(org.bo, "device")
    org.theirs = [org.first_key(org.bo, "device") for _ in range(org.polity.book["live_keys"] - 1)]
    _, more = ask(org, org.bo, "device")
    hours(org, 73)  # Bo sleeps for three days
    org.theirs.append(more)
    return org, phone


def test_a_light_key_on_the_servers_word_ends_no_key_of_the_members_for_want_of_room():
    org, phone = crowded_out()
    assert lives(org, phone)


def test_whoever_has_light_keys_alone_is_not_shut_out_by_light_keys_that_the_server_bound():
    """What theirs ask for the server can stop; a durable key it cannot add while the member's own lives."""
    org, phone = crowded_out()
    assert cannot_bind(org, org.bo) == "keys-enough"
    request, _mine = ask(org, org.bo, "device")
    stop(org, request, org.theirs[1])  # the server, by a key of its own
    org.clock += 31 * DAY
    org.catch_up()
    end(org, org.theirs[2], org.theirs[2])
    _, card = org.drawn_key(org.bo, "card")
    refused = org.refused(a.AddKey, org.bo, sealed=org.theirs[1], key=card)
    assert refused.message == "key-of-word"
    end(org, org.theirs[1], phone)
