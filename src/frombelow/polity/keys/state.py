"""Keys and who holds them. What a person's keys were is kept for good: whoever ever had a durable one gets no other on
the server's word."""

from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from ..kernel.ids import KeyId, NoId, PersonId, RequestId
from .acts import NewKey

DURABLE = frozenset({"card", "passkey", "file"})  # a device's key is light: browsers delete it
ON_ITS_WORD = frozenset({"server", "waited"})


class Key(Struct):
    """A key that is or was bound. ``word`` is on whose word: that of the founding, of the server, of a key of the same
    person, of who vouched. ``anchor`` and ``last`` are of its latest seal: how many entries it covers, where it stands;
    ``n`` is the number of its latest that is no answer in a vote."""

    id: KeyId
    person: PersonId
    kind: str
    algorithm: str
    public: str
    index: int  # of the entry that bound it
    at: int
    word: str
    n: int = 0
    anchor: int = 0
    last: int = -1
    ended: int = 0  # the second; 0 while it lives
    suspended: int = 0  # until this second only the key itself can say that it goes on; 0 while it is not
    kept: int = 0  # the second at which it last said that it goes on
    weak_until: int = 0  # until this second it counts as the server's word; 0 where it never did
    table: bool = False  # whether a device of others drew it

    @property
    def durable(self) -> bool:
        return self.kind in DURABLE

    def weak(self, at: int) -> bool:
        """Whether it counts as the server's word at this second."""
        return at < self.weak_until

    @property
    def undone(self) -> bool:
        """Whether it ended while it counted as the server's word: then it says nothing of its person."""
        return 0 < self.ended < self.weak_until


class Holder(Struct):
    """A person who has or had keys. ``bound`` is the entry since which nothing stands in their name without one, -1
    where acts without a seal stand."""

    keys: list[Key]
    bound: int = -1
    hours: int = 0  # how long a new key waits at least that no key of theirs sealed
    frees: int = 0  # the second at which acts without a seal stand again, where they asked for it
    stopped: int = 0  # the second at which a key of theirs last stopped a request
    recipient: str = ""
    ballot: str = ""
    sealed: int = 0  # acts
    unsealed: int = 0  # acts in their name without a seal, since they hold a key
    unsealed_last: int = -1  # the entry of the latest of them

    @property
    def durable(self) -> bool:
        """Whether they ever had a durable key. One that the server's word gave and a key of theirs undid in time is
        none: or the server could shut out whoever has light keys by asking for a durable one while they sleep."""
        return any(key.durable and not key.undone for key in self.keys)

    def had_key(self, index: int) -> bool:
        """Whether a key of theirs was bound before the entry with this index."""
        return self.keys[0].index < index

    def live(self) -> Iterator[Key]:
        """The keys that have not ended."""
        return (key for key in self.keys if not key.ended)


class KeyRequest(Struct):
    """A key that waits to be bound. It runs until it has ``ended``; from ``opens`` on, time binds it."""

    id: RequestId
    person: PersonId
    key: NewKey
    at: int
    needed: int  # how many have to vouch
    seconds: int  # how long it waits
    vouchers: tuple[PersonId, ...] = ()
    opens: int = 0
    lapses: int = 0
    lengthened: int = 0  # by so many seconds, the time to vouch: so long the server was off during it
    ended: str = ""
    ended_at: int = 0
    stopped_by: PersonId | NoId = ""


class Keys(Struct):
    """Every key of an organization, and the hosts at which its pages stand."""

    keys: dict[KeyId, Key] = {}
    holders: dict[PersonId, Holder] = {}
    requests: dict[RequestId, KeyRequest] = {}
    waiting: dict[PersonId, list[RequestId]] = {}
    hosts: tuple[str, ...] = ()
    sealed: int = 0  # acts
    furthest: tuple[PersonId, int] | None = None  # whose seal covers most entries, and how many
    covered: int = 0  # how many entries the seals of two people cover
    holding: int = 0  # people with a live key
    durably: int = 0  # people with a live durable key
    only: int = 0  # people in whose name nothing stands without a key
    unsealed: int = 0  # acts without a seal of who held a key
    on_word: list[int] = []  # of each key on the server's word, also one that ended, the second at which it was bound

    def bound(self, person: PersonId) -> bool:
        """Whether nothing stands in this person's name without their key."""
        found = self.holders.get(person)
        return found is not None and found.bound >= 0

    def can_seal(self, person: PersonId) -> bool:
        """Whether a key of this person lives that seals."""
        found = self.holders.get(person)
        return found is not None and any(not key.suspended for key in found.live())

    def take_in(self, key: Key) -> None:
        """The key is one of its person's, and counted."""
        holder = self.holders.setdefault(key.person, Holder([]))
        self._count(holder, -1)
        self.keys[key.id] = key
        holder.keys.append(key)
        self._count(holder, 1)
        if key.word in ON_ITS_WORD:
            self.on_word.append(key.at)

    def end(self, key: Key, at: int) -> None:
        """The key is over, and counted no more."""
        holder = self.holders[key.person]
        self._count(holder, -1)
        key.ended, key.suspended = at, 0
        self._count(holder, 1)

    def cover(self, person: PersonId, size: int) -> None:
        """A seal of this person covers the first so many entries."""
        whose, most = self.furthest or (person, 0)
        if whose != person:
            self.covered = max(self.covered, min(most, size))
        if size >= most:
            self.furthest = (person, size)

    def _count(self, holder: Holder, by: int) -> None:
        live = list(holder.live())
        self.holding += by * bool(live)
        self.durably += by * any(key.durable for key in live)

    def on_word_since(self, at: int) -> int:
        """How many keys were bound on the server's word at this second or later."""
        return len(self.on_word) - bisect_left(self.on_word, at)

    def running(self, person: PersonId) -> list[KeyRequest]:
        """The person's requests that wait."""
        return [self.requests[name] for name in self.waiting.get(person, ())]
