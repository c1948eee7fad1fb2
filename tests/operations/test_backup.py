"""Backup and restore as people use them: one encrypted file, and what is said when something is not as it must be."""

import errno
import gzip
import io
import json
import os
import shutil
import sqlite3
import stat
import tarfile

import pytest

from frombelow.polity import decode
from frombelow.polity.keys.acts import BindReceiving
from frombelow.polity.server.acts import Restore
from frombelow.record import read_export
from frombelow.sealing import age
from frombelow_site.operations import archive, backups
from frombelow_site.operations.archive import BackupError
from tests import clubs
from tests.terminal import at_a_terminal

from .conftest import PASSPHRASE, run_in

ROLL = "name,email\nQuetzalxochitl Unmistakable,quetzal@example.org\n"


@pytest.fixture(scope="module")
def backed_up(club_of_ada, tmp_path_factory):
    """A folder with the club, and a backup of it."""
    folder = tmp_path_factory.mktemp("backed-up")
    run_in(folder)("backup", "backup.age", "--data", clubs.put(club_of_ada, folder))
    return folder


@pytest.fixture
def made(backed_up, data, tmp_path):
    """A backup of the club, which knows of it."""
    shutil.rmtree(data)
    shutil.copytree(backed_up, tmp_path, dirs_exist_ok=True)
    return tmp_path / "backup.age"


def left(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else None


def lose_database(data):
    for name in ("frombelow.sqlite3", "frombelow.sqlite3-wal", "frombelow.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)


def test_a_backup_is_restored_and_the_record_says_so(frombelow, made, tmp_path):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert "Restored into again: 4 entries; 0 of them came back" in frombelow("restore", made, "--data", "again")
    frombelow("record", "export", "record.zip", "--data", "again")
    assert json.loads(frombelow("verify", "record.zip", "--json"))["ok"]
    assert "LOOK" not in frombelow("doctor", "--data", "again")
    for name in ("record.key", "secret", "frombelow.sqlite3"):
        assert stat.S_IMODE((tmp_path / "again" / name).stat().st_mode) == 0o600


def test_nothing_of_it_is_readable_and_nothing_stays_beside_it(frombelow, data, tmp_path):
    (tmp_path / "roll.csv").write_text(ROLL)
    frombelow("import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", data)
    before = left(data)
    frombelow("backup", "backup.age", "--check", "--data", data)
    raw = (tmp_path / "backup.age").read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert b"quetzal" not in raw.lower()
    assert b"SQLite" not in raw
    assert {*left(data)} - {*before} <= {"frombelow.sqlite3-wal", "frombelow.sqlite3-shm"}
    assert sorted(left(tmp_path)) == ["ada.key", "backup.age", "data", "roll.csv"]


def test_a_backup_beside_a_newer_copy_catches_up_first(frombelow, data, made, tmp_path):
    (tmp_path / "roll.csv").write_text(ROLL)
    frombelow("import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", data)
    lose_database(data)
    assert "2 of them came back from the copy" in frombelow("restore", made, "--data", data)
    frombelow("record", "export", "record.zip", "--data", data)
    assert json.loads(frombelow("verify", "record.zip", "--json"))["members"] == 2


def test_what_a_backup_lost_comes_back_from_an_export_before_the_record_goes_on(frombelow, data, made, tmp_path):
    frombelow("key", "only", "--key", "ada.key", "--data", data)
    frombelow("key", "loosen", "--key", "ada.key", "--data", data)
    frombelow("record", "export", "kept.zip", "--data", data)
    assert "Put into again: 3 entries." in frombelow("restore", made, "--wait", "--data", "again")
    assert "There is nothing at nowhere." in frombelow("hand-in-again", "nowhere", "--data", "again", ends=2)
    (tmp_path / "notes.txt").write_text("nothing of a record")
    said = frombelow("hand-in-again", "notes.txt", "--data", "again")
    assert "Of no use: notes.txt:" in said
    assert "0 entries came back, 0 could not" in said
    said = frombelow("hand-in-again", "kept.zip", "--data", "again")
    assert "2 entries came back, 0 could not; 0 more followed by time. The record has 5 now." in said
    frombelow("record", "export", "again.zip", "--data", "again")
    assert list(read_export(tmp_path / "again.zip").entries()) == list(read_export(tmp_path / "kept.zip").entries())
    frombelow("key", "receive", "--key", "ada.key", "--data", "again")
    frombelow("record", "export", "later.zip", "--data", "again")
    acts = [type(decode(each).act) for each in read_export(tmp_path / "later.zip").entries()]
    assert acts[5:] == [Restore, BindReceiving]
    assert json.loads(frombelow("verify", "later.zip", "--json", "--since", "kept.zip"))["ok"]
    said = frombelow("hand-in-again", "kept.zip", "--data", "again", ends=2)
    assert "The record goes on here already" in said


def test_a_backup_is_proved_by_replaying_it(frombelow, data):
    assert "It opens, and its 3 entries replay." in frombelow("backup", "backup.age", "--check", "--data", data)


def test_a_restore_drill_changes_nothing(frombelow, made, data):
    before = left(data)
    assert "opens, and its 3 entries replay." in frombelow("restore", made, "--check", "--data", data)
    assert "opens" in frombelow("restore", made, "--check", "--data", "again")
    assert left(data) == before


def change_by_sql(data, *statements):
    """The administrator takes the trigger away and writes into the database."""
    connection = sqlite3.connect(data / "frombelow.sqlite3")
    for table in ("door_entry", "door_signedcheckpoint"):
        for verb in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_of_a_changed_record_no_backup_is_made(frombelow, data, made):
    change_by_sql(data, 'DELETE FROM door_entry WHERE "index" = 2')
    assert "Nothing is taken in now" in frombelow("backup", "two.age", "--data", data, ends=2)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM door_entry", "the record is empty"),
        ("DELETE FROM door_entry WHERE \"index\" = 0", "Entry 0 is missing"),
        ("DELETE FROM door_entry WHERE \"index\" = 2", "are not those that were signed"),
        ("UPDATE door_entry SET data = '{}' WHERE \"index\" = 1", "is not right"),
        ("DELETE FROM door_signedcheckpoint", "Nothing is signed"),
        ("DROP TABLE door_entry", "is damaged"),
    ],
)  # fmt: skip
def test_a_backup_that_holds_no_right_record_is_found_out(frombelow, data, made, tmp_path, statement, words):
    change_by_sql(data, statement)
    parts = {"database": data / "frombelow.sqlite3", **{name: data / name for name in archive.KEYS}}
    with archive.opened(made, PASSPHRASE, tmp_path) as found:
        archive.pack(tmp_path / "bad.age", PASSPHRASE, found.manifest, parts)
    assert words in frombelow("restore", "bad.age", "--check", ends=2)


@pytest.mark.parametrize("there", ["nothing", "folder", "organization"])
def test_the_wrong_passphrase_is_told_and_changes_nothing(frombelow, data, made, tmp_path, there):
    place = data if there == "organization" else tmp_path / "again"
    if there == "organization":
        lose_database(data)
    if there == "folder":
        place.mkdir()
    before = left(place)
    said = frombelow("restore", made, "--data", place, ends=2, FROMBELOW_PASSPHRASE="another one entirely")
    assert "This passphrase does not open" in said
    assert "Nothing was changed." in said
    assert left(place) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw[:-1], "is not whole"),
        (lambda raw: raw[: len(raw) // 2], "is not whole"),
        (lambda raw: raw[:-40] + bytes(20) + raw[-20:], "is damaged|is not whole"),
        (lambda raw: raw + b"more", "is not whole"),
        (lambda raw: b"", "is no backup"),
        (lambda raw: b"PK\3\4 an older backup", "is no backup"),
    ],
    ids=["last byte", "half", "changed", "longer", "empty", "zip"],
)
def test_a_damaged_file_is_told_and_changes_nothing(frombelow, made, tmp_path, change, words):
    (tmp_path / "bad.age").write_bytes(change(made.read_bytes()))
    said = frombelow("restore", "bad.age", "--data", "again", ends=2)
    assert any(word in said for word in words.split("|"))
    assert "Nothing was changed." in said
    assert not (tmp_path / "again").exists()


def foreign(path, members):
    """A file that the passphrase opens, with something else in it."""
    with path.open("wb") as sink:
        writer = age.Writer(sink, PASSPHRASE)
        with tarfile.open(fileobj=writer, mode="w|gz") as tar:
            for name, content in members.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
        writer.finish()


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"hello": b"there"}, "no backup of an organization in it"),
        ({"../../escaped": b"!", "manifest": b"{}"}, "no backup of an organization in it"),
        ({"manifest": b"not json", "record.key": b"", "secret": b"", "database": b""}, "no backup of an organization"),
        (
            {
                "manifest": b'{"format": "frombelow-backup/9", "version": "7.1"}',
                "record.key": b"",
                "secret": b"",
                "database": b"",
            },
            "made by version 7.1",
        ),
    ],
    ids=["strange", "climbing out", "no manifest", "from the future"],
)
def test_a_file_with_something_else_in_it_is_refused(frombelow, tmp_path, members, words):
    foreign(tmp_path / "bad.age", members)
    assert words in frombelow("restore", "bad.age", "--data", "again", ends=2)
    assert not (tmp_path / "again").exists()
    assert not (tmp_path.parent / "escaped").exists()


def written(path, *headers, then=b""):
    """A file that the passphrase opens, whose tar begins with these headers; ``then`` follows them, packed well."""
    with path.open("wb") as sink:
        writer = age.Writer(sink, PASSPHRASE)
        with gzip.GzipFile(fileobj=writer, mode="wb") as packed:
            for header in headers:
                packed.write(header.tobuf(tarfile.GNU_FORMAT))
            for _ in range(20):
                packed.write(then)
        writer.finish()


def header(name, size, kind=tarfile.REGTYPE):
    found = tarfile.TarInfo(name)
    found.size, found.type = size, kind
    return found


@pytest.mark.parametrize(
    "headers",
    [
        [header("manifest", 8 << 40)],
        [header("secret", 8 << 40)],
        [header("strange", 8 << 40)],
        [header("x", 8 << 40, tarfile.GNUTYPE_LONGNAME)],
        [header("x", 8 << 40, tarfile.XHDTYPE)],
        [header("x", 8 << 40, tarfile.XGLTYPE)],
        [header("x", 0, tarfile.XHDTYPE)] * 2_000,
        [header("x", 0)] * 2_000,
        [header("database", 0, tarfile.SYMTYPE)],
        [header("database", 0, tarfile.FIFOTYPE)],
        [header("manifest", 0)] * 3,
    ],
    ids=["manifest", "secret", "strange", "long name", "header", "global header", "headers", "parts", "link", "pipe", "twice"],
)  # fmt: skip
def test_a_file_that_unpacks_without_end_is_refused_and_nothing_stays(tmp_path, headers):
    written(tmp_path / "bomb.age", *headers, then=bytes(1 << 20))
    with (
        pytest.raises(archive.BackupError, match=r"no backup of an organization in it|could not be unpacked"),
        archive.opened(tmp_path / "bomb.age", PASSPHRASE, tmp_path),
    ):
        pytest.fail("it was opened")
    assert [place.name for place in tmp_path.iterdir()] == ["bomb.age"]


def test_a_database_for_which_there_is_no_room_is_not_unpacked(tmp_path):
    written(tmp_path / "bomb.age", header("database", 8 << 40), then=bytes(1 << 20))
    with (
        pytest.raises(archive.BackupError, match="No space left"),
        archive.opened(tmp_path / "bomb.age", PASSPHRASE, tmp_path),
    ):
        pytest.fail("it was opened")


def test_a_pipe_is_no_backup(frombelow, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "no plain file" in frombelow("restore", "pipe", "--data", "again", ends=2)
    assert not (tmp_path / "again").exists()


def repacked(made, target, data, **said):
    """The backup again, saying something else of itself."""
    with archive.opened(made, PASSPHRASE, made.parent) as found:
        parts = {name: found.folder / name for name in archive.PARTS[1:]}
        archive.pack(target, PASSPHRASE, {**found.manifest, **said}, parts)


def test_a_backup_of_a_newer_version_waits_for_that_version(frombelow, made, data, tmp_path):
    repacked(made, tmp_path / "new.age", data, version="99.1.0")
    assert "Install version 99.1.0 first" in frombelow("restore", "new.age", "--data", "again", ends=2)
    assert not (tmp_path / "again").exists()


def test_a_backup_of_postgresql_is_not_put_into_sqlite(frombelow, made, data, tmp_path):
    repacked(made, tmp_path / "other.age", data, database="postgresql")
    assert "Set FROMBELOW_DATABASE" in frombelow("restore", "other.age", "--data", "again", ends=2)
    assert not (tmp_path / "again").exists()


def test_a_backup_does_not_go_over_another_organization(frombelow, data, made):
    assert "already" in frombelow("restore", made, "--data", data, ends=2)
    frombelow("init", "--template", "club", "--name", "Other", "other")
    key = (data.parent / "other" / "record.key").read_bytes()
    lose_database(data.parent / "other")
    said = frombelow("restore", made, "--data", "other", ends=2)
    assert "holds the key of another organization" in said
    assert (data.parent / "other" / "record.key").read_bytes() == key


def test_a_file_that_is_there_is_not_written_over(frombelow, data, tmp_path):
    (tmp_path / "backup.age").write_text("precious")
    said = frombelow("backup", "backup.age", "--data", data, ends=2)
    assert "is there already" in said
    assert (tmp_path / "backup.age").read_text() == "precious"


def test_a_folder_that_is_missing_is_told_before_anything_is_recorded(frombelow, data):
    assert "There is no folder" in frombelow("backup", "nowhere/backup.age", "--data", data, ends=2)
    frombelow("record", "export", "record.zip", "--data", data)
    assert json.loads(frombelow("verify", "record.zip", "--json"))["entries"] == 2


def test_a_full_disk_is_told_before_anything_is_recorded(site, tmp_path, monkeypatch, settings):
    settings.DATA = tmp_path
    monkeypatch.setattr(backups.dumps, "bytes_needed", lambda data: 10**18)
    size = site.polity.size
    with pytest.raises(BackupError, match="MB are needed"):
        backups.make_backup(tmp_path / "backup.age", PASSPHRASE)
    assert site.polity.size == size


def test_a_disk_that_fills_leaves_no_half_file(tmp_path, monkeypatch):
    (tmp_path / "part").write_bytes(os.urandom(300_000))

    def full(self, data, *, last):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(age.Writer, "_write_chunk", full)
    with pytest.raises(BackupError, match="No space left on device"):
        archive.pack(tmp_path / "b.age", PASSPHRASE, {}, dict.fromkeys(archive.PARTS[1:], tmp_path / "part"))
    assert left(tmp_path) == ["part"]


def test_a_short_passphrase_is_refused(frombelow, data, tmp_path):
    said = frombelow("backup", "backup.age", "--data", data, ends=2, FROMBELOW_PASSPHRASE="short")
    assert "at least 12 characters" in said
    assert not (tmp_path / "backup.age").exists()


def test_without_a_passphrase_and_without_a_terminal_nothing_is_made(frombelow, data, tmp_path):
    said = frombelow("backup", "backup.age", "--data", data, ends=2, FROMBELOW_PASSPHRASE="")
    assert "set FROMBELOW_PASSPHRASE" in said
    assert not (tmp_path / "backup.age").exists()


def test_a_terminal_asks_twice_and_shows_nothing(data, frombelow, tmp_path):
    ends, shown = at_a_terminal(tmp_path, [PASSPHRASE, PASSPHRASE], "backup", "backup.age", "--data", data)
    assert ends == 0, shown
    assert PASSPHRASE not in shown
    assert "opens" in frombelow("restore", "backup.age", "--check")


def test_a_backup_is_made_while_the_site_runs(python, frombelow, data, tmp_path):
    lines = (
        "import subprocess, sys\n"
        "from frombelow_site.door import the_door\n"
        "the_door().start()\n"
        f"done = subprocess.run([sys.executable, '-m', 'frombelow', 'backup', '{tmp_path}/b.age', '--check',"
        f" '--data', '{data}'])\n"
        "the_door().stop()\n"
        "sys.exit(done.returncode)"
    )
    said, _ = python(lines, FROMBELOW_PASSPHRASE=PASSPHRASE)
    assert "3 entries replay" in said
