"""Rows that somebody changed without the record's key."""

import pytest

from frombelow.polity import Breach, encode_act
from frombelow.polity.keys.acts import OnlyWithKeys
from frombelow.polity.members.acts import Leave, StepBack
from frombelow.record import Altered
from frombelow_site.door import perform, tables
from frombelow_site.door.replica import Replica

from .test_sealed import key_of, sealed


def test_a_row_that_was_altered_under_a_seal_by_sql_is_never_what_pages_show_of_a_bound_member(door):
    """Threat model: at the first entry that cannot be, the door closes and doctor names it; Door._read_on: reading goes
    on with what stood before it. SQL alone: no key of anybody's."""
    key = key_of(door, door.bo)
    for act in (OnlyWithKeys(by=door.bo), StepBack(by=door.bo)):
        receipt = perform(act, seal=sealed(door, key, act))
    perform(StepBack(by=door.dee))
    rows = dict(tables.read())
    rows[receipt.index] = rows[receipt.index].replace(encode_act(act), encode_act(Leave(by=door.bo)))
    found = Replica()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "read", lambda start=0: iter(list(rows.items())[start:]))
        with pytest.raises((Altered, Breach)):
            found.catch_up()
    assert found.polity.people[door.bo].active, "pages are read from this: Bo left, they say, by a seal that is none"
    assert found.size == receipt.index
