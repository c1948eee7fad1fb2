"""The tree of branches, my membership, and the roll."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Refused
from frombelow_site.accounts import sheets
from frombelow_site.accounts.access import member_required
from frombelow_site.accounts.models import Sheet
from frombelow_site.door.sequencer import Closed
from frombelow_site.ui.clock import now
from frombelow_site.ui.refusals import sentence, status

from . import actions, queries
from .branches import choices, tree
from .forms import AdmitForm, BranchForm, LeaveForm, StepBackForm
from .models import Card
from .roll import write_roll

A_PAGE = 50


@member_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The branches with who holds which office; for officers, the ways to the roll."""
    page = Paginator(tree(request.polity), A_PAGE).get_page(request.GET.get("page"))
    holders = {mandate.person for row in page for _, found in row.offices for mandate in found}
    at = now()
    context = {
        "page": page,
        "names": queries.names(holders),
        "sees_roll": queries.powers_over(request.polity, request.person.id, "see-the-roll", at),
        "admits": queries.powers_over(request.polity, request.person.id, "admit-members", at),
    }
    return render(request, "people/people.html", context)


# --- my membership ---


@never_cache
@member_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    return _me(request)


def _me(request: HttpRequest, refused: Refused | Closed | None = None, **forms: Any) -> HttpResponse:
    polity, person = request.polity, request.person
    context = {
        "card": Card.objects.filter(pk=person.id).first(),
        "home": polity.branches[person.branch],
        "mandates": [(mandate, polity.offices[mandate.office]) for mandate in polity.held.get(person.id, ())],
        "moving_to": polity.branches.get(polity.transfers.get(person.id, "")),
        "sheets": list(Sheet.objects.filter(person=person.id).order_by("-made")[:3]),
        "step_back_form": StepBackForm(),
        "branch_form": BranchForm(branches=choices(polity, polity.root, but=person.branch)),
        "transfer_days": polity.book["transfer_days"],
        **forms,
    }
    if refused is not None:
        context["refusal"] = sentence(refused)
    context["names"] = queries.names({sheet.by for sheet in context["sheets"]})
    return render(request, "people/me.html", context, status=status(refused) if refused else 200)


def _do(request: HttpRequest, act: Callable[[], object], said: str, **forms: Any) -> HttpResponse:
    """My page again: with what was done, or with why it was refused and what was typed."""
    try:
        act()
    except (Refused, Closed) as refused:
        return _me(request, refused, **forms)
    messages.success(request, said)
    return redirect("people:me")


@member_required
@require_POST
def step_back(request: HttpRequest) -> HttpResponse:
    form = StepBackForm(request.POST)
    if not form.is_valid():
        return _me(request, step_back_form=form)
    until = form.cleaned_data["until"]
    said = _("You have stepped back. You stay a member and can vote. Returning is one click.")
    return _do(request, lambda: actions.step_back(request.person.id, until), said, step_back_form=form)


@member_required
@require_POST
def come_back(request: HttpRequest) -> HttpResponse:
    return _do(request, lambda: actions.come_back(request.person.id), _("You are back. Welcome."))


@member_required
@require_POST
def transfer(request: HttpRequest) -> HttpResponse:
    form = BranchForm(request.POST, branches=choices(request.polity, request.polity.root, but=request.person.branch))
    if not form.is_valid():
        return _me(request, branch_form=form)
    to = form.cleaned_data["branch"]
    said = _("You asked to move. It happens by itself when the time is over.")
    return _do(request, lambda: actions.transfer(request.person.id, to), said, branch_form=form)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(request.person.id)
            if form.cleaned_data["erase"]:
                actions.erase(request.person.id)
        except (Refused, Closed) as refused:
            return render(
                request, "people/leave.html", {"form": form, "refusal": sentence(refused)}, status=status(refused)
            )
        request.session.flush()
        messages.success(request, _("You have left. Your mandates ended. Thank you for the time you gave."))
        return redirect("accounts:sign-in")
    return render(request, "people/leave.html", {"form": form})


# --- the roll ---


def reach(request: HttpRequest, power: str) -> tuple[str, set[str]]:
    """A mandate with this power, and every branch that the person's mandates with it reach. 404 without one: the page
    is not there for others."""
    found = queries.powers_over(request.polity, request.person.id, power, now())
    if not found:
        raise Http404
    below = {branch.id for _, top in found for branch in request.polity.below(top)}
    return found[0][0].id, below


@never_cache
@member_required
@require_safe
def roll(request: HttpRequest) -> HttpResponse:
    under, branches = reach(request, "see-the-roll")
    wanted = request.GET.get("name", "").strip()[:300]
    actions.look(request.person.id, under, "search" if wanted else "page")
    page = Paginator(queries.roll(branches, wanted), A_PAGE).get_page(request.GET.get("page"))
    polity = request.polity
    rows = [(card, polity.people[card.person], polity.branches[polity.people[card.person].branch]) for card in page]
    context = {
        "page": page, "rows": rows, "wanted": wanted, "asked": urlencode({"name": wanted}) + "&" if wanted else "",
        "admits": queries.powers_over(polity, request.person.id, "admit-members", now()),
    }  # fmt: skip
    return render(request, "people/roll.html", context)


@never_cache
@member_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    under, branches = reach(request, "see-the-roll")
    actions.look(request.person.id, under, "export")
    response = HttpResponse(
        write_roll(queries.export(request.polity, branches)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="roll.csv"'
    return response


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: HttpRequest) -> HttpResponse:
    """One person is admitted by hand."""
    under, branches = reach(request, "admit-members")
    form = AdmitForm(request.POST or None, branches=choices(request.polity, *branches))
    refusal, code = "", 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        under = request.polity.power(request.person.id, "admit-members", data["branch"], now()).id
        try:
            actions.admit(request.person.id, under, data["branch"], data["name"], data["mail"], data["phone"])
        except (Refused, Closed) as refused:
            refusal, code = sentence(refused), status(refused)
        else:
            messages.success(request, _("%(name)s is a member.") % {"name": data["name"]})
            return redirect("people:admit")
    return render(request, "people/admit.html", {"form": form, "refusal": refusal}, status=code)


@never_cache
@member_required
@require_POST
def print_code(request: HttpRequest) -> HttpResponse:
    """A sign-in code on paper, for a member without mail. The member sees who printed it."""
    _, branches = reach(request, "admit-members")
    person = request.polity.people.get(request.POST.get("person", ""))
    card = Card.objects.filter(pk=person.id, mail="").first() if person else None
    # With a mail address nobody needs a sheet, and nobody else should hold a way in.
    if person is None or card is None or person.branch not in branches or person.standing not in queries.HERE:
        raise Http404
    code = sheets.make_sheet(person.id, request.person.id)
    return render(request, "people/sheet.html", {"card": card, "code": code, "days": sheets.DAYS})
