"""The rules by article, how each came to be, and what would stop me from doing something now."""

from collections.abc import Container, Sequence
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from frombelow.polity import Polity, Refused, why_not
from frombelow.polity.kernel.ids import BranchId, KeyId, MandateId, RequestId
from frombelow.polity.kernel.subject import registry
from frombelow.polity.keys.subject import KINDS
from frombelow_site.accounts.access import member_required
from frombelow_site.door.request import MemberRequest
from frombelow_site.people.queries import names
from frombelow_site.subject import called, done_at
from frombelow_site.ui.clock import local, minute_of, now
from frombelow_site.ui.compression import compressed
from frombelow_site.ui.languages import of_the_rules
from frombelow_site.ui.refusals import sentence

from . import articles, to_say, what_if


@compressed
@member_required
@require_safe
def rules(request: MemberRequest) -> HttpResponse:
    book, changes = request.polity.book, articles.history(request.polity)
    latest = {number: found[-1] for number, found in changes.items()}
    rows = [
        {"article": article, "pieces": articles.pieces(article), "latest": latest.get(article.number)}
        for article in book.articles.values()
    ]
    struck = [found[-1] for number, found in changes.items() if number not in book.articles]
    context = {
        "book": book, "rows": rows, "struck": struck,
        "titles": called(request.polity, (change.motion for change in latest.values())),
    }  # fmt: skip
    return render(request, "rules/rules.html", context)


@compressed
@member_required
@require_safe
def aloud(request: MemberRequest) -> HttpResponse:
    """The rules as they hold in a branch, and how a script of the page puts a change of them into words."""
    polity = request.polity
    branch = polity.branches.get(BranchId(request.GET.get("branch", ""))) or polity.branches[polity.root]
    return JsonResponse(to_say.told(polity.in_force.within(polity.way_to(branch.id)), of_the_rules()))


@compressed
@member_required
@require_safe
def article(request: MemberRequest, number: str) -> HttpResponse:
    """One article: its words now, where a branch is stricter, and each decision that changed it."""
    polity = request.polity
    changes = articles.history(polity).get(number, [])
    found = polity.book.articles.get(number) or (changes[-1].before if changes else None)
    if found is None:
        raise Http404
    steps = [
        {
            "change": change,
            "before": articles.pieces(change.before) if change.before else [],
            "after": articles.pieces(change.after) if change.after else [],
        }
        for change in reversed(changes)
    ]
    context = {
        "article": found, "in_force": number in polity.book.articles, "pieces": articles.pieces(found),
        "stricter": articles.stricter(polity, found), "steps": steps,
        "titles": called(polity, (change.motion for change in changes)), "founded_at": polity.founded_at,
        "from_founding": not changes or changes[0].before is not None,
    }  # fmt: skip
    return render(request, "rules/article.html", context)


@never_cache
@member_required
@require_safe
def what_stops(request: MemberRequest) -> HttpResponse:
    """A member picks an act, and what it is done to, and hears yes, or the article that stops it now."""
    polity, key, about = request.polity, request.GET.get("act", ""), request.GET.get("about", "")
    context: dict[str, Any] = {
        "questions": [(verb, _(each.words)) for verb, each in registry.possible.items()],
        "key": key,
        "about": about,
    }
    if key and key not in registry.possible:
        raise Http404
    if key:
        question = registry.possible[key]
        offered = what_if.choices(polity, question.about, request.person.id)
        if not about and len(offered) == 1:
            context["about"] = about = offered[0]
        context |= {
            "what_if": _(question.words), "about_what": question.about, "asked": False,
            "choices": _in_words(polity, question.about, offered),
        }  # fmt: skip
        if not question.about or _there(polity, question.about, about):
            context |= {"asked": True, **_answer(request, question.verb, about)}
        elif about:
            raise Http404
    return render(request, "rules/what_stops.html", context)


def _answer(request: MemberRequest, verb: str, about: str) -> dict[str, Any]:
    polity, at = request.polity, now()
    question = registry.possible[verb]
    refused = why_not(polity, question.act(polity, request.person.id, about, at), at)
    if refused is None:
        where = done_at(verb)
        return {"where": where and reverse(where, args=[about] if question.about in ("motion", "mandate") else [])}
    return {"stopped": sentence(refused), "by": _cited(polity, refused)}


def _cited(polity: Polity, refused: Refused) -> Any:
    """The article that stops it, in the rules by which it does: a branch may be stricter, and what has started keeps
    its rules."""
    return (refused.rules or polity.book).articles.get(refused.article)


def _there(polity: Polity, what: str, name: str) -> bool:
    tables: dict[str, Container[str]] = {
        "motion": polity.motions, "mandate": polity.mandates, "branch": polity.branches, "key": polity.keys.keys,
        "key request": polity.keys.requests,
    }  # fmt: skip
    return name in tables[what]


def _in_words(polity: Polity, what: str, offered: Sequence[str]) -> list[tuple[str, str]]:
    """Each thing to choose from, with what it is called."""
    if what == "motion":
        known = called(polity, offered)
        return [(name, known[name]) for name in offered]
    if what == "mandate":
        mandates = [polity.mandates[MandateId(name)] for name in offered]
        called_so = names(each.person for each in mandates)
        return [(each.id, f"{called_so[each.person]}, {polity.offices[each.office].title}") for each in mandates]
    if what == "key":
        keys = [polity.keys.keys[KeyId(name)] for name in offered]
        return [(key.id, f"{_(KINDS[key.kind])}, {minute_of(local(key.at))}") for key in keys]
    if what == "key request":
        requests = [polity.keys.requests[RequestId(name)] for name in offered]
        called_so = names(each.person for each in requests)
        return [(each.id, called_so[each.person]) for each in requests]
    whole, branches = _("the whole organization"), [polity.branches[BranchId(name)] for name in offered]
    return [(each.id, each.name if each.parent else whole) for each in branches]
