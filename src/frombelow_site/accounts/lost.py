"""A lost device: asking to come in again, vouching, stopping it; and an officer who asks for somebody."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from frombelow.polity import Refused
from frombelow.polity.access.acts import AskAccess, IssueCode, StopAccess, Vouch
from frombelow.polity.access.state import Recovery
from frombelow.polity.kernel.ids import PersonId, RecoveryId
from frombelow.polity.members.state import ACTIVE
from frombelow_site.door import Closed, Drawn
from frombelow_site.door.request import MemberRequest, Request
from frombelow_site.door.sealing import acts
from frombelow_site.people.finding import Matches, find
from frombelow_site.people.models import Card
from frombelow_site.people.queries import names, powers_over
from frombelow_site.ui.clock import now
from frombelow_site.ui.refusals import sentence, status
from frombelow_site.ui.views import not_found, too_many

from . import limits, recovery, sheets
from .access import half, member_required
from .forms import WhoForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: Request) -> HttpResponse:
    """What can be done. Whoever has shown that the mail is theirs can ask here, and see how it stands."""
    person, way = half(request)
    found = request.polity.people.get(person)
    book = request.polity.book
    context = {
        "half": way == "mail" and found is not None and found.standing in ACTIVE,
        "vouches": book["recovery_vouches"], "hours": book["recovery_hours"],
        "running": recovery.running(request.polity, person),
    }  # fmt: skip
    code = 200
    if request.method == "POST" and context["half"]:
        if not limits.may_request(person):
            return too_many(request)
        try:
            recovery.ask(person, _site(request))
            return redirect("accounts:lost")
        except (Refused, Closed) as refused:
            context["refusal"], code = sentence(refused), status(refused)
    if running := context["running"]:
        context["vouch_at"] = _site(request) + reverse("accounts:vouch", args=[running.id])
        context["vouched"] = len(running.vouchers)
    return render(request, "accounts/lost.html", context, status=code)


@acts(StopAccess, Vouch)
@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def vouch(request: MemberRequest, name: RecoveryId) -> HttpResponse:
    """A member says that they spoke with whoever asks; or takes their word back, which stops it."""
    found = request.polity.recoveries.get(name)
    if found is None:
        raise Http404
    context = _about(request, found)
    code = 200
    if request.method == "POST":
        try:
            if "stop" in request.POST:
                recovery.stop(request.person.id, found)
            else:
                recovery.vouch(request.person.id, found, _site(request))
                messages.success(request, _("You vouched. It stands in the record."))
            return redirect("accounts:vouch", found.id)
        except (Refused, Closed) as refused:
            context["refusal"], code = sentence(refused), status(refused)
    return render(request, "accounts/vouch.html", context, status=code)


@member_required
@require_safe
def stop_mine(request: MemberRequest) -> HttpResponse:
    """To the page on which the request about me is stopped."""
    return redirect("accounts:stop", recovery.stop_token(request.recovering or RecoveryId("")))


@acts(StopAccess)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """From a letter, signed in or not. A GET changes nothing."""
    found = recovery.read_stop_token(token)
    if found is None:
        return not_found(request)
    context = _about(request, found)
    code = 200
    if request.method == "POST":
        try:
            recovery.stop(found.person, found)
            return redirect("accounts:stop", token)
        except (Refused, Closed) as refused:
            context["refusal"], code = sentence(refused), status(refused)
    return render(request, "accounts/stop.html", context, status=code)


def _about(request: Request, found: Recovery) -> dict[str, object]:
    return {
        "found": found, "names": names({found.person, found.by, *found.vouchers}),
        "mine": request.person is not None and request.person.id in (found.person, found.by, *found.vouchers),
        "vouched": len(found.vouchers),
    }  # fmt: skip


# --- an officer asks for somebody ---


@acts(AskAccess, IssueCode)
@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: MemberRequest) -> HttpResponse:
    """Who has the power asks for a member who cannot ask; later, prints a code for them."""
    powers = powers_over(request.polity, request.person.id, "restore-access", now())
    if not powers:
        raise Http404
    context: dict[str, Any] = {}
    code = 200
    if request.method == "POST":
        try:
            if answer := _ask_or_print(request):
                return answer
        except (Refused, Closed) as refused:
            context["refusal"], code = sentence(refused), status(refused)
    form = WhoForm({"name": request.GET["name"]} if "name" in request.GET else None)
    if "name" in request.GET and not limits.may_look_for(request.person.id):
        return too_many(request)
    tops = [top for _mandate, top in powers]
    found = find(request.polity, form.cleaned_data["name"], *tops) if form.is_valid() else Matches([])
    asked = recovery.asked_by(request.polity, request.person.id)
    context |= {
        "form": form, "more": found.more, "hours": request.polity.book["recovery_hours"],
        "matches": [each for each in found.people if each.person.id != request.person.id],
        "asked": [(found, recovery.printable(found)) for found in asked],
        "names": names(found.person for found in asked),
    }  # fmt: skip
    return render(request, "accounts/restore.html", context, status=code)


def _ask_or_print(request: MemberRequest) -> HttpResponse | None:
    """What the officer's button does. Raises Refused and Closed."""
    polity, officer = request.polity, request.person.id
    if "print" in request.POST:
        found = polity.recoveries.get(RecoveryId(request.POST["print"]))
        if found is None or found.by != officer or not recovery.printable(found):
            raise Http404
        card = Card.objects.filter(pk=found.person).first() or Card(name=names([found.person])[found.person])
        context = {"card": card, "code": recovery.print_code(found), "days": sheets.DAYS}
        return render(request, "accounts/sheet.html", context)
    person = polity.people.get(PersonId(request.POST.get("person", "")))
    if person is None:
        raise Http404
    mandate = polity.power(officer, "restore-access", person.branch, now())
    if mandate is None:
        raise Http404
    recovery.ask_for(officer, mandate.id, person.id, _site(request), Drawn.of(request.POST))
    messages.success(request, _("It is asked for. Everybody concerned has a letter."))
    return redirect("accounts:restore")


def _site(request: Request) -> str:
    """The address at which people reach this site."""
    return request.build_absolute_uri("/").rstrip("/")
