"""The tree of branches, and a member as others see them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.accounts.access import member_required
from frombelow_site.door.request import MemberRequest
from frombelow_site.people import queries
from frombelow_site.people.branches import tree
from frombelow_site.ui.clock import now

from . import who_sees

A_PAGE = 50


@member_required
@require_safe
def people(request: MemberRequest) -> HttpResponse:
    """The branches with who holds which office; for officers, the ways to the roll."""
    page = Paginator(tree(request.polity), A_PAGE).get_page(request.GET.get("page"))
    holders = {mandate.person for row in page for _, found in row.offices for mandate in found}
    at = now()
    context = {
        "page": page,
        "names": queries.names(holders),
        "sees_roll": queries.powers_over(request.polity, request.person.id, "see-the-roll", at),
        "admits": queries.powers_over(request.polity, request.person.id, "admit-members", at),
        "restores": queries.powers_over(request.polity, request.person.id, "restore-access", at),
    }
    return render(request, "membership/people.html", context)


@member_required
@require_safe
def person(request: MemberRequest, person: PersonId) -> HttpResponse:
    """One member as others see them: the name, the offices, and what they chose to show."""
    polity = request.polity
    found = polity.people.get(person)
    card, profile = queries.card_of(person) if found and found.active else (None, None)
    if found is None or card is None or profile is None:
        raise Http404
    held = [(mandate, polity.offices[mandate.office]) for mandate in polity.held.get(person, ())]
    facts = who_sees.shared(polity, found, request.person, card, profile)
    return render(request, "membership/person.html", {"card": card, "facts": facts, "held": held, "who": found})
