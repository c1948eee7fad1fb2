"""Whole processes around one data folder, for tests that kill, crowd and restore: python -m tests.door.process VERB."""

import os
import random
import sys
import threading
from pathlib import Path

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
    from frombelow.polity.templates import template
    from frombelow_site.door.founding import Founder, found
    from frombelow_site.door.keys import make_keys

    make_keys(DATA, "tenants.example/record")
    founders = [Founder(f"Person {n}") for n in range(int(people))]
    rulebook = template("tenants-union", zone="Europe/London")
    found(DATA, DATA / "copy", name="Tenants", rulebook=rulebook, founders=founders)


def start(count="1"):
    """So many starts of the server, each its own batch; prints the index of each that was answered."""
    ready()
    from frombelow.polity import acts
    from frombelow_site.door import perform

    for n in range(int(count)):
        print(perform(acts.Start(by=acts.SERVER, version=str(n))).index, flush=True)


def die(point):
    """One start is answered; in the next one the process is killed at a point of its way."""
    ready()
    from frombelow.polity import acts
    from frombelow_site.door import copy, entries, perform, projections, sequencer

    print(perform(acts.Start(by=acts.SERVER, version="lives")).index, flush=True)

    def killed(*_, **__):
        os._exit(KILLED)

    place, name = {
        "judged": (entries, "write"),
        "written": (projections, "run"),
        "projected": (sequencer, "sign_checkpoint"),
        "committed": (copy.Copy, "publish"),
        "copied": (copy.Copy, "_replace"),
    }[point]
    setattr(place, name, killed)
    print(perform(acts.Start(by=acts.SERVER, version="dies")).index, flush=True)


def crowd(people="50"):
    """Everybody steps back and returns at random, at the same time; prints how many acts were answered with a
    receipt, and how many were refused."""
    ready()
    from frombelow.polity import Refused, acts
    from frombelow_site.door import perform, polity, the_door

    the_door().start()
    receipts, refusals, lock = [], [], threading.Lock()

    def act(person, chance):
        for _ in range(4):
            kind = chance.choice([acts.StepBack, acts.Return])
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
    """The sequencer, until standard input closes."""
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
    from frombelow_site.door.tail import Tail

    tail = Tail()
    tail.catch_up()
    tail.check_checkpoint()
    indices = list(Entry.objects.values_list("index", flat=True))
    assert indices == list(range(len(indices)))
    assert SignedCheckpoint.objects.order_by("-size").first().size == len(indices)
    print(len(indices))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
