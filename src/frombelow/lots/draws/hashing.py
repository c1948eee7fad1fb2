"""The hashes of a draw. Each has a name of its own, and says how long each of its parts is, so that no bytes mean two
things: SHA-256 over the name and the parts, each after its length in eight bytes (big endian)."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import msgspec

from .formats import Closing, PanelList, Round, Row, Specification, Value
from .sentences import DrawError

NAMES = "frombelow/lots"


def tagged(name: str, *parts: bytes) -> bytes:
    """The hash of these parts under this name."""
    found = sha256()
    for part in (f"{NAMES}/{name}/1".encode(), *parts):
        found.update(len(part).to_bytes(8, "big") + part)
    return found.digest()


def eight(number: int) -> bytes:
    """The number in eight bytes."""
    return number.to_bytes(8, "big")


def canonical(value: Any) -> bytes:
    """The value as JSON in one spelling (RFC 8785, of whole numbers): names sorted, no spaces. Raises DrawError where
    a text holds half of a sign."""
    try:
        told = json.dumps(msgspec.to_builtins(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return told.encode()
    except UnicodeEncodeError:
        raise DrawError("half-sign", "file") from None


def specification_hash(specification: Specification) -> bytes:
    """The hash that fixes the specification."""
    return tagged("specification", canonical(specification))


def list_hash(listed: PanelList | None) -> bytes:
    """The hash that fixes the panels, in their order. The certificate decides nothing and is not in it."""
    return tagged("list", canonical(None if listed is None else listed.panels))


def closing_hash(closing: Closing) -> bytes:
    """The hash that fixes what was contributed. Moments are not in it: whoever writes them down later would have a
    choice in them."""
    given = [(each.by, each.commitment, each.value) for each in closing.contributions]
    return tagged("closing", canonical(given), canonical(closing.checkpoint))


def leaf(row: Row) -> bytes:
    """The hash of a row in its tree (RFC 6962)."""
    return sha256(b"\x00" + canonical(row)).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaves (RFC 6962, section 2.1)."""
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        paired = [sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def entropy_of(value: Value) -> bytes:
    """What chance supplied."""
    if isinstance(value, Round):
        return tagged("drand", bytes.fromhex(value.chain), eight(value.round), bytes.fromhex(value.signature))
    return tagged("dice", canonical(value.shown))


def below(seed: bytes, many: int) -> int:
    """A number from 0 to below ``many``, each as likely: what would favour some is thrown away."""
    bound = (1 << 256) // many * many
    turn = 0
    while (drawn := int.from_bytes(tagged("number", seed, eight(turn)), "big")) >= bound:
        turn += 1
    return drawn % many


def ordered(name: str, seed: bytes, people: Sequence[int]) -> list[int]:
    """These people by their places: the hash of the seed and of their number."""
    return sorted(people, key=lambda person: tagged(name, seed, eight(person)))
