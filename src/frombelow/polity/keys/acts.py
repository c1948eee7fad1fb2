"""Keys: bound, asked for, vouched for, ended; and what a person says of their own."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from ..kernel.act import Act
from ..kernel.fields import Authenticator, Base64, Client
from ..kernel.ids import KeyId, PersonId, RequestId

KeyKind = Literal["card", "passkey", "device", "file"]


class NewKey(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A public key, and the proof that who hands it in has the secret: its signature over the organization, the person
    and itself. ``client`` and ``authenticator`` are what a passkey signs beside (WebAuthn). ``made`` is said of a card
    that a device of others drew under its person's eyes."""

    kind: KeyKind
    algorithm: Literal["ed25519", "p256", "rs256"]
    public: Base64
    signature: Base64
    client: Client | UnsetType = UNSET
    authenticator: Authenticator | UnsetType = UNSET
    made: Literal["table"] | UnsetType = UNSET


class BindKey(Act, tag="key.bind", frozen=True, kw_only=True):
    """A key of whoever never had a durable one, on the server's word."""

    key: NewKey


class AddKey(Act, tag="key.add", frozen=True, kw_only=True):
    """A further key, sealed by one that the person has."""

    key: NewKey


class AskKey(Act, tag="key.ask", frozen=True, kw_only=True):
    """Whoever has no key at hand that could seal it asks that this one be bound."""

    request: RequestId
    key: NewKey


class VouchKey(Act, tag="key.vouch", frozen=True, kw_only=True):
    """Somebody says by their own key that it is this person who asks, and for this key: so what they seal is good for
    no other key that the server would put in its place."""

    request: RequestId
    person: PersonId
    key: KeyId


class StopKey(Act, tag="key.stop", frozen=True, kw_only=True):
    """A key of the person, or who vouched, stops the request."""

    request: RequestId
    person: PersonId


class TakeKey(Act, tag="key.take", frozen=True, kw_only=True):
    """Time binds the key that was asked for."""

    request: RequestId
    person: PersonId


class LapseKey(Act, tag="key.lapse", frozen=True, kw_only=True):
    """Time ends a request that did not get what it needed."""

    request: RequestId
    person: PersonId


class EndKey(Act, tag="key.end", frozen=True, kw_only=True):
    """A key ends, or is suspended where a lesser one says so."""

    key: KeyId


class KeepKey(Act, tag="key.keep", frozen=True, kw_only=True):
    """A suspended key says that it goes on."""

    key: KeyId


class ExpireKey(Act, tag="key.expire", frozen=True, kw_only=True):
    """Time ends a suspended key."""

    key: KeyId
    person: PersonId


class BindReceiving(Act, tag="key.receive", frozen=True, kw_only=True):
    """What is sealed to the person is sealed to this age recipient."""

    recipient: Annotated[str, Meta(pattern="^age1[02-9ac-hj-np-z]{58}$(?!\\n)")]


class BindBallotKey(Act, tag="key.ballot", frozen=True, kw_only=True):
    """The public key from which the person's credentials in secret ballots are made, and a proof of its secret."""

    public: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{43}$(?!\\n)")]
    proof: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{86}$(?!\\n)")]


class OnlyWithKeys(Act, tag="key.only", frozen=True, kw_only=True):
    """From now on nothing stands in the person's name without a seal, and light keys that came on the server's word
    beside the first end. ``hours`` is how long a new key waits that none
    of theirs sealed; left out, as long as for everybody."""

    hours: Annotated[int, Meta(ge=1, le=24 * 366)] | UnsetType = UNSET


class LoosenKeys(Act, tag="key.loosen", frozen=True, kw_only=True):
    """The person wants acts without a seal to stand again; that waits."""


class FreeKeys(Act, tag="key.free", frozen=True, kw_only=True):
    """Time: from now on acts without a seal stand again in the person's name."""

    person: PersonId
