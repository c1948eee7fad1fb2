"""Lists of people on their way into the roll: what the officer announces, and the batches that the door brings."""

import pytest

from frombelow.polity.roll.rows import batches_of, root_of, updates_of
from tests import acts as a
from tests.cast import TEXT


def rows_of(org, count, branch=0):
    return [(org.new(), TEXT, branch) for _ in range(count)]


def announce(org, rows, *, by=None, branches=None, **fields):
    """The officer's act: so many people to these branches, under this root; returns its batch."""
    by, batch = by or org.eve, org.new()
    what = {"batch": batch, "branches": branches or (org.id,), "count": len(rows), "root": root_of(rows)} | fields
    org.do(a.ImportRoll, by, under=org.mandate(by), **what)
    return batch


def said(act):
    """The fields of a batch of rows, as the door hands them in."""
    return {name: getattr(act, name) for name in ("batch", "start", "rows", "proof")}


def enter(org, act):
    return org.do(a.ImportRows, a.SERVER, **said(act))


def announce_updates(org, rows, *, by=None, **fields):
    """The officer's act: a list that says something of these members, and brings nobody in; returns its batch."""
    updates = {"updates": len(rows), "updates_root": root_of(rows)}
    return announce(org, [], by=by, **updates | fields)


def update(org, *rows, by=None):
    """An officer brings a list in that says so much of members, each (person, mark, whether there is a mail address);
    returns its batch."""
    batch = announce_updates(org, rows, by=by)
    for act in updates_of(batch, rows, a.SERVER):
        org.do(a.ImportUpdates, a.SERVER, **said(act))
    return batch


def refused(org, act, by=a.SERVER, **changes):
    return org.refused(a.ImportRows, by, **said(act) | changes)


def standings(org, people):
    return [str(org.polity.people[person].standing) for person in people]


@pytest.fixture
def listed(org):
    """Eve has announced a list of 1,025 people to the whole and to North."""
    org.north, _ = org.branch()
    org.rows = [*rows_of(org, 1000, 0), *rows_of(org, 25, 1)]
    org.batch = announce(org, org.rows, branches=(org.id, org.north))
    org.parts = batches_of(org.batch, org.rows, a.SERVER)
    return org
