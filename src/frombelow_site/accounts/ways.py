"""Ways to sign in: my passkeys, my app and its recovery codes, and where I am signed in."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Refused
from frombelow.polity.access.acts import EndCode, IssueCode
from frombelow.polity.access.rules import SHEET_DAYS
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door import Closed
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.mail.sending import goes_out
from frombelow_site.people.queries import mails
from frombelow_site.people.queries import name as name_of
from frombelow_site.ui.clock import now
from frombelow_site.ui.refusals import sentence, status
from frombelow_site.ui.views import notice, too_many

from . import devices, letters, limits, passkeys, second, sheets
from .access import fresh, member_required
from .forms import AppForm, NameForm
from .models import Passkey, SecondStep
from .sessions import session_of


def may_change(request: MemberRequest) -> bool:
    """Whether this session may change ways to sign in. Who has no way to show anew that it is them may as well."""
    person = request.person.id
    return fresh(request) or not (mails(person) or passkeys.of(person) or second.is_on(person))


def fresh_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Before ways to sign in change, it was shown within the hour that it is them."""

    @wraps(view)
    @member_required
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if may_change(request):
            return view(request, *args, **kwargs)
        messages.warning(request, _("Nothing was changed: sign in once more first. An hour has passed since you did."))
        return redirect("accounts:ways")

    return guarded


@never_cache
@member_required
@require_safe
def ways(request: MemberRequest) -> HttpResponse:
    person = request.person.id
    context = {
        "mails": mails(person),
        "passkeys": passkeys.of(person),
        "possible": passkeys.possible(request),
        "second": SecondStep.objects.filter(pk=person).first(),
        "codes_left": second.codes_left(person),
        "sheet": sheets.live(person),
        "uses": sheets.uses(person),
        "devices": devices.of(person),
        "here": session_of(request).place,
        "fresh": may_change(request),
        "sheet_until": request.polity.today(now()) + SHEET_DAYS,
    }
    return render(request, "accounts/ways.html", context)


# --- passkeys ---


@never_cache
@fresh_required
@require_POST
def passkey_options(request: MemberRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    if not limits.may_use_passkey(request):
        return too_many(request)
    person = request.person.id
    return JsonResponse(passkeys.begin_making(request, person, name_of(person)))


@never_cache
@fresh_required
@sensitive_post_parameters("answer")
@require_POST
def add_passkey(request: MemberRequest) -> HttpResponse:
    person = request.person.id
    try:
        made = passkeys.finish_making(request, person, request.POST.get("answer", ""))
    except passkeys.NotGood:
        messages.error(request, _("No passkey was added: what your device answered did not fit. Try again."))
        return redirect("accounts:ways")
    letters.changed(person, letters.ADDED, name=made.name)
    messages.success(request, _("The passkey was added. You can sign in with it from now on."))
    return redirect("accounts:ways")


@never_cache
@fresh_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_passkey(request: MemberRequest, passkey: str) -> HttpResponse:
    """Give a passkey another name, or remove it."""
    row = Passkey.objects.filter(pk=passkey, person=request.person.id).first()
    if row is None:
        raise Http404
    form = NameForm(request.POST if request.method == "POST" and "name" in request.POST else {"name": row.name})
    if request.method == "POST" and "remove" in request.POST:
        row.delete()
        letters.changed(request.person.id, letters.REMOVED, name=row.name)
        messages.success(request, _("The passkey was removed. Remove it on your device too."))
        return redirect("accounts:ways")
    if request.method == "POST" and form.is_valid():
        Passkey.objects.filter(pk=row.pk).update(name=form.cleaned_data["name"])
        return redirect("accounts:ways")
    return render(request, "accounts/passkey.html", {"form": form, "passkey": row}, status=400 if form.errors else 200)


# --- the second step ---


@never_cache
@fresh_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def turn_on(request: MemberRequest) -> HttpResponse:
    """The app is told the secret, and shows that it knows it. Until then nothing changes."""
    person = request.person.id
    secret = second.secret_shown_in(session_of(request))
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.may_try(request):
            return too_many(request)
        if codes := second.turn_on(person, secret, form.cleaned_data["code"]):
            del request.session["secret"]
            letters.changed(person, letters.SECOND_ON)
            return _show_codes(request, codes)
        form.add_error("code", _("This is not the code. Look at the clock of your phone: it must be right."))
    address = second.address(secret, name_of(person), request.get_host())
    context = {
        "form": form, "address": address, "picture": sheets.picture(address), "again": second.is_on(person),
        "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
    }  # fmt: skip
    return render(request, "accounts/turn_on.html", context, status=400 if form.errors else 200)


@fresh_required
@require_POST
def turn_off(request: MemberRequest) -> HttpResponse:
    second.turn_off(request.person.id)
    letters.changed(request.person.id, letters.SECOND_OFF)
    messages.success(request, _("The second step is off. A code by mail is enough now."))
    return redirect("accounts:ways")


@never_cache
@fresh_required
@require_POST
def recovery_codes(request: MemberRequest) -> HttpResponse:
    """Ten fresh ones; the earlier ones are good no more."""
    if not second.is_on(request.person.id):
        return redirect("accounts:ways")
    letters.changed(request.person.id, letters.NEW_CODES)
    return _show_codes(request, second.new_codes(request.person.id))


def _show_codes(request: MemberRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/codes.html", {"codes": codes})


# --- a sheet of my own ---


def nothing_else(person: PersonId) -> bool:
    """Whether who is signed out could not come in again by themselves."""
    return not ((mails(person) and goes_out()) or passkeys.of(person) or sheets.live(person))


@acts(IssueCode)
@never_cache
@fresh_required
@require_POST
def own_sheet(request: MemberRequest) -> HttpResponse:
    """A sheet for myself, which nobody else has read; the one before is good no more."""
    person = request.person.id
    try:
        code = sheets.issue_lasting(person, person)
    except (Refused, Closed) as refused:
        return notice(request, _("No sheet was made"), sentence(refused), status=status(refused))
    letters.changed(person, letters.OWN_SHEET)
    return show_sheets(request, [(name_of(person), code)])


def show_sheets(request: MemberRequest, made: list[tuple[str, str]], stopped: str = "") -> HttpResponse:
    """The sheets, one on a page, to be printed now: their codes are kept nowhere. ``stopped`` says why no more were
    made."""
    address = request.build_absolute_uri(reverse("accounts:printed"))
    context = {
        "made": made, "stopped": stopped, "address": address, "picture": sheets.picture(address),
        "until": timezone.now() + timedelta(days=SHEET_DAYS),
    }  # fmt: skip
    return render(request, "accounts/sheets.html", context)


@acts(EndCode)
@never_cache
@member_required
@require_POST
def end_sheet(request: MemberRequest) -> HttpResponse:
    """My sheet is good no more; whoever came in by it elsewhere is signed out. Pressed twice, it happens once."""
    person = request.person.id
    try:
        sheets.end(person, person)
    except Closed as closed:
        return notice(request, _("The sheet is still good"), sentence(closed), status=status(closed))
    except Refused as refused:
        if refused.message != "no-sheet":
            return notice(request, _("The sheet is still good"), sentence(refused), status=status(refused))
    sheets.sign_out_by_sheet(person, but=session_of(request).place)
    messages.success(request, _("Your sheet is good no more."))
    return redirect("accounts:ways")


# --- where I am signed in ---


@member_required
@require_POST
def end_devices(request: MemberRequest) -> HttpResponse:
    """One place where I am signed in has ended, or all others."""
    person, here = request.person.id, session_of(request).place
    if "others" in request.POST:
        count = devices.end_all(person, but=here)
        said = ngettext("One other place was signed out.", "%(n)d other places were signed out.", count)
        messages.success(request, said % {"n": count} if count else _("You are signed in nowhere else."))
    elif devices.end(person, request.POST.get("device", "")):
        messages.success(request, _("That place is signed out."))
    return redirect("accounts:ways")
