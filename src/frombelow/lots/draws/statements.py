"""What members and witnesses sign: hashes of bytes that say what they are for. Who checks signatures is an argument,
since keys are another matter; ``frombelow.keys.check_signature`` is one who can."""

from collections.abc import Callable, Sequence

from .formats import Key, Statement
from .hashing import canonical, eight, tagged
from .sentences import DrawError

RECORD = "record"  # the algorithm of a key whose signature is an entry: the record shows it, and the file does not
Verify = Callable[[str, str, bytes, str], object]
"""Raises ValueError where a signature does not hold: algorithm, public key, message, signature."""


def contribution_message(fixed: bytes, listed: bytes, by: str, given: str) -> bytes:
    """What a member signs who contributes this value, or commits to one, by the hashes of the specification and of the
    list: under another specification or list the signature does not hold."""
    return tagged("contribution", fixed, listed, by.encode(), bytes.fromhex(given))


def closed_message(fixed: bytes, listed: bytes, closed: bytes, at: int) -> bytes:
    """What a witness signs who saw, at this moment, what was contributed."""
    return tagged("closed", fixed, listed, closed, eight(at))


def rolled_message(fixed: bytes, listed: bytes, closed: bytes, shown: Sequence[int], at: int) -> bytes:
    """What a witness signs who saw the dice show this, after all that the hashes stand for was there. The list and the
    closing of what is rolled before there are any are empty."""
    return tagged("rolled", fixed, listed, closed, canonical(tuple(shown)), eight(at))


def check_signed(key: Key, message: bytes, signature: str, verify: Verify, where: str) -> None:
    """The signature is by this key over this message, or is said to stand in the record."""
    if key.algorithm == RECORD:
        return
    try:
        verify(key.algorithm, key.key, message, signature)
    except ValueError as error:
        raise DrawError("signature", where, name=key.name, why=str(error).rstrip(".")) from None


def check_witnesses(
    keys: Sequence[Key], enough: int, statements: Sequence[Statement], message: Callable[[int], bytes],
    when: tuple[int, int], verify: Verify, where: str,
) -> None:  # fmt: skip
    """So many of these witnesses, each once, signed this at a moment from the first to the last of ``when``."""
    known = {key.name: key for key in keys}
    seen = set[str]()
    for place, each in enumerate(statements):
        at = f"{where}[{place}]"
        if each.name not in known:
            raise DrawError("no-witness", at, name=each.name)
        if each.name in seen:
            raise DrawError("witness-twice", at, name=each.name)
        if not when[0] <= each.at <= when[1]:
            raise DrawError("witness-moment", at, name=each.name)
        check_signed(known[each.name], message(each.at), each.signature, verify, at)
        seen.add(each.name)
    if len(seen) < enough:
        raise DrawError("witnesses-few", where, found=len(seen), wanted=enough)
