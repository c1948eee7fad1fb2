"""Whole processes around one data folder: ``python -m drills.crowd VERB ...``; FROMBELOW_DATA names the folder."""

import os
import sys
import threading
import time
from pathlib import Path

from bench import inside

from . import proof, receipts

DATA = Path(os.environ["FROMBELOW_DATA"])
CROWD = 8


def found() -> None:
    """An organization of two."""
    DATA.mkdir(parents=True, exist_ok=True)
    inside.founded(DATA, 2)


def check(logs: str) -> None:
    """The folder is opened anew; what was told is compared with what stands. Ends with 1 where something is wrong."""
    inside.opened()
    _checked(Path(logs))


def load(logs: str, name: str) -> None:
    """The same, and then a crowd at the door, each writing down what they are told, until the process is killed."""
    inside.opened()
    _checked(Path(logs))
    for n in range(CROWD):
        threading.Thread(target=_come, args=[Path(logs) / f"{name}-{n}.log"], daemon=True).start()
    time.sleep(600)


def _checked(logs: Path) -> None:
    told = list(receipts.read(logs))
    record, latest, verifier = inside.stored()
    if wrong := proof.faults(record, latest, told, verifier):
        print("\n".join(wrong), file=sys.stderr)
        raise SystemExit(1)
    print(len(record), len(told), flush=True)


def _come(place: Path) -> None:
    log = receipts.Log(place)
    while True:
        for told in inside.newcomer():
            log.write(receipts.Told(*told))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
