"""Each request knows the polity it is answered from, and which person is signed in."""

from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse

from frombelow_site.door import polity, the_door
from frombelow_site.door.sealing import HEADER
from frombelow_site.door.storage import FAULTS
from frombelow_site.mail import address
from frombelow_site.ui.views import too_many, unstored

from . import limits
from .access import may_enter
from .sessions import session_of


class PersonMiddleware:
    """Sets ``request.polity``, ``request.person`` and ``request.recovering`` (a request by which somebody would come
    in as this person); who was erased is signed out."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.polity = polity()  # type: ignore[attr-defined]
        request.person = request.recovering = None  # type: ignore[attr-defined]
        if signed_in := request.session.get("person"):
            person = request.polity.people.get(signed_in)  # type: ignore[attr-defined]
            if person is not None and not may_enter(request.polity, signed_in):  # type: ignore[attr-defined]
                request.session.flush()
            elif person is not None:  # whom another process admitted a moment ago is not known here yet
                request.person = person  # type: ignore[attr-defined]
                address.saw(request.build_absolute_uri("/").rstrip("/"))
                if person.active:
                    request.recovering = request.polity.recovering.get(signed_in)  # type: ignore[attr-defined]
                with suppress(*FAULTS):  # that it is in use can be written another time
                    session_of(request).touch()
        person = request.person  # type: ignore[attr-defined]
        if request.method == "POST" and the_door().shut:
            return unstored(request)
        presses = request.method == "POST" and HEADER not in request.headers  # what is only prepared stores nothing
        if presses and person is not None and not limits.may_act(person.id):
            return too_many(request)
        response = self.respond(request)
        if person is not None:
            # What a member sees is nobody else's on this machine, nor on the way.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
