"""Whole processes around one data folder, for tests that kill, crowd and restore: python -m tests.door.process VERB."""

import os
import random
import sys
import threading
from pathlib import Path

from frombelow.polity.kernel.act import SERVER
from frombelow.polity.members.acts import Return, StepBack
from frombelow.polity.server.acts import Start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frombelow_site.settings")
DATA = Path(os.environ["FROMBELOW_DATA"])
KILLED = 9


def ready():
    import django

    django.setup()


def found(people="4"):
    """An organization of so many founders."""
    DATA.mkdir(parents=True, exist_ok=True)
    ready()
    from frombelow.polity.rulebook.templates import template
    from frombelow_site.door.founding import Founder, found
    from frombelow_site.door.key import make_keys

    make_keys(DATA, "tenants.example/record")
    founders = [Founder(f"Person {n}") for n in range(int(people))]
    rulebook = template("tenants-union", zone="Europe/London")
    found(DATA, DATA / "copy", name="Tenants", rulebook=rulebook, founders=founders)


def start(count="1"):
    """So many starts of the server, each its own batch; prints the index of each that was answered."""
    ready()
    from frombelow_site.door import perform

    for n in range(int(count)):
        print(perform(Start(by=SERVER, version=str(n))).index, flush=True)


def die(point):
    """One start is answered; in the next one the process is killed at a point of its way."""
    ready()
    from frombelow_site.door import perform, projections, published, tables, writer

    print(perform(Start(by=SERVER, version="lives")).index, flush=True)

    def killed(*_, **__):
        os._exit(KILLED)

    place, name = {
        "judged": (tables, "write"),
        "written": (projections, "run"),
        "projected": (writer, "sign_checkpoint"),
        "committed": (published.Published, "add"),
        "copied": (published.Published, "_replace"),
    }[point]
    setattr(place, name, killed)
    print(perform(Start(by=SERVER, version="dies")).index, flush=True)


def crowd(people="50"):
    """Everybody steps back and returns at random, at the same time; prints how many acts were answered with a
    receipt, and how many were refused."""
    ready()
    from frombelow.polity import Refused
    from frombelow_site.door import perform, polity, the_door

    the_door().start()
    receipts, refusals, lock = [], [], threading.Lock()

    def act(person, chance):
        for _ in range(4):
            kind = chance.choice([StepBack, Return])
            try:
                found = perform(kind(by=person))
            except Refused as refused:
                with lock:
                    refusals.append(refused)
            else:
                with lock:
                    receipts.append(found.index)

    crowd = [
        threading.Thread(target=act, args=[person, random.Random(n)])
        for n, person in enumerate(list(polity().people)[: int(people)])
    ]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    the_door().stop()
    print(len(receipts), len(set(receipts)), len(refusals))


def serve():
    """The writer, until standard input closes."""
    ready()
    from frombelow_site.door import the_door

    the_door().start()
    print("ready", flush=True)
    sys.stdin.read()
    the_door().stop()


def check():
    """Prints how many entries there are and what a replay from the database says."""
    ready()
    from frombelow_site.door.models import Entry, SignedCheckpoint
    from frombelow_site.door.replica import Replica

    replica = Replica()
    replica.catch_up()
    replica.check_checkpoint()
    indices = list(Entry.objects.values_list("index", flat=True))
    assert indices == list(range(len(indices)))
    assert SignedCheckpoint.objects.order_by("-size").first().size == len(indices)
    print(len(indices))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
