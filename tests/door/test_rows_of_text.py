"""A text where bytes should stand."""

import pytest
from django.db import connection

from frombelow.polity import Breach, encode_act
from frombelow.polity.members.acts import StepBack
from frombelow.record import Altered, RecordError
from frombelow_site.door import perform, queue
from frombelow_site.door.models import Waiting
from frombelow_site.door.replica import Replica

pytestmark = pytest.mark.may_skip


@pytest.fixture(autouse=True)
def one_type_a_column_is_no_rule():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL knows one type a column")


@pytest.mark.parametrize("data", ["text", '{"v":2}'])
def test_a_row_that_somebody_put_into_the_table_is_named_whatever_type_sqlite_lets_it_have(door, data):
    perform(StepBack(by=door.bo))
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO door_entry ("index", at, kind, "by", about, data) VALUES (%s, %s, %s, %s, %s, %s)',
            [2, door.clock(), "member.return", door.bo, "", data],
        )
    with pytest.raises((Breach, Altered)):
        Replica().catch_up()


def test_a_row_that_waits_with_a_text_in_place_of_bytes_is_told_so_and_holds_up_no_other(door):
    door.tick()
    good = Waiting.objects.create(act=encode_act(StepBack(by=door.dee)))
    bad = Waiting.objects.create(act=b"x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE door_waiting SET act = CAST(act AS TEXT) WHERE id = %s", [bad.pk])
    queue.serve(door.writer, 10)
    assert b'"index"' in bytes(Waiting.objects.get(pk=good.pk).answer)


def test_a_checkpoint_that_is_a_text_is_found_as_any_other_that_nobody_signed(door):
    perform(StepBack(by=door.bo))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO door_signedcheckpoint (size, note) VALUES (9, 'text')")
    with pytest.raises(RecordError):
        Replica().catch_up()
