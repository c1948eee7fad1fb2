"""Keys of the demo organization's people, and what becomes of them in four months: every kind of act about keys.

Secrets are drawn and forgotten when the story is told: nobody holds one, so nobody who knows this program can seal in
the name of these people. Those whom a visitor signs in as are not bound, so that the pages go on for them.
"""

import random
import secrets
from collections.abc import Callable, Iterable

from msgspec import UNSET, UnsetType

from frombelow.keys import Ed25519Key, P256Key, SoftPasskey
from frombelow.keys.cards import SEED, Card
from frombelow.polity import Act
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import MandateId, MotionId, PersonId, RequestId
from frombelow.polity.keys.acts import (
    AddKey,
    AskKey,
    BindBallotKey,
    BindKey,
    BindReceiving,
    EndKey,
    KeepKey,
    KeyKind,
    LoosenKeys,
    NewKey,
    OnlyWithKeys,
    StopKey,
    VouchKey,
)
from frombelow.polity.keys.binding import key_id
from frombelow.polity.keys.making import Secret, id_of, new_key, seal
from frombelow.polity.keys.seals import sealed_so_far
from frombelow.polity.server.acts import SetHosts
from frombelow.polity.votes.acts import VouchDisown

from ..door import new_id
from ..door.door import Door

HOST, HOUR = "localhost", 3_600
UNSEALED = 0.2  # of what people with a light key do: from another device, or after the browser lost the key


class Keyring:
    """The secrets while the story is told. Each act of who has a key is sealed by it, but for some acts of those with a
    light one."""

    def __init__(self, door: Door, clock: Callable[[], int], seed: int) -> None:
        self.door, self.clock = door, clock
        self.random = random.Random(seed)  # noqa: S311  a story, not a secret
        self._kinds: dict[PersonId, KeyKind] = {}
        self._secrets: dict[PersonId, Secret] = {}

    def seal(self, act: Act) -> Seal | UnsetType:
        """The seal of who acts, where they have a key and use it."""
        person = act.who
        if person not in self._secrets or (self._kinds[person] == "device" and self.random.random() < UNSEALED):
            return UNSET
        return self.by(self._secrets[person], act)

    def holds(self, person: PersonId) -> bool:
        """Whether a key of theirs that seals is at hand."""
        return person in self._secrets and self.door.polity().keys.can_seal(person)

    def always(self, act: Act) -> Seal | UnsetType:
        """The seal of who acts, wherever they have a key."""
        return self.by(self._secrets[act.who], act) if self.holds(act.who) else UNSET

    def by(self, secret: Secret, act: Act) -> Seal:
        """A seal by this key, over the whole record as it is."""
        tree, key = self.door.replica.tree, self.door.polity().keys.keys[id_of(secret)]
        here, until = self.door.polity(), self.clock() + HOUR
        n = sealed_so_far(here, key, act) + 1
        return seal(secret, act, origin=here.origin, n=n, until=until, size=tree.size, root=tree.root(tree.size))

    def draw(self, person: PersonId, kind: KeyKind) -> tuple[Secret, NewKey]:
        """A new key, and what binds it."""
        secret: Secret = Ed25519Key.generate()
        if kind in ("device", "passkey"):
            secret = P256Key.generate() if kind == "device" else SoftPasskey.generate(HOST, "p256")
        return secret, new_key(secret, kind, origin=self.door.polity().origin, person=person)

    def first(self, person: PersonId, kind: KeyKind) -> Secret:
        """The person's first key, bound on the server's word."""
        secret, new = self.draw(person, kind)
        self.door.perform(BindKey(by=person, key=new))
        self._secrets[person], self._kinds[person] = secret, kind
        return secret

    def forget(self, person: PersonId) -> None:
        """What the person does from now on has no seal."""
        self._secrets.pop(person)

    def card(self, person: PersonId) -> None:
        """A card is the person's first key, and brings the keys for what is sealed to them and for secret ballots."""
        card, origin = Card(secrets.token_bytes(SEED)), self.door.polity().origin
        self.door.perform(BindKey(by=person, key=new_key(card.signing, "card", origin=origin, person=person)))
        self._secrets[person], self._kinds[person] = card.signing, "card"
        self.do(BindReceiving(by=person, recipient=card.recipient))
        self.do(BindBallotKey(by=person, public=card.ballot.public, proof=card.ballot.prove(origin, person)))

    def add(self, person: PersonId, kind: KeyKind) -> Secret:
        """A second key of the person, sealed by the first."""
        secret, new = self.draw(person, kind)
        self.do(AddKey(by=person, key=new))
        return secret

    def do(self, act: Act, secret: Secret | None = None) -> None:
        """The act stands, sealed by this key, or by the person's first."""
        self.door.perform(act, seal=self.by(secret or self._secrets[act.who], act))

    def ask(self, person: PersonId, kind: KeyKind) -> tuple[RequestId, NewKey]:
        """Who has no key at hand asks for one."""
        request, (_, new) = RequestId(new_id()), self.draw(person, kind)
        self.door.perform(AskKey(by=person, request=request, key=new))
        return request, new


class Story:
    """Who makes which key, and what they go through with it. ``people`` have no other part in the story by name."""

    def __init__(self, ring: Keyring, people: Iterable[PersonId]) -> None:
        self.ring, self.people = ring, iter(people)
        self.vouchers: list[PersonId] = []

    def founders(self, server: MandateId, chair: PersonId, secretary: PersonId, administrator: PersonId) -> None:
        """The pages stand where browsers let keys be used; officers make one each."""
        ring = self.ring
        ring.door.perform(SetHosts(by=administrator, under=server, hosts=(HOST,)))
        ring.first(administrator, "passkey")
        ring.card(chair)
        ring.first(secretary, "file")
        ring.add(secretary, "device")

    def members(self) -> None:
        """One in four makes a key; some say that nothing stands without it."""
        made: tuple[tuple[KeyKind, int, int], ...] = (("passkey", 14, 5), ("file", 6, 3), ("device", 24, 0))
        for kind, count, bound in made:
            for n in range(count):
                person = next(self.people)
                self.ring.first(person, kind)
                if n < bound:
                    self.ring.do(OnlyWithKeys(by=person, hours=24 * 7) if n == 0 else OnlyWithKeys(by=person))
                    self.vouchers.append(person)
        for _ in range(8):
            self.ring.card(next(self.people))

    def phones(self) -> None:
        """A phone is sold, one is stolen; a suspended card says that it goes on, another one stays silent."""
        ring = self.ring
        sold, stolen, silent = (next(self.people) for _ in range(3))
        keys = {person: (ring.first(person, "file"), ring.add(person, "device")) for person in (sold, stolen, silent)}
        ring.do(EndKey(by=sold, key=id_of(keys[sold][1])))
        for person in (stolen, silent):
            ring.do(EndKey(by=person, key=id_of(keys[person][0])), keys[person][1])
        ring.do(KeepKey(by=stolen, key=id_of(keys[stolen][0])))
        ring.do(EndKey(by=stolen, key=id_of(keys[stolen][1])))
        ring.forget(silent)  # the file ends by time
        ring.do(LoosenKeys(by=self.vouchers[-1]))

    def lost(self) -> None:
        """One gets another key because two vouch; one stops a stranger; for one nobody vouches; one waits, on the
        server's word."""
        ring = self.ring
        found, stranger, alone, light = (next(self.people) for _ in range(4))
        kinds: tuple[KeyKind, ...] = ("file", "passkey", "file", "device")
        for person, kind in zip((found, stranger, alone, light), kinds, strict=True):
            ring.first(person, kind)
        request, new = ring.ask(found, "passkey")
        self._vouch(request, found, new, 2)
        ring.forget(found)
        request, _ = ring.ask(stranger, "file")
        ring.do(StopKey(by=stranger, request=request, person=stranger))
        ring.ask(alone, "file")
        ring.ask(light, "file")

    def today(self) -> None:
        """One waits for a second member who vouches; one was vouched for, and waits for time."""
        first, second = (next(self.people) for _ in range(2))
        for person, count in ((first, 1), (second, 2)):
            self.ring.first(person, "file")
            request, new = self.ring.ask(person, "passkey")
            self._vouch(request, person, new, count)

    def vouch_for(self, person: PersonId, motion: MotionId) -> None:
        """Two vouch for who disowns an answer."""
        for voucher in self.vouchers[:2]:
            self.ring.do(VouchDisown(by=voucher, poll=motion, person=person))

    def _vouch(self, request: RequestId, person: PersonId, new: NewKey, count: int) -> None:
        for voucher in self.vouchers[:count]:
            self.ring.do(VouchKey(by=voucher, request=request, person=person, key=key_id(new)))
