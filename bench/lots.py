"""How fast and how fair panels are drawn, beside sortition-algorithms in the same run: `python -m bench lots`.

Pools: those in the folder FROMBELOW_LOTS_DATA (or ../shared/data/lots beside the checkout), each in a folder whose name
ends with the size of the panel; else a made one. FROMBELOW_LOTS_ONLY names some of them. The peer has an environment of
its own (script/setup-sortition), as it needs another solver; it is given five minutes for each pool.
"""

import json
import os
import subprocess
import tempfile
from fractions import Fraction
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from frombelow.lots import (
    CertificateError,
    as_likely,
    certificate_of,
    check,
    gini,
    leximin,
    read_pool,
    with_probabilities,
)
from frombelow.lots.pool import Pool

from .pages import cpu, idle
from .served import get, inside, served

HERE = Path(__file__).parent
DATA = Path(os.environ.get("FROMBELOW_LOTS_DATA") or HERE.parents[1] / "shared/data/lots")
ONLY = os.environ.get("FROMBELOW_LOTS_ONLY", "").split()
POOL, READERS = 100_000, 200  # of a draw whose page is opened
OURS, THEIRS, LISTED = 120.0, 300.0, 1_000  # seconds that each may take; panels in a list

# Least chance and Gini coefficient where others, or the certificate, say what they are.
KNOWN = {
    "example_small_20": (0.1, 0.0), "example_large_200": (0.1, 0.0), "sffixture_22": (0.0909, 0.1404),
    "massL_24": (0.05, 0.5146), "sfcL_44": (0.1319, 0.3801), "hdL_30": (0.0207, 0.7396), "nexusL_170": (0.2737, 0.1791),
    "sfdL_40": (0.0331, 0.6037), "sfbL_20": (0.01186, 0.7813), "sfaL_35": (0.0234, 0.688), "ccaL_75": (0.0214, 0.6022),
}  # fmt: skip
OPEN = ("obfL_30", "sfeL_110")  # nobody has solved them


def pools() -> list[Path]:
    """The folders of the pools."""
    found = sorted(path.parent for path in DATA.glob("*_*/respondents.csv"))
    return [path for path in found if not ONLY or path.name in ONLY] or [HERE.parent / "tests/lots/council_24"]


def chances_of(pool: Pool, panels: list[tuple[tuple[int, ...], Fraction]]) -> list[Fraction]:
    """Of each person; every panel keeps its quotas."""
    found = [Fraction(0)] * len(pool.people)
    for panel, part in panels:
        if not pool.keeps(panel):
            raise AssertionError("a panel does not keep the quotas")
        for person in panel:
            found[person] += part
    return found


def ours(folder: Path) -> dict[str, float]:
    """Our figures: seconds, by how much somebody may be short, the least chance, the Gini coefficient, seconds of the
    check, and how far somebody is below their chance in a list."""
    pool = read_pool(folder / "categories.csv", folder / "respondents.csv", size_of(folder))
    start = perf_counter()
    lottery = leximin(pool, seconds=OURS)
    seconds = perf_counter() - start
    chances = chances_of(pool, with_probabilities(lottery))
    start = perf_counter()
    try:
        check(pool, chances, certificate_of(lottery), short=Fraction(lottery.short))
        checked = perf_counter() - start
    except CertificateError as error:
        raise AssertionError(f"{folder.name}: {error}") from None
    listed = as_likely(lottery, LISTED)
    often = chances_of(pool, [(panel, Fraction(1, LISTED)) for panel in listed])
    below = max(float(wanted - found) for wanted, found in zip(chances, often, strict=True))
    plain = [float(chance) for chance in chances]
    return {
        "seconds": seconds, "short": lottery.short, "least": min(plain), "gini": gini(plain), "check": checked,
        "below": below,
    }  # fmt: skip


def size_of(folder: Path) -> int:
    return int(folder.name.rpartition("_")[2])


def theirs(folder: Path) -> dict[str, float] | None:
    """The peer's figures; None where it is not done in time, or needs more than it is licensed for."""
    home = subprocess.run([HERE.parent / "script/setup-sortition"], capture_output=True, text=True, check=True)
    command = [f"{home.stdout.strip()}/python", "-P", HERE / "sortition.py", folder, str(size_of(folder))]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=THEIRS)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        Console(stderr=True).print(f"{folder.name}: the peer ends with “{done.stderr.strip().splitlines()[-1]}”.")
        return None
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def page() -> float:
    """Milliseconds of CPU of one view of a draw with a large pool, while members contribute to it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        path = f"/draws/{inside(data, 'draw', POOL)['draw']}/"
        sessions: list[str] = inside(data, "sessions", READERS)["sessions"]  # type: ignore[assignment]
        with served(data) as (port, server):
            assert get(port, path, sessions[0]) == 200, path
            idle(server)
            return cpu(server, port, path, sessions)


def measure() -> dict[str, float]:
    """Seconds of each pool, ours and the peer's, how fair the lotteries are, and what the page of a draw costs."""
    table = Table(title="Panels by lot (leximin)")
    for heading in (
        "pool",
        "s",
        "peer s",
        "times",
        "least chance",
        "peer’s",
        "Gini",
        "short by",
        "list below by",
        "check s",
    ):
        table.add_column(heading, justify="left" if heading == "pool" else "right")
    found, times, off = {}, list[float](), [0.0]
    for folder in pools():
        mine, other = ours(folder), theirs(folder)
        found[folder.name] = mine
        if other is not None:
            times.append(other["seconds"] / mine["seconds"])
        if folder.name in KNOWN:
            least, spread = KNOWN[folder.name]
            off += [abs(mine["least"] - least), abs(mine["gini"] - spread)]
        table.add_row(
            folder.name, f"{mine['seconds']:.2f}", "–" if other is None else f"{other['seconds']:.1f}",
            "–" if other is None else f"{times[-1]:.0f}x", f"{mine['least']:.5f}",
            "–" if other is None else f"{other['least']:.5f}", f"{mine['gini']:.4f}", f"{mine['short']:.6f}",
            f"{mine['below']:.5f}", f"{mine['check']:.2f}",
        )  # fmt: skip
    Console(width=130).print(table)
    exact = {name: each for name, each in found.items() if each["short"] <= 1e-6}
    figures = {
        "solved exactly": float(len(exact)),
        "seconds": max((each["seconds"] for name, each in found.items() if name not in OPEN), default=0.0),
        "off": max(off),
        "list below": max(each["below"] for each in found.values()),
        "CPU ms of a draw": page(),
    }
    return figures | ({"times as fast": min(times)} if times else {})
