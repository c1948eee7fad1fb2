"""My keys, the requests for keys that run, and the way in for sealed acts."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import UNSET, UnsetType

from frombelow.keys.card_words import LANGUAGES
from frombelow.polity import Act, Refused, encode, spelling
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import RequestId
from frombelow.polity.keys.acts import AskKey, BindKey
from frombelow.polity.keys.binding import key_id
from frombelow.polity.keys.seals import next_seals
from frombelow_site.accounts.access import member_required, signed_in_required
from frombelow_site.accounts.sessions import session_of
from frombelow_site.door import Closed, Private, new_id, perform, tables
from frombelow_site.door.request import MemberRequest
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import now
from frombelow_site.ui.languages import of_the_organization, spoken_of
from frombelow_site.ui.refusals import sentence, status

from . import handing_in, own_acts, pairing, passkeys, queries

JSON = "application/json"
A_PAGE = 25
T = TypeVar("T")


@require_safe
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    person = request.person.id
    context = {
        **queries.mine(request.polity, person, pairing.devices(person)), "possible": passkeys.possible(request),
        "waiting": pairing.waiting(request.polity, person, session_of(request).place),
        "language": spoken_of(LANGUAGES, of_the_organization()),  # the same on two devices of one person
    }  # fmt: skip
    return render(request, "keys/mine.html", context)


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
    """A key of who is signed in, on the server's word; the answer is its place in the record."""
    new = _read(request, handing_in.read_new)
    if isinstance(new, HttpResponse):
        return new
    pairing.remember(request, new)
    standing = request.polity.keys.keys.get(key_id(new))
    if standing is not None and standing.person == request.person.id and not standing.ended:
        return _answer(200, index=standing.index)  # its page was left before it heard that the key stands
    return _entered(BindKey(by=request.person.id, key=new))


@require_POST
@member_required
def ask(request: MemberRequest) -> HttpResponse:
    """Who has none of their keys at hand asks that this one be bound; members vouch for it, and it waits."""
    new = _read(request, handing_in.read_new)
    if isinstance(new, HttpResponse):
        return new
    return _entered(AskKey(by=request.person.id, request=RequestId(new_id()), key=new))


@require_safe
@signed_in_required
def passkeys_of(request: MemberRequest) -> HttpResponse:
    """The passkeys of who is signed in, as keys that seal."""
    return HttpResponse(
        msgspec.json.encode([each._asdict() for each in passkeys.of(request.polity, request.person.id)]), JSON
    )


@require_POST
@member_required
def pair(request: MemberRequest) -> HttpResponse:
    """A key of this browser waits to be added by another device of who is signed in."""
    new = _read(request, handing_in.read_new)
    if isinstance(new, HttpResponse):
        return new
    pairing.wait(request, new)
    return _answer(200)


@require_POST
@signed_in_required
def next_seal(request: MemberRequest) -> HttpResponse:
    """What a key's seals under acts are to be: which ones of the key's, and over which checkpoint; and what time it is
    here."""
    asked = _read(request, handing_in.read_asked)
    if isinstance(asked, HttpResponse):
        return asked
    name, acts = asked
    key = request.polity.keys.keys.get(name)
    if key is None or key.person != request.person.id:
        return _answer(404, why=_("The record knows no such key of yours. Nothing was stored."))
    note = tables.latest_checkpoint(request.polity.size) or b""
    n = next_seals(request.polity, key, acts)
    return _answer(200, n=n, checkpoint=note.decode(), at=now())


@require_POST
@signed_in_required
def standing(request: MemberRequest) -> HttpResponse:
    """Which of the acts that a browser of who is signed in keeps stand in the record, and where."""
    kept = _read(request, handing_in.read_kept)
    if isinstance(kept, HttpResponse):
        return kept
    return _answer(200, acts=list(own_acts.standing(request.person.id, kept)))


@require_POST
@signed_in_required
def act(request: MemberRequest) -> HttpResponse:
    """A sealed act of who is signed in; the answer is its place in the record, or why it has none."""
    sent = _read(request, handing_in.read)
    if isinstance(sent, HttpResponse):
        return sent
    if sent.act.by != request.person.id:
        return _answer(403, why=_("This is signed in as somebody else than who acts. Nothing was stored."))
    return _entered(sent.act, *sent.privates, seal=sent.seal)


def _read(request: MemberRequest, read: Callable[[bytes], T]) -> T | HttpResponse:
    """What a page handed in, or the answer that it is nothing."""
    if len(request.body) > handing_in.MOST:
        return _answer(413, why=f"an act and its texts are at most {handing_in.MOST:,} bytes")
    try:
        return read(request.body)
    except ValueError as error:
        return _answer(400, why=str(error))


def _entered(act: Act, *privates: Private, seal: Seal | UnsetType = UNSET) -> HttpResponse:
    """The act is handed in; the answer is its place in the record, or why it has none."""
    try:
        receipt = perform(act, *privates, seal=seal)
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
