"""The bytes that keys sign, each in its one spelling: an act, a sign-in, that who binds a key holds it.

Each begins with a line that says what it is, so that what was signed as one is never taken for another. Lines end with
\\n; numbers are decimal. The browser's module ``keys/spelling.js`` spells the same.
"""

from hashlib import sha256

ACT = "frombelow/act/2"
SIGN_IN = "frombelow/sign-in/1"
POSSESSION = "frombelow/key/1"
BALLOT_KEY = "frombelow/ballot-key/1"
KEY_ID = "frombelow/key-id/1"


def act_bytes(origin: str, key: str, n: int, until: int, size: int, root: str, act: bytes) -> bytes:
    """What seals an act: as the ``n``-th of this key, until then, over the record's first ``size`` entries with this
    root. ``act`` is the act's bytes as its entry spells them."""
    return _lines(ACT, origin, key, _number(n), _number(until), _number(size), root) + b"\n" + act


def sign_in_bytes(origin: str, nonce: str) -> bytes:
    """What a key signs where somebody signs in: never an act, whatever the server's nonce is."""
    return _lines(SIGN_IN, origin, nonce)


def possession_bytes(origin: str, person: str, kind: str, algorithm: str, public: str) -> bytes:
    """What a key signs where it is bound: nobody binds a key of which they do not hold the secret, and no key bound by
    one person is bound by another on the same signature."""
    return _lines(POSSESSION, origin, person, kind, algorithm, public)


def ballot_bytes(origin: str, person: str, public: str) -> bytes:
    """What the proof for a ballot key is about: nobody binds another's key, or one put together from others' keys."""
    return _lines(BALLOT_KEY, origin, person, public)


def challenge(signed: bytes) -> bytes:
    """What a passkey is asked to sign for these bytes: their SHA-256, 32 bytes."""
    return sha256(signed).digest()


def fingerprint(algorithm: str, public: str) -> bytes:
    """A key's id, 16 bytes: it follows from the key, so that nobody draws one to resemble another."""
    return sha256(_lines(KEY_ID, algorithm, public)).digest()[:16]


def _lines(*lines: str) -> bytes:
    text = "\n".join(lines)
    if text.count("\n") != len(lines) - 1:
        raise ValueError("what stands on a line of its own has no line break in it")
    return text.encode()


def _number(number: int) -> str:
    if number < 0:
        raise ValueError("the numbers in what is signed are not negative")
    return str(number)
