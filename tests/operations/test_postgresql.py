"""Backup, restore and the way back with PostgreSQL, under script/with-postgres."""

import os
import secrets

import pytest

from tests import clubs

from .conftest import run_in

pytestmark = pytest.mark.may_skip
POSTGRESQL = os.environ.get("FROMBELOW_DATABASE", "")


@pytest.fixture
def database():
    """Makes an empty database; gives its address."""
    if not POSTGRESQL:
        pytest.skip("there is no PostgreSQL here; script/with-postgres brings one")
    import psycopg

    server, made = POSTGRESQL.rpartition("/")[0], []
    with psycopg.connect(f"{server}/postgres", autocommit=True) as control:

        def make():
            name = f"frombelow_{secrets.token_hex(6)}"
            control.execute(f"CREATE DATABASE {name}")
            made.append(name)
            return f"{server}/{name}"

        yield make
        for name in made:
            control.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def club(database, tmp_path):
    """Runs commands on a club in a database of its own."""
    address = database()

    def run(*arguments, ends=0, **environment):
        return run_in(tmp_path)(*arguments, ends=ends, **{"FROMBELOW_DATABASE": address, **environment})

    clubs.founded(run, tmp_path)
    run.address = address
    return run


def test_a_backup_goes_into_another_database_and_is_well(club, database, tmp_path):
    (tmp_path / "roll.csv").write_text("name,email\nZoë Ar\\naud,zoe@example.org\n")
    club("import-roll", "roll.csv", "--yes", "--key", "ada.key")
    assert "its 5 entries replay" in club("backup", "b.age", "--check")
    there = database()
    assert "Restored into again: 6 entries" in club("restore", "b.age", "--data", "again", FROMBELOW_DATABASE=there)
    assert "LOOK" not in club("doctor", "--data", "again", FROMBELOW_DATABASE=there)


def test_a_backup_does_not_go_over_another_organization(club, tmp_path):
    club("backup", "b.age")
    assert "There is an organization in the database that" in club("restore", "b.age", "--data", "again", ends=2)
    assert not (tmp_path / "again").exists()


def test_a_backup_of_postgresql_is_not_put_into_sqlite_nor_the_reverse(club, tmp_path, database):
    club("backup", "b.age")
    assert "Set FROMBELOW_DATABASE." in club("restore", "b.age", "--data", "again", ends=2, FROMBELOW_DATABASE="")
    club("init", "--template", "club", "--name", "Small", "small", FROMBELOW_DATABASE="")
    club("backup", "s.age", "--data", "small", FROMBELOW_DATABASE="")
    said = club("restore", "s.age", "--data", "again", ends=2, FROMBELOW_DATABASE=database())
    assert "Unset FROMBELOW_DATABASE." in said
    assert not (tmp_path / "again").exists()


def test_the_wrong_passphrase_leaves_an_empty_database_empty(club, database):
    club("backup", "b.age")
    there = database()
    said = club("restore", "b.age", "--data", "again", ends=2, FROMBELOW_DATABASE=there, FROMBELOW_PASSPHRASE="x" * 20)
    assert "does not open" in said
    assert "Restored" in club("restore", "b.age", "--data", "again", FROMBELOW_DATABASE=there)


def test_an_upgrade_and_its_way_back_lose_no_entry(club, tmp_path):
    assert "LOOK" not in club("upgrade")
    (tmp_path / "roll.csv").write_text("name,email\nKim Park,kim@example.org\n")
    club("import-roll", "roll.csv", "--yes", "--key", "ada.key")
    assert "6 entries; 3 of them came back from the copy." in club("upgrade", "--back")
    assert "LOOK" not in club("doctor")
    assert "LOOK" not in club("upgrade")


def test_the_way_back_takes_away_tables_that_came_later(club, tmp_path):
    import psycopg

    club("upgrade")
    with psycopg.connect(club.address, autocommit=True) as connection:
        connection.execute("CREATE TABLE later (n int)")
        club("upgrade", "--back")
        assert connection.execute("SELECT to_regclass('later')").fetchone() == (None,)


def test_a_database_that_does_not_answer_is_told(club):
    nowhere = "postgresql://frombelow@127.0.0.1:1/nowhere"
    said = club("restore", "roll.csv", "--data", "again", ends=2, FROMBELOW_DATABASE=nowhere)
    assert "psql could not do its part" in said or "does not exist" in said
