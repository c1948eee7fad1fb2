"""The database as one file, and back: SQLite by its own backup, PostgreSQL by pg_dump and psql. Needs no Django."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .archive import BackupError

SQLITE = "frombelow.sqlite3"
EMPTY = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', one.tablename);
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', one.name);
  END LOOP;
END $$;
"""


def vendor() -> str:
    """Which database the environment names."""
    return "postgresql" if os.environ.get("FROMBELOW_DATABASE") else "sqlite"


def bytes_needed(data: Path) -> int:
    """About how much room a copy of the database takes."""
    if vendor() == "postgresql":
        return int(_ask("SELECT pg_database_size(current_database())"))
    return (data / SQLITE).stat().st_size


def dump(data: Path, target: Path) -> None:
    """The target holds a consistent copy of the database, taken while the site may be running."""
    target.touch(mode=0o600)
    if vendor() == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target))
        return
    try:
        source = sqlite3.connect(f"file:{data / SQLITE}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error as error:
        raise BackupError(f"The database could not be copied: {error}.") from error


def there(data: Path) -> bool:
    """Whether there is a database already."""
    if vendor() == "postgresql":
        return _ask("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") != "0"
    return (data / SQLITE).exists()


def load(dumped: Path, data: Path) -> None:
    """The database is the dumped one, in the place of whatever was there; or, where that fails, what it was before."""
    if vendor() == "sqlite":
        for end in ("-wal", "-shm"):
            (data / (SQLITE + end)).unlink(missing_ok=True)
        dumped.replace(data / SQLITE)
        return
    empty, script = dumped.with_name("empty.sql"), dumped.with_name("script.sql")
    empty.write_text(EMPTY)
    write_script(dumped, script)
    once = ["--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1", "--output", "/dev/null"]
    _run("psql", *once, "--file", str(empty), "--file", str(script))


def write_script(dumped: Path, script: Path, *only: str) -> None:
    """The script would make the dumped PostgreSQL database anew. The dump was read to its end."""
    script.touch(mode=0o600)
    _run("pg_restore", "--no-owner", "--no-privileges", *only, "--file", str(script), str(dumped))


def _ask(question: str) -> str:
    return _run("psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", question).strip()


def _run(program: str, *arguments: str) -> str:
    """What the program printed. It learns the place from its environment, where nobody else sees the password."""
    if shutil.which(program) is None:
        raise BackupError(f"{program} is missing. On Debian: apt-get install postgresql-client.")
    done = subprocess.run(
        [program, *arguments], env={**os.environ, **_place()}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{program} could not do its part: {said[0] if said else done.returncode}.")
    return done.stdout


def _place() -> dict[str, str]:
    parts = urlsplit(os.environ.get("FROMBELOW_DATABASE", ""))
    said = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.lstrip("/"),
    }
    return {name: value for name, value in said.items() if value}
