"""What browsers run: the scripts of the pages, and whether they are those that the record names."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from frombelow.polity.server.state import Server
from frombelow_site.door import scripts as on_disk
from frombelow_site.door.request import Request


@require_safe
@never_cache
def scripts(request: Request) -> HttpResponse:
    """For everybody, as the scripts are: which they are, and how to compare them with the record."""
    named, hashed = request.polity.part(Server), on_disk.hashed()
    context = {
        "named": named, "hashed": hashed, "same": hashed == named.scripts, "listing": on_disk.listed(),
        "site": request.build_absolute_uri(reverse("home:home")),
    }  # fmt: skip
    return render(request, "records/scripts.html", context)


@require_safe
@never_cache
def scripts_text(_request: Request) -> HttpResponse:
    """The listing whose hash the record names."""
    return HttpResponse(on_disk.listed(), content_type="text/plain; charset=utf-8")
