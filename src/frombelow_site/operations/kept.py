"""What stands beside the record, compared with it: names and texts with the marks that it holds of them, and what the
table says of each entry with the entry's own bytes."""

from collections import defaultdict
from collections.abc import Iterator

from frombelow.polity import AnyAct, acts, decode
from frombelow.polity.commitments import check_commitment
from frombelow_site.decide.models import Statement, Wording
from frombelow_site.door.entries import about
from frombelow_site.door.models import Entry
from frombelow_site.people.models import Card, OldName

from .findings import Finding, bad, good

Marks = dict[tuple[str, str], set[str]]  # of the names of a person, of the words of a motion
COLUMNS = ("index", "at", "kind", "by", "about", "data")


def compare() -> list[Finding]:
    """What differs, how much of it, and the first. What was erased is not there to differ."""
    marks: Marks = defaultdict(set)
    strange = list(_strange_rows(marks))
    changed = [f"{what} {name}" for what, name, salt, value in _values() if not _fits(marks[what, name], salt, value)]
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
        act = decode(bytes(data))
        if (at, kind, by, concerned) != (act.at, acts.tag(type(act)), act.by, about(act)):
            yield index
        for what, name, mark in _marks(act):
            marks[what, name].add(mark)


def _marks(act: AnyAct) -> Iterator[tuple[str, str, str]]:
    match act:
        case (
            acts.Found(founders=people)
            | acts.Admit(people=people)
            | acts.TakeEffect(effect=acts.AdmitPeople(people=people))
        ):
            for person, mark in people:
                yield "name of", person, mark
        case acts.Rename():
            yield "name of", act.by, act.name
        case acts.Move() | acts.Petition():
            yield "motion", act.motion, act.text
        case acts.Reply():
            yield "reply", act.motion, act.text
        case acts.RuleOut():
            yield "ruling", act.motion, act.reason


def _values() -> Iterator[tuple[str, str, bytes, str]]:
    """What it is, whose, the salt and the value."""
    for person, salt, name in Card.objects.values_list("person", "salt", "name").iterator(chunk_size=2000):
        yield "name of", person, bytes(salt), name
    for person, salt, name in OldName.objects.values_list("person", "salt", "name").iterator(chunk_size=2000):
        yield "name of", person, bytes(salt), name
    for words in Wording.objects.iterator(chunk_size=2000):
        yield "motion", words.motion, bytes(words.salt), f"{words.title}\n\n{words.body}"
    for said in Statement.objects.iterator(chunk_size=2000):
        yield said.kind, said.motion, bytes(said.salt), said.text


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
