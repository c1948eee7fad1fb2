"""A person's passkeys for signing in, as keys that can seal."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.webauthn import AttestedCredentialData

from frombelow.keys import fingerprint, to_text
from frombelow.polity import Polity
from frombelow.polity.kernel.ids import KeyId, PersonId, encode_id
from frombelow.polity.keys.state import Key
from frombelow_site.accounts import passkeys
from frombelow_site.accounts.models import Passkey as Row
from frombelow_site.door.request import MemberRequest


class Passkey(NamedTuple):
    """A passkey as its page's script asks for it, and the key of the record that it is, or would be."""

    credential: str
    key: KeyId
    algorithm: str
    public: str
    name: str
    bound: bool


def of(polity: Polity, person: PersonId) -> list[Passkey]:
    """Those of the person's passkeys that sign in a way the record takes, the latest used first. One whose key ended is
    none."""
    rows = sorted(passkeys.of(person), key=lambda row: row.used or row.made, reverse=True)
    found = (_passkey(polity, row) for row in rows)
    return [each for each in found if each is not None]


def _passkey(polity: Polity, row: Row) -> Passkey | None:
    data = AttestedCredentialData(bytes(row.data))
    said = _public(data.public_key)
    if said is None:
        return None
    algorithm, public = said
    key = KeyId(encode_id(fingerprint(algorithm, public)))
    known: Key | None = polity.keys.keys.get(key)
    if known is not None and known.ended:
        return None
    return Passkey(to_text(data.credential_id), key, algorithm, public, row.name, known is not None)


def _public(key: CoseKey) -> tuple[str, str] | None:
    """How the record calls a key that an authenticator told in COSE (RFC 9053): its algorithm, and the key."""
    parts: dict[int, Any] = dict(key)
    if isinstance(key, ES256):
        return "p256", to_text(bytes([2 + (parts[-3][-1] & 1)]) + parts[-2])
    if isinstance(key, EdDSA):
        return "ed25519", to_text(parts[-2])
    if isinstance(key, RS256) and len(parts[-1]) == 256:
        return "rs256", to_text(parts[-1])
    return None


def possible(request: MemberRequest) -> bool:
    """Whether a passkey that is made at this address is good for seals: the record names its host."""
    host = urlsplit(f"//{request.get_host()}").hostname
    return host in request.polity.keys.hosts and passkeys.possible(request)
