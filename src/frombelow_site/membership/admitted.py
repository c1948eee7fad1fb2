"""Whom a branch admits for the whole by itself, those beyond it, and who moves there: on a page of its own, and on
Home."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frombelow.polity import Polity, Refused, may, possible
from frombelow.polity.admissions.acts import AskForVote
from frombelow.polity.admissions.rules import list_votes_from, needed, on_list, waiting_for
from frombelow.polity.admissions.shares import UNLIMITED, room, share
from frombelow.polity.admissions.state import Charter, Gate, Listed
from frombelow.polity.kernel.ids import BranchId, MotionId
from frombelow.polity.members.state import Person
from frombelow.polity.organization.state import Branch
from frombelow_site.accounts.access import member_required
from frombelow_site.door import Closed, Drawn, new_id, perform
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.subject import Need
from frombelow_site.ui.clock import figure, now
from frombelow_site.ui.refusals import sentence, status


@dataclass(frozen=True, slots=True)
class Share:
    """What a branch brings into the whole by itself: how many, how many of them are left now, by which charter more."""

    whole: int
    left: int
    charter: Charter | None


@dataclass(frozen=True, slots=True)
class Row:
    """Those on a list of a branch, how many of them are members, and where they do not vote yet; from when they do if
    nobody asks, and how many have to ask for a vote there."""

    list: Listed
    people: int
    of: Branch
    where: Branch
    gate: Gate
    votes_from: int
    needed: int


def _rows(polity: Polity, branch: BranchId, at: int) -> list[Row]:
    enough = functools.cache(lambda where: needed(polity, where, at))
    return [
        Row(
            each, on_list(polity, each), polity.branches[each.branch], polity.branches[where], gate,
            list_votes_from(polity, each, where), enough(where),
        )
        for each in polity.admissions.lists.values() if branch in polity.branches[each.branch].above
        for where, gate in each.gates.items() if not gate.passed and not polity.branches[where].dissolved
    ]  # fmt: skip


def share_of(polity: Polity, branch: BranchId, at: int) -> Share | None:
    """The branch's share now; None for the whole, and before the first motion: there is no limit."""
    left = room(polity, branch, at)
    charter = polity.admissions.charters.get(branch)
    live = charter if charter and charter.left and at < charter.until else None
    return None if left == UNLIMITED else Share(share(polity, branch), left, live)


@never_cache
@member_required
@require_safe
def admitted(request: MemberRequest, branch: BranchId) -> HttpResponse:
    return _page(request, branch)


def _page(request: MemberRequest, branch: BranchId, refused: Refused | Closed | None = None) -> HttpResponse:
    polity, at = request.polity, now()
    found = polity.branches.get(branch)
    rows = _rows(polity, branch, at) if found else []
    if found is None or (found.dissolved and not rows):  # whom it admitted stay on its list when it is dissolved
        raise Http404
    asks = possible(polity, request.person.id, "branch", branch, at, ("ask-for-vote",))["ask-for-vote"]
    stopped = asks and asks.message != "nobody-listed" and asks
    rules = polity.book
    context: dict[str, Any] = {
        "branch": found, "share": None if found.dissolved else share_of(polity, branch, at), "may_ask": asks is None,
        "stopped": sentence(stopped) if stopped else "", "rows": rows,
        "article": rules.articles[rules.article("branch_admissions")], "whole": polity.branches[polity.root],
        "refusal": sentence(refused) if refused else "",
    }  # fmt: skip
    return render(request, "membership/admitted.html", context, status=status(refused) if refused else 200)


@acts(AskForVote)
@member_required
@require_POST
def ask(request: MemberRequest, branch: BranchId) -> HttpResponse:
    """The member asks for a vote; the last who was needed comes to it."""
    question = MotionId(Drawn.of(request.POST).id or new_id())
    try:
        perform(AskForVote(by=request.person.id, branch=branch, question=question))
    except (Refused, Closed) as refused:
        return _page(request, branch, refused)
    if question in request.polity.motions:
        messages.success(request, _("You were the last who was needed. The vote is open."))
        return redirect("decide:motion", question)
    messages.success(request, _("You asked for a vote. It opens by itself when enough have."))
    return redirect("membership:admitted", branch)


def needs(polity: Polity, person: Person, at: int) -> Iterator[Need]:
    """Of each branch under the whole that admitted people beyond its share, or to which people moved, until when a vote
    on them can be asked where this person has a say."""
    under = {_under_the_whole(polity, found.branch) for found in polity.admissions.lists.values()}
    for branch in sorted(under, key=lambda name: polity.branches[name].name):
        if may(polity, person.id, "ask-for-vote", branch, at):
            waits = {each.list.id: each.list for each in waiting_for(polity, person, branch, at)}
            for moved in (False, True):
                if lists := [each for each in waits.values() if each.moved == moved]:
                    yield Need(
                        _("Look whether a vote is needed:"), _told(polity, branch, lists),
                        reverse("membership:admitted", args=[branch]), 2, min(found.until for found in lists),
                    )  # fmt: skip


def _under_the_whole(polity: Polity, branch: BranchId) -> BranchId:
    """The branch right under the whole in which this one lies."""
    return next(name for name in polity.branches[branch].above if polity.branches[name].parent == polity.root)


def _told(polity: Polity, branch: BranchId, lists: Sequence[Listed]) -> str:
    people = sum(on_list(polity, found) for found in lists)
    if lists[0].moved:
        said = ngettext("%(n)s person moved to %(branch)s", "%(n)s people moved to %(branch)s", people)
    else:
        said = ngettext(
            "%(branch)s admitted %(n)s person beyond its share", "%(branch)s admitted %(n)s people beyond its share",
            people,
        )  # fmt: skip
    return said % {"branch": polity.branches[branch].name, "n": figure(people)}
