"""Letters about motions and votes: put into words when they leave, from the state of that moment. Their subjects name
neither the organization nor the question, unless its rules say that letters do: who sees a screen must not learn of
either."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from frombelow.polity import Polity, Question, Stage
from frombelow.polity.kernel.ids import BranchId, MotionId, PersonId
from frombelow.polity.members.state import Person
from frombelow.polity.votes.state import Poll
from frombelow_site.door import polity
from frombelow_site.mail.kinds import DIGEST, NOT, NOW, Draft, Facts, Kind, Write, register
from frombelow_site.mail.postman import each_minute
from frombelow_site.mail.queue import write, write_round
from frombelow_site.ui.clock import DAY, end, figure, local, minute_of
from frombelow_site.ui.languages import aloud

from . import words
from .headlines import headlines

IN_ORDER = gettext_noop("Your motion goes on: it was not ruled out.")
RULED_OUT = gettext_noop("Your motion was ruled out. You can appeal: its page says until when, and by which article.")
LAPSED = gettext_noop("What you moved is over without a decision: %(why)s.")


def on_paper(person: PersonId) -> None:
    """An answer on paper counts for this person: they hear of it, wherever they can be reached."""
    write("answer", [person], paper=True)


def rests(motion: MotionId, until: int) -> None:
    """A result rests until this second on answers that no key vouches for: whose they are is asked of each."""
    write_round("whose", f"{motion} {until}", motion=motion, until=until)


def opened(motion: MotionId, index: int) -> None:
    """Everybody who may vote hears that the vote is open; of a vote that is held once more, again."""
    write_round("vote", f"{motion} {index}", motion=motion, index=index)


@each_minute
def closing(at: int) -> None:
    """Of each vote that ran for more than a day, who has not answered hears once that a day is left."""
    here = polity()
    for name in sorted(here.voting):
        motion = here.motions[name]
        poll = motion.poll
        if poll is not None and at < poll.closes <= at + DAY and at - poll.opened_at > DAY:
            write_round("closing", f"{name} {poll.electorate.opened}", motion=name)


def closed(motion: MotionId, index: int) -> None:
    """Everybody who may vote hears how it ended, and why, or that it is held once more."""
    write_round("result", f"{motion} {index}", motion=motion)


def about(motion: Question) -> None:
    """Whom a motion or a recall concerns hears of it at once."""
    if motion.heard or motion.subjects:
        write("about-me", sorted(motion.heard | motion.subjects), motion=motion.id)


def to_mover(motion: Question, said: str) -> None:
    write("my-motion", [motion.mover], motion=motion.id, said=said)


def _subject(polity: Polity, neutral: str, headline: str) -> str:
    return headline if polity.book["letters_named"] else neutral


def _page(motion: MotionId) -> str:
    return reverse("decide:motion", args=[motion])


def _title(polity: Polity, motion: MotionId) -> str:
    return headlines(polity, [motion])[motion]


def _voting(polity: Polity, facts: Facts) -> tuple[Question, Poll | None]:
    """The question, and its vote while that runs."""
    motion = polity.motions[facts["motion"]]
    return motion, motion.poll if motion.stage is Stage.VOTING else None


def _voters(polity: Polity, facts: Facts) -> Iterable[PersonId]:
    """Who may vote; where a vote is to be held once more nobody knows yet, so all who are members of its branch."""
    motion = polity.motions[facts["motion"]]
    electorate = motion.poll.electorate if motion.poll else None
    if electorate is None:
        return (each.id for each in polity.people.values() if each.active and _is_of(polity, each, motion.branch))
    return (each.id for each in polity.people.values() if electorate.holds(polity, each))


def _is_of(polity: Polity, person: Person, branch: BranchId) -> bool:
    return branch in polity.branches[person.branch].above


def _called(polity: Polity, facts: Facts) -> Iterable[PersonId]:
    """Those for whom this very vote runs: one that is held once more has a notice of its own."""
    poll = _voting(polity, facts)[1]
    return _voters(polity, facts) if poll and poll.electorate.opened == facts["index"] else ()


def _silent(polity: Polity, facts: Facts) -> Iterable[PersonId]:
    _motion, poll = _voting(polity, facts)
    return (person for person in _voters(polity, facts) if person not in poll.answers) if poll else ()


def _is_silent(polity: Polity, person: PersonId, path: str) -> bool:
    """Whether the person has not answered by now."""
    motion = polity.motions.get(MotionId(path.strip("/").rpartition("/")[2]))
    return bool(motion and motion.poll and motion.stage is Stage.VOTING and person not in motion.poll.answers)


def _opened(polity: Polity, facts: Facts) -> Write:
    motion, poll = _voting(polity, facts)
    if poll is None:
        return lambda _person: None
    until, title = end(poll.closes), _title(polity, motion.id)
    body = _("%(title)s\n\nYou can answer until %(until)s. No member reads an answer before that.\n\n"
             "Read the reasons first: they stand above the question.")  # fmt: skip
    subject = _subject(polity, _("A vote is open"), _("Vote: %(title)s") % {"title": title})
    draft = Draft(subject, body % {"title": title, "until": until}, _page(motion.id), poll.closes)
    return lambda _person: draft


def _closing(polity: Polity, facts: Facts) -> Write:
    motion, poll = _voting(polity, facts)
    if poll is None:
        return lambda _person: None
    until, title = end(poll.closes), _title(polity, motion.id)
    body = _("%(title)s\n\nYou have not answered yet. You can until %(until)s; this is the only reminder.")
    subject = _subject(polity, _("A vote closes soon"), _("Closes soon: %(title)s") % {"title": title})
    draft = Draft(subject, body % {"title": title, "until": until}, _page(motion.id), poll.closes)
    return lambda person: None if person in poll.answers else draft


def _result(polity: Polity, facts: Facts) -> Write:
    motion, title = polity.motions[facts["motion"]], _title(polity, facts["motion"])
    told = how_it_ended(motion)
    subject = _subject(polity, _("A vote has closed"), f"{words.state(motion)}: {title}")
    draft = Draft(subject, f"{title}\n\n{told}", _page(motion.id))
    return lambda _person: draft


def how_it_ended(motion: Question) -> str:
    """The outcome, the figures and the article that made it so, in sentences."""
    closed = motion.adjourned_with if motion.adjourned_with and not motion.outcome else motion
    said = _("%(yes)s yes, %(no)s no, %(abstain)s abstained, of %(of)s who may vote.") % {
        "yes": figure(closed.yes), "no": figure(closed.no), "abstain": figure(closed.abstain),
        "of": figure(closed.eligible),
    }  # fmt: skip
    if not motion.outcome:
        return f"{words.adjourned(motion)}\n{said}"
    article = motion.rules.articles.get(motion.article)
    why = _("Article %(number)s: %(text)s") % {"number": article.number, "text": aloud(article)} if article else ""
    return f"{words.outcome(motion)}.\n{said}\n\n{why}".strip()


def _about(polity: Polity, facts: Facts) -> Write:
    motion = polity.motions[facts["motion"]]
    title = _title(polity, motion.id)
    body = _("This is about you:\n\n%(title)s\n\nBefore anybody votes on it you can reply, and your reply stands "
             "beside it. Its page says by when.")  # fmt: skip
    subject = _subject(polity, _("Something is asked that is about you"), title)
    draft = Draft(subject, body % {"title": title}, _page(motion.id))
    return lambda _person: draft


def _mine(polity: Polity, facts: Facts) -> Write:
    title = _title(polity, facts["motion"])
    subject = _subject(polity, _("A step of your motion"), title)
    said = _(facts["said"]) % {"why": words.lapsed(polity.motions[facts["motion"]])}
    draft = Draft(subject, f"{title}\n\n{said}", _page(facts["motion"]))
    return lambda _person: draft


def _answer(_polity: Polity, _facts: Facts) -> Write:
    draft = Draft(
        _("An answer on paper was handed in for you"),
        _(
            "Two officers handed in that you answered on paper in a vote that is open.\n\n"
            "If you did, there is nothing to do. If you did not, sign in and answer yourself before the vote closes: "
            "your own answer counts instead.\n"
        ),
    )  # fmt: skip
    return lambda _person: draft


def _on_word(polity: Polity, facts: Facts) -> Iterable[PersonId]:
    poll = polity.motions[facts["motion"]].poll
    return list(poll.on_word()) if poll else []


def _whose(_polity: Polity, facts: Facts) -> Write:
    draft = Draft(
        _("Is the answer in your name yours?"),
        _(
            "A vote closed in which an answer in your name counts that no key of yours sealed. Such answers could "
            "have decided it, so nothing follows from it yet.\n\n"
            "If you gave it, there is nothing to do. If you did not, sign in and say so before %(day)s: Home asks "
            "you.\n"
        ) % {"day": minute_of(local(facts["until"]))},
        over=facts["until"],
    )  # fmt: skip
    return lambda _person: draft


YOURS = gettext_lazy("This is about an answer in your name, so it cannot be turned off.")
register(
    Kind(
        "vote", gettext_lazy("A vote is open"), _opened, _called, printed=True, notice=True,
        why=gettext_lazy("This notice is due to everybody who may vote, so it cannot be turned off."),
    ),
    Kind("closing", gettext_lazy("A vote closes in a day, and you have not answered"), _closing, _silent, (NOW, NOT),
         still=_is_silent),
    Kind("result", gettext_lazy("How a vote ended"), _result, _voters, (NOW, DIGEST, NOT)),
    Kind(
        "about-me", gettext_lazy("A motion or a recall is about you"), _about, printed=True, notice=True,
        everywhere=True, why=gettext_lazy("This notice is due to whom a motion is about, so it cannot be turned off."),
    ),
    Kind("my-motion", gettext_lazy("Steps of what you moved"), _mine, choices=(NOW, DIGEST, NOT)),
    Kind("answer", gettext_lazy("An answer on paper in your name"), _answer, everywhere=True, why=YOURS),
    Kind("whose", gettext_lazy("Is an answer yours?"), _whose, _on_word, everywhere=True, why=YOURS),
)  # fmt: skip
