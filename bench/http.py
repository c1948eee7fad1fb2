"""Votes over HTTP: as many as one server takes, beside a bare Django view; how long each waits at half the target."""

import http.client
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from . import load
from .served import TOKEN, bare, get, inside, memory, post, served

MEMBERS, VOTERS, SECONDS, HALF = 10_000, 2_000, 10, 125
VOTE = """
  local choice = (n % 3 == 0) and "no" or "yes"
  return wrk.format("POST", "{path}", {{
    ["Cookie"] = "frombelow=" .. session() .. "; csrftoken={token}",
    ["Content-Type"] = "application/x-www-form-urlencoded"
  }}, "csrfmiddlewaretoken={token}&choice=" .. choice)
"""


def measure() -> dict[str, float]:
    """votes/s (wrk on the same machine), as a share of a bare view's; ms that 95 of 100 votes take at half the
    target's load, MB of the server."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        motion = str(inside(data, "voting", MEMBERS)["motion"])
        sessions: list[str] = inside(data, "sessions", VOTERS)["sessions"]  # type: ignore[assignment]
        size = inside(data, "entry")["bytes"]
        place = f"/decide/{motion}/vote/"
        with served(data) as (port, server), bare(Path(folder), sessions) as (limit, _):
            for path in ("/", "/decide/", f"/decide/{motion}/", "/people/", "/answerability/", "/record/"):
                assert get(port, path, sessions[0]) == 200, path
            rate, most = load.in_turn(
                lambda: _most(port, place, sessions), lambda: _most(limit, f"/vote/{size}/", sessions)
            )
            waits = load.at(HALF, SECONDS, 10, lambda: _voter(port, place, sessions))
            found = {
                "votes/s": rate,
                "of a bare view": rate / most,
                "p95 ms at half": statistics.quantiles(waits, n=20)[-1],
                "MB at 10,000 members": memory(server),
            }
    table = Table(title=f"Votes over HTTP, {MEMBERS:,} members, {VOTERS:,} of them voting again and again")
    shown = {**found, "bare views/s": most, "median ms at half": statistics.median(waits)}
    for name in shown:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,.2f}" for value in shown.values()))
    Console(width=110).print(table)
    return found


def _most(port: int, path: str, sessions: list[str]) -> float:
    """votes/s that were answered well."""
    request = VOTE.format(path=path, token=TOKEN)
    return load.most(port, request, sessions, status=302, connections=12, seconds=SECONDS)


def _voter(port: int, path: str, sessions: list[str]) -> Callable[[int], None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def vote(n: int) -> None:
        status = post(connection, path, sessions[n % len(sessions)], "choice=yes")
        if status != 302:
            raise SystemExit(f"a vote was answered with {status}")

    return vote
