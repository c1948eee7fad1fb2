"""Signing in: the mail address, then the code; or a printed code, a link, a passkey; and the second step."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from frombelow.polity import Refused
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door import Closed
from frombelow_site.door.request import Request
from frombelow_site.mail import bounces
from frombelow_site.mail.sending import goes_out
from frombelow_site.people.queries import at_address, names
from frombelow_site.ui.forms import Form
from frombelow_site.ui.onward import LONGEST, go_on
from frombelow_site.ui.views import notice, too_many

from . import codes, known, letters, limits, links, passkeys, recovery, second, sheets
from .access import half, may_enter, sign_in, sign_in_half
from .forms import CodeForm, MailForm, SecondForm, SheetForm
from .ways import nothing_else


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    if request.polity.rules is None or (request.person and "again" not in request.GET):
        return redirect("home:home")
    form = MailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mail = form.cleaned_data["mail"]
        if not limits.may_ask(request, mail):
            return too_many(request)
        request.session["code"] = codes.send(mail)
        request.session["mail"] = mail
        request.session["next"] = _onward(request)
        return redirect("accounts:code")
    onward = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "next": onward, "passkeys": passkeys.possible(request), "mail_goes_out": goes_out()}
    return render(request, "accounts/sign_in.html", context, status=_status(form))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: Request) -> HttpResponse:
    asked, mail = request.session.get("code"), request.session.get("mail", "")
    if not asked:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.may_try(request):
            return too_many(request)
        if codes.check(asked, mail, form.cleaned_data["code"]):
            address = at_address(mail)[0]
            bounces.works(address)
            people = _who_may_enter(request, address)
            if len(people) == 1:
                return _enter(request, people[0], "mail")
            if people:
                del request.session["code"]
                request.session["proved"] = address
                return redirect("accounts:choose")
        form.add_error("code", _("This is not the code, or its time is over. Look again, or ask for a new one."))
    context = {"form": form, "mail": mail, "mail_goes_out": goes_out()}
    return render(request, "accounts/code.html", context, status=_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request) -> HttpResponse:
    """Two people share an address: which of them is it?"""
    proved = request.session.get("proved")
    people = _who_may_enter(request, proved) if proved else []
    if not people:
        return redirect("accounts:sign-in")
    if request.method == "POST" and request.POST.get("person") in people:
        return _enter(request, PersonId(request.POST["person"]), "mail")
    known, here = names(people), request.polity.people
    people = sorted(people, key=lambda who: not here[who].active)  # who came back finds who they are now first
    shown = [(who, known[who], here[who].active) for who in people]
    return render(request, "accounts/choose.html", {"people": shown})


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def printed(request: Request) -> HttpResponse:
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.may_try(request):
            return too_many(request)
        person = sheets.spend(form.cleaned_data["code"])
        if may_enter(request.polity, person):
            return _enter(request, person, "printed")
        told = _(
            "This is not a code that is good. Look whether you typed it as it is printed. A code that is good once is "
            "good for %(days)d days, and a sheet for a year; if it was used, ended or is older, ask for a new sheet."
        )
        form.add_error("code", told % {"days": sheets.DAYS})
    return render(request, "accounts/printed.html", {"form": form}, status=_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_link(request: Request, token: str) -> HttpResponse:
    # A GET changes nothing: programs that look into mail would spend the link before its reader does.
    person = links.follow(token) if request.method == "POST" else links.read(token)
    if not may_enter(request.polity, person):
        return notice(
            request, _("This link signs nobody in"), _("A link works once, for a day. Another way in still works."),
            status=404, onward=(reverse("accounts:sign-in"), _("Sign in")),
        )  # fmt: skip
    if request.method == "POST":
        return _enter(request, person, "link")
    return render(request, "accounts/link.html", {"who": names([person])[person]})


@never_cache
@require_POST
def passkey_options(request: Request) -> HttpResponse:
    """What the browser needs to ask for a passkey."""
    if not limits.may_use_passkey(request):
        return too_many(request)
    return JsonResponse(passkeys.begin_sign_in(request))


@never_cache
@sensitive_post_parameters("answer")
@require_POST
def by_passkey(request: Request) -> HttpResponse:
    """The browser's answer came with the form. A passkey that is not known and one that is not good look the same."""
    if not limits.may_use_passkey(request):
        return too_many(request)
    request.session["next"] = _onward(request)
    with suppress(passkeys.NotGood):
        person, verified = passkeys.finish_sign_in(request, request.POST.get("answer", ""))
        if may_enter(request.polity, person):
            return _enter(request, person, "passkey", sure=verified)
    messages.error(request, _("This passkey is not good here. Try again, or choose another way."))
    return redirect("accounts:sign-in")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: Request) -> HttpResponse:
    """The code of the app, or a recovery code."""
    person, way = half(request)
    if not may_enter(request.polity, person):
        return redirect("accounts:sign-in")
    form = SecondForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not (limits.may_try(request) and limits.may_try_second(person)):
            return too_many(request)
        if how := second.check(person, form.cleaned_data["code"]):
            if how == "code":
                letters.changed(person, letters.CODE_USED)
            return _enter(request, person, way, sure=True)
        form.add_error("code", _("This is not the code, or it was used already. Wait for the next one."))
    return render(request, "accounts/second.html", {"form": form, "way": way}, status=_status(form))


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Who could not come in again by themselves is told first."""
    if request.person and request.person.active and "sure" not in request.POST and nothing_else(request.person.id):
        return render(request, "accounts/sign_out.html")
    request.session.flush()
    messages.success(request, _("You are signed out."))
    return redirect("accounts:sign-in")


def _enter(request: Request, person: PersonId, way: str, *, sure: bool = False) -> HttpResponse:
    """They are signed in, or asked for the second step if they want one and are not ``sure`` to be them yet."""
    if not sure and second.is_on(person):
        sign_in_half(request, person, way)
        return redirect("accounts:second")
    onward = request.session.get("next", "")
    sign_in(request, person, way)
    if found := recovery.running(request.polity, person):
        # Whoever signs in has lost nothing; whoever asked was somebody else, or has found their phone.
        with suppress(Refused, Closed):
            recovery.stop(person, found)
            messages.warning(request, _("Somebody had asked to come in as you. By signing in you stopped it."))
    return known.remember(request, go_on(request, onward), person)


def _onward(request: Request) -> str:
    """Where the form leads after signing in. Nothing longer than an address is kept for a stranger."""
    asked = request.POST.get("next", "")
    return asked if len(asked) <= LONGEST else ""


def _who_may_enter(request: Request, address: str) -> list[PersonId]:
    """Who has this address on the roll, as it is written here."""
    meant, people = at_address(address)
    return [person for person in people if meant == address and may_enter(request.polity, person)]


def _status(form: Form) -> int:
    return 400 if form.is_bound and form.errors else 200
