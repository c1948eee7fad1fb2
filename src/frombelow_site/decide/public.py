"""What the public sees of motions, where the members decided so: words and results, and nobody's name."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frombelow.polity import Motion, Polity, Question, Stage
from frombelow.polity.kernel.words import Teller, people_in
from frombelow.polity.motions.effects import effects_of
from frombelow.polity.motions.numbers import by_number
from frombelow.polity.organization.rules import shows
from frombelow_site.door import the_door

from . import queries, words
from .headlines import headlines

IN_PUBLIC = (Stage.DEBATE, Stage.VOTING, Stage.ADJOURNED, Stage.RESTING, Stage.DECIDED)


def _shown(polity: Polity, question: Question) -> bool:
    return question.stage in IN_PUBLIC and shows(polity, question)


def _names_somebody(polity: Polity, motion: Question) -> bool:
    """Whether it is about people: then its words are theirs and the members' alone."""
    named = any(people_in(polity, effect) for effect in effects_of(motion))
    return named or bool(motion.subjects or motion.heard) or not isinstance(motion, Motion)


def _polity() -> Polity:
    polity = the_door().replica.polity
    if not polity.shows_from:
        raise Http404
    return polity


def _line(polity: Polity, motion: Question) -> dict[str, Any]:
    """What is said of it in a line, with nobody's name."""
    return {
        "number": motion.number, "kind": words.kind(motion), "state": words.state_until(motion),
        "branch": polity.branches[motion.branch].name,
    }  # fmt: skip


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    polity = _polity()
    found = [motion for motion in polity.motions.values() if _shown(polity, motion)]
    page = Paginator(found[::-1], queries.A_PAGE).get_page(request.GET.get("page"))
    titles = headlines(polity, [motion.id for motion in page if not _names_somebody(polity, motion)])
    rows = [_line(polity, motion) | {"title": titles.get(motion.id, "")} for motion in page]
    return render(request, "decide/decided.html", {"page": page, "rows": rows})


@require_safe
def motion(request: HttpRequest, number: str) -> HttpResponse:
    polity = _polity()
    found = polity.motions.get(name) if (name := by_number(polity, number)) else None
    if found is None or not _shown(polity, found):
        raise Http404
    context: dict[str, Any] = _line(polity, found) | {"motion": found, "outcome": words.outcome(found)}
    if found.outcome:
        context |= {"decided_by": found.rules.articles.get(found.article), "cast": found.cast}
    if _names_somebody(polity, found):
        return render(request, "decide/decided_motion.html", context | {"withheld": True})
    heading, body = queries.texts(polity, [found.id])[found.id]
    teller = Teller(polity, lambda _person: _("a member"), _, found)
    does = words.does(polity, found, teller)
    context |= {
        "title": headlines(polity, [found.id])[found.id], "heading": heading, "body": body,
        "did": words.did(found), "does": does, "changes": [each for row in does for each in row.get("changes", ())],
    }  # fmt: skip
    return render(request, "decide/decided_motion.html", context)
