"""My keys, the requests for keys that run, and the way in for sealed acts."""

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frombelow.polity import spelling
from frombelow.polity.keys.acts import BindKey
from frombelow.polity.keys.seals import sealed_so_far
from frombelow_site.accounts.access import member_required, signed_in_required
from frombelow_site.door import tables
from frombelow_site.door.request import MemberRequest
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import now

from . import handing_in, queries
from .answers import JSON, answer, entered, read

A_PAGE = 25


@require_safe
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    return render(request, "keys/mine.html", queries.mine(request.polity, request.person.id))


@require_safe
@member_required
def requests(request: MemberRequest) -> HttpResponse:
    page = Paginator(queries.asked(request.polity), A_PAGE).get_page(request.GET.get("page"))
    disowning = queries.disowning(request.polity)
    context = {
        "page": page, "names": names([*(each.person for each in page), *(who for who, _ in disowning)]),
        "disowning": disowning, "figures": queries.figures(request.polity),
        "weak_until": queries.young_until(request.polity), "book": request.polity.book,
        "hosts": request.polity.keys.hosts,
    }  # fmt: skip
    return render(request, "keys/requests.html", context)


@require_POST
@member_required
def bind(request: MemberRequest) -> HttpResponse:
    """A light key of who is signed in, on the server's word; the answer is its place in the record."""
    new = read(request, handing_in.read_new)
    if isinstance(new, HttpResponse):
        return new
    if new.kind != "device":
        return answer(400, why="only a device's key is bound here")
    return entered(BindKey(by=request.person.id, key=new))


@require_POST
@signed_in_required
def next_seal(request: MemberRequest) -> HttpResponse:
    """What a key's seal under an act is to be: which one of the key's, and over which checkpoint; and what time it is
    here."""
    asked = read(request, handing_in.read_asked)
    if isinstance(asked, HttpResponse):
        return asked
    name, act = asked
    key = request.polity.keys.keys.get(name)
    if key is None or key.person != request.person.id:
        return answer(404, why=_("The record knows no such key of yours. Nothing was stored."))
    note = tables.latest_checkpoint(request.polity.size) or b""
    n = sealed_so_far(request.polity, key, act) + 1
    return answer(200, n=n, checkpoint=note.decode(), at=now())


@require_POST
@signed_in_required
def act(request: MemberRequest) -> HttpResponse:
    """A sealed act of who is signed in; the answer is its place in the record, or why it has none."""
    sent = read(request, handing_in.read)
    if isinstance(sent, HttpResponse):
        return sent
    if sent.act.by != request.person.id:
        return answer(403, why=_("This is signed in as somebody else than who acts. Nothing was stored."))
    return entered(sent.act, *sent.privates, seal=sent.seal)


@require_safe
def spelled(_request: HttpRequest) -> HttpResponse:
    """How each kind of act is spelled, for whoever signs one."""
    return HttpResponse(msgspec.json.encode(spelling()), JSON)
