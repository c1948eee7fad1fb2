"""Signing in and out: what the session holds."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from frombelow.polity import Standing
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import ACTIVE
from frombelow_site.subject import NOBODY
from frombelow_site.ui.forms import written

from . import devices

# Who was expelled votes in votes that were open by then; so they can come in, and find those alone.
MAY_ENTER = (*ACTIVE, Standing.EXPELLED)
HALF_SECONDS, FRESH_SECONDS = 15 * 60, 60 * 60


def sign_in(request: HttpRequest, person: PersonId, way: str = "") -> None:
    """The session is this person's, under a fresh key, and on their list of places where they are signed in."""
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
    """The view is for members; others are sent to sign in, whatever they asked for."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.person  # type: ignore[attr-defined]
        if person is None:
            return _to_sign_in(request)
        if person.standing not in ACTIVE:
            return redirect("home:home")
        return view(request, *args, **kwargs)

    return guarded


def voter_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view is for members, and for who was expelled and may still vote; the view asks about what."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.person is None:  # type: ignore[attr-defined]
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if words := written(request.POST):
        return render(request, "accounts/unsent.html", {"words": words}, status=403)
    onward = (
        "" if request.path == "/" or request.method != "GET" else "?" + urlencode({"next": request.get_full_path()})
    )
    return redirect(reverse("accounts:sign-in") + onward)
