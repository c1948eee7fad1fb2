"""After a restore: entries that the backup lost, handed in again whole, from what others kept."""

import zipfile

import pytest
from django.db import connection
from django.test import TestCase

from frombelow.keys import Ed25519Key
from frombelow.polity import decode, replay
from frombelow.polity.keys.acts import AskKey, BindKey
from frombelow.polity.keys.making import id_of, new_key, seal
from frombelow.polity.members.acts import Return, StepBack
from frombelow.polity.server.acts import Restore
from frombelow_site.door import Closed, new_id, perform, tables, the_door, use
from frombelow_site.door.door import Door
from frombelow_site.door.models import Entry, SignedCheckpoint
from frombelow_site.door.opening import restored_at, wait_with_restore
from frombelow_site.keys import letters
from frombelow_site.operations.again import bring_back
from frombelow_site.operations.kept_elsewhere import KeptError
from frombelow_site.records.exporting import write

HOUR = 3_600


def key_of(door, person):
    """A key of the person, bound on the server's word."""
    key = Ed25519Key.generate()
    perform(BindKey(by=person, key=new_key(key, "file", origin=door.polity().origin, person=person)))
    return key


def sealed(door, key, act, **said):
    """The act, done with this key; its place in the record."""
    tree, known = door.replica.tree, door.polity().keys.keys[id_of(key)]
    said = {"n": known.n + 1, "size": tree.size, "until": door.clock() + HOUR} | said
    root = tree.root(said["size"])
    return perform(act, seal=seal(key, act, origin=door.polity().origin, root=root, **said)).index


def as_administrator():
    """The triggers that keep the tables from being rewritten are gone."""
    with connection.cursor() as cursor:
        for table in ("door_entry", "door_signedcheckpoint"):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete{on}")


def rows():
    return [data for _, data in tables.read()]


def lose(door, size, clock):
    """The database is one with so many entries, and the copy is gone; a new door to it, which has entered nothing."""
    as_administrator()
    Entry.objects.filter(index__gte=size).delete()
    SignedCheckpoint.objects.filter(size__gt=size).delete()
    for place in door.published.folder.iterdir():
        place.unlink()
    door.election.lose()
    again = Door(door.data, door.published.folder, inline=True, clock=clock)
    use(again)
    wait_with_restore(again.data, size)
    return again


def receipts(door, folder, indices):
    """The receipts of these entries, each with its entry in it."""
    folder.mkdir()
    for index in indices:
        data = door.receipt(index, tables.some([index])[index])
        (folder / f"{index}.tlog-proof").write_bytes(data)
    return folder


@pytest.fixture
def busy(door, clock):
    """Four entries, then what the backup will lose: acts of Bo and of Eve, each sealed over those before it."""
    door.bos, door.eves = key_of(door, door.bo), key_of(door, door.eve)
    door.backup = door.polity().size
    for person, key in ((door.bo, door.bos), (door.eve, door.eves), (door.bo, door.bos)):
        clock.at += 60
        kind = Return if door.polity().people[person].standing.value == "stepped back" else StepBack
        sealed(door, key, kind(by=person))
    return door


def test_an_export_brings_all_back_byte_for_byte_and_the_record_says_so_after_them(busy, clock, tmp_path):
    before = rows()
    write(tmp_path / "r.zip")
    door = lose(busy, busy.backup, clock)
    found, done, size = bring_back(tmp_path / "r.zip")
    assert (done.came, done.not_these, found.passed_over, size) == ([*range(busy.backup, size)], {}, {}, len(before))
    assert rows() == before
    door.tick()
    assert rows()[:-1] == before
    assert decode(rows()[-1]).act == Restore(by="server", size=busy.backup, recovered=3)
    assert restored_at(door.data) is None
    assert replay(rows()).polity.keys == door.polity().keys


def test_a_letter_about_a_key_does_not_go_out_again_when_its_entry_is_handed_in_again(
    busy, clock, tmp_path, monkeypatch
):
    told = []
    monkeypatch.setattr(letters, "told", lambda person, *_said: told.append(person))
    with TestCase.captureOnCommitCallbacks(execute=True):
        key_of(busy, busy.dee)
    write(tmp_path / "r.zip")
    lose(busy, busy.backup, clock)
    with TestCase.captureOnCommitCallbacks(execute=True):
        bring_back(tmp_path / "r.zip")
    assert busy.dee in the_door().polity().keys.holders
    assert told == [busy.dee]


def test_a_letter_about_a_key_does_not_go_out_again_when_its_entry_comes_back_from_the_copy(busy, clock, monkeypatch):
    told = []
    monkeypatch.setattr(letters, "told", lambda person, *_said: told.append(person))
    with TestCase.captureOnCommitCallbacks(execute=True):
        key_of(busy, busy.dee)
        as_administrator()
        Entry.objects.filter(index__gte=busy.backup).delete()
        SignedCheckpoint.objects.filter(size__gt=busy.backup).delete()
        busy.election.lose()
        again = Door(busy.data, busy.published.folder, inline=True, clock=clock)
        use(again)
        again.tick()
    assert busy.dee in again.polity().keys.holders
    assert told == [busy.dee]


def test_receipts_with_their_entries_are_enough(busy, clock, tmp_path):
    before = rows()
    folder = receipts(busy, tmp_path / "kept", range(busy.backup, len(before)))
    lose(busy, busy.backup, clock)
    _, done, _ = bring_back(folder)
    assert len(done.came) == 3
    assert rows() == before


def test_what_a_member_took_along_is_enough(busy, clock, tmp_path):
    before, note = rows(), busy.receipt(busy.backup)
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as archive:
        archive.writestr("about me.json", "{}")
        archive.writestr(f"entries/{busy.backup}.json", before[busy.backup])
        archive.writestr(f"entries/{busy.backup}.tlog-proof", note)
    lose(busy, busy.backup, clock)
    _, done, _ = bring_back(tmp_path / "mine.zip")
    assert done.came == [busy.backup]
    assert rows() == before[: busy.backup + 1]


def test_an_entry_whose_seal_covers_one_that_nobody_kept_does_not_come_back(busy, clock, tmp_path):
    before = rows()
    folder = receipts(busy, tmp_path / "kept", [busy.backup, busy.backup + 2])
    lose(busy, busy.backup, clock)
    _, done, size = bring_back(folder)
    assert done.came == [busy.backup]
    assert "the seal covers" in done.not_these[busy.backup + 2]
    assert (rows(), size) == (before[: busy.backup + 1], busy.backup + 1)


def test_several_places_one_after_the_other_bring_back_what_each_has(busy, clock, tmp_path):
    before = rows()
    folders = [receipts(busy, tmp_path / f"kept{n}", [busy.backup + n]) for n in range(3)]
    door = lose(busy, busy.backup, clock)
    for folder in folders:
        bring_back(folder)
    assert rows() == before
    door.tick()
    assert decode(rows()[-1]).act == Restore(by="server", size=busy.backup, recovered=3)


@pytest.mark.parametrize("late", [0, 5_000], ids=["as a server that runs does it", "as one that was asleep does it"])
def test_what_time_did_in_between_follows_by_itself(door, clock, tmp_path, late):
    device = Ed25519Key.generate()
    perform(BindKey(by=door.bo, key=new_key(device, "device", origin=door.polity().origin, person=door.bo)))
    file = Ed25519Key.generate()
    new = new_key(file, "file", origin=door.polity().origin, person=door.bo)
    size = door.polity().size
    request = new_id()
    perform(AskKey(by=door.bo, request=request, key=new))
    asked = size
    clock.at = door.polity().keys.requests[request].opens + late
    if not late:
        door.tick()
    else:
        clock.at += 100
    done_at = sealed(door, device, StepBack(by=door.bo))
    clock.at += 60
    last = sealed(door, device, Return(by=door.bo))
    before = rows()
    assert decode(before[done_at - 1]).act.by == "time"
    folder = receipts(door, tmp_path / "kept", [asked, done_at, last])
    lose(door, size, clock)
    _, done, _ = bring_back(folder)
    assert (done.came, done.not_these) == ([asked, done_at, last], {})
    assert done.by_time == done_at - asked - 1
    assert rows() == before


def test_a_receipt_that_another_key_signed_is_of_no_use(busy, clock, tmp_path):
    folder = receipts(busy, tmp_path / "kept", [busy.backup])
    place = folder / f"{busy.backup}.tlog-proof"
    place.write_bytes(place.read_bytes().replace(b"tenants.example/record", b"others.example/record"))
    (folder / "torn.tlog-proof").write_bytes(b"c2sp.org/tlog-proof@v1\n")
    (folder / "no.zip").write_bytes(b"PK")
    lose(busy, busy.backup, clock)
    found, done, size = bring_back(folder)
    assert {*found.passed_over} == {place.name, "torn.tlog-proof", "no.zip"}
    assert (done.came, size) == ([], busy.backup)


def test_an_altered_entry_is_of_no_use(busy, clock, tmp_path):
    folder = receipts(busy, tmp_path / "kept", [busy.backup])
    entry = folder / f"{busy.backup}.json"
    entry.write_bytes(rows()[busy.backup].replace(b"step-back", b"leave"))
    lose(busy, busy.backup, clock)
    found, _, size = bring_back(folder)
    assert len(found.passed_over) == 1
    assert size == busy.backup


def test_another_history_that_the_same_key_signed_is_told_and_nothing_is_entered(busy, clock, tmp_path):
    write(tmp_path / "r.zip")
    door = lose(busy, busy.backup - 1, clock)
    (door.data / "restored").unlink()
    perform(StepBack(by=door.polity().keys.keys[id_of(busy.bos)].person))
    wait_with_restore(door.data, door.polity().size)
    before = rows()
    with pytest.raises(KeptError, match="another history of this record"):
        bring_back(tmp_path / "r.zip")
    assert rows() == before


def test_once_the_record_goes_on_nothing_comes_back_any_more(busy, clock, tmp_path):
    write(tmp_path / "r.zip")
    door = lose(busy, busy.backup, clock)
    door.tick()
    before = rows()
    assert decode(before[-1]).act == Restore(by="server", size=busy.backup, recovered=0)
    with pytest.raises(Closed, match="The record goes on here already"):
        bring_back(tmp_path / "r.zip")
    assert rows() == before


def test_the_record_says_once_that_it_goes_on_from_a_backup(busy, clock):
    door = lose(busy, busy.backup, clock)
    door.tick()
    wait_with_restore(door.data, busy.backup)  # as after a crash between the entry and the mark
    door.election.lose()
    again = Door(door.data, door.published.folder, inline=True, clock=clock)
    use(again)
    again.tick()
    assert sum(isinstance(decode(data).act, Restore) for data in rows()) == 1
    assert restored_at(again.data) is None
    assert the_door() is again


def test_an_entry_without_a_seal_comes_back_at_its_place_or_not_at_all(door, clock, tmp_path):
    perform(StepBack(by=door.bo))
    perform(StepBack(by=door.dee))
    before = rows()
    folder = receipts(door, tmp_path / "kept", [2])
    lose(door, 1, clock)
    _, done, _ = bring_back(folder)
    assert rows() == before[:1]
    assert "only 1 stand before it" in done.not_these[2]
