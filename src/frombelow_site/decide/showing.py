"""Everything that a motion's page shows, read with few queries whatever its size."""

from typing import Any

from django.http import HttpRequest

from frombelow.polity import Motion, Stage, acts
from frombelow.polity.state import Class
from frombelow_site.people.queries import names

from . import queries, standing, words
from .forms import ReplyForm, RuleOutForm, VoteForm

SECONDERS = 100  # names on the page; a recall of thousands shows how many more there are


def shown(request: HttpRequest, motion: Motion, **forms: Any) -> dict[str, Any]:
    """The context of the page, with forms as they came back where one did."""
    polity, person = request.polity, request.person
    titles, bodies = queries.texts(polity, {motion.id, motion.about, motion.appeal})
    said = queries.statements(motion)
    seconders = sorted(motion.seconders)[:SECONDERS]
    ruler = motion.ruling[0] if motion.ruling else ""
    people = {motion.mover, ruler, *seconders, *motion.subjects} | words.people_in(motion.effects, polity)
    called = names(people)
    can = standing.can(polity, motion, person)
    return {
        "motion": motion,
        "title": titles[motion.id],
        "body": bodies[motion.id],
        "kind": words.kind(motion),
        "branch": polity.branches[motion.branch],
        "names": called,
        "can": can,
        "stages": words.stages(motion),
        "outcome": words.outcome(motion),
        "seconders": seconders,
        "more_seconders": len(motion.seconders) - len(seconders),
        "effects": _effects(request, motion, called),
        "ruling": said.get("ruling", ""),
        "reply": said.get("reply", ""),
        "my_answer": motion.votes.get(person.id, ""),
        "cast": motion.yes + motion.no + motion.abstain,
        "decided_by": motion.rules.articles.get(motion.article),
        "majorities": words.majorities(motion),
        "whole_days": standing.whole_days(motion),
        "debating": motion.stage is Stage.DEBATE,
        "about": _about(request, motion, titles),
        "appeal_title": titles.get(motion.appeal, ""),
        "vote_form": VoteForm(initial={"choice": motion.votes.get(person.id)}),
        "reply_form": ReplyForm(),
        "rule_out_form": RuleOutForm(articles=_articles(motion)) if can.rule else None,
        **forms,
    }


def _articles(motion: Motion) -> list[tuple[str, str]]:
    return [(article.number, f"{article.number} {article.title}") for article in motion.rules.articles.values()]


def _effects(request: HttpRequest, motion: Motion, called: dict[str, str]) -> list[dict[str, Any]]:
    if motion.kind is Class.RECALL:
        return []
    rows = []
    for n, effect in enumerate(motion.effects):
        changes = words.changes(motion.rules, effect) if isinstance(effect, acts.ChangeRules) else []
        rows.append(
            {"words": words.effect(request.polity, motion, n, called), "changes": changes, "void": n in motion.voided}
        )
    return rows


def _about(request: HttpRequest, motion: Motion, titles: dict[str, str]) -> dict[str, str]:
    """What an appeal or a recall is about, to link to."""
    if motion.kind is Class.RECALL:
        mandate = request.polity.mandates[motion.about]
        return {"mandate": mandate.id, "office": request.polity.offices[mandate.office].title, "who": mandate.person}
    if motion.about:
        return {"motion": motion.about, "title": titles.get(motion.about, "")}
    return {}
