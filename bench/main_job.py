"""The whole journey: an organization of 100,000 is founded, decides over HTTP, and its record is checked."""

import http.client
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from rich.console import Console
from rich.table import Table
from script.make_roll import make_roll

from .served import frombelow, inside, post, served

ROWS, VOTES, THREADS, DAY = 100_000, 5_000, 8, 86_400
TEMPLATE = "general-resolution"  # its quorum grows with the square root: 5,000 of 100,000 can decide


def measure() -> dict[str, float]:
    """Seconds of each part and of the whole. Raises where any part does not come out as it must."""
    parts: dict[str, float] = {}

    @contextmanager
    def timed(name):
        start = time.perf_counter()
        yield
        parts[name] = time.perf_counter() - start

    with tempfile.TemporaryDirectory() as folder:
        data, file, export = Path(folder) / "data", Path(folder) / "roll.csv", Path(folder) / "record.zip"
        key = Path(folder) / "founder.key"
        file.write_bytes(make_roll(ROWS, 7))
        with timed("init"):
            frombelow("init", "--template", TEMPLATE, "--name", "Main Job", "--key-file", key, data, data=data)
        with timed("import-roll"):
            frombelow("import-roll", file, "--yes", "--key", key, "--data", data, data=data)
        ready = inside(data, "sessions", VOTES + 1)
        sessions = ready["sessions"]
        with served(data) as (port, _):
            with timed("move, second, debate"):
                motion = _moved(port, data, sessions)
            with timed(f"{VOTES:,} votes over HTTP"):
                _vote(port, motion, sessions[1:])
            with timed("close and effect"):
                _shift(data, 40)
                _until(port, f"/decide/{motion}/", sessions[0], "What it did")
        with timed("record export"):
            frombelow("record", "export", export, "--data", data, data=data)
        with timed("verify"):
            said = frombelow("verify", export, data=data)
    assert f"{ROWS + 1:,} members" in said, said
    assert "1 decision recounted" in said, said
    _print(parts, said)
    return {"journey seconds": sum(parts.values())}


def _moved(port: int, data: Path, sessions: list[str]) -> str:
    """A motion that gives the founder an office for a whole term: moved, seconded, its vote open; returns its id."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/decide/move/?effect=grant", headers={"Cookie": f"frombelow={sessions[1]}"})
    answer = connection.getresponse()
    page = answer.read().decode()
    assert answer.status == 200, answer.status
    form = {"draft": _value(page, "draft"), "title": "Elect a delegate", "body": "Somebody must admit newcomers."}
    form |= {"branch": _option(page, "branch"), "office": _option(page, "office", "Delegate"), "name": "Founder"}
    body = "&".join(f"{name}={quote(value)}" for name, value in form.items())
    status = post(connection, "/decide/move/?effect=grant", sessions[1], body)
    assert status == 302, status
    connection.request("GET", "/decide/", headers={"Cookie": f"frombelow={sessions[1]}"})
    listing = connection.getresponse().read().decode()
    motion = next(part[:26] for part in listing.split('href="/decide/')[1:] if part[26:28] == '/"')
    for session in sessions[2:7]:
        assert post(connection, f"/decide/{motion}/second/", session) == 302
    for days in (5, 22):
        _shift(data, days)
        time.sleep(0.3)
    _until(port, f"/decide/{motion}/", sessions[1], "Your answer")
    return motion


def _vote(port: int, motion: str, sessions: list[str]) -> None:
    failed = []

    def voter(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for n in range(number, len(sessions), THREADS):
            choice = "no" if n % 5 == 0 else "yes"
            if post(connection, f"/decide/{motion}/vote/", sessions[n], f"choice={choice}") != 302:
                failed.append(n)

    crowd = [threading.Thread(target=voter, args=[number]) for number in range(THREADS)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert not failed, f"{len(failed)} votes were not taken"


def _shift(data: Path, days: int) -> None:
    """It is so many days later than it is."""
    fresh = data / "bench-clock.new"
    fresh.write_text(str(days * DAY))
    fresh.replace(data / "bench-clock")


def _until(port: int, path: str, session: str, words: str) -> None:
    """The page says it, within half a minute."""
    for _ in range(150):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Cookie": f"frombelow={session}"})
        text = connection.getresponse().read().decode()
        connection.close()
        if words in text:
            return
        time.sleep(0.2)
    raise AssertionError(f"{path} does not say “{words}”: {text[-3000:]}")


def _value(page: str, name: str) -> str:
    """What stands in a form's field."""
    field = page.partition(f'name="{name}"')[2].partition(">")[0]
    return field.partition('value="')[2].partition('"')[0]


def _option(page: str, name: str, words: str = "") -> str:
    """The value of a form's first choice whose words contain these."""
    choices = page.partition(f'name="{name}"')[2].partition("</select>")[0].split("<option")[1:]
    return next(o.partition('value="')[2].partition('"')[0] for o in choices if words in o and 'value=""' not in o)


def _print(parts: dict[str, float], said: str) -> None:
    table = Table(title=f"Main job: {ROWS:,} members, {VOTES:,} votes")
    table.add_column("part")
    table.add_column("seconds", justify="right")
    for name, seconds in parts.items():
        table.add_row(name, f"{seconds:.1f}")
    Console(width=110).print(table, said, markup=False)
