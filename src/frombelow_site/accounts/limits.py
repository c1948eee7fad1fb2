"""How often somebody may ask for a code or try one, by mail address and by network address.

The counts stand in a table: several processes share them, and a restart does not forget them.
"""

import secrets
import time
from ipaddress import ip_address

from django.db import connection
from django.http import HttpRequest

from frombelow.polity.kernel.ids import PersonId
from frombelow.roll import normalised_mail

from .hashing import keyed
from .models import Limit

HOUR, DAY = 3_600, 86_400
CODES_AN_ADDRESS, CODES_A_NETWORK, TRIES_A_NETWORK = 5, 30, 60
PASSKEYS_A_NETWORK = 600  # they cannot be guessed, and a meeting shares one network
SECOND_STEPS, REQUESTS, LOOKS = 10, 3, 100
BUTTONS, BUTTON_SECONDS, REMEMBERED = 300, 6, 100_000
_buttons: dict[str, tuple[float, float]] = {}  # who -> how many they have left, and since when


def may_ask(request: HttpRequest, mail: str) -> bool:
    """Whether one more code may be asked for; it counts, whoever has the address."""
    return _count("mail", normalised_mail(mail), CODES_AN_ADDRESS) and _count("ask", _network(request), CODES_A_NETWORK)


def may_try(request: HttpRequest) -> bool:
    """Whether one more code, printed or mailed, may be tried from here."""
    return _count("try", _network(request), TRIES_A_NETWORK)


def may_use_passkey(request: HttpRequest) -> bool:
    """Whether one more passkey may be tried from here."""
    return _count("passkey", _network(request), PASSKEYS_A_NETWORK)


def may_try_second(person: PersonId) -> bool:
    """Whether one more code of this person's app may be tried, from wherever."""
    return _count("second", person, SECOND_STEPS)


def may_request(person: PersonId) -> bool:
    """Whether this person may ask once more today to come in again: each time everybody concerned is written to."""
    return _count("request", person, REQUESTS, DAY)


def may_look_for(person: PersonId) -> bool:
    """Whether this person may look once more this hour for somebody by name: they could read the roll so."""
    return _count("look", person, LOOKS)


def may_act(person: PersonId) -> bool:
    """Whether this person may press one more button now: many in a row, then one each few seconds. What is entered in
    the record stays for good, and a program could fill it in an afternoon.

    Each process counts for itself: this guards the disk and not a secret.
    """
    at = time.monotonic()
    left, since = _buttons.pop(person, (float(BUTTONS), at))
    left = min(float(BUTTONS), left + (at - since) / BUTTON_SECONDS)
    _buttons[person] = (max(left - 1, 0.0), at)
    while len(_buttons) > REMEMBERED:  # the one that pressed nothing for longest
        del _buttons[next(iter(_buttons))]
    return left >= 1


def _count(what: str, who: str, most: int, seconds: int = HOUR) -> bool:
    now = int(time.time())
    place = keyed("limit", f"{what} {who}")
    with connection.cursor() as cursor:
        # One statement, so that tries at the same moment in several processes are each counted.
        cursor.execute(
            "INSERT INTO accounts_limit (place, tries, ends) VALUES (%s, 1, %s) ON CONFLICT (place) DO UPDATE SET "
            "tries = CASE WHEN accounts_limit.ends <= %s THEN 1 ELSE accounts_limit.tries + 1 END, "
            "ends = CASE WHEN accounts_limit.ends <= %s THEN excluded.ends ELSE accounts_limit.ends END "
            "RETURNING tries",
            [place, now + seconds, now, now],
        )
        tries = int(cursor.fetchone()[0])
    if secrets.randbelow(100) == 0:
        Limit.objects.filter(ends__lte=now).delete()
    return tries <= most


def _network(request: HttpRequest) -> str:
    """The caller's address; for IPv6 the network that one household has."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    # Written out: with its zeros left out, each address of a network could look like a network of its own.
    return str(found.ipv4_mapped) if found.ipv4_mapped else found.exploded[:19]
