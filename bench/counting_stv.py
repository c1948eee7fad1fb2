"""How fast counting is, beside its peers in the same process.

Elections: those in the folder FROMBELOW_COUNTING_DATA (or ../shared/data/counting beside the checkout), else made ones.
Peers that are not installed are left out: pref_voting and stvpoll are on PyPI, droop is github.com/jklundell/droop.
`every` n takes each n-th election only. All parse, count and write the winners as JSON, on one core, each warmed up by
twenty elections and then timed over all of them once.
"""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile
from time import perf_counter
from typing import NamedTuple
from zipfile import ZipFile

import numpy as np
from rich.console import Console
from rich.table import Table

from frombelow.counting import Profile, count, read, write_blt
from frombelow.counting.profile import padded

DATA = Path(os.environ.get("FROMBELOW_COUNTING_DATA") or Path(__file__).parents[2] / "shared/data/counting")
MILLION, WARM = 1_000_000, 20


class Peer(NamedTuple):
    """A peer: from a file's bytes to its own profile, and from that to the set of winners (0-based)."""

    name: str
    parse: Callable[[bytes], object]
    count: Callable[[object], set[int]]


def elections(every: int) -> list[bytes]:
    """The BLT files to count."""
    if (DATA / "elections.zip").exists():
        with ZipFile(DATA / "elections.zip") as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".blt"))
            return [archive.read(name) for name in names[::every]]
    return [write_blt(made(Random(seed))).encode() for seed in range(0, 200, every)]


def made(random: Random) -> Profile:
    """An election of about the size of a Scottish ward, drawn from three kinds of voters."""
    candidates = random.randint(5, 11)
    centres = [random.sample(range(candidates), candidates) for _ in range(3)]
    groups: dict[tuple[int, ...], int] = {}
    for _ in range(5_000):
        ranking = sorted(random.choice(centres), key=lambda each: each + random.gauss(0, 3))
        key = tuple(ranking[: random.randint(1, candidates)])
        groups[key] = groups.get(key, 0) + 1
    lengths = np.array([len(each) for each in groups])
    flat = np.array([one for each in groups for one in each])
    names = tuple(f"Candidate {each + 1}" for each in range(candidates))
    return Profile(names, padded(flat, lengths, candidates), np.array(list(groups.values())), 4)


def plain(data: bytes) -> tuple[int, int, list[tuple[int, list[int]]]]:
    """Candidates, seats and ballots of a BLT file, in plain Python, for peers without a reader of their own."""
    lines = data.decode().split("\n")
    candidates, seats = map(int, lines[0].split())
    ballots = []
    for line in lines[1:]:
        if line.strip() == "0":
            break
        weight, *ranking = map(int, line.split()[:-1])
        ballots.append((weight, [each - 1 for each in ranking]))
    return candidates, seats, ballots


def peers() -> Iterable[Peer]:
    """Those that are installed."""
    with suppress(ImportError):
        yield pref_voting()
    with suppress(ImportError):
        yield stvpoll()
    with suppress(ImportError):
        yield droop()


def pref_voting() -> Peer:
    from pref_voting.profiles_with_ties import ProfileWithTies
    from pref_voting.proportional_methods import stv_scottish

    def parse(data: bytes) -> object:
        candidates, seats, ballots = plain(data)
        rankings = [{each: place for place, each in enumerate(ranking, 1)} for _, ranking in ballots]
        return seats, ProfileWithTies(rankings, [weight for weight, _ in ballots], candidates=list(range(candidates)))

    return Peer("pref_voting", parse, lambda each: set(stv_scottish(each[1], num_seats=each[0])))


def stvpoll() -> Peer:
    from stvpoll.scottish_stv import calculate_scottish_stv

    def parse(data: bytes) -> object:
        candidates, seats, ballots = plain(data)
        return tuple(range(candidates)), [(tuple(ranking), weight) for weight, ranking in ballots], seats

    def run(each: object) -> set[int]:
        candidates, ballots, seats = each
        return set(calculate_scottish_stv(candidates, ballots, seats, random_shuffle=False).elected_as_tuple())

    return Peer("stvpoll", parse, run)


def droop() -> Peer:
    from droop.election import Election
    from droop.profile import ElectionProfile

    def parse(data: bytes) -> object:
        with NamedTemporaryFile(suffix=".blt") as file:
            file.write(data)
            file.flush()
            return ElectionProfile(path=file.name)

    def run(profile: object) -> set[int]:
        election = Election(profile, {"rule": "scotland"})
        with redirect_stdout(StringIO()):
            election.count()
        return {each.order - 1 for each in election.elected}

    return Peer("droop", parse, run)


def timed(work: Callable[[object], object], items: Iterable[object]) -> tuple[float, list[object]]:
    """Milliseconds an item over one pass, and the results."""
    items = list(items)
    for each in items[:WARM]:
        work(each)
    gc.collect()
    start = perf_counter()
    results = [work(each) for each in items]
    return (perf_counter() - start) * 1000 / len(items), results


def million() -> Profile:
    """A million different ballots, 60 candidates, 15 seats, up to 20 preferences."""
    random = np.random.default_rng(1)
    lengths = random.integers(1, 21, MILLION)
    pull = random.gamma(1.0, 1.0, 60)
    keys = np.stack([random.exponential(size=MILLION).astype(np.float32) / each for each in pull], axis=1)
    chosen = np.argpartition(keys, 20, axis=1)[:, :20]
    places = np.take_along_axis(keys, chosen, axis=1).argsort(axis=1)
    chosen = np.take_along_axis(chosen, places, axis=1)
    flat = chosen[np.arange(20) < lengths[:, None]]
    names = tuple(f"Candidate {each + 1}" for each in range(60))
    return Profile(names, padded(flat, lengths, 60), np.ones(MILLION, dtype=np.int64), 15)


def ours(files: list[bytes]) -> tuple[dict[str, float], list[set[int]]]:
    """Our own figures, and the winners."""
    figures: dict[str, float] = {}
    figures["parse.ours"], profiles = timed(lambda data: read(data, "bench.blt", ".blt"), files)
    figures["count.ours"], counts = timed(lambda profile: count("scottish", profile, seed="bench"), profiles)
    figures["json.ours"], _ = timed(lambda counted: counted.to_json(), counts)
    figures["whole.ours"] = figures["parse.ours"] + figures["count.ours"] + figures["json.ours"]
    meek, _ = timed(lambda profile: count("meek", profile, seed="bench"), profiles)
    figures["meek.seconds"] = meek * len(files) / 1000
    return figures, [set(each.winners) for each in counts]


def the_million() -> dict[str, float]:
    """Seconds and GB of a process that counts a million ballots: its peak, the ballots included."""
    done = subprocess.run([sys.executable, "-m", "bench.counting_stv"], check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, done.stdout.split())
    return {"million.seconds": seconds, "million.gb": megabytes / 1000}


def measure(every: int = 1) -> dict[str, float]:
    """Milliseconds an election to parse, count and write, ours and each peer's; and a million ballots, in seconds."""
    files = elections(every)
    figures = {"elections": float(len(files))}
    mine, winners = ours(files)
    figures |= mine
    for peer in peers():
        parse, profiles = timed(peer.parse, files)
        counting, theirs = timed(peer.count, profiles)
        writing, _ = timed(lambda each: json.dumps(sorted(each)), theirs)
        figures[f"parse.{peer.name}"], figures[f"count.{peer.name}"] = parse, counting
        figures[f"whole.{peer.name}"] = parse + counting + writing
        figures[f"differ.{peer.name}"] = float(sum(a != b for a, b in zip(winners, theirs, strict=True)))
        figures[f"count.ratio.{peer.name}"] = counting / mine["count.ours"]
        figures[f"whole.ratio.{peer.name}"] = figures[f"whole.{peer.name}"] / mine["whole.ours"]
    figures |= the_million()
    show(figures)
    return figures


def show(figures: dict[str, float]) -> None:
    """The figures as a table."""
    names = ["ours", *(key.removeprefix("differ.") for key in figures if key.startswith("differ."))]
    table = Table(title=f"{figures['elections']:,.0f} elections, Scottish rules, ms each, one core")
    table.add_column("")
    for name in names:
        table.add_column("From Below" if name == "ours" else name, justify="right")
    for row in ("parse", "count", "whole"):
        table.add_row(row, *(f"{figures[f'{row}.{name}']:.3f}" for name in names))
    for row, key in (("count, ratio", "count.ratio"), ("whole, ratio", "whole.ratio")):
        table.add_row(row, "1", *(f"{figures[f'{key}.{name}']:.1f}x" for name in names[1:]))
    table.add_row("other winners", "", *(f"{figures[f'differ.{name}']:.0f}" for name in names[1:]))
    console = Console()
    console.print(table)
    console.print(f"Meek, all of them: {figures['meek.seconds']:.1f} s")
    seconds, size = figures["million.seconds"], figures["million.gb"]
    console.print(f"1,000,000 ballots, 60 candidates, 15 seats: {seconds:.2f} s, {size:.2f} GB")


def alone() -> None:
    """Prints the seconds of counting a million ballots, and the megabytes that this process took at most."""
    profile = million()
    reset = Path("/proc/self/clear_refs")
    reset.write_text("5")  # the peak from here on: making the ballots is not counting them
    start = perf_counter()
    count("scottish", profile, seed="bench")
    seconds = perf_counter() - start
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(seconds, int(peak.split()[1]) / 1000)


if __name__ == "__main__":
    alone()
