"""Signing in and out: what the session holds."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.people.models import Card
from frombelow_site.subject import NOBODY
from frombelow_site.ui.forms import written

from . import devices
from .models import Entrance

HALF_SECONDS, FRESH_SECONDS = 15 * 60, 60 * 60


def may_enter(polity: Polity, person: PersonId) -> bool:
    """Whether this person can come in, by a way that they have: a member can, and who is one no more as long as there
    is something here that says who they are. They find their own page, and nothing else."""
    found = polity.people.get(person)
    return found is not None and (found.active or Card.objects.filter(pk=person).exists())


def sign_in(request: HttpRequest, person: PersonId, way: str = "") -> None:
    """The session is this person's, under a fresh key, and on their list of places where they are signed in."""
    Entrance.objects.get_or_create(person=person, defaults={"first": timezone.now()})
    request.session.flush()
    request.session.clear_expired()
    agent = request.headers.get("User-Agent", "")
    request.session.update({"person": person, "at": int(time.time()), "way": way, **devices.words(agent)})


def sign_in_half(request: HttpRequest, person: PersonId, way: str) -> None:
    """The first step is done; whoever has this session has a while for the second."""
    for key in ("code", "proved"):
        request.session.pop(key, None)
    request.session["half"] = {"person": person, "way": way, "at": int(time.time())}
    request.session.cycle_key()


def half(request: HttpRequest) -> tuple[PersonId, str]:
    """Who did the first step in this session, and how; ("", "") if nobody did, or too long ago."""
    kept = request.session.get("half")
    if not kept or time.time() - kept["at"] > HALF_SECONDS:
        return NOBODY, ""
    return kept["person"], kept["way"]


def fresh(request: HttpRequest) -> bool:
    """Whether it was shown within the last hour that it is them: a screen left open changes no way to sign in."""
    return bool(time.time() - request.session.get("at", 0) < FRESH_SECONDS)


def member_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view is for members; others are sent to sign in, whatever they asked for, or to their own page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.person  # type: ignore[attr-defined]
        if person is None:
            return _to_sign_in(request)
        if not person.active:
            return unsent(request) or redirect("home:home")
        return view(request, *args, **kwargs)

    return guarded


def signed_in_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view is for members, and for who is one no more; the view asks what of it is for these."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.person is None:  # type: ignore[attr-defined]
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if kept := unsent(request):
        return kept
    if request.polity.rules is None:  # type: ignore[attr-defined]  # nobody is a member of what is not founded
        return redirect("home:home")
    wanted = request.path_info != "/" and request.method == "GET"
    onward = "?" + urlencode({"next": request.get_full_path()}) if wanted else ""
    return redirect(reverse("accounts:sign-in") + onward)


def unsent(request: HttpRequest, onward: str = "accounts:sign-in") -> HttpResponse | None:
    """What was written in a form that is not taken any more, to be copied; None where nothing was."""
    words = written(request.POST)
    return render(request, "accounts/unsent.html", {"words": words, "onward": onward}, status=403) if words else None
