"""My keys, the requests for keys that run, and the way in for sealed acts."""

from typing import Any

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frombelow.polity import Refused, encode, spelling
from frombelow_site.accounts.access import member_required, signed_in_required
from frombelow_site.door import Closed, perform
from frombelow_site.door.request import MemberRequest
from frombelow_site.people.queries import names
from frombelow_site.ui.refusals import sentence, status

from . import handing_in, queries

JSON = "application/json"
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
@signed_in_required
def act(request: MemberRequest) -> HttpResponse:
    """A sealed act of who is signed in; the answer is its place in the record, or why it has none."""
    if len(request.body) > handing_in.MOST:
        return _answer(413, why=f"an act and its texts are at most {handing_in.MOST:,} bytes")
    try:
        sent = handing_in.read(request.body)
    except ValueError as error:
        return _answer(400, why=str(error))
    if sent.act.by != request.person.id:
        return _answer(403, why=_("This is signed in as somebody else than who acts. Nothing was stored."))
    try:
        receipt = perform(sent.act, *sent.privates, seal=sent.seal)
    except Closed as error:
        return _answer(status(error), why=sentence(error))
    except Refused as refused:
        return _answer(status(refused), why=sentence(refused), article=refused.article, message=refused.message)
    entry, checkpoint = encode(receipt.entry).decode(), receipt.checkpoint.decode()
    return _answer(200, index=receipt.index, entry=entry, checkpoint=checkpoint)


def _answer(code: int, **said: Any) -> HttpResponse:
    return HttpResponse(handing_in.told(**said), JSON, code)


@require_safe
def spelled(_request: HttpRequest) -> HttpResponse:
    """How each kind of act is spelled, for whoever signs one."""
    return HttpResponse(msgspec.json.encode(spelling()), JSON)
