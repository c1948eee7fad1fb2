"""Doors to fresh organizations: inside one transaction (``door``), or in a folder of its own for whole processes."""

import os
from pathlib import Path

import pytest

from frombelow.polity.rulebook.templates import template
from frombelow_site.door import use
from frombelow_site.door.founding import Founder, found
from frombelow_site.door.key import make_keys
from tests import ready

FOUNDERS = [Founder("Ada", "ada@example.org"), Founder("Eve"), Founder("Dee"), Founder("Bo")]
NOON = 1_772_452_800  # Monday 2 March 2026, 12:00 UTC
POSTGRESQL = os.environ.get("FROMBELOW_DATABASE", "")


class Clock:
    def __init__(self, at=NOON):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def door(db, tmp_path, clock):
    """The door of an organization that Ada, Eve, Dee and Bo founded a moment ago."""
    make_keys(tmp_path, "tenants.example/record")
    door, door.ids = found(
        tmp_path, tmp_path / "copy", name="Tenants",
        rulebook=template("tenants-union", zone="Europe/London"), founders=FOUNDERS, clock=clock,
    )  # fmt: skip
    door.ada, door.eve, door.dee, door.bo = door.ids
    yield door
    door.election.lose()
    use(None)


@pytest.fixture
def folder(tmp_path):
    """A data folder for whole processes, with a database of its own."""
    environment = {"FROMBELOW_DATA": str(tmp_path / "data"), "PYTHONPATH": str(Path(__file__).parents[2])}
    if not POSTGRESQL:
        yield environment
        return
    import psycopg

    name = f"frombelow_{os.getpid()}_{abs(hash(str(tmp_path))) % 10**8}"
    server, _, _ = POSTGRESQL.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as control:
        control.execute(f"CREATE DATABASE {name}")
        yield {**environment, "FROMBELOW_DATABASE": f"{server}/{name}"}
        control.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def process(folder):
    """Runs ``tests.door.process VERB ...`` in a process of its own; gives what it printed, by lines."""

    def run(*arguments, ends=0):
        done = ready.run("-m", "tests.door.process", *arguments, env={**os.environ, **folder})
        assert done.returncode == ends, done.stderr
        return done.stdout.splitlines()

    run.environment = folder
    return run
