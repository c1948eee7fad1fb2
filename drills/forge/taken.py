"""A server's folder as its thief has it: each sealed act in its record said otherwise, left out, or without its seal,
with the record's key to sign over it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

from msgspec import UNSET, structs
from tests import acts as a

from frombelow.polity import Act, Breach, decode
from frombelow.record import RecordError, Signer, read_export

from .world import World

OTHERWISE = {"yes": "no", "no": "yes", "abstain": "yes"}


class Taken(World):
    """The entries of an export, and the record's key."""

    def __init__(self, export: Path, key: Path) -> None:
        name, _, seed = key.read_text().strip().partition(" ")
        self.signer = Signer.from_seed(name, bytes.fromhex(seed))
        self.org = SimpleNamespace(record=list(read_export(export).entries()))  # type: ignore[assignment]


def tried(world: Taken) -> Iterator[tuple[str, int, str]]:
    """Each forgery: what it was, of which entry, and who refused it; "" where it came through."""
    acts = world.told()
    sealed = [n for n, (_act, _at, seal) in enumerate(acts) if seal is not UNSET]
    covered = max((acts[n][2].size for n in sealed), default=0)
    for n in (n for n in sealed if 0 < n < covered):
        act, at, seal = acts[n]
        ways = {"said otherwise": [(_otherwise(act), at, seal)], "without its seal": [(act, at, UNSET)], "left out": []}
        for what, instead in ways.items():
            yield what, n, _refused(world, [*acts[:n], *instead, *acts[n + 1 :]])


def _otherwise(act: Act) -> Act:
    """The same person does something else."""
    if isinstance(act, a.CastVote):
        return structs.replace(act, choice=OTHERWISE[act.choice])
    return a.Leave(by=act.by)


def _refused(world: Taken, acts: list[tuple[Act, int, object]]) -> str:
    try:
        record = world.retold(acts)
    except (LookupError, AssertionError) as nonsense:  # what later acts are about is not there: no polity follows
        return f"no record can be written: {nonsense}"
    try:
        world.verified(record)
    except (Breach, RecordError) as refusal:
        return str(refusal)
    return ""


def forge(export: Path, key: Path) -> bool:
    """Whether all of it was refused; a line says how much was tried."""
    counts, through = Counter[str](), []
    world = Taken(export, key)
    for what, n, refusal in tried(world):
        counts[what] += 1
        if not refusal:
            through.append(f"NOT REFUSED: entry {n} {what}, and signed again: {decode(world.org.record[n]).act}")
    print(*through, sep="\n", end="\n" if through else "")
    told = ", ".join(f"{count} {what}" for what, count in counts.items())
    print(f"Sealed acts of this folder: {told}; with everything after them signed again. Refused: "
          f"{counts.total() - len(through)} of {counts.total()}.")  # fmt: skip
    return bool(counts) and not through
