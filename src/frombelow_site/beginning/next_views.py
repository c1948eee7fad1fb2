"""After the founding: what now, the founders' printed codes, and whether mail arrives."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from frombelow.polity import Refused
from frombelow.polity.access.acts import IssueCode
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import ACTIVE
from frombelow_site.accounts.access import member_required
from frombelow_site.accounts.sheets import DAYS, came_in, make_sheet
from frombelow_site.door import Closed, perform
from frombelow_site.door.readers import aside
from frombelow_site.door.request import MemberRequest
from frombelow_site.people.models import Card
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import now
from frombelow_site.ui.refusals import sentence
from frombelow_site.ui.views import forbidden

from . import dns, smtp
from .models import MailTest

FIRST_DAY = 24 * 60 * 60


@never_cache
@member_required
@require_safe
def what_now(request: MemberRequest) -> HttpResponse:
    polity = request.polity
    holders = [
        (mandate.person, office.title)
        for office in polity.offices.values()
        for mandate in office.in_force(polity.at)
        if "admit-members" in office.powers
    ]
    known = names(person for person, _title in holders)
    context = {
        "admits": _may(request, "admit-members"), "runs": _may(request, "run-the-server"),
        "admitters": [(known[person], title) for person, title in holders],
    }  # fmt: skip
    return render(request, "beginning/next.html", context)


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: MemberRequest) -> HttpResponse:
    """The founders' codes, made and shown once, to the founder whose browser founded."""
    waiting = _to_print(request)
    if not waiting:
        messages.info(request, _("The codes were shown already. Whoever admits members can print new ones."))
        return redirect("next:next")
    if request.method != "POST":
        return render(request, "beginning/codes.html", {"founders": list(names(waiting).values())})
    known = names(waiting)
    try:
        sheets = [(known[person], _print(person, request.person.id)) for person in waiting]
    except (Refused, Closed) as refused:
        messages.error(request, sentence(refused))
        return redirect("next:next")
    del request.session["to print"]
    return render(request, "beginning/printed_codes.html", {"sheets": sheets, "days": DAYS})


def _to_print(request: MemberRequest) -> list[PersonId]:
    """Who waits for a code on this founder's paper: on the first day, and not who has come in meanwhile. A browser
    that founded is no way in as somebody else later."""
    polity, me = request.polity, request.person.id
    if now() >= polity.founded_at + FIRST_DAY:
        return []
    found = [polity.people.get(name) for name in request.session.get("to print", [])]
    return [
        person.id for person in found
        if person and person.standing in ACTIVE and (person.id == me or not (person.acted or came_in(person.id)))
    ]  # fmt: skip


def _print(person: PersonId, by: str) -> str:
    """A code, entered in the record first, with whom it is shown to: the founder had it from the server whose code they
    knew, and could come in as everybody else."""
    perform(IssueCode(by=SERVER, person=person, shown=PersonId(by)))
    return make_sheet(person, by)


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: MemberRequest) -> HttpResponse:
    """What is set, a test mail to oneself told step by step, and what the domain should say of the server."""
    if not _may(request, "run-the-server"):
        return forbidden(request)
    card = Card.objects.filter(pk=request.person.id).first()
    to = card.mail if card else ""
    found = smtp.settings_now()
    context: dict[str, Any] = {"set": found, "to": to, "lines": dns.lines(found) if found else []}
    if request.method == "POST" and found:
        with aside():
            context["steps"] = smtp.converse(found, to)
        if to and all(step.well for step in context["steps"]):
            MailTest.objects.update_or_create(pk=1, defaults={"at": now()})
    return render(request, "beginning/mail.html", context)


def _may(request: MemberRequest, power: str) -> bool:
    polity = request.polity
    return polity.power(request.person.id, power, polity.root, now()) is not None
