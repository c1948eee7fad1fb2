"""What a passkey answers when it is asked to sign (a WebAuthn assertion), and whether it holds.

The library checks it by itself: whoever verifies a record has no browser and no server. What the passkey signs is
never chosen by a server: the challenge is the SHA-256 of bytes that say what they are (`signed`).
"""

import json
import re
from collections.abc import Collection
from hashlib import sha256
from typing import Any

from . import cbor
from .algorithms import check_signature
from .base64url import to_bytes, to_text
from .sentences import KeyFault
from .signed import challenge

MOST_CLIENT, MOST_AUTHENTICATOR = 1024, 256  # bytes
_HEAD = 37  # hash of the host, flags, counter
_PRESENT, _VERIFIED, _CAN_MOVE, _MOVED, _EXTENSIONS = 0x01, 0x04, 0x08, 0x10, 0x80
_KNOWN = _PRESENT | _VERIFIED | _CAN_MOVE | _MOVED | _EXTENSIONS
_ORIGIN = re.compile(
    r"(https?)://([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::[1-9][0-9]{0,4})?"
)


def check_assertion(
    algorithm: str,
    public: str,
    signed: bytes,
    client: str,
    authenticator: str,
    signature: str,
    hosts: Collection[str],
) -> None:
    """This passkey signed these bytes, its owner verified, at a page of one of these hosts; else `KeyFault`."""
    check_signature(algorithm, public, asserted(signed, client, authenticator, hosts), signature)


def asserted(signed: bytes, client: str, authenticator: str, hosts: Collection[str]) -> bytes:
    """The message that the passkey's signature is over, once all else about its answer holds; else `KeyFault`. So the
    signature can be checked elsewhere (`check_many`)."""
    said = _read(client, "client", MOST_CLIENT)
    host = _host(said, signed, hosts)
    answer = _read(authenticator, "authenticator", MOST_AUTHENTICATOR)
    _check_answer(answer, host)
    return answer + sha256(said).digest()


def _read(text: str, what: str, most: int) -> bytes:
    if len(text) > (most * 4 + 2) // 3:  # before anything is made of it
        raise KeyFault(f"{what}-size", most=most)
    data = to_bytes(text)
    if data is None:
        raise KeyFault(f"{what}-spelling")
    return data


def _host(said: bytes, signed: bytes, hosts: Collection[str]) -> str:
    """The host of the page that asked, by what the browser says."""
    client = _object(said)
    if client.get("type") != "webauthn.get":
        raise KeyFault("client-type")
    if client.get("challenge") != to_text(challenge(signed)):
        raise KeyFault("client-challenge")
    if client.get("crossOrigin", False) is not False or "topOrigin" in client:
        raise KeyFault("client-crossed")
    origin = client.get("origin")
    found = _ORIGIN.fullmatch(origin) if isinstance(origin, str) else None
    if found is None or (found[1] == "http" and found[2] != "localhost"):
        raise KeyFault("client-origin")
    if found[2] not in frozenset(hosts):  # one name given in place of many is never searched for a part of it
        raise KeyFault("client-host", host=found[2])
    return found[2]


def _object(said: bytes) -> dict[str, Any]:
    try:
        found = json.loads(said.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise KeyFault("client-json") from None
    if not isinstance(found, dict):
        raise KeyFault("client-json")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


def _check_answer(answer: bytes, host: str) -> None:
    if len(answer) < _HEAD:
        raise KeyFault("authenticator-size", most=MOST_AUTHENTICATOR)
    if answer[:32] != sha256(host.encode()).digest():
        raise KeyFault("authenticator-host")
    flags = answer[32]
    if flags & ~_KNOWN or (flags & _MOVED and not flags & _CAN_MOVE):  # a new credential, the unassigned, moved at once
        raise KeyFault("authenticator-flags")
    if not flags & _PRESENT:
        raise KeyFault("user-absent")
    if not flags & _VERIFIED:
        raise KeyFault("user-unverified")
    if not (cbor.is_map(answer[_HEAD:]) if flags & _EXTENSIONS else len(answer) == _HEAD):
        raise KeyFault("authenticator-rest")
