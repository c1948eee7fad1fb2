"""Whoever has the database and the keys: what they change is found by those who remember, and has no force."""

import shutil

import pytest
from django.db import connection

from frombelow.polity import Breach, Refused, encode, stamp
from frombelow.polity.kernel.act import DECISION
from frombelow.polity.kernel.commitments import commit
from frombelow.polity.members.acts import Erase, Return, StepBack
from frombelow.polity.motions.acts import TakeEffect
from frombelow.polity.offices.acts import GrantMandate
from frombelow.record import Altered, Checkpoint, Fork, Tree, Verifier, check_receipt, follow, sign_checkpoint
from frombelow_site.answerability.models import Mandate
from frombelow_site.door import Closed, perform, tables, use
from frombelow_site.door.door import Door
from frombelow_site.door.models import Entry, SignedCheckpoint
from frombelow_site.door.projections import rebuild_all
from frombelow_site.door.replica import Replica
from frombelow_site.operations.health import findings
from frombelow_site.people.models import Card


def by_sql(statement, *values):
    """The administrator takes the trigger away and writes into the database."""
    on = " ON {}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in ("door_entry", "door_signedcheckpoint"):
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}" + on.format(table))
        cursor.execute(statement, values)


def said(door, act):
    """The act as an entry of now."""
    return encode(stamp(act, door.clock()))


def signed_again(door):
    """A tree over the rows as they are now, signed with the stolen key."""
    tree = Tree()
    tree.extend(bytes(row.data) for row in Entry.objects.order_by("index"))
    return tree, sign_checkpoint(Checkpoint(door.replica.polity.origin, tree.size, tree.root()), door.signer())


@pytest.mark.parametrize("change", ["alter", "delete"])
def test_a_remembering_member_meets_a_changed_history_and_keeps_both_notes(door, change):
    for person in (door.bo, door.eve, door.dee):
        remembered = perform(StepBack(by=person)).checkpoint
    if change == "alter":
        by_sql('UPDATE door_entry SET data = %s WHERE "index" = 2', said(door, StepBack(by=door.ada)))
    else:
        by_sql('DELETE FROM door_entry WHERE "index" = 3')
    tree, forged = signed_again(door)
    proof = tree.consistency(4) if tree.size >= 4 else []
    with pytest.raises(Fork) as fork:
        follow(remembered, forged, proof, Verifier.from_vkey(door.signer().vkey))
    assert (fork.value.old, fork.value.new) == (remembered, forged)


def test_the_door_does_not_open_on_a_changed_entry(door):
    perform(StepBack(by=door.bo))
    perform(Return(by=door.bo))
    by_sql('UPDATE door_entry SET data = %s WHERE "index" = 1', said(door, StepBack(by=door.eve)))
    door.election.lose()
    again = Door(door.data, door.published.folder, clock=door.clock, inline=True)
    with pytest.raises(Closed):
        again.perform(Return(by=door.bo))


def test_the_door_does_not_open_when_entries_were_swapped_and_signed_again(door):
    perform(StepBack(by=door.bo))
    by_sql('UPDATE door_entry SET data = %s WHERE "index" = 1', said(door, StepBack(by=door.eve)))
    _, forged = signed_again(door)
    by_sql("DELETE FROM door_signedcheckpoint WHERE size = 2")
    SignedCheckpoint.objects.create(size=2, note=forged)
    door.election.lose()
    again = Door(door.data, door.published.folder, clock=door.clock, inline=True)
    with pytest.raises(Closed, match="published"):
        again.perform(Return(by=door.bo))


def test_a_row_that_somebody_put_in_is_refused_by_whoever_reads_the_record(door):
    tables.write([(1, *_forged_grant(door))])
    with pytest.raises(Breach) as breach:
        Replica().catch_up()
    assert breach.value.index == 1
    assert "time" in str(breach.value) or "decision" in str(breach.value)


def _forged_grant(door):
    office = next(iter(door.replica.polity.offices))
    act = TakeEffect(by=DECISION, under=door.bo, motion=door.bo, n=0, effect=GrantMandate(office, door.bo))
    entry = stamp(act, door.clock())
    return entry, encode(entry)


def test_a_mandate_inserted_by_sql_has_no_effect_and_the_audit_names_it(door):
    office = next(o for o in door.replica.polity.offices.values() if o.key == "secretary")
    real = Mandate.objects.filter(office=office.id).first()
    Mandate.objects.filter(pk=real.pk).update(person=door.bo)
    assert door.polity().power(door.bo, "admit-members", door.replica.polity.root, door.clock()) is None or (
        door.polity().mandates[real.pk].person != door.bo
    )
    bad = [finding for finding in findings() if not finding.good]
    assert any("answerability_mandate" in finding.what and door.bo in finding.what for finding in bad)
    rebuild_all(door.polity())
    assert Mandate.objects.get(pk=real.pk).person == real.person
    assert not [f for f in findings() if "answerability_mandate" in f.what]


@pytest.mark.may_skip
def test_yesterdays_backup_signs_nothing_until_it_has_caught_up(process, tmp_path):
    process("found")
    process("start", 2)
    data = tmp_path / "data"
    if "FROMBELOW_DATABASE" in process.environment:
        pytest.skip("the backup is a file of SQLite here; the door is the same")
    shutil.copy(data / "frombelow.sqlite3", tmp_path / "yesterday")
    process("start", 3)
    for name in ("frombelow.sqlite3", "frombelow.sqlite3-wal", "frombelow.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "yesterday", data / "frombelow.sqlite3")
    # 6 entries were published, 3 are here: 3 come back, the record says so, and only then the new act follows.
    assert process("start", 1) == ["7"]
    assert int(process("check")[-1]) == 8


def test_yesterdays_backup_without_a_copy_of_the_rest_stays_closed(door):
    perform(StepBack(by=door.bo))
    (door.published.folder / "entries").write_bytes(b"")
    by_sql('DELETE FROM door_entry WHERE "index" = 1')
    by_sql("DELETE FROM door_signedcheckpoint WHERE size = 2")
    door.election.lose()
    again = Door(door.data, door.published.folder, clock=door.clock, inline=True)
    with pytest.raises(Closed, match="old backup"):
        again.perform(StepBack(by=door.eve))
    assert Entry.objects.count() == 1


def test_what_is_erased_is_gone_and_the_proofs_still_verify(door):
    before = door.receipt(0)
    card = Card.objects.get(pk=door.bo)
    name, salt = card.name, bytes(card.salt)
    receipt = perform(Erase(by=door.bo, index=0, ground="asked"))
    assert not Card.objects.filter(pk=door.bo).exists()
    assert Entry.objects.get(index=receipt.index).kind == "member.erase"
    found = bytes(Entry.objects.get(index=0).data).decode()
    assert commit(salt, name) in found  # with the salt one could tell; it is destroyed
    assert commit(bytes(32), name) not in found
    everything = b"".join(bytes(row.data) for row in Entry.objects.all())
    assert f'"{name}"'.encode() not in everything  # as a value: two letters alone stand in some mark by chance
    check_receipt(before, found.encode(), Verifier.from_vkey(door.signer().vkey))
    check_receipt(door.receipt(0), found.encode(), Verifier.from_vkey(door.signer().vkey))


def test_nobody_erases_anothers_name(door):
    with pytest.raises(Refused):
        perform(Erase(by=door.bo, index=1, ground="asked"))
    assert Card.objects.filter(pk=door.ada).exists()


def test_altered_rows_are_named(door):
    perform(StepBack(by=door.bo))
    by_sql('DELETE FROM door_entry WHERE "index" = 0')
    with pytest.raises(Altered, match="entry 0"):
        Replica().catch_up()
    use(None)
