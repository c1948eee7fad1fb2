"""The founding itself: the key, the act through the door, and who is signed in by it."""

from contextlib import suppress

from msgspec import UNSET, UnsetType

from frombelow import __version__
from frombelow.keys import to_text
from frombelow.polity import Act, Refused, decode_act, encode_act
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import PersonId, derive_id
from frombelow.polity.keys.acts import NewKey
from frombelow.polity.server.acts import Start
from frombelow_site.door import Closed, Private, perform, polity, scripts, the_door
from frombelow_site.door.founding import Founding, draw_up
from frombelow_site.door.key import make_record_key, slug
from frombelow_site.door.private import pack, unpack
from frombelow_site.people.models import Card
from frombelow_site.subject import NOBODY
from frombelow_site.ui.clock import now

from . import code, rules
from .smtp import has_server
from .steps import Typed

SEALING = "sealing"  # where the founding is kept that a card seals
GRACE = 600  # seconds in which the same button, pressed again, leads to the same place


def origin(typed: Typed) -> str:
    """What the record will be called."""
    return f"{slug(typed.done('kind').cleaned_data['name'])}/record"


def prepare(typed: Typed, card: NewKey) -> tuple[str, list[str]]:
    """The founding's act as it is spelled, with this card of the first founder's, which seals it, and the salts of the
    founders' names; it is kept until then."""
    founding = _drawn_up(typed, card)
    act = encode_act(founding.act).decode()
    typed.put(SEALING, {"act": act, "values": pack(founding.privates).decode(), "of": typed.digest(SEALING)})
    return act, [to_text(each.salt) for each in founding.privates]


def shown(typed: Typed) -> dict[str, object]:
    """What a page shows of the founding, as its act has it: the names of the founders, and which of them holds what."""
    data, founders = typed.done("kind").cleaned_data, typed.done("founders").founders
    holders: dict[str, list[int]] = typed.done("offices").holders
    return {
        "name": data["name"], "rulebook": _rules(typed), "founders": [founder.name for founder in founders],
        "mandates": [(office, place) for office, places in holders.items() for place in places],
    }  # fmt: skip


def _rules(typed: Typed) -> str:
    data = typed.done("kind").cleaned_data
    return rules.write(typed.kind, data["zone"], data["language"], typed.done("rules").cleaned_data)


def found(typed: Typed, seal: Seal | UnsetType = UNSET) -> PersonId:
    """The organization is founded, once; returns the first founder's id. A seal is that of the act that was prepared.
    Raises Refused or Closed; ValueError where what was typed has changed since."""
    act, privates = _drawn_up(typed)[:2] if seal is UNSET else _prepared(typed)
    try:
        perform(act, *privates, seal=seal)
    except Refused as refused:
        if who := founder_by(typed.press):  # the same button, pressed twice at once
            return who
        raise refused
    code.forget()
    with suppress(Refused, Closed):  # the next start says it, if this does not
        perform(Start(by=SERVER, version=__version__, scripts=scripts.hashed()))
    return PersonId(act.by)


def _drawn_up(typed: Typed, card: NewKey | UnsetType = UNSET) -> Founding:
    data, founders = typed.done("kind").cleaned_data, typed.done("founders").founders
    door = the_door()
    make_record_key(door.data, origin(typed))
    return draw_up(
        door.signer(), name=data["name"], rulebook=_rules(typed), founders=founders,
        holders=typed.done("offices").holders, first=first_founder(typed.press), founder_key=card,
    )  # fmt: skip


def _prepared(typed: Typed) -> tuple[Act, list[Private]]:
    kept = typed.all.get(SEALING)
    if kept is None or kept["of"] != typed.digest(SEALING):
        raise ValueError("what was typed has changed since the founding was sealed")
    return decode_act(kept["act"].encode()), unpack(kept["values"].encode())


def first_founder(press: str) -> PersonId:
    """The id that the founder gets who presses this button: the same, however often."""
    return PersonId(derive_id(press, "founder"))


def founder_by(press: str) -> PersonId:
    """Whom a button that founded a moment ago belongs to; "" if it founded nothing, or not lately."""
    found = polity()
    who = first_founder(press)
    lately = found.rules is not None and now() - found.founded_at < GRACE
    return who if lately and who in found.people else NOBODY


def without_mail() -> list[PersonId]:
    """The founders whom no code can reach by mail: those without an address; everybody where no mail is sent."""
    cards = Card.objects.filter(person__in=list(polity().people)).order_by("name_key")
    return [card.person for card in cards if not card.mail or not has_server()]
