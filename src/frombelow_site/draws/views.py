"""Draws by lot: the list, a draw's page step by step, and what is done on it."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.lots.draws import write_draw
from frombelow.polity import Refused
from frombelow.polity.draws.acts import (
    AbandonDraw,
    AcceptSeat,
    Contribute,
    DeclineSeat,
    EnterRound,
    FindAsked,
    ObjectToPool,
    SeeDice,
    SpecifyDraw,
)
from frombelow.polity.draws.pooling import POWER
from frombelow.polity.draws.require import file_of
from frombelow.polity.draws.state import Draws, Held, Stage
from frombelow.polity.draws.subject import FINDINGS
from frombelow.polity.kernel.ids import DrawId
from frombelow_site.accounts.access import member_required
from frombelow_site.door import Closed
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.ui.clock import now
from frombelow_site.ui.refusals import sentence, status

from . import actions, auditing, pages, queries
from .forms import BeaconForm, DiceForm, PoolForm
from .models import Pool

WRONG = {"missing", "wrong-row", "excluded"}
WHY = {"no-panel", "mistake", "not-needed"}


@never_cache
@member_required
@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    return render(request, "draws/list.html", {"rows": pages.rows(request.polity)})


def the_draw(request: MemberRequest, draw: str) -> Held:
    held = request.polity.part(Draws).held.get(DrawId(draw))
    if held is None:
        raise Http404
    return held


def _page(request: MemberRequest, held: Held, code: int = 200, **more: Any) -> HttpResponse:
    context = pages.draw(request.polity, held, request.person, now()) | more
    return render(request, "draws/draw.html", context, status=code)


@never_cache
@member_required
@require_safe
def draw(request: MemberRequest, draw: str) -> HttpResponse:
    return _page(request, the_draw(request, draw))


def _do(request: MemberRequest, held: Held, act: Callable[[], Any], said: str) -> HttpResponse:
    """The draw's page again: with what was done, or why it was refused."""
    try:
        act()
    except (Refused, Closed) as refused:
        return _page(request, held, status(refused), refusal=sentence(refused))
    messages.success(request, said)
    return redirect("draws:draw", held.id)


def _holds(request: MemberRequest, held: Held) -> None:
    """Whoever holds no office with the power to hold draws finds nothing here."""
    if request.polity.power(request.person.id, POWER, held.branch, now()) is None:
        raise Http404


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def pool(request: MemberRequest, draw: str) -> HttpResponse:
    """An officer says who is left out and who sees the dice; the rows are drawn up in the background."""
    held = the_draw(request, draw)
    _holds(request, held)
    if held.stage not in (Stage.DECIDED, Stage.ROWS, Stage.OBJECTIONS):
        return redirect("draws:draw", held.id)
    form = PoolForm(request.POST or None, polity=request.polity, held=held, by=request.person.id)
    if request.method == "POST" and form.is_valid():
        actions.prepare(held.id, request.person.id, form.out, form.witnesses)
        return redirect("draws:draw", held.id)
    return render(request, "draws/pool.html", {"form": form, "held": held}, status=400 if form.errors else 200)


@acts(SpecifyDraw)
@member_required
@require_POST
def specify(request: MemberRequest, draw: str) -> HttpResponse:
    held, row = the_draw(request, draw), Pool.objects.filter(pk=draw, by=request.person.id).first()
    if row is None or row.state != Pool.State.READY or not row.root:
        return redirect("draws:draw", held.id)
    try:
        receipt = actions.specify(request.polity, request.person.id, row)
    except (Refused, Closed) as refused:
        return _page(request, held, status(refused), refusal=sentence(refused))
    if receipt.index >= 0:  # else it was only prepared
        actions.go_on(held.id)
        messages.success(request, _("The pool stands in the record. Its rows follow by themselves."))
    return redirect("draws:draw", held.id)


@member_required
@require_POST
def go_on(request: MemberRequest, draw: str) -> HttpResponse:
    held = the_draw(request, draw)
    _holds(request, held)
    if held.stage is Stage.ROWS or held.listing:
        actions.go_on(held.id)
    return redirect("draws:draw", held.id)


@acts(ObjectToPool)
@member_required
@require_POST
def object_to(request: MemberRequest, draw: str) -> HttpResponse:
    held, person, why = the_draw(request, draw), request.person.id, request.POST.get("why", "")
    if why not in WRONG:
        return redirect("draws:draw", held.id)
    said = _("Your objection stands in the record. Whoever holds the draw answers it.")
    return _do(request, held, lambda: actions.object_to(person, held.id, why), said)


@acts(Contribute)
@member_required
@require_POST
def contribute(request: MemberRequest, draw: str) -> HttpResponse:
    held, person, value = the_draw(request, draw), request.person.id, request.POST.get("value", "")
    if not pages.is_value(value):  # no script drew anything, and nothing could seal it
        value = "0" * 64
    said = _("You contributed. What your device drew stands in the record.")
    return _do(request, held, lambda: actions.contribute(person, held.id, value), said)


@acts(SeeDice)
@member_required
@require_POST
def see(request: MemberRequest, draw: str) -> HttpResponse:
    held, person, form = the_draw(request, draw), request.person.id, DiceForm(request.POST)
    if not form.is_valid():
        return _page(request, held, 400, dice_form=form)
    said = _("What you saw stands in the record.")
    return _do(request, held, lambda: actions.see(person, held.id, form.cleaned_data["shown"]), said)


@acts(EnterRound)
@member_required
@require_POST
def beacon(request: MemberRequest, draw: str) -> HttpResponse:
    held, person = the_draw(request, draw), request.person.id
    form = BeaconForm(request.POST, round=pages.round_of(held))
    if not form.is_valid() or not form.round:
        return _page(request, held, 400, beacon_form=form)
    signature, said = form.cleaned_data["signature"], _("The beacon’s round stands in the record.")
    return _do(request, held, lambda: actions.enter_round(person, held.id, form.round, signature), said)


@acts(AcceptSeat)
@member_required
@require_POST
def accept(request: MemberRequest, draw: str) -> HttpResponse:
    return _answer(request, draw, actions.accept, _("You accepted. Thank you."))


@acts(DeclineSeat)
@member_required
@require_POST
def decline(request: MemberRequest, draw: str) -> HttpResponse:
    return _answer(request, draw, actions.decline, _("You declined. The next in the order comes in."))


def _answer(request: MemberRequest, draw: str, act: Callable[..., Any], said: str) -> HttpResponse:
    held, person = the_draw(request, draw), request.person.id
    place = queries.place_of(held.id, person)
    if place is None:
        raise Http404
    return _do(request, held, lambda: act(person, held.id, place.number, bytes(place.salt).hex()), said)


@never_cache
@member_required
@require_safe
def ask(request: MemberRequest, draw: str) -> HttpResponse:
    """Whom somebody who was drawn to ask asks; that they are shown names is an entry first."""
    held, person = the_draw(request, draw), request.person.id
    if not auditing.asks(request.polity, held, person, now()):
        raise Http404
    try:
        auditing.look(held, person, now())
    except (Refused, Closed) as refused:
        return _page(request, held, status(refused), refusal=sentence(refused))
    own = queries.place_of(held.id, person)
    asked = auditing.to_ask(request.polity, held, person)
    context = {"held": held, "own": own, "own_salt": bytes(own.salt).hex() if own else "", "asked": asked}
    return render(request, "draws/ask.html", context)


@acts(FindAsked)
@member_required
@require_POST
def found(request: MemberRequest, draw: str) -> HttpResponse:
    held, person, row = the_draw(request, draw), request.person.id, request.POST.get("row", "")
    own = queries.place_of(held.id, person)
    if own is None or request.POST.get("found") not in FINDINGS or not re.fullmatch("[0-9]{1,5}", row):
        raise Http404
    try:
        auditing.find(person, held.id, int(row), request.POST["found"], own)
    except (Refused, Closed) as refused:
        return _page(request, held, status(refused), refusal=sentence(refused))
    messages.success(request, _("What you found stands in the record."))
    return redirect("draws:ask", held.id)


@acts(AbandonDraw)
@member_required
@require_POST
def abandon(request: MemberRequest, draw: str) -> HttpResponse:
    held, person, why = the_draw(request, draw), request.person.id, request.POST.get("why", "")
    if why not in WHY:
        return redirect("draws:draw", held.id)
    said = _("This draw is given up, and the record says so.")
    return _do(request, held, lambda: actions.abandon(request.polity, person, held.id, why), said)


@never_cache
@member_required
@require_safe
def file(request: MemberRequest, draw: str) -> HttpResponse:
    """The draw as anyone can check it."""
    held = the_draw(request, draw)
    if held.specification is None:
        raise Http404
    answer = HttpResponse(write_draw(file_of(held)), content_type="application/json")
    answer["Content-Disposition"] = content_disposition_header(True, "draw.json") or "attachment"
    return answer
