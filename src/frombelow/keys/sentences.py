"""What is wrong with a key, a signature or a passkey's answer: one sentence an id, so that it can be said in any
language. Each can stand after an article's number."""

from types import MappingProxyType

SENTENCES = MappingProxyType(
    {
        "key-algorithm": "keys sign with ed25519, p256 or rs256; “{algorithm}” is none of these.",
        # public keys
        "key-spelling": "this public key is not base64url in its one spelling, without padding.",
        "key-length": "this public key has {found} bytes; one of this kind has {wanted}.",
        "key-encoding": "this public key is not encoded in the one way that its kind allows.",
        "key-weak": "for this public key anybody can make signatures; it is one of the points of small order.",
        "key-off-curve": "this public key is no point of its curve.",
        "modulus-zero": "the modulus begins with a byte of zero; it has one spelling, without it.",
        "modulus-size": "this modulus has {found} bits; it must have 2,048.",
        "modulus-even": "this modulus is even, so it is no product of two large primes.",
        "ballot-key-group": "this point is not in the group in which ballots are encrypted.",
        "ballot-proof-spelling": "the proof for this ballot key is not 64 bytes in base64url without padding.",
        "ballot-proof-range": "a number in the proof for this ballot key is outside the range that it can have.",
        "ballot-proof-wrong": "this proof is not by who holds this ballot key, for this person of this organization.",
        # signatures
        "signature-spelling": "this signature is not base64url in its one spelling, without padding.",
        "signature-length": "this signature has {found} bytes; one by this key has {wanted}.",
        "signature-range": "a number in this signature is outside the range that it can have.",
        "signature-high": "this signature is the second spelling of another (its s lies in the upper half).",
        "signature-encoding": "the point in this signature is not encoded in the one way that is allowed.",
        "signature-weak": "the point in this signature is one of the points of small order.",
        "signature-wrong": "this signature is not by this key over these bytes.",
        "signature-der": "these bytes are no signature in DER.",
        # what a passkey answers
        "client-spelling": "what the browser said (clientDataJSON) is not base64url in its one spelling.",
        "client-size": "what the browser said (clientDataJSON) is longer than {most} bytes.",
        "client-json": "what the browser said (clientDataJSON) is not one JSON object in UTF-8 with each name once.",
        "client-type": "the passkey was not asked to sign (the type is not webauthn.get).",
        "client-challenge": "the passkey was asked to sign something else (the challenge is another).",
        "client-origin": "the page at which the passkey was asked is not named as pages are.",
        "client-host": "the passkey was asked at {host}, which is no host of the organization.",
        "client-crossed": "the passkey was asked inside the page of another.",
        "authenticator-spelling": "what the passkey said (authenticatorData) is not base64url in its one spelling.",
        "authenticator-size": "what the passkey said (authenticatorData) has fewer than 37 or more than {most} bytes.",
        "authenticator-host": "the passkey is of another host than the page at which it was asked.",
        "authenticator-flags": "the passkey says something of itself that no answer of this kind says.",
        "user-absent": "the passkey did not see to it that somebody was there.",
        "user-unverified": "the passkey did not see to it that it was its owner (by PIN, finger or face).",
        "authenticator-rest": "after what the passkey said there stands something that is no map of extensions.",
    }
)


class KeyFault(ValueError):  # noqa: N818  nothing of the program is wrong
    """A key, a signature or a passkey's answer that does not hold. ``message`` is the id of its sentence, ``facts``
    what stands in it; as text it is the sentence in English."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message, facts)
        self.message, self.facts = message, facts

    def __str__(self) -> str:
        return SENTENCES[self.message].format(**self.facts)

    def __reduce__(self) -> tuple[object, ...]:  # so that it comes back from another process
        return _again, (self.message, self.facts)


def _again(message: str, facts: dict[str, object]) -> KeyFault:
    return KeyFault(message, **facts)
