"""What comes before a session is opened: who really asks, and what watches the server."""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import watching

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


class WatchMiddleware:
    """Answers ``/health`` and ``/metrics``: without a session, and before anything that needs the database."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.metrics = settings.METRICS
        self.may_ask = networks(settings.METRICS_FROM or "127.0.0.0/8,::1")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/health" and request.method in ("GET", "HEAD"):
            return watching.health()
        if request.path == "/metrics" and request.method == "GET" and self._may_see_metrics(request):
            return watching.metrics()
        return self.respond(request)

    def _may_see_metrics(self, request: HttpRequest) -> bool:
        """Asked directly: a web server in front that forgets the address would make everybody a neighbour."""
        came_by = any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA"))
        return self.metrics and not came_by and within(request.META.get("REMOTE_ADDR", ""), self.may_ask)
