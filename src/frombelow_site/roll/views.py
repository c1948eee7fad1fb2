"""The roll: seen, taken away, added to by hand, and a code on paper for who has no mail."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Polity, Refused
from frombelow.polity.access.acts import EndCode, IssueCode
from frombelow.polity.access.rules import SHEET_DAYS
from frombelow.polity.kernel import drafts
from frombelow.polity.kernel.ids import BranchId, PersonId
from frombelow.polity.members.acts import Admit
from frombelow.polity.members.state import Person
from frombelow.polity.offices.state import Mandate
from frombelow.polity.roll.acts import ExportRoll
from frombelow.roll import write_roll
from frombelow_site.accounts import sheets
from frombelow_site.accounts.access import member_required
from frombelow_site.accounts.ways import show_sheets
from frombelow_site.door import Closed, Drawn
from frombelow_site.door.readers import aside
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.mail.sending import goes_out
from frombelow_site.people.branches import choices
from frombelow_site.people.models import Card
from frombelow_site.people.queries import powers_over
from frombelow_site.ui.clock import figure, now
from frombelow_site.ui.refusals import sentence, status
from frombelow_site.ui.views import notice

from . import actions, queries
from .forms import AdmitForm, FilterForm
from .standing import bound_since

A_PAGE = 50
A_PRINT, A_PILE = 5_000, 100


def reach(request: MemberRequest, power: str) -> tuple[list[tuple[Mandate, BranchId]], set[BranchId]]:
    """The mandates with this power, each with its branch, and every branch that they reach. 404 without one: the page
    is not there for others."""
    found = powers_over(request.polity, request.person.id, power, now())
    if not found:
        raise Http404
    below = {branch.id for _, top in found for branch in request.polity.below(top)}
    return found, below


@never_cache
@member_required
@require_safe
def roll(request: MemberRequest) -> HttpResponse:
    mandates, branches = reach(request, "see-the-roll")
    form, asked = _asked(request, branches, request.GET)
    try:
        actions.look(request.person.id, mandates)
    except (Refused, Closed) as refused:
        return unseen(request, refused)
    polity = request.polity
    page = Paginator(_narrowed(polity, branches, asked), A_PAGE).get_page(request.GET.get("page"))
    there = [(card, polity.people[card.person]) for card in page if card.person in polity.people]
    bound = bound_since(polity, [person.id for _card, person in there])
    rows = [(card, who, polity.branches[who.branch], bound.get(who.id)) for card, who in there]
    admits = powers_over(polity, request.person.id, "admit-members", now())
    pile = _pile(polity, {branch.id for _, top in admits for branch in polity.below(top)}, asked) if admits else []
    context = {
        "branches": branches, "pile": [person.id for _card, person in pile],
        "sheet_until": polity.today(now()) + SHEET_DAYS,
        "page": page, "rows": rows, "form": form, "wanted": asked, "asked": urlencode(asked) + "&" if asked else "",
        "admits": admits, "mail_goes_out": goes_out(),
    }  # fmt: skip
    return render(request, "roll/roll.html", context)


def _asked(
    request: MemberRequest, branches: set[BranchId], sent: Mapping[str, str]
) -> tuple[FilterForm, dict[str, str]]:  # fmt: skip
    """The form of what is shown, and what somebody chose in it; what is none of its choices is left out."""
    form = FilterForm(sent, branches=choices(request.polity, *branches))
    form.is_valid()
    form.errors.clear()
    return form, {key: value for key, value in form.cleaned_data.items() if value}


def _narrowed(polity: Polity, branches: set[BranchId], asked: dict[str, str]) -> QuerySet[Card]:
    """The cards of whom somebody chose to see, and no others than they may."""
    if top := asked.get("branch"):
        branches = branches & {branch.id for branch in polity.below(BranchId(top))}
    return queries.roll(branches, asked.get("name", ""), asked.get("show", ""), polity.today(now()))


def _pile(polity: Polity, branches: set[BranchId], asked: dict[str, str]) -> list[tuple[Card, Person]]:
    """Those whom somebody chose to see, and who never came in, nor have a sheet: as many as sheets are made at once."""
    cards = sheets.without_a_sheet(sheets.never_came_in(_narrowed(polity, branches, asked)))[:A_PILE]
    there = ((card, polity.people.get(card.person)) for card in cards)
    return [(card, person) for card, person in there if person is not None and not person.acted]


def unseen(request: MemberRequest, refused: Refused | Closed) -> HttpResponse:
    """A look that cannot be entered in the record is not taken."""
    return notice(
        request, _("The roll stays closed"), _("Each look is entered in the record first, and this one could not be."),
        sentence(refused), status=status(refused),
    )  # fmt: skip


@acts(ExportRoll)
@never_cache
@member_required
@require_POST
def export(request: MemberRequest) -> HttpResponse:
    mandates, branches = reach(request, "see-the-roll")
    try:
        actions.export(request.person.id, mandates)
    except (Refused, Closed) as refused:
        return unseen(request, refused)
    people = queries.export(request.polity, branches)
    with aside():  # a long roll takes seconds, in which others read and write
        response = HttpResponse(write_roll(people), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="roll.csv"'
    return response


@acts(ExportRoll)
@never_cache
@member_required
@require_POST
def print_list(request: MemberRequest) -> HttpResponse:
    """What is shown, as a list in large type for paper: it leaves the site as a file does, and is entered as one."""
    mandates, branches = reach(request, "see-the-roll")
    _form, asked = _asked(request, branches, request.POST)
    found = list(_narrowed(request.polity, branches, asked)[: A_PRINT + 1])
    if len(found) > A_PRINT:
        return notice(
            request, _("That is too much paper"),
            _("At most %(n)s members are printed at once.") % {"n": figure(A_PRINT)},
            _("Choose a branch first. Nothing was entered."), status=400,
        )  # fmt: skip
    try:
        actions.export(request.person.id, mandates)
    except (Refused, Closed) as refused:
        return unseen(request, refused)
    people, called = request.polity.people, request.polity.branches
    rows = [(card, called[people[card.person].branch].name) for card in found if card.person in people]
    return render(request, "roll/print.html", {"rows": rows, "at": now()})


@acts(Admit)
@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: MemberRequest) -> HttpResponse:
    """One person is admitted by hand."""
    mandates, branches = reach(request, "admit-members")
    form = AdmitForm(request.POST or None, branches=choices(request.polity, *branches))
    refusal, code, drawn = "", 400 if request.method == "POST" else 200, Drawn.of(request.POST)
    if request.method == "POST" and queries.is_called(drawn.id, request.POST.get("name", "")):
        return _admitted(request, request.POST["name"])  # pressed twice
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        under = drafts.under(request.polity, request.person.id, "admit-members", data["branch"], now())
        try:
            actions.admit(
                request.person.id, under, data["branch"], data["name"], data["mail"], data["phone"], drawn,
                unmet=not request.POST.get("another"),
            )  # fmt: skip
        except (Refused, Closed) as refused:
            if queries.is_called(drawn.id, data["name"]):  # the first press came in while this one waited
                return _admitted(request, data["name"])
            refusal, code = sentence(refused), status(refused)
        else:
            return _admitted(request, data["name"])
    places = [queries.places_for(request.polity, mandate, 1, now()) for mandate, _branch in mandates]
    # Who admits by an office of the whole too does it by that one.
    context = {"form": form, "refusal": refusal, "places": places if all(places) else []}
    return render(request, "roll/admit.html", context, status=code)


def _admitted(request: MemberRequest, name: str) -> HttpResponse:
    messages.success(request, _("%(name)s is a member.") % {"name": name.strip()})
    return redirect("roll:admit")


@acts(IssueCode)
@never_cache
@member_required
@require_POST
def print_code(request: MemberRequest) -> HttpResponse:
    """A sheet to sign in, for a member who never came in. That it was printed is an entry, the member sees it, and the
    address on file is told."""
    _mandates, branches = reach(request, "admit-members")
    person = request.polity.people.get(PersonId(request.POST.get("person", "")))
    card = Card.objects.filter(pk=person.id).first() if person else None
    if person is None or card is None or person.branch not in branches or not person.active:
        raise Http404
    if person.acted or sheets.came_in(person.id):
        return notice(
            request, _("No code was printed"), _("%(name)s was here before.") % {"name": card.name},
            _("Who lost every way to sign in asks to come in again: they are told, and it takes a while, so that "
              "nobody comes in as somebody else."), status=409,
        )  # fmt: skip
    under = drafts.under(request.polity, request.person.id, "admit-members", person.branch, now())
    try:
        code = sheets.issue_lasting(person.id, request.person.id, under)
    except (Refused, Closed) as refused:
        return notice(request, _("No code was printed"), sentence(refused), status=status(refused))
    return show_sheets(request, [(card.name, code)])


@acts(IssueCode)
@never_cache
@member_required
@require_POST
def print_codes(request: MemberRequest) -> HttpResponse:
    """Sheets for those who are shown and never came in, one on a page; each is an entry."""
    _mandates, branches = reach(request, "admit-members")
    _form, asked = _asked(request, branches, request.POST)
    polity, made, stopped = request.polity, [], ""
    for card, person in _pile(polity, branches, asked):
        under = drafts.under(polity, request.person.id, "admit-members", person.branch, now())
        try:
            made.append((card.name, sheets.issue_lasting(person.id, request.person.id, under)))
        except (Refused, Closed) as refused:
            stopped = sentence(refused)
            break
    if not made:
        why = stopped or _("Everybody who is shown came in before, or has a sheet.")
        return notice(request, _("No sheet was printed"), why, status=409)
    return show_sheets(request, made, stopped)


@acts(EndCode)
@never_cache
@member_required
@require_POST
def end_sheet(request: MemberRequest, person: PersonId) -> HttpResponse:
    """A member's sheet is good no more: they lost it, or somebody else has it."""
    _mandates, branches = reach(request, "admit-members")
    who = request.polity.people.get(person)
    if who is None or who.branch not in branches:
        raise Http404
    under = drafts.under(request.polity, request.person.id, "admit-members", who.branch, now())
    try:
        sheets.end(person, request.person.id, under)
    except (Refused, Closed) as refused:
        return notice(request, _("No sheet was ended"), sentence(refused), status=status(refused))
    messages.success(request, _("Their sheet is good no more."))
    return redirect("roll:roll")
