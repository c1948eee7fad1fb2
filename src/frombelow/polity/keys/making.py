"""What who acts makes with a key at hand: its binding, and the seal under an act."""

from typing import Any

from ...keys import Signing, SoftPasskey, act_bytes, fingerprint, possession_bytes, to_text
from ..kernel.act import Act
from ..kernel.entry import Seal, encode_act
from ..kernel.ids import KeyId, PersonId, encode_id
from .acts import KeyKind, NewKey

Secret = Signing | SoftPasskey


def id_of(secret: Secret) -> KeyId:
    """The id under which this key is bound."""
    return KeyId(encode_id(fingerprint(secret.algorithm, secret.public)))


def new_key(secret: Secret, kind: KeyKind, *, origin: str, person: PersonId) -> NewKey:
    """The key as this person of this organization hands it in, with the proof that they have its secret."""
    message = possession_bytes(origin, person, kind, secret.algorithm, secret.public)
    return NewKey(kind, secret.algorithm, secret.public, **_signed(secret, message))


def seal(secret: Secret, act: Act, *, origin: str, n: int, until: int, size: int, root: bytes) -> Seal:
    """The key's ``n``-th seal, under this act, over the first ``size`` entries of the record, whose root is ``root``;
    good for a day, up to the second ``until``."""
    key, text = id_of(secret), to_text(root)
    message = act_bytes(origin, key, n, until, size, text, encode_act(act))
    return Seal(key, n, until, size, text, **_signed(secret, message))


def _signed(secret: Secret, message: bytes) -> dict[str, Any]:
    if isinstance(secret, SoftPasskey):
        client, authenticator, signature = secret.assertion(message)
        return {"client": client, "authenticator": authenticator, "signature": signature}
    return {"signature": secret.sign(message)}
