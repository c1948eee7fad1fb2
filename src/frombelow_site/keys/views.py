"""My keys, the requests for keys that run, and the way in for sealed acts."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from frombelow.polity import Refused, encode, spelling
from frombelow_site.accounts.access import member_required, signed_in_required
from frombelow_site.door import Closed, perform
from frombelow_site.door.request import MemberRequest
from frombelow_site.ui.refusals import sentence, status

from . import handing_in, queries

JSON = "application/json"


@require_safe
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    holder = request.polity.keys.holders.get(request.person.id)
    context: dict[str, Any] = {
        "holder": holder, "lines": queries.lines(holder) if holder else [],
        "requests": queries.running(request.polity, request.person.id),
        "mandates": queries.to_seal(request.polity, request.person.id),
        "last": holder.unsealed_last if holder else -1,
    }  # fmt: skip
    return render(request, "keys/mine.html", context)


@require_safe
@member_required
def requests(request: MemberRequest) -> HttpResponse:
    figures = queries.figures(request.polity)
    return render(request, "keys/requests.html", {"found": queries.running(request.polity), **figures})


@require_POST
@signed_in_required
def act(request: MemberRequest) -> HttpResponse:
    """A sealed act of who is signed in; the answer is its place in the record, or why it has none."""
    try:
        sent = handing_in.read(request.body)
    except ValueError as error:
        return HttpResponse(handing_in.told(why=str(error)), JSON, 400)
    if sent.act.by != request.person.id:
        return HttpResponse(handing_in.told(why="this is signed in as somebody else than who acts"), JSON, 403)
    try:
        receipt = perform(sent.act, *sent.privates, seal=sent.seal)
    except (Refused, Closed) as error:
        refused = {"article": error.article, "message": error.message} if isinstance(error, Refused) else {}
        return HttpResponse(handing_in.told(why=sentence(error), **refused), JSON, status(error))
    said = handing_in.told(
        index=receipt.index, entry=encode(receipt.entry).decode(), checkpoint=receipt.checkpoint.decode()
    )  # fmt: skip
    return HttpResponse(said, JSON)


@require_safe
def spelled(_request: HttpRequest) -> HttpResponse:
    """How each kind of act is spelled, for whoever signs one."""
    return HttpResponse(msgspec.json.encode(spelling()), JSON)
