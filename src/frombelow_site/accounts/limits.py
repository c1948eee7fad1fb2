"""How often somebody may ask for a code or try one, by mail address and by network address."""

from django.core.cache import cache
from django.http import HttpRequest

from frombelow_site.people.roll import normalised_mail

from .hashing import keyed

HOUR = 3600
CODES_AN_ADDRESS, CODES_A_NETWORK, TRIES_A_NETWORK = 5, 30, 60


def may_ask(request: HttpRequest, mail: str) -> bool:
    """Whether one more code may be asked for; it counts, whoever has the address."""
    return _count("mail", normalised_mail(mail), CODES_AN_ADDRESS) and _count("ask", _network(request), CODES_A_NETWORK)


def may_try(request: HttpRequest) -> bool:
    """Whether one more code, printed or mailed, may be tried from here."""
    return _count("try", _network(request), TRIES_A_NETWORK)


def _count(what: str, who: str, most: int) -> bool:
    place = f"limit:{what}:{keyed('limit', who)}"
    cache.add(place, 0, HOUR)
    try:
        return cache.incr(place) <= most
    except ValueError:  # it ran out between the two lines
        cache.set(place, 1, HOUR)
        return True


def _network(request: HttpRequest) -> str:
    """The caller's address; for IPv6 the network that one household has."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    return ":".join(address.split(":")[:4]) if ":" in address else address
