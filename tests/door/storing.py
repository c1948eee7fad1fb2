"""A door of a process of its own whose database is taken away and given back: python -m tests.door.storing HOW."""

import os
import sqlite3
import sys
import time

from .process import DATA, ready

PATIENCE = 60  # seconds until a door that goes on by itself must have done so


def locked():
    """Another program holds the database; gives what lets go of it."""
    other = sqlite3.connect(DATA / "frombelow.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other.close


def full():
    """The disk has no room left; gives what makes room."""
    ballast = DATA / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(65536))
        except OSError:
            pass
    return ballast.unlink


def until(what):
    """Wait until it is so."""
    end = time.monotonic() + PATIENCE
    while not what() and time.monotonic() < end:
        time.sleep(0.1)
    assert what()


def main(how):
    ready()
    from django.db import connections

    connections.settings["default"]["OPTIONS"]["timeout"] = 0.3
    from frombelow.polity.members.acts import Return, StepBack
    from frombelow_site.door import Closed, perform, polity, the_door
    from frombelow_site.operations.watching import trouble

    person = next(iter(polity().people))
    the_door().start()
    until(lambda: the_door().writer)
    print(perform(StepBack(by=person)).index, trouble())
    mend = {"locked": locked, "full": full}[how]()
    try:
        perform(Return(by=person))
    except Closed as closed:
        print(closed)
    until(trouble)
    print(trouble(), polity().people[person].standing.value)
    mend()
    until(lambda: not trouble())
    print(perform(Return(by=person)).index, trouble())
    the_door().stop()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
