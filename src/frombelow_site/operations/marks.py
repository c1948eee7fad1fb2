"""What stands beside the record, compared with it: names and texts with the marks that it holds of them, whether all of
them are there, and what the table says of each entry with the entry's own bytes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from frombelow.polity import decode, kind_of
from frombelow.polity.kernel.commitments import check_commitment
from frombelow.polity.kernel.subject import registry
from frombelow.polity.server.acts import Restore
from frombelow_site.door.models import Entry
from frombelow_site.door.tables import about
from frombelow_site.subject import amiss, gone, values

from .findings import Finding, bad, good

Marks = dict[tuple[str, str], dict[str, int]]  # of the names of a person, the words of a motion; each with its entry
COLUMNS = ("index", "at", "kind", "by", "about", "data")


def compare() -> list[Finding]:
    """What differs or is missing, how much of it, and the first. What was erased is not there to differ."""
    marks: Marks = defaultdict(dict)
    lost: list[range] = []
    strange = list(_strange_rows(marks, lost))
    changed, there = [], set()
    for of, whose, salt, value in values():
        there.add((of, whose))
        if not _fits(marks.get((of, whose), {}), salt, value):
            changed.append(f"{of} {whose}")
    found = [
        _told(
            "entries", strange, "rows of “door_entry” say something else than the entry in them", "entry {:,}",
            "The entry counts and not the row, but lists of entries are wrong. Find out who wrote it.",
        ),
        _told(
            "words", changed, "names or texts are not those that the record holds marks of", "{}",
            "Somebody changed them beside the door. Tell the members; what it was stands in a backup from before.",
        ),
        _told(
            "words", _missing(marks, there, lost), "names or texts are missing that the record holds marks of", "{}",
            "They never came with their act, or somebody took them out beside the door: then a backup from before has "
            "them. Tell the members.",
        ),
        _told(
            "cards", list(amiss()), "rows do not fit what else stands in them", "{}",
            "Somebody changed them beside the door, and people can be found as somebody else. Find out who wrote them.",
        ),
    ]  # fmt: skip
    words = "Names and texts are those that the record holds marks of, and none is missing."
    return [each for each in found if each] or [good("words", words)]


def _told(name: str, wrong: Sequence[object], what: str, called: str, do: str) -> Finding | None:
    if not wrong:
        return None
    return bad(name, f"{len(wrong):,} {what}; the first: {called.format(wrong[0])}.", do)


def _missing(marks: Marks, there: set[tuple[str, str]], lost: list[range]) -> list[str]:
    """Of what the record holds marks and nothing stands beside it; but for what is gone by right, and for what came
    back from the copy without its values, which were lost with an old backup."""
    missing = {each for each in marks.keys() - there if not any(min(marks[each].values()) in span for span in lost)}
    missing -= set(gone(missing))
    return [f"{of} {whose}" for of, whose in sorted(missing)]


def _strange_rows(marks: Marks, lost: list[range]) -> Iterator[int]:
    """The entries whose row says something else than their bytes; on the way, the marks that they hold, and which of
    them came back from the copy."""
    for index, at, kind, by, concerned, data in Entry.objects.values_list(*COLUMNS).iterator(chunk_size=2000):
        entry = decode(bytes(data))
        act = entry.act
        if (at, kind, by, concerned) != (entry.at, kind_of(act), act.by, about(act)):
            yield index
        for what, name, mark in registry.by_act[type(act)].marks(act):
            marks[what, name].setdefault(mark, index)
        if isinstance(act, Restore):
            lost.append(range(act.size, act.size + act.recovered))


def _fits(marks: Iterable[str], salt: bytes, value: str) -> bool:
    """Whether one of the marks was made of this value: a name can be an earlier one, where the latest was lost with an
    old backup."""
    for mark in marks:
        try:
            check_commitment(mark, salt, value)
        except ValueError:
            continue
        return True
    return False
