"""Sealed acts at the door."""

import pytest

from frombelow.keys import Ed25519Key
from frombelow.polity import Breach, Refused, decode, replay
from frombelow.polity.keys.acts import BindKey, OnlyWithKeys
from frombelow.polity.keys.checks import Checks
from frombelow.polity.keys.making import id_of, new_key, seal
from frombelow.polity.keys.seals import sealed_so_far
from frombelow.polity.members.acts import Leave, Return, StepBack
from frombelow_site.door import perform, replica, tables
from frombelow_site.door.models import Entry
from frombelow_site.door.replica import Replica
from tests.cast import facts


def key_of(door, person):
    """A key of the person, bound."""
    key = Ed25519Key.generate()
    perform(BindKey(by=person, key=new_key(key, "file", origin=door.polity().origin, person=person)))
    return key


def sealed(door, key, act, **other):
    """What an honest device makes of the act now."""
    known, tree = door.polity().keys.keys[id_of(key)], door.replica.tree
    said = {
        "origin": door.polity().origin,
        "n": sealed_so_far(door.polity(), known, act) + 1,
        "until": door.clock() + 3600,
        "size": tree.size,
    }
    said |= other
    return seal(key, act, root=tree.root(min(said["size"], tree.size)), **said)


def test_a_sealed_act_stands_with_its_seal(door):
    key, act = key_of(door, door.bo), StepBack(by=door.bo)
    mine = sealed(door, key, act)
    receipt = perform(act, seal=mine)
    assert decode(tables.some([receipt.index])[receipt.index]).seal == mine
    assert replay(data for _, data in tables.read()).polity.keys == door.polity().keys == door.writer.polity.keys


def test_an_honest_second_try_gets_the_same_receipt(door):
    key, act = key_of(door, door.bo), StepBack(by=door.bo)
    mine = sealed(door, key, act)
    first, second = perform(act, seal=mine), perform(act, seal=mine)
    assert (first.index, first.entry, first.checkpoint) == (second.index, second.entry, second.checkpoint)
    assert door.polity().size == first.index + 1


def test_another_act_under_the_same_number_is_no_second_try(door):
    key, act = key_of(door, door.bo), StepBack(by=door.bo)
    perform(act, seal=sealed(door, key, act))
    other = Leave(by=door.bo)
    with pytest.raises(Refused) as refused:
        perform(other, seal=sealed(door, key, other, n=1))
    assert refused.value.message == "seal-next"


def test_what_was_entered_long_ago_is_not_entered_again_and_whoever_tries_gets_its_receipt(door):
    key, act = key_of(door, door.bo), StepBack(by=door.bo)
    mine = sealed(door, key, act)
    first = perform(act, seal=mine)
    back = Return(by=door.bo)
    perform(back, seal=sealed(door, key, back))
    size = door.polity().size
    assert perform(act, seal=mine).index == first.index
    assert door.polity().size == size


def test_a_bad_seal_stores_nothing(door):
    key, act = key_of(door, door.bo), StepBack(by=door.bo)
    mine, before = sealed(door, key, Leave(by=door.bo)), Entry.objects.count()
    with pytest.raises(Refused) as refused:
        perform(act, seal=mine)
    assert refused.value.message == "signature-wrong"
    assert Entry.objects.count() == before


def test_nobody_covers_what_is_not_committed_yet(door):
    key, act = key_of(door, door.bo), StepBack(by=door.bo)
    with pytest.raises(Refused) as refused:
        perform(act, seal=sealed(door, key, act, size=door.replica.tree.size + 1))
    assert refused.value.message == "anchor-ahead"


def test_the_server_cannot_act_for_who_is_bound(door):
    key, act = key_of(door, door.bo), OnlyWithKeys(by=door.bo)
    perform(act, seal=sealed(door, key, act))
    with pytest.raises(Refused) as refused:
        perform(Leave(by=door.bo))
    assert refused.value.message == "seal-needed"


def test_a_row_that_was_altered_below_the_checkpoint_is_found_when_the_record_is_read_anew(door):
    key, act = key_of(door, door.bo), StepBack(by=door.bo)
    mine = sealed(door, key, act)
    receipt = perform(act, seal=mine)
    rows = dict(tables.read())
    rows[receipt.index] = rows[receipt.index].replace(mine.signature.encode(), key.sign(b"another").encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "read", lambda start=0: iter(list(rows.items())[start:]))
        with pytest.raises(Breach, match="this signature is not by this key"):
            Replica().catch_up()


def test_what_stands_under_the_records_own_checkpoint_is_not_judged_again_at_a_start(door, monkeypatch):
    perform(StepBack(by=door.bo))
    monkeypatch.setattr(replica, "step", lambda *_: pytest.fail("it was judged again"))
    again = Replica()
    again.catch_up()
    assert facts(again.polity) == facts(door.polity())
    assert again.tree.root() == door.replica.tree.root()


def test_who_looks_at_every_seal_judges_every_entry(door, monkeypatch):
    perform(StepBack(by=door.bo))
    judged, before = [], replica.step
    monkeypatch.setattr(
        replica, "step", lambda polity, index, *rest: (judged.append(index), before(polity, index, *rest))
    )
    Replica().catch_up(Checks())
    assert judged == [0, 1]


@pytest.mark.parametrize("junk", [b"", b"{}", b"[" * 2000, b'{"v":2}', b"\xff", b'{"v":3,"at":1,"act":{"kind":"x"}}'])
def test_of_rows_that_nobody_signed_the_first_is_named_whatever_it_holds(door, junk):
    for act in (StepBack(by=door.bo), StepBack(by=door.dee)):
        perform(act)
    rows = [row for _, row in tables.read()]
    rows[1] = junk
    found = Replica()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "read", lambda start=0: iter(list(enumerate(rows))[start:]))
        with pytest.raises(Breach) as breach:
            found.catch_up()
    assert (breach.value.index, found.size) == (1, 1)
