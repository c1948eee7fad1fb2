"""What members give so that nobody can say afterwards that chance was made up: 32 bytes of their device, open at once,
or committed to first and shown once all commitments are there. Chance comes after both, so who gives last, or never
shows what they committed to, has no say."""

from collections.abc import Sequence

from .formats import Closing, Contribution, Dice, Specification
from .hashing import closing_hash, specification_hash, tagged
from .sentences import DrawError
from .specifying import moment_of
from .statements import Verify, check_signed, check_witnesses, closed_message, contribution_message


def commitment_of(fixed: bytes, listed: bytes, by: str, value: str) -> str:
    """The commitment of this member to this value, in this draw: copied by another it is none."""
    return tagged("commitment", fixed, listed, by.encode(), bytes.fromhex(value)).hex()


def check_contribution(
    told: Specification, hashes: tuple[bytes, bytes], one: Contribution, verify: Verify, where: str = "contribution"
) -> None:
    """This can be contributed, by the hashes of specification and list; whether the same member did before is not asked
    here. Raises DrawError where not."""
    window = told.contributions
    if one.at < window.opens:
        raise DrawError("contribution-early", where, by=one.by)
    if one.at > window.closes:
        raise DrawError("contribution-late", where, by=one.by)
    given = one.value if window.reveals_until is None else one.commitment
    if given is None or (window.reveals_until is None) != (one.commitment is None):
        raise DrawError("contribution-way", where, by=one.by)
    if window.reveals_until is None and one.shown is not None:
        raise DrawError("contribution-way", where, by=one.by)
    if window.reveals_until is not None:
        _check_shown(one, (window.closes, window.reveals_until), hashes, where)
    keys = None if window.keys is None else {key.name: key for key in window.keys}
    if keys is None:
        if one.signature is not None:
            raise DrawError("contribution-unasked", where, by=one.by)
        return
    if one.by not in keys:
        raise DrawError("contribution-stranger", where, by=one.by)
    check_signed(keys[one.by], contribution_message(*hashes, one.by, given), one.signature or "", verify, where)


def _check_shown(one: Contribution, when: tuple[int, int], hashes: tuple[bytes, bytes], where: str) -> None:
    """What was shown is what was committed to, and was shown in time."""
    if (one.value is None) != (one.shown is None):
        raise DrawError("contribution-way", where, by=one.by)
    if one.value is None or one.shown is None:
        return
    if not when[0] < one.shown <= when[1]:
        raise DrawError("reveal-moment", where, by=one.by)
    if one.commitment != commitment_of(*hashes, one.by, one.value):
        raise DrawError("reveal-other", where, by=one.by)


def check_closing(told: Specification, listed: bytes, closing: Closing, verify: Verify) -> bytes:
    """What was contributed holds, and the witnesses that the specification asks for saw it before chance could be
    known. The answer is its hash. Raises DrawError where not."""
    fixed = specification_hash(told)
    _check_all(told, (fixed, listed), closing.contributions, verify)
    closed, window = closing_hash(closing), told.contributions
    if closing.checkpoint is not None and not told.enough:
        # Whoever can choose among checkpoints afterwards could choose the seed.
        raise DrawError("checkpoint-unseen", "closing.checkpoint")
    over = window.closes if window.reveals_until is None else window.reveals_until
    # Who sees dice says with them what was there before; a beacon speaks before nobody.
    enough = 0 if isinstance(told.second, Dice) else told.enough
    check_witnesses(
        told.witnesses, enough, closing.witnessed, lambda at: closed_message(fixed, listed, closed, at),
        (over, moment_of(told.second) - 1), verify, "closing.witnessed",
    )  # fmt: skip
    return closed


def _check_all(
    told: Specification, hashes: tuple[bytes, bytes], contributions: Sequence[Contribution], verify: Verify
) -> None:
    given, before = set[str](), ""
    for place, one in enumerate(contributions):
        where = f"closing.contributions[{place}]"
        if one.by == before:
            raise DrawError("contribution-twice", where, by=one.by)
        if one.by < before:
            raise DrawError("contribution-order", where, by=one.by)
        check_contribution(told, hashes, one, verify, where)
        if not given.isdisjoint({one.value, one.commitment} - {None}):
            raise DrawError("contribution-copied", where, by=one.by)
        given |= {one.value or "", one.commitment or ""} - {""}
        before = one.by
