"""One table of what a roll holds of a person: what reads, judges, writes and shows it follows from there."""

from dataclasses import fields

from frombelow.roll.fields import ASKED_FIRST, FIELDS, NAME_PARTS, PERSON, TITLES, Particulars
from frombelow.roll.headings import OWN_EXPORT, OWN_HEADINGS, SOURCES
from frombelow.roll.rows import Row


def test_every_field_is_read_held_and_asked_about():
    assert tuple(field.name for field in fields(Particulars)) == FIELDS
    assert {field.name for field in fields(Row)} == {*FIELDS, "line"}
    assert set(ASKED_FIRST) == set(TITLES) == {*FIELDS, *NAME_PARTS}
    assert all(set(known.values()) <= {*FIELDS, *NAME_PARTS} for known in SOURCES.values())


def test_our_own_headings_name_every_field_once():
    assert tuple(field.heading for field in PERSON) == OWN_HEADINGS
    assert sorted(SOURCES[OWN_EXPORT].values()) == sorted(FIELDS)
