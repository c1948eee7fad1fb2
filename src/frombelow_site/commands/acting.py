"""Acting for a person at the command line: by a key of theirs, which seals what is done."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from msgspec import UNSET

from frombelow.cli.cards import ask_words
from frombelow.cli.keys import ASKING
from frombelow.cli.passphrases import ask_passphrase
from frombelow.keys import to_text
from frombelow.keys.ballot_keys import BallotKey
from frombelow.keys.cards import Card, CardError
from frombelow.keys.files import KeyFileError, read
from frombelow.keys.signing import Ed25519Key
from frombelow.polity import Act, Polity, decode
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import KeyId, PersonId
from frombelow.polity.keys.acts import KeyKind, NewKey
from frombelow.polity.keys.making import id_of, new_key, seal
from frombelow.polity.keys.seals import found_to_hold, sealed_so_far

from .folder import stop
from .telling import moment

CARD = Path("card")
GOOD_FOR = 3_600  # seconds: what is not entered by then is not entered later without anybody's knowing
Key = Annotated[
    Path | None,
    typer.Option(
        "--key", metavar="FILE", show_default=False,
        help="the key file of who acts; “card”: its words are asked for, or come by standard input",
    ),
]  # fmt: skip
NO_KEY = (
    "This is done for a person, so it is sealed by a key of theirs: say --key FILE. Who has none makes and binds one: "
    "frombelow key new --out NAME.key, then frombelow key bind NAME.key --person WHO."
)


class Held(NamedTuple):
    """A key whose secret is at hand, and for whom its file says that it is."""

    kind: KeyKind
    secret: Ed25519Key
    recipient: str
    ballot: BallotKey
    origin: str = ""
    person: str = ""

    @property
    def id(self) -> KeyId:
        return id_of(self.secret)

    def new(self, person: PersonId) -> NewKey:
        """The key as this person hands it in to be bound."""
        from frombelow_site.door import polity

        return new_key(self.secret, self.kind, origin=polity().origin, person=person)


def open_key(place: Path) -> Held:
    """The key in this file, or of the card whose words are typed. Exits with 2 where there is none, or where it is one
    of another organization."""
    from frombelow_site.door import polity

    try:
        if place == CARD and not place.exists():  # a key file may be called so
            card = Card.read(ask_words(), polity().origin)
            return Held("card", card.signing, card.recipient, card.ballot)
        found = read(place, lambda: ask_passphrase(*ASKING, new=False))
    except (KeyFileError, CardError) as error:
        stop(str(error))
    if found.origin and found.origin != (here := polity().origin):
        stop(f"{place} is a key for “{found.origin}”; this organization’s record is called “{here}”.")
    return Held("file", found.signing, found.recipient, found.ballot, found.origin, found.person)


class Actor(NamedTuple):
    """A person who acts, with their key."""

    person: PersonId
    key: Held

    def seal(self, act: Act) -> Seal:
        """The key's next seal, under this act, over all that is committed by now."""
        from frombelow_site.door import the_door
        from frombelow_site.door.readers import turns

        door = the_door()
        here = door.polity()
        self._check_last(here)
        with turns.reading():
            tree = door.replica.tree
            size, root = tree.size, tree.root()
        last = sealed_so_far(here, here.keys.keys[self.key.id], act)
        until = max(door.clock(), here.at) + GOOD_FOR
        return seal(self.key.secret, act, origin=here.origin, n=last + 1, until=until, size=size, root=root)

    def _check_last(self, here: Polity) -> None:
        """The key's own last seal is the one that it made: whoever changed what it covers broke it, and another over
        that would vouch for it. Exits with 1 where it does not hold."""
        from frombelow_site.door import tables, the_door

        last = here.keys.keys[self.key.id].last
        entry = decode(tables.some([last])[last]) if last >= 0 else None
        if entry is None or entry.seal is UNSET:
            return
        root = to_text(the_door().replica.tree.root(entry.seal.size))
        if root != entry.seal.root or found_to_hold(here, entry.act, entry.seal) is None:
            stop(
                f"Entry {last:,}, which this key sealed, does not hold any more: the record was changed. Keep a copy, "
                "tell the members, and seal nothing over it.", 1,
            )  # fmt: skip


def actor(place: Path | None) -> Actor:
    """Whoever acts with the key in this file. Exits with 2 where no key is said, or it is bound to nobody."""
    from frombelow_site.door import polity

    if place is None:
        stop(NO_KEY)
    held = open_key(place)
    found = polity().keys.keys.get(held.id)
    if found is None:
        stop(_why_nobodys(held, place))
    return Actor(found.person, held)


def _why_nobodys(held: Held, place: Path) -> str:
    from frombelow_site.door import polity

    for each in polity().keys.requests.values():
        if not each.ended and each.key.public == held.secret.public:
            if each.opens:
                return f"This key, {held.id}, waits to be bound until {moment(each.opens)}."
            return f"This key, {held.id}, waits for members who vouch for it until {moment(each.lapses)}."
    return f"This key, {held.id}, is bound to nobody here. Bind it first: frombelow key bind {place} --person WHO."
