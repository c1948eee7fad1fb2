"""Laws of keys: what no sequence of acts by the server and its officers comes to, and what a record shows of seals."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frombelow.polity import decode, encode, replay
from frombelow.polity.keys.making import id_of
from tests import acts as a
from tests.cast import TEXT, Organization, breach

from .key_machine import Keyring, stripped
from .keyring import add, ask, lives, on_word, vouch

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]

TestKeyring = Keyring.TestCase
TestKeyring.pytestmark = [pytest.mark.many]
TestKeyring.settings = settings(max_examples=150, stateful_step_count=30, suppress_health_check=SLOW, print_blob=True)

# Who acts, what they do, and how far behind the end of the record what they have seen is.
STEPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1), st.integers(0, 3)), min_size=6, max_size=20)


def acted(steps):
    """An organization in which these things were done, most with seals; and by index, how far each seal covers."""
    org = Organization(more=3)
    people = [org.ada, org.bo, org.dee, org.eve, org.people[4]]
    keys = {person: org.first_key(person) for person in people[:4]}  # the last has none
    for who, what, behind in steps:
        person = people[who]
        act = a.Rename(by=person, name=TEXT if what else "B" * 43)
        if person in keys:
            found = org.polity.keys.keys[id_of(keys[person])]
            size = max(org.polity.size - behind, found.anchor, found.index + 1)
            org.hand_in(act, org.seal(keys[person], act, size=size))
        else:
            org.hand_in(act)
    return org


def covered(org):
    """The entries that a later seal covers, with the first such seal."""
    entries = [decode(data) for data in org.record]
    found = {}
    for index, entry in enumerate(entries):
        if entry.seal is not msgspec.UNSET:
            for before in range(entry.seal.size):
                found.setdefault(before, index)
    return found


@settings(max_examples=80, suppress_health_check=SLOW)
@given(STEPS, st.integers(0, 2**16), st.sampled_from(["drop", "strip", "twice", "swap", "change"]))
def test_whatever_a_seal_covers_is_dropped_stripped_doubled_swapped_or_changed_in_no_record(steps, which, how):
    org = acted(steps)
    replay(org.record)
    known = covered(org)
    sealed = [n for n in known if n >= len(org.record) - len(steps) and decode(org.record[n]).seal is not msgspec.UNSET]
    if not sealed:
        return
    index = sealed[which % len(sealed)]
    entries = list(org.record)
    if how == "drop":
        del entries[index]
    elif how == "strip":
        entries[index] = encode(stripped(entries[index]))
    elif how == "twice":
        entries.insert(index, encode(stripped(entries[index])))
    elif how == "swap":
        entries[index - 1], entries[index] = entries[index], entries[index - 1]
    else:
        entry = decode(entries[index])
        entries[index] = encode(
            msgspec.structs.replace(entry, at=entry.at, act=a.Rename(by=entry.act.by, name="C" * 43))
        )
    found = breach(entries)
    assert index - 1 <= found.index <= known[index] + 1


@settings(max_examples=40, suppress_health_check=SLOW)
@given(STEPS)
def test_a_replay_gives_the_same_keys(steps):
    org = acted(steps)
    assert replay(org.record).polity.keys == org.polity.keys


def test_the_ways_that_the_server_may_go_are_open():
    """What is tried has to reach what it could break: a light key on the word, a durable one after the wait, a key by
    three who vouch."""
    org = Organization(more=6)
    word, phone = on_word(org, org.bo)
    _, theirs = ask(org, org.bo, "card")
    org.wait(3)
    assert lives(org, theirs)
    card = org.first_key(org.ada, "card")
    keys = [org.first_key(person) for person in (org.dee, org.eve)]
    org.wait(61)
    request, got = ask(org, org.ada)
    vouch(org, request, *keys)
    org.wait(3)
    assert lives(org, got)
    assert [lives(org, each) for each in (word, phone, card)] == [True] * 3
    add(org, org.ada, got, "card")
