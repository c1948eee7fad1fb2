"""What pages tell of keys."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.state import Holder, Key, KeyRequest
from frombelow.polity.keys.subject import KINDS
from frombelow.polity.offices.state import Mandate, Office
from frombelow_site.ui.clock import now

WORDS = {
    "founding": gettext_noop("by the founding"),
    "server": gettext_noop("on the server’s word"),
    "key": gettext_noop("by a key of yours"),
    "vouched": gettext_noop("by members who vouched"),
    "waited": gettext_noop("on the server’s word, after a wait"),
}
DAY = 24 * 3600


class Line(NamedTuple):
    """A key as a page tells it."""

    key: Key
    what: str
    word: str
    weak: bool


class ToSeal(NamedTuple):
    """A mandate under which acts have to be sealed, and since when."""

    mandate: Mandate
    office: Office
    since: int


def lines(holder: Holder) -> list[Line]:
    """The person's keys, those that live first, then the latest."""
    found = sorted(holder.keys, key=lambda key: (bool(key.ended), -key.index))
    return [Line(key, _(KINDS[key.kind]), _(WORDS[key.word]), key.weak(now())) for key in found]


def running(polity: Polity, person: PersonId | None = None) -> list[KeyRequest]:
    """The requests for keys that wait, of this person or of all; the earliest to be bound first."""
    found = (each for each in polity.keys.requests.values() if not each.ended and person in (None, each.person))
    return sorted(found, key=lambda each: each.opens or each.lapses)


def to_seal(polity: Polity, person: PersonId) -> list[ToSeal]:
    """The person's live mandates, where the rules ask officers for seals."""
    if not polity.keys.hosts:
        return []
    return [
        ToSeal(mandate, polity.offices[mandate.office], mandate.starts + polity.book["seal_days"] * DAY)
        for mandate in polity.held.get(person, ())
        if mandate.live(now())
    ]


def figures(polity: Polity) -> dict[str, Any]:
    """How many people have which keys, and whether officers have to seal."""
    holders = polity.keys.holders.values()
    return {
        "people": sum(1 for each in holders if any(each.live())),
        "durable": sum(1 for each in holders if any(key.durable for key in each.live())),
        "bound": sum(1 for each in holders if each.bound >= 0),
        "sealed": polity.keys.sealed, "hosts": polity.keys.hosts,
    }  # fmt: skip
