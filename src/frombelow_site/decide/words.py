"""A motion in words: its kind, its stages, what it does, how it ended and by which article."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frombelow.polity import STAGES, Class, Motion, Polity, Question, RulebookError, Stage
from frombelow.polity.kernel.words import Teller
from frombelow.polity.motions.subject import WHYS
from frombelow.polity.rulebook import Article
from frombelow.polity.rulebook.aloud import in_words
from frombelow.polity.rulebook.effects import ChangeRules, changed, changed_articles, touched
from frombelow.polity.votes.rules import majorities as needed_majorities
from frombelow.polity.votes.telling import apart as told_apart
from frombelow_site.rules.articles import changed_by, in_force_at
from frombelow_site.rules.fields import NAMES
from frombelow_site.ui.clock import day, deadline, figure
from frombelow_site.ui.languages import aloud

from .question import of_article

# The kinds of what is put to the members, and how a vote ends, in words that are translated when they are shown.
KINDS = {
    Class.ORDINARY: gettext_noop("Motion"),
    Class.RULES: gettext_noop("Motion to change the rules"),
    Class.EXPULSION: gettext_noop("Motion to expel"),
    Class.DISSOLUTION: gettext_noop("Motion to dissolve the organization"),
    Class.RECALL: gettext_noop("Recall"),
    Class.APPEAL: gettext_noop("Appeal against a ruling"),
    Class.LIST: gettext_noop("Vote on admissions"),
}
OUTCOMES = {
    "carried": gettext_noop("Carried"), "lost": gettext_noop("Lost"), "tied": gettext_noop("Tied, so not carried"),
}  # fmt: skip
# What was carried, and could not be done any more when it was to take effect.
VOID = {"void": gettext_noop("Carried, but void"), "partly void": gettext_noop("Carried, but void in part")}
# What was missed where a quorum was, by what its article asks for: that so many take part, that so many say yes.
ADJOURNED = {
    (True, False): gettext_noop("Too few took part. Nothing is lost: the vote is held once more."),
    (False, True): gettext_noop("Too few said yes. Nothing is lost: the vote is held once more."),
    (True, True): gettext_noop("Too few took part, or said yes. Nothing is lost: the vote is held once more."),
}
DISOWNED = gettext_noop(
    "Answers were disowned that could have decided this. Nothing is lost: the vote is held once more, with sealed "
    "answers and on paper."
)
INQUORATE = {
    (True, False): gettext_noop("Too few took part, twice: not carried"),
    (False, True): gettext_noop("Too few said yes, twice: not carried"),
    (True, True): gettext_noop("Too few took part, or said yes, twice: not carried"),
}


NOBODY = gettext_noop("Nobody took part: not carried")


def stage_name(stage: Stage) -> str:
    """The stage as pages say it."""
    return _(STAGES[stage].label)


def stages(motion: Question) -> list[tuple[str, bool]]:
    """The way of this motion, and where on it it is now."""
    way = list(motion.way)
    if motion.stage is Stage.ADJOURNED:
        way.insert(-2, Stage.ADJOURNED)
    if motion.stage is Stage.RESTING:
        way.insert(-1, Stage.RESTING)
    if motion.stage not in way:  # withdrawn, lapsed, ruled out: the way ends here
        reached = Stage.ADMISSIBILITY if motion.stage is Stage.RULED_OUT else way[0]
        way = [*way[: way.index(reached) + 1], motion.stage] if reached in way else [motion.stage]
    return [(stage_name(stage), stage is motion.stage) for stage in way]


def kind(motion: Question) -> str:
    return _(KINDS[motion.kind])


def outcome(motion: Question) -> str:
    """Carried, carried but void, lost, tied, inquorate; "" while nothing is decided."""
    if motion.disposition in VOID:
        return _(VOID[motion.disposition])
    if motion.outcome == "lost" and not motion.cast:
        return _(NOBODY)
    if motion.outcome == "inquorate":
        return _(INQUORATE[_asked_by_quorum(motion)])
    return _(OUTCOMES[motion.outcome]) if motion.outcome else ""


def did(motion: Question) -> str:
    """Whether it did what it says: how a list of that begins."""
    if motion.outcome == "carried" and motion.disposition != "void":
        return _("What it did")
    return _("What it would have done") if motion.over else _("What it would do")


def does(polity: Polity, motion: Question, teller: Teller) -> list[dict[str, Any]]:
    """Each thing that it does, as a sentence and as a headline, with the articles that it changes; whether it is void,
    though something of it was left."""
    if not isinstance(motion, Motion):  # a recall's only effect stands in its heading, an appeal has none
        return []
    rows = []
    for n, effect in enumerate(motion.effects):
        row = {"words": teller.effect(effect), "headline": teller.headline(effect), "void": n in motion.voided}
        if isinstance(effect, ChangeRules):
            row["void"] = row["void"] and bool(touched(effect))
            row["changes"] = done(polity, motion, effect) or changes(polity, motion, effect)
            row["left_out"] = effect.without
        rows.append(row)
    return rows


def apart(motion: Question, most: int = 3) -> str:
    """On what the answers stand, once the vote has closed, of the first so many answers; "" where all stand on the
    server's word."""
    poll = motion.poll
    if poll is None or motion.stage is Stage.VOTING:
        return ""
    parts = (poll.bound.answers, poll.known.answers, poll.paper.answers)
    return told_apart(_, (poll.yes, poll.no, poll.abstain), *parts, most=most)


def adjourned(motion: Question) -> str:
    """Why the vote on it is held once more."""
    if motion.sealed_only:
        return _(DISOWNED)
    return _(ADJOURNED[_asked_by_quorum(motion)])


def _asked_by_quorum(motion: Question) -> tuple[bool, bool]:
    quorum = motion.rules["quorum"]
    takes_part, says_yes = quorum.participating > 0, quorum.yes_of_eligible > 0 or quorum.yes_root > 0
    return takes_part or not says_yes, says_yes


def state(motion: Question) -> str:
    """Where it stands, in one or two words."""
    return outcome(motion) or stage_name(motion.stage)


def state_until(motion: Question) -> str:
    """Where it stands and until when, what it still needs, or when it was over."""
    if motion.stage is Stage.VOTING:
        return _("closes at %(end)s") % {"end": deadline(motion.deadline)}
    if motion.stage in (Stage.SECONDING, Stage.PETITION):
        return _("%(state)s: %(have)s of %(need)s, until %(end)s") % {
            "state": state(motion), "have": figure(len(motion.supporters)), "need": figure(motion.needed),
            "end": deadline(motion.deadline),
        }  # fmt: skip
    if motion.outcome:
        return f"{state(motion)}, {day(motion.closed_on)}"
    if motion.awaits:
        return _("%(state)s, until %(end)s") % {"state": state(motion), "end": deadline(motion.deadline)}
    return f"{state(motion)}: {lapsed(motion)}" if motion.lapsed else state(motion)


def lapsed(motion: Question) -> str:
    """Why it lapsed; "" where it did not."""
    return _(WHYS[motion.lapsed]) if motion.lapsed else ""


def changes(polity: Polity, motion: Question, change: ChangeRules) -> list[dict[str, Any]]:
    """Each article that changes, as it stands in this branch and as it would be, in words and in figures; from the
    moment at which its vote opens, as it stood then: that is what is voted on."""
    rules, way = polity.in_force, polity.way_to(motion.branch)
    if motion.poll:
        rules = in_force_at(polity, motion.poll.electorate.opened)
    try:
        after = changed(rules, change, motion.branch, polity.root).within(way)
    except RulebookError:
        return []
    before = rules.within(way)
    numbers = {**before.articles, **after.articles}
    pairs = ((number, before.articles.get(number), after.articles.get(number)) for number in numbers)
    named = changed_articles(change)
    return [_change(number, old, new) for number, old, new in pairs if old != new and number in named]


def done(polity: Polity, motion: Question, change: ChangeRules) -> list[dict[str, Any]]:
    """Each article that this change of the motion's changed, as it was just before and just after."""
    found = ((each.before or each.after, each) for each in changed_by(polity, motion.id))
    return [
        _change(stands.number, each.before, each.after)
        for stands, each in found
        if stands and stands.number in touched(change)
    ]


def _change(number: str, old: Article | None, new: Article | None) -> dict[str, Any]:
    stands = new or old
    assert stands is not None, "an article that changes is there before or after"
    return {
        "number": number, "title": stands.title,
        "old": aloud(old) if old else _("It is not there."), "new": aloud(new) if new else _("It is struck out."),
        "was": old, "is": new, "question": of_article(number, old, new),
        "settings": _settings(old.settings if old else {}, new.settings if new else {}),
    }  # fmt: skip


def _settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Each setting that is put differently: what it is, before, after."""
    return [
        (NAMES[key], in_words(old[key], _) if key in old else "–", in_words(new[key], _) if key in new else "–")
        for key in {**old, **new}
        if old.get(key) != new.get(key)
    ]


def majorities(motion: Question) -> list[tuple[str, str]]:
    """The articles whose majorities this motion needs, each with its sentence: one for each kind of what it does."""
    articles = [motion.rules.articles[motion.rules.article(key)] for key in [*needed_majorities(motion), "quorum"]]
    return [(article.number, aloud(article)) for article in articles]
