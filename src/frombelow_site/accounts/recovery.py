"""Coming in again after a lost device: what is asked of the door, and who may do it.

The record holds who asked, who vouched, who stopped it and how it ended. ``kept`` carries the site's address to the
letters that are written as the entry is taken in; nothing of it is kept.
"""

from django.core import signing
from msgspec import UNSET

from frombelow.polity import Polity, acts
from frombelow.polity.recovery import may_print
from frombelow.polity.state import Recovery
from frombelow_site.door import new_id, perform, polity
from frombelow_site.ui.clock import now

from . import sheets

SALT = "frombelow accounts stop"


def ask(person: str, site: str) -> str:
    """The member, who has shown that the mail is theirs, asks; two members have to vouch. Returns the request's id."""
    name = new_id()
    perform(acts.Recover(by=person, recovery=name, person=person, step="ask"), {"site": site})
    return name


def ask_for(officer: str, under: str, person: str, site: str) -> str:
    """An officer asks for a member; time does the rest. Returns the request's id."""
    name = new_id()
    perform(acts.Recover(by=officer, under=under, recovery=name, person=person, step="ask"), {"site": site})
    return name


def vouch(by: str, found: Recovery, site: str) -> None:
    perform(acts.Recover(by=by, recovery=found.id, person=found.person, step="vouch"), {"site": site})


def stop(by: str, found: Recovery) -> None:
    perform(acts.Recover(by=by, recovery=found.id, person=found.person, step="stop"))


def running(polity: Polity, person: str) -> Recovery | None:
    """The request that runs for this person."""
    return polity.recoveries.get(polity.recovering.get(person, ""))


def stop_token(recovery: str) -> str:
    """What stands in the letters: whoever has it can stop the request, signed in or not."""
    return signing.dumps(recovery, salt=SALT)


def read_stop_token(token: str) -> Recovery | None:
    """The request that the letter was about."""
    try:
        return polity().recoveries.get(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None


def asked_by(polity: Polity, officer: str) -> list[Recovery]:
    """What this officer asked for others; the latest first."""
    found = (one for one in list(polity.recoveries.values()) if one.by == officer != one.person)
    return sorted(found, key=lambda one: -one.at)[:20]


def printable(found: Recovery) -> bool:
    """Whether the officer can print a code now: once, and in the week after the way was opened."""
    return may_print(found, now())


def print_code(found: Recovery) -> str:
    """A code on paper for the member, entered in the record first. Raises Refused and Closed."""
    here = polity()
    mandate = here.power(found.by, "restore-access", here.people[found.person].branch, now())
    return sheets.issue(found.person, found.by, mandate.id if mandate else UNSET)
