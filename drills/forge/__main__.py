"""``script/forge``: a line for each forgery. Exit 1 where one came through that the threat model does not name, or is
named there and does not come through. ``--write`` puts the lines into the page of what a thief can do."""

import re
import sys
from collections import Counter
from pathlib import Path

from frombelow.keys import KeyFault
from frombelow.polity import Breach, Refused
from frombelow.record import RecordError

from . import FORGERIES, Forgery, history, keys, page, seals  # noqa: F401  each registers its own
from .history import NotCosigned
from .world import World

MODEL = Path(__file__).parents[2] / "docs/threat-model.md"
NAMED = re.compile(r"^- not refused: (.+?)(?:\.|:| \(|$)", re.MULTILINE)


def main() -> int:
    """Exit status: 0 if nothing came through but what is named."""
    named, world, wrong = set(NAMED.findall(MODEL.read_text())), World(), []
    counts: Counter[str] = Counter()
    for forgery in FORGERIES:
        line, right = _tried(forgery, world.copy())
        if not forgery.by and forgery.name not in named:
            line, right = f"{line}   (the threat model does not name it)", False
        counts[line.partition(":")[0]] += 1
        print(line, flush=True)
        if not right:
            wrong.append(forgery.name)
    if stale := sorted(named - {each.name for each in FORGERIES if not each.by}):
        print(f"The threat model names what is refused, or is not tried: {'; '.join(stale)}")
        wrong += stale
    if "--write" in sys.argv[1:] and not wrong:
        page.write(FORGERIES)
    told = ", ".join(f"{count} {what}" for what, count in counts.items())
    print(f"{len(FORGERIES)} forgeries: {told}.")
    return 1 if wrong else 0


def _tried(forgery: Forgery, world: World) -> tuple[str, bool]:
    """The line about the forgery, and whether it went as it has to."""
    try:
        forgery.attempt(world)
    except (Refused, Breach, RecordError, KeyFault, NotCosigned, ValueError) as refusal:
        said = f"{getattr(refusal, 'message', '')} {refusal}"
        right = bool(forgery.by) and forgery.says in said
        line = f"refused: {forgery.name}: by {forgery.by or 'the library'}"
        return (line, True) if right else (f"{line}, but otherwise than it should be: {said}", False)
    return f"NOT REFUSED: {forgery.name}", not forgery.by


if __name__ == "__main__":
    sys.exit(main())
