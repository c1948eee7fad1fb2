"""What a page's script seals. A form that leads to an act is sent twice: first to be told which acts it would hand in,
whose bytes the script looks at and seals; then with the seals, under which the same view performs them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from msgspec import UNSET, Struct, UnsetType

from frombelow.polity import Act, Refused, encode_act, kind_of
from frombelow.polity.kernel.entry import Seal, stamp
from frombelow.polity.kernel.ids import PersonId

from .answers import Receipt

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
FIELD, HEADER = "sealed", "X-Prepare"


class Sealed(Struct, forbid_unknown_fields=True):
    """The bytes of an act as a page's script read them, and its seal under them."""

    act: str
    seal: Seal


def acts(*kinds: type[Act]) -> Callable[[View], View]:
    """The view performs acts of these kinds by who is signed in: forms that lead to it are sealed in the page."""

    def name(view: View) -> View:
        view.acts = tuple(map(kind_of, kinds))  # type: ignore[attr-defined]
        return view

    return name


@dataclass
class Page:
    """What is performed while one page answers: under the seals that came with it, or, where it only prepares, not at
    all."""

    person: PersonId
    kinds: tuple[str, ...]
    article: str
    sealed: list[Sealed] = field(default_factory=list)
    prepared: list[Act] | None = None
    seals: bool = False

    def take(self, act: Act) -> Receipt | Seal | UnsetType:
        """The seal under this act; where it is only prepared, a receipt for nothing. Raises Refused where another act
        was sealed."""
        if act.by != self.person:
            return UNSET
        assert kind_of(act) in self.kinds, f"the view does not say that it performs {kind_of(act)}"
        if self.prepared is not None:
            self.prepared.append(act)
            return Receipt(-1, stamp(act, 0))
        if not self.sealed:
            return UNSET
        found = self.sealed.pop(0)
        if found.act.encode(errors="replace") != encode_act(act):
            raise Refused(self.article, "seal-of-other-act")
        return found.seal


_page: ContextVar[Page | None] = ContextVar("page", default=None)


def take(act: Act) -> Receipt | Seal | UnsetType:
    """As the page that is answered takes it; UNSET outside of one."""
    page = _page.get()
    return UNSET if page is None else page.take(act)


def by_page() -> bool:
    """Whether a page's script seals what is handed in now, or asks what that would be."""
    page = _page.get()
    return page is not None and page.seals


@contextmanager
def _answering(page: Page) -> Iterator[Page]:
    token = _page.set(page)
    try:
        yield page
    finally:
        _page.reset(token)


class SealMiddleware:
    """Whatever a form of who is signed in hands in is under the seals that came with it. A form that is only prepared
    changes nothing: the answer is the acts it would hand in."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        person, polity = request.person, request.polity  # type: ignore[attr-defined]
        if request.method != "POST" or person is None or polity.rules is None:
            return None
        page = Page(person.id, getattr(view, "acts", ()), polity.book.article("keys"))
        if HEADER in request.headers:
            page.prepared, page.seals = [], True
            return _prepared(request, page, lambda: view(request, *args, **kwargs)) if page.kinds else None
        if page.kinds and (sent := request.POST.get(FIELD)):
            page.seals = True
            try:
                page.sealed = msgspec.json.decode(sent, type=list[Sealed])
            except msgspec.MsgspecError:
                return HttpResponse(status=400)
        with _answering(page):
            return view(request, *args, **kwargs)


def _prepared(request: HttpRequest, page: Page, view: Callable[[], HttpResponseBase]) -> HttpResponse:
    """The acts that the view would hand in. Nothing of what it does beside that stays."""
    before = dict(request.session.items())
    with _answering(page), transaction.atomic():
        view()
        transaction.set_rollback(True)
    request._messages = type(request._messages)(request)  # type: ignore[attr-defined]
    request.session.clear()
    request.session.update(before)
    request.session.modified = False
    return JsonResponse({"acts": [encode_act(act).decode() for act in page.prepared or ()]})
