"""Upgrade and the way back: a backup before anything, a look at everything after it."""

import sqlite3
import stat
import subprocess
import sys

import pytest

from frombelow_site.operations import archive


def backups_in(data, what="before"):
    return sorted((data / "backups").glob(f"{what}-*.age"))


def entries(data):
    return [row[0] for row in sqlite3.connect(data / "frombelow.sqlite3").execute("SELECT kind FROM door_entry")]


def test_an_upgrade_keeps_a_backup_replays_and_looks_at_everything(frombelow, data):
    said = frombelow("upgrade", "--data", data)
    assert "Kept as it was in" in said
    assert "The tables hold what 3 entries say." in said
    assert "LOOK" not in said
    assert entries(data) == ["organization.found", "access.issue-code", "server.backup"]
    [kept] = backups_in(data)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_the_backup_opens_with_the_sites_secret_alone(frombelow, data, tmp_path):
    frombelow("upgrade", "--data", data)
    [kept] = backups_in(data)
    assert "does not open" in frombelow("restore", kept, "--check", ends=2)
    secret = (data / "secret").read_text()
    assert "2 entries replay" in frombelow("restore", kept, "--check", FROMBELOW_PASSPHRASE=secret)


def test_an_older_database_is_backed_up_before_it_is_changed(frombelow, data, python):
    python("from django.core.management import call_command\ncall_command('migrate', 'home', 'zero', verbosity=0)")
    assert "of an older version" in frombelow("doctor", "--data", data, ends=1)
    assert "The tables are of this version." in frombelow("upgrade", "--data", data)
    assert "LOOK" not in frombelow("doctor", "--data", data)
    [kept] = backups_in(data)
    with archive.opened(kept, (data / "secret").read_text().strip(), data) as found:
        assert not any(name.startswith("home.") for name in found.manifest["migrations"])


def test_an_app_that_is_gone_does_not_make_the_database_a_newer_one(frombelow, data, python):
    python(
        "from django.core.management import call_command\n"
        "from django.db import connection\n"
        "call_command('migrate', 'home', 'zero', verbosity=0)\n"
        'connection.cursor().execute("INSERT INTO django_migrations (app, name, applied) '
        "VALUES ('sessions', '0001_initial', '2026-01-01')\")"
    )
    assert "LOOK" not in frombelow("upgrade", "--data", data)
    assert "of this version" in frombelow("doctor", "--data", data)


def test_the_last_five_backups_are_kept(frombelow, data):
    (data / "backups").mkdir(mode=0o700)
    for day in range(1, 8):
        (data / "backups" / f"before-2026010{day}T000000Z.age").touch()
    frombelow("upgrade", "--data", data)
    assert len(backups_in(data)) == 5
    assert backups_in(data)[0].name == "before-20260104T000000Z.age"


def test_the_way_back_loses_no_published_entry_and_keeps_what_is_left(frombelow, data, tmp_path):
    frombelow("upgrade", "--data", data)
    (tmp_path / "roll.csv").write_text("name,email\nKim Park,kim@example.org\n")
    frombelow("import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", data)
    said = frombelow("upgrade", "--back", "--data", data)
    assert "6 entries; 3 of them came back from the copy." in said
    assert entries(data) == [
        "organization.found",
        "access.issue-code",
        "server.backup",
        "roll.import",
        "roll.rows",
        "server.restore",
    ]
    [kept] = backups_in(data, "left")
    secret = (data / "secret").read_text()
    assert "5 entries replay" in frombelow("restore", kept, "--check", FROMBELOW_PASSPHRASE=secret)
    assert "LOOK" not in frombelow("doctor", "--data", data)


def test_the_way_back_needs_the_version_from_before(frombelow, data, python):
    python("from django.core.management import call_command\ncall_command('migrate', 'home', 'zero', verbosity=0)")
    frombelow("upgrade", "--data", data)
    before = (data / "frombelow.sqlite3").read_bytes()
    said = frombelow("upgrade", "--back", "--data", data, ends=2)
    assert "then run this again" in said
    assert (data / "frombelow.sqlite3").read_bytes() == before
    assert not backups_in(data, "left")


def test_without_an_upgrade_there_is_no_way_back(frombelow, data):
    assert "There is no backup of an upgrade" in frombelow("upgrade", "--back", "--data", data, ends=2)


@pytest.mark.parametrize("back", [[], ["--back"]])
def test_an_upgrade_waits_until_the_server_stopped(frombelow, data, python, back):
    frombelow("upgrade", "--data", data)
    python(
        "import subprocess, sys\n"
        "from frombelow_site.door import the_door\n"
        "the_door().start()\n"
        "from time import sleep\n"
        "while the_door().writer is None: sleep(0.05)\n"
        f"done = subprocess.run([sys.executable, '-m', 'frombelow', 'upgrade', *{back}, '--data', '{data}'],"
        " capture_output=True, text=True)\n"
        "the_door().stop()\n"
        "assert done.returncode == 2, done\n"
        "assert 'Stop it first; nothing was changed.' in done.stderr, done"
    )
    assert len(backups_in(data)) == 1
    assert entries(data) == ["organization.found", "access.issue-code", "server.backup"]


def test_an_upgrade_that_fails_names_the_way_back(data):
    lines = (
        "import django; django.setup()\n"
        "from frombelow_site.operations import upgrading\n"
        "def fails(*a, **k): raise RuntimeError('the table is locked')\n"
        "upgrading.call_command = fails\n"
        "try:\n"
        "    upgrading.upgrade()\n"
        "except upgrading.FailedError as error:\n"
        "    print(error)"
    )
    environment = {"FROMBELOW_DATA": str(data), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings", "PATH": ""}
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, env=environment, check=True)
    assert "the table is locked" in done.stdout
    assert "frombelow upgrade --back" in done.stdout
    assert len(backups_in(data)) == 1
