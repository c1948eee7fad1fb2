"""Motions as an app: what it says of itself."""

from collections.abc import Iterable, Iterator

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import MotionId, PersonId
from frombelow.polity.members.state import Person
from frombelow_site.subject import Held, Room, Sight, Subject, Value

from . import attachments, notices
from .headlines import headlines
from .models import Attachment, Motion, Notice, Remark, Wording
from .needs import needs, pressing


def texts(polity: Polity, person: Person) -> Iterator[tuple[str, str]]:
    """Motions they moved, recalls they began, replies and rulings they gave."""
    moved = Motion.objects.filter(mover=person.id).values_list("motion", flat=True)
    for words in Wording.objects.filter(motion__in=list(moved)).order_by("motion"):
        called = slugify(words.title, allow_unicode=True)[:60] or "motion"
        text = f"{words.title}\n\n{words.body}\n\n--\n{words.motion}\nsalt {bytes(words.salt).hex()}\n"
        yield f"motions/{polity.motions[MotionId(words.motion)].number} {called}.txt", text
    for row in Remark.objects.filter(person=person.id).order_by("motion", "kind"):
        yield f"motions/{row.kind} {row.motion}.txt", row.text + "\n"


def values() -> Iterator[Value]:
    yield from map(_wording, Wording.objects.iterator(chunk_size=2000))
    yield from map(_remark, Remark.objects.iterator(chunk_size=2000))
    for notice in Notice.objects.exclude(words="").iterator(chunk_size=2000):
        yield Value(f"notice {notice.letter}", notice.motion, bytes(notice.salt), notice.words)
    yield from attachments.values()


def _wording(words: Wording) -> Value:
    return Value("motion", words.motion, bytes(words.salt), f"{words.title}\n\n{words.body}")


def _remark(said: Remark) -> Value:
    whose = f"{said.motion} {said.person}" if said.kind == Remark.Kind.REPLY else said.motion
    return Value(said.kind, whose, bytes(said.salt), said.text)


def written(wanted: Iterable[tuple[str, str]]) -> Iterator[Value]:
    """Motions, rulings and replies."""
    wanted = set(wanted)
    motions = {whose.partition(" ")[0] for _of, whose in wanted}
    found = (
        *map(_wording, Wording.objects.filter(motion__in=motions)),
        *map(_remark, Remark.objects.filter(motion__in=motions)),
    )
    yield from (each for each in found if (each.of, each.whose) in wanted)


def gone(missing: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Words of notices that named somebody who was erased since; files that were taken away, or went with them."""
    missing = list(missing)
    known = set(Notice.objects.filter(words="").values_list("letter", "motion"))
    yield from (each for each in missing if (each[0].removeprefix("notice "), each[1]) in known)
    yield from attachments.gone(missing)


def forget(people: Iterable[PersonId]) -> None:
    """Nothing of a notice or beside a motion says who these people are."""
    people = list(people)
    notices.forget(people)
    attachments.forget(people)


def sights(polity: Polity, _at: int) -> Iterable[Sight]:
    shown = _("Every member can read them; those of motions that the members decided to show, everybody.")
    return (
        Sight(
            30, _("Names beside acts"), _("Who moved, seconded, signed, ruled and voted, and how."),
            _("Every member can read them, and nobody outside; votes once the vote has closed, until then only the "
              "voter."),
        ),
        Sight(
            40, _("Motions, reasons and replies"), _("What people wrote about a motion."),
            shown if polity.shows_from else _("Every member can read them, and nobody outside."),
        ),
    )  # fmt: skip


SUBJECT = Subject(
    name="decide",
    pages=(("decide/", "frombelow_site.decide.urls"), ("decided/", "frombelow_site.decide.public_urls")),
    room=Room(gettext_lazy("Decide"), "decide:list", 20),
    held=(
        Held(Motion, "mover", erased=False, why="it follows from the record, and names nobody"),
        Held(Attachment, "by"),
        Held(Remark, erased=False, why="what was said of a motion stands beside it, as its words do"),
    ),
    follows=(Motion,),
    take_out=attachments.take_out,
    texts=texts,
    files=attachments.own,
    values=values,
    written=written,
    gone=gone,
    forgets=forget,
    needs=needs,
    pressing=pressing,
    sights=sights,
    called=headlines,
    done_at={"move": "decide:move"} | dict.fromkeys(
        ("attach", "detach", "second", "withdraw-second", "withdraw", "rule", "appeal", "reply", "sign", "open", "vote",
         "disown"),
        "decide:motion",
    ),
)  # fmt: skip
