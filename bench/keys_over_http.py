"""Sealed votes over HTTP beside unsealed ones: one server, the same members, in turn."""

import statistics
import tempfile
from pathlib import Path

from . import load
from .served import TOKEN, inside, served

MEMBERS, VOTERS, TIMES, SECONDS, ROUNDS = 10_000, 700, 15, 10, 3
UNSEALED = """
  local choice = (n % 3 == 0) and "no" or "yes"
  return wrk.format("POST", "{path}", {{
    ["Cookie"] = "frombelow=" .. session() .. "; csrftoken={token}",
    ["Content-Type"] = "application/x-www-form-urlencoded"
  }}, "csrfmiddlewaretoken={token}&choice=" .. choice)
"""
SEALED = """
  local key, body = string.match(lines[n], "^(%S+)\\t(.*)$")
  return wrk.format("POST", "/keys/act/", {{
    ["Cookie"] = "frombelow=" .. key .. "; csrftoken={token}", ["X-CSRFToken"] = "{token}",
    ["Content-Type"] = "application/json"
  }}, body)
"""


def measure() -> dict[str, float]:
    """Sealed votes/s, and their share of unsealed ones; the median of several rounds, each with other voters."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        motion = str(inside(data, "voting", MEMBERS)["motion"])
        found = inside(data, "sealed", motion, ROUNDS * VOTERS, TIMES)
        sessions: list[str] = found["sessions"]  # type: ignore[assignment]
        votes: list[str] = found["votes"]  # type: ignore[assignment]
        a_round = VOTERS * TIMES
        with served(data) as (port, _):
            unsealed_path = f"/decide/{motion}/vote/"
            unsealed, sealed = [], []
            for n in range(ROUNDS):
                voters = sessions[n * VOTERS : (n + 1) * VOTERS]
                unsealed.append(_unsealed(port, unsealed_path, voters))
                sealed.append(_sealed(port, votes[n * a_round : (n + 1) * a_round]))
    return {
        "unsealed votes/s over HTTP": statistics.median(unsealed),
        "sealed votes/s over HTTP": statistics.median(sealed),
        "of unsealed over HTTP": statistics.median(sealed) / statistics.median(unsealed),
    }


def _unsealed(port: int, path: str, sessions: list[str]) -> float:
    request = UNSEALED.format(path=path, token=TOKEN)
    return load.most(port, request, sessions, status=302, connections=12, seconds=SECONDS)


def _sealed(port: int, votes: list[str]) -> float:
    """votes/s; each line is a session and what it hands in, each once and in their order."""
    request = SEALED.format(token=TOKEN)
    return load.most(port, request, votes, status=200, connections=12, seconds=SECONDS)
