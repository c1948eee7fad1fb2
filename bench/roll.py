"""100,000 rows: read and judged alone, then by ``frombelow import-roll`` into a fresh organization."""

import tempfile
import time
from datetime import date
from pathlib import Path

from rich.console import Console
from script.make_roll import make_roll

from frombelow.roll import read_roll

from .served import frombelow

ROWS = 100_000


def measure() -> dict[str, float]:
    """Seconds of reading, and of the whole command."""
    with tempfile.TemporaryDirectory() as folder:
        data, file = Path(folder) / "data", Path(folder) / "roll.csv"
        raw = make_roll(ROWS, 7)
        file.write_bytes(raw)
        start = time.perf_counter()
        read_roll(raw, today=date(2026, 11, 26))
        reading = time.perf_counter() - start
        frombelow("init", "--template", "tenants-union", "--name", "Bench", data, data=data)
        start = time.perf_counter()
        said = frombelow("import-roll", file, "--yes", "--data", data, data=data)
        seconds = time.perf_counter() - start
    Console(width=110).print(
        f"{said.strip().splitlines()[-1]}\n{ROWS:,} rows read in {reading:.1f} s, in {seconds:.1f} s"
    )
    return {"read seconds": reading, "import seconds": seconds}
