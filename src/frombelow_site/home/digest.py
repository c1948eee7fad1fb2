"""The weekly letter: what is open, what comes, what was decided. It says something or does not come."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frombelow.polity import Polity, Question, Stage, Standing
from frombelow.polity.kernel.ids import BranchId, MotionId, PersonId
from frombelow.polity.members.state import Person
from frombelow_site.decide.headlines import headlines
from frombelow_site.decide.letters import how_it_ended
from frombelow_site.decide.models import Motion
from frombelow_site.decide.queries import in_stage
from frombelow_site.door import polity
from frombelow_site.mail.kinds import NOT, NOW, Draft, Facts, Kind, Write, register
from frombelow_site.mail.models import Round
from frombelow_site.mail.postman import each_minute
from frombelow_site.mail.queue import write_round
from frombelow_site.ui.clock import DAY, end, local

HOUR_OF_DAY, LATEST = 7, 2 * DAY  # Monday at seven; two days later nobody waits for it any more
MOST = 20  # lines under one heading
COMES = (Stage.DEBATE, Stage.REPLY, Stage.ADJOURNED, Stage.RESTING)
Line = tuple[BranchId, str]


@each_minute
def weekly(at: int) -> None:
    """On Monday morning, in the organization's own zone, the week's letter is to be written, once."""
    here = polity()
    if here.rules is None or here.ended:
        return
    moment = local(at)
    monday = _seven(moment - timedelta(days=moment.weekday()))
    if here.founded_at + DAY <= monday <= at < monday + LATEST:
        year, week, _day = moment.isocalendar()
        write_round("digest", f"{year}-W{week:02}", since=_since(monday))


def _since(monday: int) -> int:
    """The second of the week's letter before this one, four weeks ago at most: what was decided while the server was
    off is told too."""
    before = Round.objects.filter(kind="digest").order_by("-made").values_list("made", flat=True).first()
    return max(min(before or 0, _seven(local(monday) - timedelta(days=7))), monday - 28 * DAY)


def _seven(moment: datetime) -> int:
    """Seven o'clock on the day of this moment, as a second; on a day on which clocks change too."""
    day = moment.replace(hour=HOUR_OF_DAY, minute=0, second=0, microsecond=0, fold=0)
    return int(day.timestamp())


def _people(polity: Polity, _facts: Facts) -> Iterator[PersonId]:
    return (person.id for person in polity.people.values() if person.standing is Standing.MEMBER)


def _write(polity: Polity, facts: Facts) -> Write:
    voting = sorted((polity.motions[name] for name in polity.voting), key=lambda each: each.deadline)
    coming = [polity.motions[name] for name in in_stage(*COMES) if name in polity.motions]
    closed = Motion.objects.filter(closed__gt=facts["since"], stage=Stage.DECIDED.value).order_by("closed")
    names = map(MotionId, closed.values_list("motion", flat=True))
    decided = [polity.motions[name] for name in names if name in polity.motions]
    called = headlines(polity, [each.id for each in (*voting, *coming, *decided)])
    comes, ended = _lines(coming, called, _comes), _lines(decided, called, how_it_ended)
    page = reverse("home:home")

    def draft(name: PersonId) -> Draft | None:
        person = polity.people[name]
        above = polity.branches[person.branch].above
        parts = [
            (_("Open now"), [_open(motion, called, name) for motion in voting if _votes(polity, motion, person)]),
            (_("What comes"), [text for branch, text in comes if branch in above]),
            (_("Decided"), [text for branch, text in ended if branch in above]),
        ]
        said = "\n\n".join(f"{heading.upper()}\n\n" + "\n\n".join(lines[:MOST]) for heading, lines in parts if lines)
        return Draft(_subject(polity), said, page) if said else None

    return draft


def _lines(motions: Iterable[Question], called: dict[str, str], tell: Callable[[Question], str]) -> list[Line]:
    return [(motion.branch, f"{called[motion.id]}\n{tell(motion)}".strip()) for motion in motions]


def _votes(polity: Polity, motion: Question, person: Person) -> bool:
    return motion.poll is not None and motion.poll.electorate.holds(polity, person)


def _open(motion: Question, called: dict[str, str], person: PersonId) -> str:
    assert motion.poll is not None, "it is voted on"
    answered = person in motion.poll.answers
    said = _("You have answered; you can change it until %(end)s.") if answered else _("You can answer until %(end)s.")
    return f"{called[motion.id]}\n{said % {'end': end(motion.poll.closes)}}"


def _comes(motion: Question) -> str:
    if motion.stage is Stage.RESTING:
        return _("Its result rests until %(end)s.") % {"end": end(motion.deadline)}
    when = motion.opens or motion.deadline
    return _("The vote opens at %(end)s at the latest.") % {"end": end(when)} if motion.awaits else ""


def _subject(polity: Polity) -> str:
    return _("%(name)s: the week") % {"name": polity.name} if polity.book["letters_named"] else _("The week")


register(Kind("digest", gettext_lazy("The weekly letter"), _write, _people, (NOW, NOT)))
