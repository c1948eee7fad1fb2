"""A database that is locked, full or read-only: nothing is stored, it is said in words, and the door goes on by itself."""

import errno
import os
import sqlite3
import subprocess
import sys

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError

from frombelow_site.door import storage
from frombelow_site.door.storage import fault

from .conftest import POSTGRESQL

BUSY = "The server could not take this in just now; nothing was stored. Wait a minute and do it again."


@pytest.fixture
def small_disk(tmp_path):
    """The data folder lies on a disk of a few megabytes."""
    data = tmp_path / "data"
    data.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", data], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield data
    subprocess.run(["umount", "-l", data], check=True)


def taken_away(process, how):
    process("found")
    done = subprocess.run(
        [sys.executable, "-m", "tests.door.storing", how], env={**os.environ, **process.environment},
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines(), done.stderr


@pytest.mark.may_skip
@pytest.mark.skipif(bool(POSTGRESQL), reason="the lock is one of SQLite's")
def test_a_locked_database_takes_nothing_in_says_so_and_goes_on_by_itself(process):
    said, log = taken_away(process, "locked")
    assert said == ["1 ", BUSY, "database locked stepped back", "2 "]
    assert "is locked by another program. Stop what holds it" in log
    assert int(process("check")[-1]) == 3


@pytest.mark.may_skip
@pytest.mark.skipif(bool(POSTGRESQL), reason="PostgreSQL has a disk of its own")
def test_a_full_disk_takes_nothing_in_says_so_and_goes_on_by_itself(small_disk, process):
    said, log = taken_away(process, "full")
    assert said == ["1 ", BUSY, "database full stepped back", "2 "]
    assert "is full. Make room on it" in log
    assert int(process("check")[-1]) == 3


@pytest.mark.may_skip
@pytest.mark.skipif(bool(POSTGRESQL), reason="the folder is SQLite's")
@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["doctor"], ["sign-in-code", "Person 0"]])
def test_a_read_only_disk_is_told_by_each_command_in_a_sentence(small_disk, process, command):
    process("found")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "frombelow", *command, "--data", small_disk], env={**os.environ, "COLUMNS": "300"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "frombelow_site/" not in done.stderr
    assert "read-only" in done.stdout + done.stderr or "cannot be read or written" in done.stdout + done.stderr


@pytest.mark.may_skip
@pytest.mark.skipif(bool(POSTGRESQL), reason="the lock is one of SQLite's")
@pytest.mark.parametrize(("command", "found"), [(["doctor"], "LOOK  The database"), (["rebuild"], "The database")])
def test_a_database_that_is_locked_is_told_by_commands_in_a_sentence(process, tmp_path, command, found):
    process("found")
    with sqlite3.connect(tmp_path / "data" / "frombelow.sqlite3", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = subprocess.run(
            [sys.executable, "-m", "frombelow", *command, "--data", tmp_path / "data"],
            env={**os.environ, "COLUMNS": "300"}, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        other.execute("ROLLBACK")
    assert done.returncode == 1
    assert found in done.stdout + done.stderr
    assert "is locked by another program" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def caused(error, cause):
    error.__cause__ = cause
    return error


def of_sqlite(name):
    cause = sqlite3.OperationalError("words")
    cause.sqlite_errorcode = getattr(sqlite3, name)
    return caused(OperationalError("words"), cause)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (of_sqlite("SQLITE_BUSY_SNAPSHOT"), "locked"),
        (of_sqlite("SQLITE_FULL"), "full"),
        (of_sqlite("SQLITE_READONLY_DBMOVED"), "read-only"),
        (of_sqlite("SQLITE_IOERR_WRITE"), "unreadable"),
        (of_sqlite("SQLITE_CANTOPEN"), "unreadable"),
        (OSError(errno.ENOSPC, "full", "/data/x"), "full"),
        (PermissionError(errno.EACCES, "no", "/data/x"), "read-only"),
    ],
)
def test_what_is_wrong_with_the_storage_is_told_in_a_word(error, word):
    found = fault(error)
    assert found.word == word
    assert found.what.endswith(".")
    assert found.do.endswith(".")


@pytest.mark.parametrize(
    "error",
    [of_sqlite("SQLITE_ERROR"), caused(IntegrityError("twice"), sqlite3.IntegrityError("twice")), DatabaseError("?"),
     ConnectionRefusedError(errno.ECONNREFUSED, "mail"), FileNotFoundError(errno.ENOENT, "gone"), ValueError("no")],
)  # fmt: skip
def test_what_is_not_about_the_storage_is_not_told_as_if_it_were(error):
    assert fault(error) is None


def test_a_database_that_can_be_written_is_left_as_it_was(door):
    assert storage.probe() is None
    assert not storage.Waiting.objects.exists()


@pytest.mark.may_skip
@pytest.mark.skipif(bool(POSTGRESQL), reason="the log beside the database is SQLite's")
def test_no_file_of_the_database_holds_the_name_of_who_is_erased(process):
    process("found")
    done = subprocess.run(
        [sys.executable, "-m", "tests.door.erasing"], env={**os.environ, **process.environment},
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()) == (0, ["True", "[]"]), done.stderr
