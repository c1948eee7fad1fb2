"""The link in a letter: it opens its page, and in a browser that knows its reader one press signs them in."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door.request import Request
from frombelow_site.mail.links import HOURS, Way, read
from frombelow_site.mail.models import Letter
from frombelow_site.people.queries import mails, names

from . import known, second
from .access import may_enter, sign_in
from .models import Entrance, SpentLink
from .readers import may_come_by_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: Request, token: str) -> HttpResponse:
    """A GET changes nothing: programs that look into mail spend no link. Where the link may sign nobody in, or not
    here, it opens the page that the letter is about, which asks for a code as ever."""
    way, fresh = read(token)
    if way is None:
        return redirect("home:home")
    if not _signs_in(request, way, fresh):
        return redirect(way.path)
    if request.method != "POST":
        return render(request, "accounts/from_letter.html", {"who": names([way.person])[way.person]})
    if not _spend(way):
        return redirect(way.path)
    sign_in(request, way.person, "letter")
    return known.remember(request, redirect(way.path), way.person)


def _signs_in(request: Request, way: Way, fresh: bool) -> bool:
    if not fresh or (request.person and request.person.id == way.person):
        return False
    return (
        way.person in known.known(request) and may_enter(request.polity, way.person) and _may(request, way.person)
        and _still_theirs(way)
        and not SpentLink.objects.filter(pk=_nonce(way)).exists()
    )  # fmt: skip


def _may(request: Request, person: PersonId) -> bool:
    return may_come_by_link(request.polity, person) and not second.is_on(person)


def _still_theirs(way: Way) -> bool:
    """Whether the letter went to an address that they still have, and no way was opened to them since, by which earlier
    ways in are gone."""
    letter = Letter.objects.filter(pk=way.letter, person=way.person).first()
    entrance = Entrance.objects.filter(pk=way.person).first()
    if letter is None or entrance is None or letter.mail not in mails(way.person):
        return False
    return letter.made >= entrance.links_from


def _nonce(way: Way) -> str:
    return f"letter {way.letter}"


def _spend(way: Way) -> bool:
    """Whether the link was good still: the first press counts."""
    try:
        with transaction.atomic():
            SpentLink.objects.create(nonce=_nonce(way), expires=timezone.now() + timedelta(hours=HOURS))
    except IntegrityError:
        return False
    return True
