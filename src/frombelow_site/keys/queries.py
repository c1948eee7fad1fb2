"""What pages tell of keys."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frombelow.polity import Polity, Question, Stage
from frombelow.polity.access.state import Recovery
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.binding import key_id, wait
from frombelow.polity.keys.seals import office_seals_from
from frombelow.polity.keys.state import Holder, Key, KeyRequest
from frombelow.polity.keys.subject import KINDS
from frombelow.polity.members.state import Person
from frombelow.polity.offices.state import Office
from frombelow_site.accounts.devices import Device
from frombelow_site.decide.queries import in_stage
from frombelow_site.door.models import Entry
from frombelow_site.door.request import MemberRequest
from frombelow_site.subject import Need
from frombelow_site.ui.clock import DAY, HOUR, now

WORDS = {
    "founding": gettext_noop("by the founding"),
    "server": gettext_noop("on the server’s word"),
    "key": gettext_noop("by a key of yours"),
    "vouched": gettext_noop("by members who vouched"),
    "waited": gettext_noop("on the server’s word, after a wait"),
}
LATELY = 30 * DAY


class Line(NamedTuple):
    """A key as a page tells it."""

    key: Key
    what: str
    word: str
    weak: bool
    device: Device | None = None  # the browser that it is in, where one signed in says so

    @property
    def called(self) -> str:
        return called(self.what, self.device)


class ToSeal(NamedTuple):
    """A mandate under which acts have to be sealed, and since when."""

    office: Office
    since: int
    begun: bool


def mine(polity: Polity, person: PersonId, devices: dict[str, Device]) -> dict[str, Any]:
    """What a person's page of keys tells. ``state`` is the word for which keys they have."""
    holder = polity.keys.holders.get(person)
    return {
        "state": _state(holder), "watched": _watched(holder), "holder": holder,
        "lines": [line._replace(device=devices.get(line.key.id)) for line in lines(holder)] if holder else [],
        "requests": [(found, key_id(found.key)) for found in running(polity, person)],
        "suspended": _suspended(holder), "mandates": _to_seal(polity, person),
        "in_one_device": in_one_device(polity, person), **way_back(polity, person),
    }  # fmt: skip


def in_one_device(polity: Polity, person: PersonId) -> bool:
    """Whether the person has one key, in a device: it is gone with it."""
    holder = polity.keys.holders.get(person)
    live = list(holder.live()) if holder else []
    return len(live) == 1 and not live[0].durable


def way_back(polity: Polity, person: PersonId) -> dict[str, int]:
    """How many hours a new key of this person waits that none of theirs seals, and how many members vouch for it."""
    return {"hours": wait(polity, person) // HOUR, "vouches": polity.book["recovery_vouches"]}


def makes_first(request: MemberRequest) -> bool:
    """Whether the browser makes a light key for who is signed in without a question: they never had one, and came by a
    way of their own. Who came by a sheet may sit at anybody's machine."""
    person = request.person
    return person.active and person.id not in request.polity.keys.holders and request.session.get("way") != "printed"


def _state(holder: Holder | None) -> str:
    """ "bound", "durable", "light", "ended" or "none"."""
    if holder is None:
        return "none"
    live = list(holder.live())
    if holder.bound >= 0:
        return "bound"
    if any(key.durable for key in live):
        return "durable"
    return "light" if live else "ended"


def _watched(holder: Holder | None) -> int:
    """The second until which all durable keys of the person count as the server's word; 0 where one does not."""
    at = now()
    weak = [key.weak_until if key.weak(at) else 0 for key in holder.live() if key.durable] if holder else []
    return min(weak, default=0)


def lines(holder: Holder) -> list[Line]:
    """The person's keys, those that live first, then the latest."""
    found = sorted(holder.keys, key=lambda key: (bool(key.ended), -key.index))
    return [Line(key, what(key.kind, table=key.table), _(WORDS[key.word]), key.weak(now())) for key in found]


def what(kind: str, *, table: bool) -> str:
    """What sort of key it is: a device, a card, a card that was made at a table."""
    return _("a card, made at a table") if table else _(KINDS[kind])


def called(sort: str, device: Device | None) -> str:
    """A key as pages and letters call it: a device: Firefox on Android."""
    if device is None or not (device.browser and device.system):
        return sort
    where = _("%(browser)s on %(system)s") % {"browser": device.browser, "system": device.system}
    return f"{sort}: {where}"


def _suspended(holder: Holder | None) -> list[Key]:
    return [key for key in holder.live() if key.suspended] if holder else []


def running(polity: Polity, person: PersonId | None = None) -> list[KeyRequest]:
    """The requests for keys that wait, of this person or of all; the earliest to be bound or to lapse first."""
    people = [person] if person else [each for each, waiting in polity.keys.waiting.items() if waiting]
    return sorted((each for who in people for each in polity.keys.running(who)), key=until)


def until(found: KeyRequest | Recovery) -> int:
    """The second at which time binds the key or opens the way, or ends the request."""
    return found.opens or found.lapses


def asked(polity: Polity) -> list[KeyRequest | Recovery]:
    """Everything that would let somebody act as a member who lost what they had: requests for keys and for ways in, the
    earliest to end first."""
    ways = [polity.recoveries[name] for name in polity.recovering.values()]
    return sorted([*running(polity), *ways], key=until)


def disowning(polity: Polity) -> list[tuple[PersonId, Question]]:
    """Who says without a key from before the vote that an answer in their name is not theirs, and waits for members
    who vouch that it is them who says so."""
    resting = [polity.motions[name] for name in in_stage(Stage.RESTING) if name in polity.motions]
    polls = [(question, question.poll) for question in resting if question.poll]
    return [(who, question) for question, poll in polls for who in poll.asked if who not in poll.disowned]


def _to_seal(polity: Polity, person: PersonId) -> list[ToSeal]:
    """The offices for which the person has to seal what they do, now or later."""
    at = now()
    held = [mandate for mandate in polity.held.get(person, ()) if mandate.live(at)]
    found = ((polity.offices[mandate.office], office_seals_from(polity, mandate)) for mandate in held)
    return [ToSeal(office, since, since <= at) for office, since in found if since is not None]


def figures(polity: Polity) -> list[tuple[str, int]]:
    """How many people have which keys, how many of these came lately on the server's word, how many acts are sealed."""
    keys = polity.keys
    return [
        (_("Members with a key"), keys.holding),
        (_("with a card, a passkey or a key file"), keys.durably),
        (_("who act only with their keys"), keys.only),
        (_("Keys bound on the server’s word in the last 30 days"), keys.on_word_since(now() - LATELY)),
        (_("of these in the last 7 days"), keys.on_word_since(now() - 7 * DAY)),
        (_("Sealed acts"), keys.sealed - _hidden(polity)),
        (_("Acts without a seal of members who have a key, beside answers in votes"), keys.unsealed),
    ]


def _hidden(polity: Polity) -> int:
    """How many of the sealed acts are answers that nobody reads yet: the figure would tell that they came in."""
    asked = [polity.motions[name] for name in polity.voting | polity.adjourned]
    return sum(sum(each.seals.values()) - each.seals_read for each in asked)


def young_until(polity: Polity) -> int:
    """The second until which keys vouch that are known for a few days only; 0 where that is over."""
    found: int = polity.founded_at + polity.book["young_days"] * DAY
    return found if now() < found else 0


def unsealed_since(polity: Polity, person: PersonId, since: int) -> bool:
    """Whether something was done in the person's name without a seal after this second, though they have a key."""
    holder = polity.keys.holders.get(person)
    if holder is None or holder.unsealed_last < 0 or not any(holder.live()):
        return False
    return Entry.objects.filter(index=holder.unsealed_last, at__gt=since).exists()


def needs(polity: Polity, person: Person, _at: int) -> Iterator[Need]:
    """What becomes of this person's keys by time alone, as long as they can say no."""
    holder, page = polity.keys.holders.get(person.id), reverse("keys:mine")
    yield from _card_for_offices(polity, person.id, holder)
    if holder is None:
        return
    if_not_you = _("If it was not you, stop it:")
    for each in running(polity, person.id):
        yield Need(if_not_you, _("a key was asked for in your name"), page, 1, until(each))
    for key in _suspended(holder):
        yield Need(if_not_you, _("a key of yours was suspended, and ends"), page, 1, key.suspended)
    if holder.frees:
        yield Need(if_not_you, _("acts without a seal are to stand again in your name"), page, 1, holder.frees)


def _card_for_offices(polity: Polity, person: PersonId, holder: Holder | None) -> Iterator[Need]:
    """Who takes an office up makes a card before what they do for it has to be sealed: the office goes on when their
    phone does not."""
    to_seal = _to_seal(polity, person)
    if to_seal and not (holder and any(key.durable for key in holder.live())):
        first = min(to_seal, key=lambda each: each.since)
        title = _("as %(office)s you will have to seal what you do") % {"office": first.office.title}
        yield Need(_("Make a card:"), title, reverse("keys:card"), 5, first.since)
