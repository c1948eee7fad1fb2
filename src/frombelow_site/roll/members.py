"""One member as a keeper of the roll sees them, and another mail address for them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from frombelow.polity import Refused, why_not
from frombelow.polity.access.rules import SHEET_DAYS
from frombelow.polity.kernel import drafts
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.acts import CorrectMail
from frombelow.polity.members.state import Person
from frombelow_site.accounts import sheets
from frombelow_site.accounts.access import member_required
from frombelow_site.door import Closed, Drawn
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.people.given import waiting_mail
from frombelow_site.people.models import Card
from frombelow_site.people.queries import powers_over, whose
from frombelow_site.ui.clock import now
from frombelow_site.ui.refusals import sentence, status

from . import actions, standing
from .forms import CorrectForm
from .views import reach, unseen


@never_cache
@member_required
@require_safe
def member(request: MemberRequest, person: PersonId) -> HttpResponse:
    """All that the roll says of one member; the look is an entry first, as the list's is."""
    mandates, branches = reach(request, "see-the-roll")
    who, card = _on_the_roll(request, person)
    if who.branch not in branches:
        raise Http404
    try:
        actions.look(request.person.id, mandates)
    except (Refused, Closed) as refused:
        return unseen(request, refused)
    polity = request.polity
    context = {
        "card": card, "who": who, "facts": standing.facts(polity, who, card),
        "held": [(mandate, polity.offices[mandate.office]) for mandate in polity.held.get(person, ())],
        "given": waiting_mail(polity, person, now()),
        "admits": powers_over(polity, request.person.id, "admit-members", now()),
        "prints": not (who.acted or sheets.came_in(person)), "sheet": sheets.live(person),
        "stopped": _stopped(request, who), "sheet_until": polity.today(now()) + SHEET_DAYS,
    }  # fmt: skip
    return render(request, "roll/member.html", context)


def _on_the_roll(request: MemberRequest, person: PersonId) -> tuple[Person, Card]:
    """The member with this id and their card; 404 for who is none."""
    who = request.polity.people.get(person)
    card = Card.objects.filter(pk=person).first()
    if who is None or not who.active or card is None:
        raise Http404
    return who, card


def _stopped(request: MemberRequest, who: Person) -> str:
    """Why this officer gives no other mail address for this member; "" where they can."""
    under = drafts.under(request.polity, request.person.id, "admit-members", who.branch, now())
    act = CorrectMail(by=request.person.id, under=under, person=who.id, mail=drafts.SOME_TEXT)
    refused = why_not(request.polity, act, now())
    return sentence(refused) if refused else ""


@acts(CorrectMail)
@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, person: PersonId) -> HttpResponse:
    """Another mail address for a member, which the address they have is told of."""
    _mandates, branches = reach(request, "admit-members")
    who, card = _on_the_roll(request, person)
    if who.branch not in branches:
        raise Http404
    form = CorrectForm(request.POST or None)
    refusal, code = _stopped(request, who), 200
    if request.method == "POST":
        code = 400
        if form.is_valid() and request.person.id in whose(form.cleaned_data["mail"]):
            form.add_error("mail", _("This address is yours: whoever has it would come in as them. Give theirs."))
        if form.is_valid():
            try:
                actions.correct_mail(
                    request.polity, request.person.id, who, form.cleaned_data["mail"], Drawn.of(request.POST)
                )
            except (Refused, Closed) as refused:
                refusal, code = sentence(refused), status(refused)
            else:
                messages.success(request, _("The address waits. The one they have got a letter that says so."))
                return redirect("roll:member" if _sees(request, who) else "membership:person", person)
    hours = request.polity.book["recovery_hours"]
    context = {"form": form, "card": card, "refusal": refusal, "hours": hours, "who": who}
    return render(request, "roll/correct.html", context, status=code)


def _sees(request: MemberRequest, who: Person) -> bool:
    return request.polity.power(request.person.id, "see-the-roll", who.branch, now()) is not None
