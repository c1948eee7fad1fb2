"""A durable key that still counts as the server's word binds nothing else."""

import contextlib

import pytest

from frombelow.keys.ballot_keys import BallotKey
from frombelow.sealing import age
from tests import acts as a
from tests.cast import Organization

from .keyring import ask, key_of


@pytest.mark.parametrize("what", ["receiving", "ballot"])
def test_a_durable_key_that_counts_as_the_servers_word_takes_no_place_of_what_the_members_own_key_bound(what):
    """rules.py: “What is sealed to the person, and how they vote in secret, is theirs as their keys are.” The threat model
    has it that such a key ends the phone a month later; but at once it turns all that is sealed to Bo, and his part of
    secret ballots, to whoever runs the server. A light key on the same word is refused (key-of-word)."""
    org = Organization(more=6)
    phone = org.first_key(org.bo, "device")

    def bind(key, n):
        if what == "receiving":
            org.do(a.BindReceiving, org.bo, sealed=key, recipient=age.recipient(bytes([n]) * 32))
            return org.polity.keys.holders[org.bo].recipient
        mine = BallotKey.from_seed(bytes([n]) * 64, bytes(32))
        org.do(a.BindBallotKey, org.bo, sealed=key, public=mine.public, proof=mine.prove(org.polity.origin, org.bo))
        return org.polity.keys.holders[org.bo].ballot

    own = bind(phone, 1)
    _request, thief = ask(org, org.bo)  # on the server's word, while Bo sleeps
    org.wait(4)
    assert key_of(org, thief).weak(org.now)
    with contextlib.suppress(Exception):
        bind(thief, 2)
    holder = org.polity.keys.holders[org.bo]
    assert own in (holder.recipient, holder.ballot)
