"""What a waiting file says of members: the old beside the new, ticked row by row or all at once."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frombelow.polity import Polity, Refused
from frombelow.polity.kernel.ids import BranchId, ImportId, PersonId
from frombelow.roll.fields import TITLES
from frombelow_site.accounts.access import member_required
from frombelow_site.door import Closed
from frombelow_site.door.request import MemberRequest
from frombelow_site.people.queries import names, powers_over
from frombelow_site.people.sexes import of_field
from frombelow_site.ui.clock import now

from . import actions, files, updating
from .imports import mine
from .models import Import
from .updating import Item
from .views import unseen

A_PAGE = 50
NEVER = {
    updating.THEIRS: gettext_noop("They gave this themselves: it stays."),
    updating.YOURS: gettext_noop("This address is yours, so it is not given to them."),
    updating.BARRED: gettext_noop("They have or had keys, or kept their address lately: they change it themselves."),
    updating.TWICE: gettext_noop("The file says two things of them, so it says neither."),
}  # fmt: skip


class Shown(NamedTuple):
    """An item as the page shows it: whose it is and what the roll has, where the officer sees the roll."""

    item: Item
    key: str
    title: str
    name: str
    old: str
    new: str
    never: str


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def updates(request: MemberRequest, batch: ImportId) -> HttpResponse:
    found = mine(request, batch)
    if found.state != Import.State.READ:
        return redirect("roll:import-one", batch)
    place = files.updates(batch)
    items = updating.kept(place)
    if request.method == "POST":
        _choose(items, request.POST.get("which", ""), request.POST.getlist("shown"), request.POST.getlist("tick"))
        updating.keep(place, items)
        messages.success(request, _("Your choice is kept. Nothing is changed yet."))
        return redirect("roll:import-one", batch)
    start = int(told) if (told := request.GET.get("from", "")).isdecimal() and len(told) < 8 else 0
    part = items[start : start + A_PAGE]
    seen = _seen(request, part)
    try:  # what stands on the roll of others is a look at it
        if any(map(seen, part)):
            actions.look(request.person.id, powers_over(request.polity, request.person.id, "see-the-roll", now()))
    except (Refused, Closed) as refused:
        return unseen(request, refused)
    context = {
        "batch": batch, "rows": list(_shown(part, seen)), "counts": updating.counts(items),
        "more": start + A_PAGE if len(items) > start + A_PAGE else 0, "hours": request.polity.book["recovery_hours"],
    }  # fmt: skip
    return render(request, "roll/updates.html", context)


def _key(item: Item) -> str:
    return f"{item.line}-{item.field}"


def _choose(items: Iterable[Item], which: str, shown: Iterable[str], ticked: Iterable[str]) -> None:
    if which in updating.CHOICES:
        updating.tick(items, which)
        return
    there, wanted = set(shown), set(ticked)
    for item in items:
        if _key(item) in there:
            item.ticked = not item.why and _key(item) in wanted


def _seen(request: MemberRequest, items: Iterable[Item]) -> Callable[[Item], bool]:
    """Whether this officer sees the roll where the person of an item is at home."""
    polity: Polity = request.polity
    tops = {branch for _mandate, branch in powers_over(polity, request.person.id, "see-the-roll", now())}
    homes: dict[PersonId, BranchId] = {item.person: polity.people[item.person].branch for item in items}
    return lambda item: not tops.isdisjoint(polity.branches[homes[item.person]].above)


def _shown(items: list[Item], seen: Callable[[Item], bool]) -> Iterable[Shown]:
    called = names({item.person for item in items})
    for item in items:
        never = _(NEVER[item.why]) if item.why else ""
        name, old = (
            (called[item.person], of_field(item.field, item.old))
            if seen(item)
            else ("", _("another one") if item.old else "")
        )
        yield Shown(item, _key(item), _(TITLES[item.field]), name, old, of_field(item.field, item.new), never)
