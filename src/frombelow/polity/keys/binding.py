"""Keys as they are bound: what a key must be, and what becomes of it and of its person."""

from typing import TYPE_CHECKING

from msgspec import UNSET

from ...keys import ALGORITHMS, Job, KeyFault, asserted, check_public, fingerprint, possession_bytes
from ..kernel.ids import KeyId, PersonId, encode_id
from ..kernel.refusals import UNFOUNDED, Refused
from .acts import NewKey
from .state import DURABLE, Holder, Key

if TYPE_CHECKING:
    from ..kernel.entry import Seal
    from ..state import Polity

DAY = 24 * 3600
MADE_BY = {"card": ("ed25519",), "file": ("ed25519",), "device": ("ed25519", "p256"), "passkey": ALGORITHMS}


def key_id(new: NewKey) -> KeyId:
    """The id of a key: it follows from the key."""
    return KeyId(encode_id(fingerprint(new.algorithm, new.public)))


def made(new: NewKey, person: PersonId, index: int, at: int, word: str) -> Key:
    """The key as it is once the entry with this index bound it."""
    return Key(key_id(new), person, new.kind, new.algorithm, new.public, index, at, word)


def check_new(polity: "Polity", new: NewKey) -> None:
    """Refuse what is no key of its kind, and a key that is or was bound."""
    if new.algorithm not in MADE_BY[new.kind]:
        raise Refused(article(polity, "keys"), "key-of-no-kind", algorithm=new.algorithm)
    beside = {new.client is UNSET, new.authenticator is UNSET}
    if beside != {new.kind != "passkey"}:
        raise Refused(article(polity, "keys"), "beside-passkeys")
    try:
        check_public(new.algorithm, new.public)
    except KeyFault as fault:
        raise Refused(article(polity, "keys"), fault.message, **fault.facts) from None
    if key_id(new) in polity.keys.keys:
        raise Refused(article(polity, "keys"), "key-known")


def proof(origin: str, person: PersonId, new: NewKey, hosts: tuple[str, ...]) -> Job:
    """That who hands the key in has its secret, as a question of mathematics. Raises KeyFault."""
    message = possession_bytes(origin, person, new.kind, new.algorithm, new.public)
    return job(new.kind, new.algorithm, new.public, message, new, hosts)


def job(
    kind: str, algorithm: str, public: str, message: bytes, by: "NewKey | Seal", hosts: tuple[str, ...]
) -> Job:  # fmt: skip
    """Whether this signature is by this key over these bytes; of a passkey, at one of these hosts. Raises KeyFault."""
    if kind == "passkey":
        message = asserted(message, by.client or "", by.authenticator or "", hosts)
    elif by.client is not UNSET or by.authenticator is not UNSET:
        raise KeyFault("client-type")
    return algorithm, public, message, by.signature  # type: ignore[return-value]  # it is one of these


def check_room(polity: "Polity", person: PersonId) -> None:
    """Refuse a key beyond those that one person may have at a time."""
    holder = polity.keys.holders.get(person)
    most = polity.book["live_keys"]
    if holder and sum(1 for _ in holder.live()) >= most:
        raise Refused(polity.book.article("live_keys"), "keys-enough", most=most)


def bind(polity: "Polity", new: NewKey, person: PersonId, at: int, word: str, weak_until: int = 0) -> None:
    """The key is the person's, bound by the entry that is being applied."""
    key = made(new, person, polity.size, at, word)
    key.weak_until = weak_until
    polity.keys.keys[key.id] = key
    holder = polity.keys.holders.setdefault(person, Holder([]))
    holder.keys.append(key)
    holder.durable = holder.durable or key.durable


def article(polity: "Polity", topic: str) -> str:
    return polity.rules.article(topic) if polity.rules else UNFOUNDED


def ever_durable(polity: "Polity", person: PersonId) -> bool:
    """Whether the person has or had a durable key: then nothing on the server's word moves their keys."""
    holder = polity.keys.holders.get(person)
    return holder is not None and holder.durable


def is_durable(new: NewKey) -> bool:
    return new.kind in DURABLE


def wait(polity: "Polity", person: PersonId) -> int:
    """How many seconds a key of this person waits that none of theirs sealed."""
    holder, least = polity.keys.holders.get(person), int(polity.book["recovery_hours"])
    return max(least, holder.hours if holder else 0) * 3600

