"""Home: what needs you, then what was decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from frombelow_site.accounts.access import voter_required
from frombelow_site.beginning.code import begins
from frombelow_site.decide.queries import decided_since, titles
from frombelow_site.people.queries import ACTIVE
from frombelow_site.ui.views import notice

from . import queries


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.polity.rules is None:
        if begins():
            return redirect("beginning:code")
        return notice(
            request, _("Nothing is founded yet"),
            _("Whoever runs the server founds the organization with “frombelow serve”."), status=503,
        )  # fmt: skip
    return _home(request)


@voter_required
def _home(request: HttpRequest) -> HttpResponse:
    polity, person = request.polity, request.person
    decided = decided_since(queries.last_look(person.id)) if person.standing in ACTIVE else []
    called = titles(polity, decided)
    context = {
        "lines": queries.lines(polity, person),
        "decided": [(polity.motions[name], called[name], queries.told(polity.motions[name])) for name in decided],
        "gone": person.standing not in ACTIVE,
    }
    return render(request, "home/home.html", context)
