"""What stands beside the record, compared with it: names and texts with the marks that it holds of them, and what the
table says of each entry with the entry's own bytes."""

from collections import defaultdict
from collections.abc import Iterator

from frombelow.polity import decode, kind_of
from frombelow.polity.kernel.commitments import check_commitment
from frombelow.polity.kernel.subject import registry
from frombelow_site.door.models import Entry
from frombelow_site.door.tables import about
from frombelow_site.subject import values

from .findings import Finding, bad, good

Marks = dict[tuple[str, str], set[str]]  # of the names of a person, of the words of a motion
COLUMNS = ("index", "at", "kind", "by", "about", "data")


def compare() -> list[Finding]:
    """What differs, how much of it, and the first. What was erased is not there to differ."""
    marks: Marks = defaultdict(set)
    strange = list(_strange_rows(marks))
    changed = [f"{of} {whose}" for of, whose, salt, value in values() if not _fits(marks[of, whose], salt, value)]
    found = []
    if strange:
        found.append(bad(
            "entries", f"{len(strange):,} rows of “door_entry” say something else than the entry in them; the first: "
            f"entry {strange[0]:,}.",
            "The entry counts and not the row, but lists of entries are wrong. Find out who wrote it.",
        ))  # fmt: skip
    if changed:
        found.append(bad(
            "words", f"{len(changed):,} names or texts are not those that the record holds marks of; the first: "
            f"{changed[0]}.",
            "Somebody changed them beside the door. Tell the members; what it was stands in a backup from before.",
        ))  # fmt: skip
    return found or [good("words", "Names and texts are those that the record holds marks of.")]


def _strange_rows(marks: Marks) -> Iterator[int]:
    """The entries whose row says something else than their bytes; on the way, the marks that they hold."""
    for index, at, kind, by, concerned, data in Entry.objects.values_list(*COLUMNS).iterator(chunk_size=2000):
        entry = decode(bytes(data))
        act = entry.act
        if (at, kind, by, concerned) != (entry.at, kind_of(act), act.by, about(act)):
            yield index
        for what, name, mark in registry.by_act[type(act)].marks(act):
            marks[what, name].add(mark)


def _fits(marks: set[str], salt: bytes, value: str) -> bool:
    """Whether one of the marks was made of this value: a name can be an earlier one, where the latest was lost with an
    old backup."""
    for mark in marks:
        try:
            check_commitment(mark, salt, value)
        except ValueError:
            continue
        return True
    return False
