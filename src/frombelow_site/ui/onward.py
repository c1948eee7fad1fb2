"""Where a form leads on to: a page of ours, which the browser names."""

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2_000  # characters of an address to go on to


def go_on(request: HttpRequest, asked: str) -> HttpResponseRedirect:
    """On to the page that was asked for; to Home where that is no path of ours."""
    ours = (
        asked.startswith("/")
        and len(asked) <= LONGEST
        and url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    )
    return HttpResponseRedirect(asked if ours else reverse("home:home"))
