"""Turning letters off, by the link in one of them: without signing in, by a person or by a mail program (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import links
from .choices import choose
from .kinds import HOW, NOT, kinds
from .readers import readers


@csrf_exempt  # mail programs press it; the link alone says whose letters it is about, and nothing else is done by it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    found = links.read_turn_off(token)
    kind = next((kind for kind in kinds() if found and kind.name == found[1]), None)
    if found is None or kind is None:
        raise Http404
    done = request.method == "POST" and kind.free and bool(readers([found[0]]))
    if done:
        choose(found[0], kind.name, NOT)
    context = {"kind": kind, "done": done, "how": HOW[NOT]}
    return render(request, "mail/off.html", context | {"title": _("Letters to you")})
