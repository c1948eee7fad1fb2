"""Home: what needs you, what comes, what you moved, then what was decided."""

from itertools import islice

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frombelow.polity import Standing
from frombelow_site import subject
from frombelow_site.accounts import sheets
from frombelow_site.accounts.access import member_required, signed_in_required
from frombelow_site.beginning.code import begins
from frombelow_site.decide.headlines import headlines
from frombelow_site.decide.queries import decided_since
from frombelow_site.door import the_door
from frombelow_site.door.request import MemberRequest
from frombelow_site.keys.queries import in_one_device, unsealed_since
from frombelow_site.people.queries import rests_until
from frombelow_site.people.vacancies import vacant
from frombelow_site.records.alarms import alarms
from frombelow_site.ui.clock import now
from frombelow_site.ui.views import notice

from . import first_steps, queries

MOST = 7  # lines: who has more to do than that begins at the top


@never_cache
@require_safe
def home(request: MemberRequest) -> HttpResponseBase:
    if request.polity.rules is None:
        if begins():
            return redirect("beginning:code")
        return notice(
            request, _("Nothing is founded yet"),
            _("Whoever runs the server founds the organization with “frombelow serve”."), status=503,
        )  # fmt: skip
    return _home(request)


@signed_in_required
def _home(request: MemberRequest) -> HttpResponse:
    if not request.person.active:
        return redirect("membership:me")
    polity, person, at = request.polity, request.person, now()
    visit = queries.visit_of(person)
    since = queries.last_look(person, visit, at)
    decided = decided_since(since)
    decided = [name for name in decided if name in polity.motions]  # another process may be ahead of this page
    lines = list(islice(subject.needs(polity, person, at), MOST))
    member = person.standing is Standing.MEMBER
    mine, coming = queries.moved_and_coming(polity, person, lines) if member else ([], [])
    called = headlines(polity, [*decided, *mine, *coming])
    context = {
        "lines": lines,
        "steps": first_steps.first_steps(polity, person, at, visit.put_away if visit else 0) if member else [],
        "coming": [queries.stands(polity, name, called) for name in coming],
        "ending": queries.ending(polity, person, at),
        "mine": [queries.stands(polity, name, called) for name in mine],
        "decided": [(polity.motions[name], called[name], queries.told(polity.motions[name])) for name in decided],
        "unsealed": unsealed_since(polity, person.id, since),
        "uses": sheets.uses(person.id) if person.id in polity.sheets else [],
        "doubt": the_door().until(),
        "alarms": alarms(polity),
        "in_one_device": in_one_device(polity, person.id),
        "rests_until": rests_until(polity, person),
        "vacant": vacant(polity, at) if member else [],
    }
    return render(request, "home/home.html", context)


@member_required
@require_POST
def put_away(request: MemberRequest) -> HttpResponse:
    first_steps.put_away(request.person.id, now())
    return redirect("home:home")
