"""A server is killed under load, again and again, and opened anew on the same folder: no answer that was given is lost.

A whole process takes acts in from several threads, each of which writes every receipt down before its next act. At a
moment that chance picks it is killed. The next process opens the folder, and before it takes anything in, `proof`
compares the record with every receipt since the first round. So the record grows over all the kills.
"""

import os
import random
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

LONGEST = 0.4  # seconds of load before a kill, at most
PATIENCE = 120  # seconds until a process has opened the folder and compared, at most
HERE = Path(__file__).parents[1]


class Lost(Exception):  # noqa: N818  the word that the drill is about
    """Something that was answered is not there, or a process did not come back."""


class Done(NamedTuple):
    kills: int
    receipts: int
    entries: int


def drill(times: int) -> bool:
    """Half of the kills on SQLite, half on PostgreSQL; True if nothing was lost on either."""
    halves = {"SQLite": times - times // 2, "PostgreSQL": times // 2}
    kills = receipts = 0
    for name, count in halves.items():
        found = _on(name, count)
        if found is None:
            return False
        kills, receipts = kills + found.kills, receipts + found.receipts
    print(f"{kills:,} kills, {receipts:,} receipts, none lost")
    return True


def _on(name: str, times: int) -> Done | None:
    """So many kills on one database. None where something was lost, or the database is needed and not there."""
    wrapper = ["script/with-postgres"] if name == "PostgreSQL" else []
    if wrapper and subprocess.run([*wrapper, "true"], cwd=HERE, capture_output=True).returncode:
        print("Skipped: PostgreSQL (there is no PostgreSQL server here; on Debian: apt-get install postgresql).")
        return None if os.environ.get("FROMBELOW_ALL") == "1" else Done(0, 0, 0)
    print(f"{name}: {times:,} kills", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [*wrapper, sys.executable, "-m", "drills.kills", folder, str(times)]
        environment = {**os.environ, "FROMBELOW_DATA": f"{folder}/data"}
        if not wrapper:
            environment.pop("FROMBELOW_DATABASE", None)
        said = subprocess.run(command, cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True)
    if said.returncode:
        return None
    return Done(*map(int, said.stdout.split()))


def rounds(folder: Path, times: int) -> Done:
    """An organization is founded in the folder, its server killed so many times. Raises Lost at the first fault."""
    crowd = [sys.executable, "-m", "drills.crowd"]
    logs, began = str(folder / "logs"), time.monotonic()
    subprocess.run([*crowd, "found"], check=True)
    for n in range(times):
        entries, receipts = _killed([*crowd, "load", logs, f"{n:06}"], random.uniform(0, LONGEST))
        if n % 10 == 0:
            print(f"  {n:4} kills, {receipts:7,} receipts, {time.monotonic() - began:4.0f} s", file=sys.stderr)
    last = subprocess.run([*crowd, "check", logs], stdout=subprocess.PIPE, text=True)
    if last.returncode:
        raise Lost("after the last kill")
    entries, receipts = map(int, last.stdout.split())
    return Done(times, receipts, entries)


def _killed(command: list[str], after: float) -> tuple[int, int]:
    """How many entries and receipts there were when the process had opened the folder; then it worked for so many
    seconds and was killed, and nothing of it runs any more."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            if not select.select([process.stdout], [], [], PATIENCE)[0]:
                raise Lost(f"the folder was not opened in {PATIENCE} seconds")
            line = process.stdout.readline()
            if not line:
                raise Lost("the record is not what people were told")
            time.sleep(after)
            if process.poll() is not None:
                raise Lost(f"the process ended by itself, with {process.returncode}")
        finally:
            process.kill()
    entries, receipts = map(int, line.split())
    return entries, receipts


def main() -> int:
    """``python -m drills.kills FOLDER TIMES``, on the database of the environment; prints kills, receipts, entries."""
    try:
        done = rounds(Path(sys.argv[1]), int(sys.argv[2]))
    except Lost as lost:
        print(f"LOST: {lost}", file=sys.stderr)
        return 1
    print(*done)
    return 0


if __name__ == "__main__":
    sys.exit(main())
