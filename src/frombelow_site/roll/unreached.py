"""Letters that no mail brings: for who has no address, where one came back, or where no mail leaves the server. Whoever
keeps the roll prints them, or reads them out by telephone, and says so."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frombelow.polity import Polity, Refused
from frombelow.polity.kernel.ids import BranchId, PersonId
from frombelow.polity.members.state import Person
from frombelow_site.accounts.access import member_required
from frombelow_site.door import Closed, polity
from frombelow_site.door.request import MemberRequest
from frombelow_site.mail.address import here
from frombelow_site.mail.kinds import kind_of, kinds
from frombelow_site.mail.models import Letter, Round
from frombelow_site.people.models import Card, Member
from frombelow_site.people.queries import powers_over
from frombelow_site.subject import Need
from frombelow_site.ui.clock import DAY, figure, now
from frombelow_site.ui.sheets import BOLD, Said, fits, sheets

from . import actions, views

State = Letter.State
UNREACHED = (State.TO_PRINT, State.BOUNCED, State.GIVEN_UP)
A_PILE = 300  # letters in one PDF
NAMED, WORDS, SMALL = 15.0, 14.0, 10.0  # sizes: large enough to read without glasses


def unreached(branches: Iterable[BranchId], at: int) -> QuerySet[Letter]:
    """The letters to members at home in these branches that no mail brings and that are not too late, the earliest
    first."""
    people = Member.objects.filter(branch__in=list(branches)).values("person")
    printed = [kind.name for kind in kinds() if kind.printed]
    waits = Q(state=State.WAITING, made__lte=at - DAY)  # a mail server that is down for a day reaches nobody either
    found = Letter.objects.filter(Q(state__in=UNREACHED) | waits, person__in=people, kind__in=printed)
    return found.exclude(over__gt=0, over__lte=at).order_by("made", "pk").select_related("text")


@never_cache
@member_required
@require_safe
def letters(request: MemberRequest) -> HttpResponse:
    """How many letters wait for paper, and of which kinds. No name is shown, so nobody has looked at the roll yet."""
    _mandates, branches = views.reach(request, "see-the-roll")
    found = unreached(branches, now())
    by_kind = dict(found.order_by("kind").values_list("kind").annotate(n=Count("pk")))
    context = {
        "count": sum(by_kind.values()), "pile": A_PILE,
        "kinds": [(kind_of(name).title, n) for name, n in by_kind.items()],
        "taken": len(request.session.get("pile", [])),
    }  # fmt: skip
    return render(request, "roll/letters.html", context)


@never_cache
@member_required
@require_POST
def pile(request: MemberRequest) -> HttpResponse:
    """The letters as one PDF, a sheet or more for each, with a name and a telephone number on top."""
    mandates, branches = views.reach(request, "see-the-roll")
    try:
        actions.look(request.person.id, mandates)
    except (Refused, Closed) as refused:
        return views.unseen(request, refused)
    some = list(unreached(branches, now())[:A_PILE])
    request.session["pile"] = [each.pk for each in some]
    cards = Card.objects.in_bulk([each.person for each in some])
    pages = [list(_sheet(each, cards.get(each.person))) for each in some]
    if not all(fits(said.words) for page in pages for said in page):
        # A browser has letters of every script, and its PDF holds them.
        return render(request, "roll/letters_to_print.html", {"pages": pages})
    text = (said for page in pages for said in page)
    answer = HttpResponse(sheets(_("Letters"), request.LANGUAGE_CODE, text), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="letters.pdf"'
    return answer


def _sheet(letter: Letter, card: Card | None) -> Iterator[Said]:
    yield Said(card.name if card else "", NAMED, BOLD, fresh=True)
    yield Said(card.phone if card else "", SMALL)
    with override(letter.text.language):
        kind = kind_of(letter.kind)
        yield Said(letter.text.subject, NAMED, BOLD, 30)
        yield Said(kind.on_paper(polity()) if kind.on_paper else letter.text.body, WORDS, above=10)
        if letter.path:
            yield Said(_("The page about it:") + f" {here()}{letter.path}", WORDS, above=14)
        yield Said(str(kind.why), SMALL, above=20)


@never_cache
@member_required
@require_POST
def done(request: MemberRequest) -> HttpResponse:
    """Whoever printed them, or read them out, says so: of the pile that they took, once, and of no other letter."""
    _mandates, branches = views.reach(request, "see-the-roll")
    taken = unreached(branches, now()).filter(pk__in=request.session.pop("pile", []))
    rounds = set(taken.exclude(round=None).values_list("round", flat=True))
    count = Letter.objects.filter(pk__in=list(taken.values_list("pk", flat=True))).update(
        state=State.PRINTED, sent=now()
    )
    Round.objects.filter(pk__in=rounds).update(noticed=False)  # the record says how many it reached by now
    said = ngettext("%(n)s letter counts as delivered.", "%(n)s letters count as delivered.", count)
    messages.success(request, said % {"n": figure(count)})
    return redirect("roll:letters")


def needs(here: Polity, person: Person, at: int) -> Iterator[Need]:
    """Letters that wait for whoever keeps the roll."""
    mandates = powers_over(here, PersonId(person.id), "see-the-roll", at)
    branches = {branch.id for _mandate, top in mandates for branch in here.below(top)}
    if branches and unreached(branches, at).order_by().exists():
        title, week = _("letters that no mail brings"), at + 7 * DAY
        yield Need(_("Print or read out by telephone:"), title, reverse("roll:letters"), 10, week)
