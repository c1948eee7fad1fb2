"""The sequencer alone: votes in batches of 100, on SQLite FULL and on PostgreSQL, projections included."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

VOTES, BATCH = 20_000, 100


def measure() -> dict[str, float]:
    """acts/s for each database; one that is not here is not in the figures."""
    found = {}
    for name, wrapper in (("sqlite", []), ("postgresql", ["script/with-postgres"])):
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "FROMBELOW_DATA": folder, "DJANGO_SETTINGS_MODULE": "frombelow_site.settings"}
            done = subprocess.run(
                [*wrapper, sys.executable, "-m", "bench.door"], env=environment, capture_output=True, text=True
            )
            if done.returncode == 0:
                found[f"{name} acts/s"] = float(done.stdout)
            else:
                print(f"{name}: not measured. {done.stderr[-300:]}")
    table = Table(title=f"The door: {VOTES:,} votes in batches of {BATCH}")
    for name in found:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,.0f}" for value in found.values()))
    Console(width=110).print(table)
    return found


def here() -> float:
    """acts/s in this process's data folder."""
    import time

    import django

    django.setup()
    from frombelow.polity import acts
    from frombelow.polity.templates import template
    from frombelow_site.door import new_id
    from frombelow_site.door.founding import Founder, found
    from frombelow_site.door.keys import make_keys

    data = Path(os.environ["FROMBELOW_DATA"])
    clock = [1_700_000_000]
    make_keys(data, "bench.example/record")
    door, (ada, *_) = found(
        data, data / "copy", name="Bench",
        rulebook=template("tenants-union", zone="Etc/UTC"), founders=[Founder("Ada"), Founder("Bo")],
        clock=lambda: clock[0],
    )  # fmt: skip
    polity = door.polity()
    mandate = next(m for m in polity.mandates.values() if "admit-members" in polity.offices[m.office].powers)
    people = [new_id() for _ in range(VOTES)]
    for n in range(0, VOTES, 800):
        part = tuple((person, "A" * 43) for person in people[n : n + 800])
        door.perform(acts.Admit(by=mandate.person, under=mandate.id, people=part, branch=polity.root))
    motion = new_id()
    door.perform(acts.Move(by=ada, motion=motion, branch=polity.root, text="A" * 43))
    for person in people[: polity.motions[motion].needed]:
        door.perform(acts.Second(by=person, motion=motion))
    while polity.motions[motion].stage != "voting":
        clock[0] += 86_400
        door.tick()
    start = time.perf_counter()
    for n in range(0, VOTES, BATCH):
        door.sequencer.take(
            [(acts.Vote(by=person, motion=motion, choice="yes"), None) for person in people[n : n + BATCH]]
        )
    return VOTES / (time.perf_counter() - start)


if __name__ == "__main__":
    print(here())
