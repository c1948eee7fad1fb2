"""A motion in words: its kind, its stages, what it does, how it ended and by which article."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from frombelow.polity import STAGES, Class, Question, RulebookError, Stage
from frombelow.polity.rulebook import Rulebook
from frombelow.polity.rulebook.effects import ChangeRules
from frombelow.polity.votes.rules import majorities as needed_majorities
from frombelow_site.ui.languages import aloud

# The kinds of what is put to the members, and how a vote ends, in words that are translated when they are shown.
KINDS = {
    Class.ORDINARY: noop("Motion"), Class.RULES: noop("Motion to change the rules"),
    Class.EXPULSION: noop("Motion to expel"), Class.DISSOLUTION: noop("Motion to dissolve the organization"),
    Class.RECALL: noop("Recall"), Class.APPEAL: noop("Appeal against a ruling"),
    Class.LIST: noop("Vote on admissions"),
}  # fmt: skip
OUTCOMES = {
    "carried": noop("Carried"), "lost": noop("Lost"), "tied": noop("Tied, so not carried"),
    "inquorate": noop("Too few took part, twice: not carried"),
}  # fmt: skip


def stage_name(stage: Stage) -> str:
    """The stage as pages say it."""
    return _(STAGES[stage].label)


def stages(motion: Question) -> list[tuple[str, bool]]:
    """The way of this motion, and where on it it is now."""
    way = list(motion.way)
    if motion.stage is Stage.ADJOURNED:
        way.insert(-2, Stage.ADJOURNED)
    if motion.stage not in way:  # withdrawn, lapsed, ruled out: the way ends here
        reached = Stage.ADMISSIBILITY if motion.stage is Stage.RULED_OUT else way[0]
        way = [*way[: way.index(reached) + 1], motion.stage] if reached in way else [motion.stage]
    return [(stage_name(stage), stage is motion.stage) for stage in way]


def kind(motion: Question) -> str:
    return _(KINDS[motion.kind])


def outcome(motion: Question) -> str:
    """Carried, lost, tied, inquorate; "" while nothing is decided."""
    return _(OUTCOMES[motion.outcome]) if motion.outcome else ""


def state(motion: Question) -> str:
    """Where it stands, in one or two words."""
    return outcome(motion) or stage_name(motion.stage)


def changes(rules: Rulebook, change: ChangeRules) -> list[dict[str, str]]:
    """Each article that changes: as it was when the motion was moved, and as it would be."""
    try:
        changed = rules.changed(change.articles, change.repeal)
    except RulebookError:
        return []
    numbers = list({**rules.articles, **changed.articles})
    rows = []
    for number in numbers:
        old, new = rules.articles.get(number), changed.articles.get(number)
        if old != new:
            rows.append(
                {
                    "number": number,
                    "title": (new or old).title,  # type: ignore[union-attr]
                    "old": aloud(old) if old else _("It is not there."),
                    "new": aloud(new) if new else _("It is struck out."),
                }
            )
    return rows


def majorities(motion: Question) -> list[tuple[str, str]]:
    """The articles whose majorities this motion needs, each with its sentence: one for each kind of what it does."""
    articles = [motion.rules.articles[motion.rules.article(key)] for key in [*needed_majorities(motion), "quorum"]]
    return [(article.number, aloud(article)) for article in articles]
