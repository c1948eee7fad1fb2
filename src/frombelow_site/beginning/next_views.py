"""After the founding: what now, the founders' printed codes, and whether mail arrives."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from frombelow_site.accounts.access import member_required
from frombelow_site.accounts.sheets import DAYS, make_sheet
from frombelow_site.people.models import Card
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import now
from frombelow_site.ui.views import forbidden

from . import dns, smtp


@never_cache
@member_required
@require_safe
def what_now(request: HttpRequest) -> HttpResponse:
    polity = request.polity
    holders = [
        (mandate.person, office.title)
        for office in list(polity.offices.values())
        for mandate in office.holders
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
def codes(request: HttpRequest) -> HttpResponse:
    """The founders' codes, made and shown once, to the founder whose browser founded."""
    waiting = request.session.get("to print", [])
    if not waiting:
        messages.info(request, _("The codes were shown already. Whoever admits members can print new ones."))
        return redirect("next:next")
    if request.method != "POST":
        return render(request, "beginning/codes.html", {"founders": list(names(waiting).values())})
    del request.session["to print"]
    known = names(waiting)
    sheets = [(known[person], make_sheet(person, request.person.id)) for person in waiting]
    return render(request, "beginning/printed_codes.html", {"sheets": sheets, "days": DAYS})


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """What is set, a test mail to oneself told step by step, and what the domain should say of the server."""
    if not _may(request, "run-the-server"):
        return forbidden(request)
    card = Card.objects.filter(pk=request.person.id).first()
    to = card.mail if card else ""
    found = smtp.settings_now()
    context = {"set": found, "to": to, "lines": dns.lines(found) if found else []}
    if request.method == "POST" and found:
        context["steps"] = smtp.converse(found, to)
    return render(request, "beginning/mail.html", context)


def _may(request: HttpRequest, power: str) -> bool:
    polity = request.polity
    return polity.power(request.person.id, power, polity.root, now()) is not None
