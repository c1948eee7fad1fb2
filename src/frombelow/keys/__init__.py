"""Keys of people: the bytes that they sign, and whether a signature or a passkey's answer holds. Knows no polity."""

from .algorithms import ALGORITHMS, Algorithm, Job, check_many, check_public, check_signature
from .ballot_keys import BallotKey, check_ballot_key
from .base64url import to_bytes, to_text
from .p256 import raw_from_der
from .passkeys import asserted, check_assertion
from .sentences import SENTENCES, KeyFault
from .signed import act_bytes, challenge, fingerprint, possession_bytes, sign_in_bytes
from .signing import Ed25519Key, P256Key, Rs256Key, Signing, SoftPasskey

__all__ = [
    "ALGORITHMS",
    "SENTENCES",
    "Algorithm",
    "BallotKey",
    "Ed25519Key",
    "Job",
    "KeyFault",
    "P256Key",
    "Rs256Key",
    "Signing",
    "SoftPasskey",
    "act_bytes",
    "asserted",
    "challenge",
    "check_assertion",
    "check_ballot_key",
    "check_many",
    "check_public",
    "check_signature",
    "fingerprint",
    "possession_bytes",
    "raw_from_der",
    "sign_in_bytes",
    "to_bytes",
    "to_text",
]
