"""Signing in and out: what the session holds."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from frombelow.polity.state import Standing

HERE = (Standing.MEMBER, Standing.STEPPED_BACK)
# Who was expelled votes in votes that were open by then; so they can come in, and find those alone.
MAY_ENTER = (*HERE, Standing.EXPELLED)


def sign_in(request: HttpRequest, person: str) -> None:
    """The session is this person's, under a fresh key."""
    request.session.flush()
    request.session["person"] = person
    request.session.cycle_key()


def member_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is for members; others are sent to sign in, whatever they asked for."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.person  # type: ignore[attr-defined]
        if person is None:
            return _to_sign_in(request)
        if person.standing not in HERE:
            return redirect("home:home")
        return view(request, *args, **kwargs)

    return guarded


def voter_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is for members, and for who was expelled and may still vote; the view asks about what."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.person is None:  # type: ignore[attr-defined]
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    onward = (
        "" if request.path == "/" or request.method != "GET" else "?" + urlencode({"next": request.get_full_path()})
    )
    return redirect(reverse("accounts:sign-in") + onward)
