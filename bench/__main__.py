"""``python -m bench NAME``: measure, then say which targets hold."""

import importlib
import platform
import sys
import tomllib
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent


def main() -> int:
    """Exit status: 0 if every target of the bench holds, 1 if one does not, 2 for a name that is none."""
    targets = tomllib.loads((HERE / "targets.toml").read_text())
    names = sys.argv[1:]
    if names == ["--list"] or not names:
        for name, figures in targets.items():
            print(f"{name:10} {'; '.join(target['what'] for target in figures.values())}")
        return 0
    if unknown := [name for name in names if name not in targets]:
        print(f"There is no bench “{unknown[0]}”. There are: {', '.join(targets)}.", file=sys.stderr)
        return 2
    console = Console(width=110)
    console.print(f"[dim]{_machine()}[/dim]")
    return max([_run(name, targets[name], console) for name in names])


def _run(name: str, targets: dict[str, dict[str, float]], console: Console) -> int:
    found = importlib.import_module(f"bench.{name.replace('-', '_')}").measure()
    table = Table(title=f"Targets of {name}")
    for heading in ("what", "target", "measured", "holds"):
        table.add_column(heading)
    held = True
    for figure, target in targets.items():
        least, most = target.get("at_least"), target.get("at_most")
        measured = found.get(figure)
        holds = measured is not None and (measured >= least if least is not None else measured <= most)
        held &= holds
        goal = f"at least {least:,}" if least is not None else f"at most {most:,}"
        shown = "not measured" if measured is None else f"{measured:,.2f}" if measured < 10 else f"{measured:,.1f}"
        table.add_row(str(target["what"]), goal, shown, "yes" if holds else "NO")
    console.print(table)
    return 0 if held else 1


def _machine() -> str:
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?"
    )
    cores = sum(line.startswith("processor") for line in _lines("/proc/cpuinfo"))
    return f"{cpu}, {cores} cores; Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    place = Path(path)
    return place.read_text().splitlines() if place.exists() else []


if __name__ == "__main__":
    sys.exit(main())
