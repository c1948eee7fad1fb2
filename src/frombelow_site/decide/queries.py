"""What pages ask about motions."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.forms import Form
from django.utils.translation import gettext as _

from frombelow.polity import STAGES, Appeal, Effect, Polity, Question, Stage, Standing
from frombelow.polity import Motion as Moved
from frombelow.polity.admissions.rules import ListVote
from frombelow.polity.kernel.act import kind_of
from frombelow.polity.kernel.commitments import as_committed, check_commitment
from frombelow.polity.kernel.ids import BranchId, MotionId, NoId, PersonId
from frombelow.polity.members.state import Person
from frombelow.polity.motions.effects import asked, effects_of
from frombelow.polity.rulebook.effects import ChangeRules, touched
from frombelow.polity.votes.acts import CastVote
from frombelow.roll import normalised_name
from frombelow_site.door.models import Entry
from frombelow_site.people.models import Card

from .asked import Asked
from .models import Motion, Remark, Wording

A_PAGE = 30
# Voting first, then what goes on, then what is over.
ORDER = (
    Stage.VOTING, Stage.RESTING, Stage.REPLY, Stage.DEBATE, Stage.ADJOURNED, Stage.PETITION, Stage.SECONDING,
    Stage.ADMISSIBILITY,
)  # fmt: skip


def moved_already(
    polity: Polity, person: PersonId, data: dict[str, Any], effects: tuple[Effect, ...]
) -> MotionId | NoId:
    """This person's motion with the same words that does the same and still looks for seconders; "" if none. Who
    goes back to the form in the browser and presses again has a fresh draft, and means the same motion."""
    same = Wording.objects.filter(title=data["title"], body=data["body"]).values_list("motion", flat=True)
    found = [polity.motions[name] for name in map(MotionId, same) if name in polity.motions]
    mine = (
        motion.id
        for motion in found
        if isinstance(motion, Moved) and motion.stage is Stage.SECONDING
        if (motion.mover, motion.branch) == (person, data["branch"])
        and asked(polity, motion.branch, motion.effects, motion.id) == asked(polity, motion.branch, effects, motion.id)
    )
    return next(mine, "")


def same_words(polity: Polity, motion: MotionId, form: Form) -> bool:
    """Whether the form holds just what this motion says: then it was sent twice, and nothing was written since."""
    if not form.is_valid():
        return False
    said = tuple(as_committed(form.cleaned_data[name]) for name in ("title", "body"))
    return texts(polity, [motion])[motion] == said


def texts(polity: Polity, motions: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The title and body that the mover wrote, of each motion; of an appeal, those of the motion it is about. Who was
    erased wrote none."""
    wanted = {name: _text_of(polity, name) for name in motions if name in polity.motions}
    rows = list(Wording.objects.filter(motion__in=set(wanted.values()))) if wanted else []
    found = {row.motion: (row.title, row.body if _as_moved(polity, row) else _warned(row.body)) for row in rows}
    asks = {name: polity.motions[MotionId(name)] for name in wanted}
    return {name: found.get(of) or ("", _list_body(polity, asks[name])) for name, of in wanted.items()}


def _as_moved(polity: Polity, row: Wording) -> bool:
    """Whether these are the words that the record holds a mark of."""
    try:
        check_commitment(polity.motions[MotionId(row.motion)].text, bytes(row.salt), f"{row.title}\n\n{row.body}")
    except ValueError:
        return False
    return True


def _warned(body: str) -> str:
    said = _("These are not the words that were moved: somebody changed them since, beside the record. Do not vote on "
             "them; tell the others.")  # fmt: skip
    return f"{said}\n\n{body}"


def _text_of(polity: Polity, name: str) -> str:
    motion = polity.motions[MotionId(name)]
    return ruled(motion) or name


def ruled(motion: Question) -> MotionId | NoId:
    """The motion whose ruling is appealed; "" for what is no appeal."""
    return motion.ruled if isinstance(motion, Appeal) else ""


def _list_body(polity: Polity, found: Question) -> str:
    """What a vote on those on a list is about: nobody wrote words for it."""
    if not isinstance(found, ListVote):
        return ""
    if found.moved_in:
        return _(
            "They moved to the branch when others were members of it already. They are members whatever is answered, "
            "and vote in the whole. Yes: they do not vote in %(where)s until it decides otherwise. No, or too few yes: "
            "they vote in it from then on. If too few take part, they do when they would have without a vote."
        ) % {"where": polity.branches[found.branch].name}  # fmt: skip
    if found.branch != polity.root:
        return _(
            "A branch inside %(where)s admitted them, beyond the share that it brings in by itself. They are members "
            "whatever is answered, and vote in their branch. Yes: they do not vote in %(where)s until it decides "
            "otherwise. No, or too few yes: they vote in it from then on. If too few take part, they do when they "
            "would have without a vote."
        ) % {"where": polity.branches[found.branch].name}  # fmt: skip
    return _(
        "They came in beyond the share that a branch brings into the whole by itself. They are members whatever is "
        "answered, and vote in their branch. Yes: they do not vote in the whole until it decides otherwise. No, or "
        "too few yes: they vote in the whole from then on. If too few take part, they do when they would have "
        "without a vote."
    )


def listed(asked: Asked, number: str | None) -> Page[str]:
    """A page of what was asked for."""
    return Paginator(wanted(asked), A_PAGE).get_page(number)


def wanted(asked: Asked) -> QuerySet[Motion, str]:
    """The ids of the motions that were asked for, what is being voted first; or those in one stage alone."""
    rank = Case(
        *(When(stage=stage.value, then=Value(n)) for n, stage in enumerate(ORDER)),
        default=Value(len(ORDER)), output_field=IntegerField(),
    )  # fmt: skip
    rows = Motion.objects.all()
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.branches is not None:
        rows = rows.filter(branch__in=asked.branches)
    if asked.mover:
        rows = rows.filter(mover__in=_called_so(asked.mover))
    return rows.order_by(*(() if asked.stage else (rank,)), "-moved", "motion").values_list("motion", flat=True)


def _called_so(typed: str) -> list[str]:
    """Who has this name, written in any case; also who is a member no more."""
    return list(Card.objects.filter(name_key=normalised_name(typed)[:600]).values_list("person", flat=True)[:50])


def answered(person: PersonId, motions: Iterable[str]) -> set[str]:
    """On which of these motions this person answered by themselves, ever."""
    given = Entry.objects.filter(about__in=list(motions), by=person, kind=kind_of(CastVote))
    return set(given.values_list("about", flat=True))


def answered_on(motion: Question, person: PersonId) -> int:
    """When this person gave the answer of theirs that counts; 0 where they gave none, or on paper alone."""
    if motion.poll is None or person not in motion.answers or not motion.poll.answered_themselves(person):
        return 0
    given = Entry.objects.filter(about=motion.id, by=person, kind=kind_of(CastVote))
    return given.order_by("-index").values_list("at", flat=True).first() or 0


def remarks(motion: Question) -> list[Remark]:
    """What was said of it when it was ruled on, and by those whom it concerns."""
    return list(Remark.objects.filter(motion=motion.id))


def ruling_and_replies(motion: Question, rows: list[Remark]) -> tuple[str, list[tuple[PersonId, str]]]:
    """The reason of the ruling on it, and the reply of each person concerned, in the order in which they came."""
    said = {row.person: row.text for row in rows if row.kind == Remark.Kind.REPLY}
    ruling = next((row.text for row in rows if row.kind == Remark.Kind.RULING), "")
    return ruling, [(person, said[person]) for person in motion.replies if person in said]


def in_stage(*stages: Stage, most: int = 200) -> list[MotionId]:
    """The ids of motions in these stages, the earliest deadline first."""
    wanted = [stage.value for stage in stages]
    rows = Motion.objects.filter(stage__in=wanted).order_by("deadline")
    return _ids(rows, most)


def in_turn(*groups: tuple[Stage, ...], most: int = 800) -> list[MotionId]:
    """The ids of motions in these groups of stages, the first group first, in each the earliest deadline first."""
    turns = {stage.value: turn for turn, group in enumerate(groups) for stage in group}
    turn = Case(*(When(stage=stage, then=Value(n)) for stage, n in turns.items()), output_field=IntegerField())
    return _ids(Motion.objects.filter(stage__in=turns).order_by(turn, "deadline"), most)


def on_the_same_articles(polity: Polity, motion: Question) -> dict[MotionId, list[str]]:
    """The other motions that are on their way and change articles which this one changes, by their ids."""
    mine = set() if motion.over else _changed_by(motion)
    if not mine:
        return {}
    running = [polity.motions[name] for name in in_stage(*(stage for stage in Stage if not STAGES[stage].over))]
    found = {
        other.id: sorted(mine & _changed_by(other))
        for other in running
        if other.id != motion.id and _meet(polity, motion.branch, other.branch)
    }
    return {name: numbers for name, numbers in found.items() if numbers}


def _changed_by(motion: Question) -> set[str]:
    return {number for each in effects_of(motion) if isinstance(each, ChangeRules) for number in touched(each)}


def _meet(polity: Polity, one: BranchId, other: BranchId) -> bool:
    """Whether what the one decides holds in the other."""
    return one in polity.branches[other].above or other in polity.branches[one].above


def expelled_by(polity: Polity, person: Person) -> Question | None:
    """The decision by which this person was expelled; None for everybody else."""
    if person.standing is not Standing.EXPELLED:
        return None
    entry = Entry.objects.filter(index=person.gone).first()
    return polity.motions.get(MotionId(entry.about)) if entry else None


def moved_by(person: PersonId, *stages: Stage, most: int = 20) -> list[MotionId]:
    """The ids of this person's motions in these stages, the earliest deadline first."""
    return _ids(
        Motion.objects.filter(mover=person, stage__in=[each.value for each in stages]).order_by("deadline"), most
    )


def on_the_way(person: PersonId, most: int = 200) -> list[MotionId]:
    """The ids of what is not over: this person's own first, each the earliest deadline first."""
    runs = [stage.value for stage, rule in STAGES.items() if not rule.over]
    theirs = Case(When(mover=person, then=Value(0)), default=Value(1), output_field=IntegerField())
    return _ids(Motion.objects.filter(stage__in=runs).order_by(theirs, "deadline"), most)


def decided_since(at: int, most: int = 5) -> list[MotionId]:
    """The ids of what was decided after a second, latest first."""
    rows = Motion.objects.filter(closed__gt=at, stage=Stage.DECIDED.value).order_by("-closed")
    return _ids(rows, most)


def _ids(rows: QuerySet[Motion], most: int) -> list[MotionId]:
    return [MotionId(name) for name in rows.values_list("motion", flat=True)[:most]]
