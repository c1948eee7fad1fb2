"""``frombelow import-roll`` of 100,000 rows into a fresh organization."""

import tempfile
import time
from pathlib import Path

from rich.console import Console
from script.make_roll import make_roll

from .served import frombelow

ROWS = 100_000


def measure() -> dict[str, float]:
    """Seconds of the whole command."""
    with tempfile.TemporaryDirectory() as folder:
        data, file = Path(folder) / "data", Path(folder) / "roll.csv"
        file.write_bytes(make_roll(ROWS, 7))
        frombelow("init", "--template", "tenants-union", "--name", "Bench", data, data=data)
        start = time.perf_counter()
        said = frombelow("import-roll", file, "--yes", "--data", data, data=data)
        seconds = time.perf_counter() - start
    Console(width=110).print(f"{said.strip().splitlines()[-1]}\n{ROWS:,} rows in {seconds:.1f} s")
    return {"import seconds": seconds}
