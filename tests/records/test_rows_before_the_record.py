"""A row before the first entry was judged by nobody, and nobody reads it."""

from django.db import connection

from frombelow_site.door.models import Entry


def test_a_row_below_zero_is_no_entry_for_anybody(site):
    before = Entry.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO door_entry ("index", "at", "kind", "by", "about", "data") '
            'SELECT -1, "at", "kind", "by", "about", "data" FROM door_entry WHERE "index" = 0'
        )
    assert Entry.objects.count() == before
    assert Entry.objects.order_by("index").first().index == 0
    assert site.browser(site.bo).get("/record/").status_code == 200
