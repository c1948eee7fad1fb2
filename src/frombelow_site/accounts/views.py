"""Signing in: the mail address, then the code; or a printed code; or a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from frombelow_site.people.queries import names, people_with_mail
from frombelow_site.people.roll import normalised_mail
from frombelow_site.ui.views import not_found, too_many

from . import codes, limits, links, sheets
from .access import MAY_ENTER, sign_in
from .forms import CodeForm, MailForm, SheetForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    if request.person:
        return redirect("home:home")
    form = MailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mail = form.cleaned_data["mail"]
        if not limits.may_ask(request, mail):
            return too_many(request)
        request.session["code"] = codes.send(mail)
        request.session["mail"] = mail
        request.session["next"] = request.POST.get("next", "")
        return redirect("accounts:code")
    onward = request.POST.get("next") or request.GET.get("next", "")
    return render(request, "accounts/sign_in.html", {"form": form, "next": onward}, status=_status(form))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    asked, mail = request.session.get("code"), request.session.get("mail", "")
    if not asked:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.may_try(request):
            return too_many(request)
        if codes.check(asked, mail, form.cleaned_data["code"]):
            people = _who_may_enter(request, mail)
            if len(people) == 1:
                return _enter(request, people[0])
            if people:
                del request.session["code"]
                request.session["proved"] = normalised_mail(mail)
                return redirect("accounts:choose")
        form.add_error("code", _("This is not the code, or its time is over. Look again, or ask for a new one."))
    return render(request, "accounts/code.html", {"form": form, "mail": mail}, status=_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Two people share an address: which of them is it?"""
    proved = request.session.get("proved")
    people = _who_may_enter(request, proved) if proved else []
    if not people:
        return redirect("accounts:sign-in")
    if request.method == "POST" and request.POST.get("person") in people:
        return _enter(request, request.POST["person"])
    known = names(people)
    return render(request, "accounts/choose.html", {"people": [(who, known[who]) for who in people]})


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def printed(request: HttpRequest) -> HttpResponse:
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.may_try(request):
            return too_many(request)
        person = sheets.spend(form.cleaned_data["code"])
        if _may_enter(request, person):
            return _enter(request, person)
        form.add_error("code", _("This code is not good. Each code is good once. Ask for a new sheet."))
    return render(request, "accounts/printed.html", {"form": form}, status=_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    # A GET changes nothing: programs that look into mail would spend the link before its reader does.
    person = links.follow(token) if request.method == "POST" else links.read(token)
    if not _may_enter(request, person):
        return not_found(request)
    if request.method == "POST":
        return _enter(request, person)
    return render(request, "accounts/link.html", {"who": names([person])[person]})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    messages.success(request, _("You are signed out."))
    return redirect("accounts:sign-in")


def _enter(request: HttpRequest, person: str) -> HttpResponse:
    onward = request.session.get("next", "")
    sign_in(request, person)
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return redirect(onward if onward and safe else "/")


def _who_may_enter(request: HttpRequest, mail: str) -> list[str]:
    return [card.person for card in people_with_mail(normalised_mail(mail)) if _may_enter(request, card.person)]


def _may_enter(request: HttpRequest, person: str) -> bool:
    found = request.polity.people.get(person)
    return found is not None and found.standing in MAY_ENTER


def _status(form: MailForm | CodeForm | SheetForm) -> int:
    return 400 if form.is_bound and form.errors else 200
