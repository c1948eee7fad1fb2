"""A fixed cast for every test of counting: a committee election in a tenants' union, and short ways to write ballots."""

import os
from pathlib import Path

from frombelow.counting import profile_of

ANN, BO, CY, DI, EVE = range(5)
NAMES = ("Ann", "Bo", "Cy", "Di", "Eve")

OFFICIAL = Path(os.environ.get("FROMBELOW_COUNTING_DATA") or Path(__file__).parents[3] / "shared/data/counting")


def ballots(text, seats=None, names=NAMES, **more):
    """A profile from lines like "12 Ann Bo=Cy": weight, names by rank, equals joined."""
    number = {name: at for at, name in enumerate(names)}
    rows = []
    for line in filter(None, map(str.strip, text.splitlines())):
        weight, *ranks = line.split()
        rows.append((int(weight), [[number[name] for name in rank.split("=")] for rank in ranks]))
    used = max((each for _, ranking in rows for rank in ranking for each in rank), default=0)
    return profile_of(names[: max(used + 1, 2)] if names is NAMES else names, rows, seats=seats, **more)


def named(count, candidates=None):
    """The winners' names in order, or the names of the candidates given."""
    return [count.candidates[each] for each in (count.winners if candidates is None else candidates)]


TENNESSEE = """
    42 Memphis Nashville Chattanooga Knoxville
    26 Nashville Chattanooga Knoxville Memphis
    15 Chattanooga Knoxville Nashville Memphis
    17 Knoxville Chattanooga Nashville Memphis
"""
CITIES = ("Memphis", "Nashville", "Knoxville", "Chattanooga")
