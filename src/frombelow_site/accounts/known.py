"""Which members signed in before in this browser: a cookie of its own, so that the link in a letter can bring back who
reads it here, and nobody else anywhere else."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frombelow.polity.kernel.ids import PersonId

COOKIE, SALT, DAYS, MOST = "known", "frombelow known browser", 365, 25


def known(request: HttpRequest) -> list[PersonId]:
    """Who signed in here, the latest first."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 86_400)
    except signing.BadSignature:
        return []
    return [PersonId(each) for each in found]


def _path() -> str:
    return reverse("accounts:sign-in")


def remember(request: HttpRequest, response: HttpResponse, person: PersonId) -> HttpResponse:
    """This browser knows the person from now on."""
    people = [person, *(each for each in known(request) if each != person)][:MOST]
    response.set_cookie(
        COOKIE, signing.dumps(people, salt=SALT, compress=True), max_age=DAYS * 86_400, secure=settings.HTTPS,
        httponly=True, samesite="Lax", path=_path(),
    )  # fmt: skip
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """This browser knows nobody."""
    response.delete_cookie(COOKIE, path=_path())
    return response
