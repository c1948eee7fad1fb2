"""Keys as they are bound: what a key must be, and what becomes of it and of its person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec import UNSET

from ...keys import ALGORITHMS, Job, KeyFault, asserted, check_public, fingerprint, possession_bytes
from ..kernel.ids import KeyId, PersonId, encode_id
from ..kernel.require import refuse
from .acts import AddKey, AskKey, BindKey, NewKey
from .state import DURABLE, Key

if TYPE_CHECKING:
    from ..kernel.act import Act
    from ..kernel.entry import Seal
    from ..state import Polity

DAY = 24 * 3600
MADE_BY = {"card": ("ed25519",), "file": ("ed25519",), "device": ("ed25519", "p256"), "passkey": ALGORITHMS}


def key_id(new: NewKey) -> KeyId:
    """The id of a key: it follows from the key."""
    return KeyId(encode_id(fingerprint(new.algorithm, new.public)))


def made(new: NewKey, person: PersonId, index: int, at: int, word: str) -> Key:
    """The key as it is once the entry with this index bound it."""
    table = new.made == "table"
    return Key(key_id(new), person, new.kind, new.algorithm, new.public, index, at, word, table=table)


def check_new(polity: "Polity", new: NewKey) -> None:
    """Refuse what is no key of its kind, and a key that is or was bound."""
    if new.algorithm not in MADE_BY[new.kind]:
        no(polity, "key-of-no-kind", algorithm=new.algorithm)
    beside = {new.client is UNSET, new.authenticator is UNSET}
    if beside != {new.kind != "passkey"}:
        no(polity, "beside-passkeys")
    if new.made is not UNSET and new.kind != "card":
        no(polity, "cards-at-tables")
    try:
        check_public(new.algorithm, new.public)
    except KeyFault as fault:
        no(polity, fault.message, **fault.facts)
    if key_id(new) in polity.keys.keys:
        no(polity, "key-known")


def proof(origin: str, person: PersonId, new: NewKey, hosts: tuple[str, ...]) -> Job:
    """That who hands the key in has its secret, as a question of mathematics. Raises KeyFault."""
    message = possession_bytes(origin, person, new.kind, new.algorithm, new.public)
    return job(new.kind, new.algorithm, new.public, message, new, hosts)


def proofs(polity: "Polity", act: BindKey | AddKey | AskKey) -> Iterator[Job]:
    """What shows that the key is in the hands of who hands it in."""
    yield proof(polity.origin, act.who, act.key, polity.keys.hosts)


def job(
    kind: str, algorithm: str, public: str, message: bytes, by: "NewKey | Seal", hosts: tuple[str, ...]
) -> Job:  # fmt: skip
    """Whether this signature is by this key over these bytes; of a passkey, at one of these hosts. Raises KeyFault."""
    if kind == "passkey":
        message = asserted(message, by.client or "", by.authenticator or "", hosts)
    elif by.client is not UNSET or by.authenticator is not UNSET:
        raise KeyFault("client-type")
    return algorithm, public, message, by.signature  # type: ignore[return-value]  # it is one of these


def has_room(polity: "Polity", person: PersonId) -> bool:
    """Whether the person has fewer keys than one may have at a time."""
    holder = polity.keys.holders.get(person)
    return holder is None or sum(1 for _ in holder.live()) < polity.book["live_keys"]


def check_room(polity: "Polity", person: PersonId) -> None:
    """Refuse a key beyond those that one person may have at a time."""
    if not has_room(polity, person):
        refuse(polity, "live_keys", "keys-enough", most=polity.book["live_keys"])


def bind(polity: "Polity", new: NewKey, person: PersonId, at: int, word: str, weak_until: int = 0) -> None:
    """The key is the person's, bound by the entry that is being applied."""
    key = made(new, person, polity.size, at, word)
    key.weak_until = weak_until
    polity.keys.take_in(key)


def ever_durable(polity: "Polity", person: PersonId) -> bool:
    """Whether the person has or had a durable key: then nothing on the server's word moves their keys."""
    holder = polity.keys.holders.get(person)
    return holder is not None and holder.durable


def of_word(polity: "Polity", key: Key) -> bool:
    """Whether it is a light key that the server's word gave to somebody who has a better one: a durable one by now, or
    one that never was on that word. It seals, and says nothing about other keys, however long ago it was bound."""
    if key.weak_until == 0 or key.durable:
        return False
    live = polity.keys.holders[key.person].live()
    return ever_durable(polity, key.person) or any(not other.weak_until for other in live)


def is_durable(new: NewKey) -> bool:
    return new.kind in DURABLE


def wait(polity: "Polity", person: PersonId) -> int:
    """How many seconds a key of this person waits that none of theirs sealed."""
    holder, least = polity.keys.holders.get(person), int(polity.book["recovery_hours"])
    return max(least, holder.hours if holder else 0) * 3600


def weak_until(polity: "Polity", person: PersonId, at: int) -> int:
    """Until when a key that is bound now counts as the server's word: never less than a key would have waited, or
    binding a light one were the shorter way to a durable one."""
    return at + max(int(polity.book["server_word_days"]) * DAY, wait(polity, person))


# --- what many acts about keys require ---


def no(polity: "Polity", message: str, **facts: Any) -> NoReturn:
    """Refuse by the article about keys."""
    refuse(polity, "keys", message, **facts)


def require_sealed(polity: "Polity", key: Key | None) -> Key:
    """The key that seals the act; refuse where there is none."""
    if key is None:
        no(polity, "needs-a-key")
    return key


def sealed_any(polity: "Polity", _act: "Act", key: Key | None, _at: int) -> None:
    """By any live key of the person."""
    require_sealed(polity, key)
