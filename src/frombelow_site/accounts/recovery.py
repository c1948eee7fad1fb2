"""Coming in again after a lost device: what is asked of the door, who may do it, and whom it is told to. The record
holds who asked, who vouched, who stopped it and how it ended."""

from django.core import signing
from django.urls import reverse
from msgspec import UNSET, UnsetType

from frombelow.polity import Polity
from frombelow.polity.access.acts import AskAccess, StopAccess, Vouch
from frombelow.polity.access.rules import may_print
from frombelow.polity.access.state import Recovery
from frombelow.polity.kernel.ids import MandateId, PersonId, RecoveryId
from frombelow_site.door import NOTHING, Drawn, new_id, perform, polity
from frombelow_site.mail import address
from frombelow_site.ui.clock import now

from . import sheets

SALT = "frombelow accounts stop"


def ask(person: PersonId, site: str) -> RecoveryId:
    """The member, who has shown that the mail is theirs, asks; two members have to vouch. Returns the request's id."""
    return ask_for(person, UNSET, person, site)


def ask_for(
    by: PersonId, under: MandateId | UnsetType, person: PersonId, site: str, drawn: Drawn = NOTHING
) -> RecoveryId:  # fmt: skip
    """An officer asks for a member; time does the rest. Returns the request's id."""
    name = RecoveryId(drawn.id or new_id())
    address.saw(site)
    perform(AskAccess(by=by, under=under, recovery=name, person=person))
    return name


def vouch(by: PersonId, found: Recovery, site: str) -> None:
    """One more member vouches. Where that is enough, the person hears that only time is left."""
    address.saw(site)
    perform(Vouch(by=by, recovery=found.id, person=found.person))


def stop(by: PersonId, found: Recovery) -> None:
    perform(StopAccess(by=by, recovery=found.id, person=found.person))


def stop_address(recovery: RecoveryId) -> str:
    """Where whoever has the letter stops the request."""
    return address.here() + reverse("accounts:stop", args=[stop_token(recovery)])


def running(polity: Polity, person: PersonId) -> Recovery | None:
    """The request that runs for this person."""
    name = polity.recovering.get(person)
    return polity.recoveries.get(name) if name else None


def stop_token(recovery: RecoveryId) -> str:
    """What stands in the letters: whoever has it can stop the request, signed in or not."""
    return signing.dumps(recovery, salt=SALT)


def read_stop_token(token: str) -> Recovery | None:
    """The request that the letter was about."""
    try:
        return polity().recoveries.get(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None


def asked_by(polity: Polity, officer: PersonId) -> list[Recovery]:
    """What this officer asked for others; the latest first."""
    found = (one for one in polity.recoveries.values() if one.by == officer != one.person)
    return sorted(found, key=lambda one: -one.at)[:20]


def printable(found: Recovery) -> bool:
    """Whether the officer can print a code now: once, and in the week after the way was opened."""
    return may_print(found, now())


def print_code(found: Recovery) -> str:
    """A code on paper for the member, entered in the record first. Raises Refused and Closed."""
    here = polity()
    mandate = here.power(found.by, "restore-access", here.people[found.person].branch, now())
    return sheets.issue(found.person, found.by, mandate.id if mandate else UNSET)
