"""``python -m drills NAME [--times N]``: do a drill, then say what held."""

import argparse
import importlib
import sys

DRILLS = {
    "kills": "a server is killed under load, again and again; what it answered must stand (SQLite, PostgreSQL)",
    "month": "a month of an organization of 240 on a fast clock, with a mail server: who is told what",
    "union": "a union in browsers, from an empty folder to a motion carried by sealed votes; what a thief can retell",
    "journeys": "walks through real servers in a real browser, by keyboard, with axe on each page",
    "processes": "commands, backups, upgrades and web servers before the site, in processes of their own",
    "fuzz": "files of ballots and rolls with bytes changed: each reader reads or refuses (--minutes), and never breaks",
    "sisters": "two organizations cosign each other's record for a month on a fast clock; one forks, and both see it",
}


def main() -> int:
    """Exit status: 0 if everything held, 1 if something did not, 2 for a name that is none."""
    parser = argparse.ArgumentParser(prog="script/drill", description=__doc__)
    parser.add_argument("name", nargs="?", choices=DRILLS, metavar="NAME")
    parser.add_argument("--times", type=int, default=200, help="how often, on all databases together")
    parser.add_argument("--minutes", type=float, default=10, help="how long, of a drill that goes on")
    parser.add_argument("--list", action="store_true", help="name the drills")
    asked = parser.parse_args()
    if asked.list or asked.name is None:
        for name, what in DRILLS.items():
            print(f"{name:10} {what}")
        return 0
    amount = asked.minutes if asked.name == "fuzz" else asked.times
    return 0 if importlib.import_module(f"drills.{asked.name}").drill(amount) else 1


if __name__ == "__main__":
    sys.exit(main())
