"""Nothing of who is erased, or was brought in by mistake, stays beside a file that was brought in."""

import pytest
from django.db import connection

from frombelow_site.membership.actions import erase_and_leave
from frombelow_site.people.models import Card
from frombelow_site.roll import importing
from frombelow_site.roll.actions import keep_file, undo
from frombelow_site.roll.dry_run import decode
from frombelow_site.roll.models import Import

ROWS = (
    b"name,email,phone\n"
    b"Zora Uniquename,zora@unique.example,600111222\n"
    b"Zora Uniquename,zora@@unique.example,\n"
    b"Bea,bea@example.org,\n"
)


def anywhere(word):
    """The tables that hold the word."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [table for row in cursor.fetchall() if word in repr(row)]
    return found


@pytest.fixture
def brought_in(site):
    """A file that was brought in: two people, and a row that stayed out, which has the first one's name too."""
    kept = keep_file([ROWS], "new.csv", site.eve, site.mandate_of_eve, site.polity.root)
    importing.read(kept.id)
    assert decode(Import.objects.get(pk=kept.id).reading).columns[0].example == "Zora Uniquename"
    assert importing.start(kept.id)
    return kept.id


def test_a_file_that_was_brought_in_keeps_no_line_of_who_is_a_member_now(brought_in):
    read = decode(Import.objects.get(pk=brought_in).reading)
    assert (read.columns, [row.line for row in read.told]) == ([], [3])
    assert anywhere("600111222") == ["people_card"]


def test_nothing_in_any_table_says_who_was_erased_also_not_the_file_they_came_by(site, brought_in):
    zora = Card.objects.get(name="Zora Uniquename").person
    erase_and_leave(zora)
    for word in ("Zora Uniquename", "unique.example", "600111222"):
        assert anywhere(word) == []
    assert Import.objects.get(pk=brought_in).state == Import.State.DONE


def test_nothing_in_any_table_says_who_was_brought_in_by_mistake(site, brought_in):
    undo(site.polity, Import.objects.get(pk=brought_in), site.at)
    for word in ("Zora Uniquename", "unique.example", "600111222", "new.csv"):
        assert anywhere(word) == []
    assert Import.objects.get(pk=brought_in).state == Import.State.UNDONE
