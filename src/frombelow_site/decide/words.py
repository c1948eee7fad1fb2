"""A motion in words: its kind, its stages, what it does, how it ended and by which article."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frombelow.polity import Polity, Stage, acts
from frombelow.polity.acts import AnyEffect
from frombelow.polity.effects import classes
from frombelow.polity.parameters import POWERS
from frombelow.polity.rulebook import Rulebook, RulebookError
from frombelow.polity.state import Class, Motion
from frombelow_site.ui.languages import aloud

ALONG = (Stage.SECONDING, Stage.ADMISSIBILITY, Stage.DEBATE, Stage.VOTING, Stage.DECIDED)


def stage_name(stage: str) -> str:
    """The stage as pages say it."""
    return {
        Stage.SECONDING: _("looking for seconders"), Stage.PETITION: _("signing"),
        Stage.ADMISSIBILITY: _("waiting for a ruling"), Stage.REPLY: _("reply"), Stage.DEBATE: _("debate"),
        Stage.VOTING: _("vote"), Stage.ADJOURNED: _("adjourned"), Stage.DECIDED: _("decided"),
        Stage.WITHDRAWN: _("withdrawn"), Stage.LAPSED: _("lapsed"), Stage.RULED_OUT: _("ruled out"),
    }[Stage(stage)]  # fmt: skip


def stages(motion: Motion) -> list[tuple[str, bool]]:
    """The way of this motion, and where on it it is now."""
    if motion.kind is Class.APPEAL:
        way = [Stage.DEBATE, Stage.VOTING, Stage.DECIDED]
    elif motion.kind is Class.RECALL:
        way = [Stage.PETITION, Stage.REPLY, Stage.DEBATE, Stage.VOTING, Stage.DECIDED]
    else:
        way = list(ALONG)
        if motion.subjects:
            way.insert(2, Stage.REPLY)
    if motion.stage is Stage.ADJOURNED:
        way.insert(-2, Stage.ADJOURNED)
    if motion.stage not in way:  # withdrawn, lapsed, ruled out: the way ends here
        reached = Stage.ADMISSIBILITY if motion.stage is Stage.RULED_OUT else way[0]
        way = [*way[: way.index(reached) + 1], motion.stage] if reached in way else [motion.stage]
    return [(stage_name(stage), stage is motion.stage) for stage in way]


def kind(motion: Motion) -> str:
    return {
        Class.ORDINARY: _("Motion"), Class.RULES: _("Motion to change the rules"),
        Class.EXPULSION: _("Motion to expel"), Class.DISSOLUTION: _("Motion to dissolve the organization"),
        Class.RECALL: _("Recall"), Class.APPEAL: _("Appeal against a ruling"),
    }[motion.kind]  # fmt: skip


def outcome(motion: Motion) -> str:
    """Carried, lost, tied, inquorate; "" while nothing is decided."""
    return {
        "carried": _("Carried"), "lost": _("Lost"), "tied": _("Tied, so not carried"),
        "inquorate": _("Too few took part, twice: not carried"),
    }.get(str(motion.outcome), "")  # fmt: skip


def state(motion: Motion) -> str:
    """Where it stands, in one or two words."""
    return outcome(motion) or stage_name(motion.stage)


def people_in(effects: Iterable[AnyEffect], polity: Polity) -> set[str]:
    """Everybody that the effects name."""
    found = set()
    for effect in effects:
        if isinstance(effect, acts.GrantMandate | acts.ExpelMember):
            found.add(effect.person)
        elif isinstance(effect, acts.EndMandate) and effect.mandate in polity.mandates:
            found.add(polity.mandates[effect.mandate].person)
    return found


def effect(polity: Polity, motion: Motion, n: int, names: dict[str, str]) -> str:
    """What the n-th effect does, as a sentence."""
    match motion.effects[n]:
        case acts.AdmitPeople(people=people, branch=branch):
            text = ngettext(
                "%(n)d person is admitted to %(branch)s.", "%(n)d people are admitted to %(branch)s.", len(people)
            )
            return text % {"n": len(people), "branch": _branch(polity, branch)}
        case acts.ExpelMember(person=person):
            return _("%(name)s is expelled.") % {"name": names[person]}
        case acts.FormBranch(name=name, parent=parent):
            return _("The branch %(name)s is formed, under %(parent)s.") % {
                "name": name,
                "parent": _branch(polity, parent),
            }
        case acts.DissolveBranch(branch=branch):
            return _("The branch %(name)s is dissolved; its members move up.") % {"name": _branch(polity, branch)}
        case acts.CreateOffice() as made:
            powers = "; ".join(_(POWERS.get(power, power)) for power in made.powers) or _("no power of the rulebook")
            return _("The office %(title)s is created in %(branch)s, with: %(powers)s.") % {
                "title": made.title, "branch": _branch(polity, made.branch), "powers": powers,
            }  # fmt: skip
        case acts.GrantMandate(office=office, person=person, follows=follows):
            found = polity.offices.get(office)
            words = _("%(name)s holds the office %(title)s, for at most %(months)d months.")
            if follows:
                words = _("%(name)s holds the office %(title)s next, for at most %(months)d months.")
            return words % {
                "name": names[person], "title": found.title if found else _("made by this motion"),
                "months": found.term_months if found else motion.rules["term_months"],
            }  # fmt: skip
        case acts.EndMandate(mandate=name):
            mandate = polity.mandates[name]
            return _("%(name)s holds the office %(title)s no more.") % {
                "name": names[mandate.person], "title": polity.offices[mandate.office].title,
            }  # fmt: skip
        case acts.ChangeRules():
            return _("The rules change:")
    return _("The organization ends.")


def changes(rules: Rulebook, change: acts.ChangeRules) -> list[dict[str, str]]:
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


def majorities(motion: Motion) -> list[tuple[str, str]]:
    """The articles whose majorities this motion needs, each with its sentence: one for each kind of what it does."""
    plain = motion.kind in (Class.RECALL, Class.APPEAL)
    keys = ["majority"] if plain else [kind.value for kind in classes(motion.effects)]
    articles = [motion.rules.articles[motion.rules.article(key)] for key in [*keys, "quorum"]]
    return [(article.number, aloud(article)) for article in articles]


def _branch(polity: Polity, branch: str) -> str:
    found = polity.branches.get(branch)
    return found.name if found else _("a branch made by this motion")
