"""What comes before a session is opened: who really asks, and what watches the server."""

import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from threading import Semaphore

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from frombelow_site.door.storage import BUSY
from frombelow_site.ui.views import notice

from . import watching

READERS, A_SECOND = 8, 1.0  # fewer than the threads that answer: some are left for who only reads pages
_readers = Semaphore(READERS)
Respond = Callable[[HttpRequest], HttpResponse]
Networks = tuple[IPv4Network | IPv6Network, ...]


def networks(text: str) -> Networks:
    """The addresses and networks in a list with commas between. Raises ValueError naming what is none."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def within(address: str, among: Networks) -> bool:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return any(mapped in network for network in among)


class ProxyMiddleware:
    """``REMOTE_ADDR`` and the scheme are those of whoever asks, where a web server that FROMBELOW_PROXIES names stands
    in front. From anybody else the headers mean nothing: they can be made up."""

    def __init__(self, respond: Respond) -> None:
        self.respond, self.trusted = respond, networks(settings.PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META
        if self.trusted and within(asked.get("REMOTE_ADDR", ""), self.trusted):
            passed = [part.strip() for part in asked.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
            # From the end: each proxy adds whom it saw; what stands before the last one we do not trust is hearsay.
            for address in reversed(passed):
                asked["REMOTE_ADDR"] = address
                if not within(address, self.trusted):
                    break
            if asked.get("HTTP_X_FORWARDED_PROTO") == "https":
                request.environ["wsgi.url_scheme"] = "https"  # type: ignore[attr-defined]
        return self.respond(request)


class SizeMiddleware:
    """What is larger than any form here is not read: a file that a stranger sends to some page would fill the disk
    before anybody asks who they are. The rest is read here, to its end: who sends slowly holds nobody else up."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        words = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        files = (size for page, size in settings.FILE_PAGES.items() if re.fullmatch(page, request.path_info))
        most = words + next(files, 0)
        if not said.isdecimal() or len(said) > 12 or int(said) > most:
            raise RequestDataTooBig
        if int(said):
            if not _readers.acquire(timeout=A_SECOND):
                return notice(request, _("This could not be read"), _(BUSY), status=503)
            try:
                self._read(request)
            finally:
                _readers.release()
        return self.respond(request)

    @staticmethod
    def _read(request: HttpRequest) -> None:
        came = SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115  closed with the request
        try:
            copyfileobj(request, came)
        except OSError as error:  # whoever sent it went away
            raise BadRequest from error
        came.seek(0)
        request._stream, request._read_started = came, False  # type: ignore[attr-defined, assignment]


class WatchMiddleware:
    """Answers ``/health`` and ``/metrics``: without a session, and before anything that needs the database."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.metrics = settings.METRICS
        self.may_ask = networks(settings.METRICS_FROM or "127.0.0.0/8,::1")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/health" and request.method in ("GET", "HEAD"):
            return watching.health()
        if request.path_info == "/metrics" and request.method == "GET" and self._may_see_metrics(request):
            return watching.metrics()
        return self.respond(request)

    def _may_see_metrics(self, request: HttpRequest) -> bool:
        """Asked directly: a web server in front that forgets the address would make everybody a neighbour."""
        came_by = any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA"))
        return self.metrics and not came_by and within(request.META.get("REMOTE_ADDR", ""), self.may_ask)
