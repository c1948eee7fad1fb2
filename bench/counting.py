"""Every family of counting beside its peers, in one run."""

from rich.console import Console
from rich.table import Table

from . import counting_many, counting_ranked, counting_stv


def measure() -> dict[str, float]:
    """How many times as fast as the fastest peer that finds the same winners, by family; seconds and GB of the rest."""
    stv = counting_stv.measure()
    same = [key.removeprefix("differ.") for key, value in stv.items() if key.startswith("differ.") and value == 0]
    found = {
        "count times as fast": min(stv[f"count.ratio.{peer}"] for peer in same),
        "whole times as fast": min(stv[f"whole.ratio.{peer}"] for peer in same),
        "million seconds": stv["million.seconds"],
        "million GB": stv["million.gb"],
        "meek seconds": stv["meek.seconds"],
    }
    found["schulze times as fast"] = counting_ranked.measure()["whole times as fast"]
    many = counting_many.measure()
    table = Table(title="Committees 10 of 50 and budgets of 50, 10,000 ballots")
    for heading in ("rule", "From Below, s", "peer, s", "times as fast", "same winners"):
        table.add_column(heading)
    for family in ("committees", "budgets"):
        for name, figures in many[family].items():
            table.add_row(name, *(str(figures[key]) for key in ("seconds", "peer", "times", "same")))
            if figures["same"]:
                found[f"{family} {name}"] = figures["times"]
    Console(width=110).print(table)
    return found
