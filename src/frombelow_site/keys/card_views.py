"""Cards: made, bound and read in the page of whoever holds one. Of their twelve words nothing comes here."""

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from frombelow.keys.card_words import LANGUAGES, WORDS, listed
from frombelow.polity import why_not
from frombelow.polity.kernel.ids import RequestId
from frombelow.polity.keys.acts import AskKey, BindKey
from frombelow.polity.keys.asking import WAITS
from frombelow_site.accounts.access import member_required
from frombelow_site.door import new_id, polity
from frombelow_site.door.request import MemberRequest
from frombelow_site.ui.clock import now
from frombelow_site.ui.languages import spoken_of

from . import cards, handing_in
from .views import JSON, _answer, _entered, _read

HOUR, OK = 3_600, 200
PLACES = range(1, WORDS + 1)
SOME_FRAMES, MOST_FRAMES = 30, 300


@never_cache
@require_safe
@member_required
def make(request: MemberRequest) -> HttpResponse:
    return render(request, "keys/make_card.html", _with_words(request))


@never_cache
@require_safe
@member_required
def use(request: MemberRequest) -> HttpResponse:
    return render(request, "keys/use_card.html", _with_words(request))


@require_safe
@member_required
def frames(request: MemberRequest) -> HttpResponse:
    """Cards without words, to print for a meeting: each member writes their own onto one."""
    asked = request.GET.get("n", "")
    n = min(max(int(asked), 1), MOST_FRAMES) if asked.isdecimal() and len(asked) < 9 else SOME_FRAMES
    context = {"n": n, "frames": range(n), "most": MOST_FRAMES, "language": spoken_of(LANGUAGES), "places": PLACES}
    return render(request, "keys/frames.html", context)


@require_POST
@member_required
def bind(request: MemberRequest) -> HttpResponse:
    """A card that no key of its person seals: bound on the server's word where the rules allow it, else asked for. The
    answer says which of the two it was, and until when it waits."""
    new = _read(request, handing_in.read_new)
    if isinstance(new, HttpResponse):
        return new
    if new.kind != "card":
        return _answer(400, why="only a card is bound here")
    who = request.person.id
    act: BindKey | AskKey = BindKey(by=who, key=new)
    refused = why_not(request.polity, act, max(now(), request.polity.at))
    if refused is not None and refused.message in WAITS:
        act = AskKey(by=who, request=RequestId(new_id()), key=new)
    done = _entered(act)
    return done if done.status_code != OK else _answer(OK, **cards.became(polity(), act))


@require_safe
@cache_control(max_age=HOUR)
def words(_request: HttpRequest) -> HttpResponse:
    """The lists from which cards take their words, each in its order; the first is that of the page's language."""
    first = spoken_of(LANGUAGES)
    lists = [listed(first), *(listed(other) for other in LANGUAGES if other != first)]
    return HttpResponse(msgspec.json.encode(lists), JSON)


@require_safe
@cache_control(max_age=HOUR)
def list_of(_request: HttpRequest, language: str) -> HttpResponse:
    """The list of words in this language, in its order."""
    if language not in LANGUAGES:
        raise Http404
    return HttpResponse(msgspec.json.encode(listed(language)), JSON)


def _with_words(request: MemberRequest) -> dict[str, Any]:
    return {**cards.mine(request.polity, request.person.id), "language": spoken_of(LANGUAGES), "places": PLACES}
