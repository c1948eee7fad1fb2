"""Ballots written as whole numbers, read at once: what BLT and PrefLib files have in common."""

import numpy as np

from ..errors import ReadError
from ..profile import Array, Profile, padded

MOST_DIGITS, LONGEST_NAME, LONGEST_LINE = 18, 1_000, 2_000_000
GREATEST = 10**MOST_DIGITS - 1
_NOT_NUMERALS = bytes(set(range(256)) - set(b"0123456789 \t\r\n"))


def only_numerals(data: bytes) -> bool:
    """True iff there is nothing in the data but digits and white space."""
    return len(data.translate(None, _NOT_NUMERALS)) == len(data)


def numerals(data: bytes) -> Array | None:
    """All the numbers in data that holds only numerals, as int64; None where one of them may not fit."""
    if not data.strip():
        return np.zeros(0, dtype=np.int64)
    numbers = np.fromstring(data, dtype=np.int64, sep=" ")
    return None if (numbers > GREATEST).any() else numbers


def ballots(numbers: Array, ends: Array, candidates: int) -> tuple[Array, Array] | None:
    """Rankings and weights of ballots written as: weight, candidate numbers from 1, and a 0 at each of ``ends``.

    None where one of them is not a ballot, so that a slower reader can say which and why.
    """
    starts = np.empty_like(ends)
    if len(ends):
        starts[0], starts[1:] = 0, ends[:-1] + 1
    lengths = ends - starts - 1
    if len(lengths) and lengths.min() < 0:
        return None
    choice = np.ones(int(ends[-1]) + 1 if len(ends) else 0, dtype=bool)
    choice[starts] = choice[ends] = False
    chosen = numbers[: len(choice)][choice] - 1
    weights = numbers[starts]
    if len(chosen) and (chosen.max() >= candidates or chosen.min() < 0):
        return None
    if (len(weights) and weights.min() < 1) or (len(lengths) and lengths.max() > candidates):
        return None
    rankings = padded(chosen, lengths, candidates)
    return None if any_twice(rankings, candidates) else (rankings, weights)


def any_twice(rankings: Array, candidates: int) -> bool:
    """True iff some row names a candidate twice."""
    in_order = np.sort(rankings, axis=1)
    return bool(((in_order[:, 1:] == in_order[:, :-1]) & (in_order[:, 1:] != candidates)).any())


def check_lines(data: bytes, file: str) -> None:
    """ReadError where a line is longer than any that people count with: nobody waits for what it would hold."""
    signs = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero((signs == ord("\n")) | (signs == ord("\r")))
    lengths = np.diff(ends, prepend=-1, append=len(data)) - 1
    if (longest := int(lengths.argmax())) >= 0 and lengths[longest] > LONGEST_LINE:
        line = data.count(b"\n", 0, int(ends[longest - 1]) + 1 if longest else 0) + 1
        raise ReadError(file, line, f"the line has {lengths[longest]:,} bytes; the most is {LONGEST_LINE:,}.")


def text_of(data: bytes, file: str) -> str:
    """The data as text without a byte order mark: UTF-8, or UTF-16 where its mark stands first, as some spreadsheets
    save it. ReadError with the line of the first byte that is not."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise ReadError(file, None, "this is not UTF-16 text, though it begins so; save it as UTF-8.") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(file, line, "this is not UTF-8 text; save the file as UTF-8.") from None


def with_ballots(profile: Profile, file: str) -> Profile:
    """The profile, if somebody who stands is named on some ballot and names are short; ReadError otherwise."""
    if (longest := max(map(len, (*profile.candidates, profile.title)))) > LONGEST_NAME:
        raise ReadError(file, None, f"a name has {longest:,} characters; the most is {LONGEST_NAME:,}.")
    if not profile.valid:
        raise ReadError(file, None, "there is no valid ballot: none names a candidate who stands.")
    return profile


def whole_number(text: str, file: str, line: int, what: str) -> int:
    """The text as a whole number of at most 18 digits, or ReadError that says what it should have been."""
    sign, digits = (text[:1], text[1:]) if text[:1] in "+-" else ("", text)
    if digits.isascii() and digits.isdigit():
        if len(digits) > MOST_DIGITS:
            raise ReadError(file, line, f"{what} has {len(digits)} digits; at most {MOST_DIGITS} can be counted.")
        return -int(digits) if sign == "-" else int(digits)
    if digits.replace(".", "", 1).replace("/", "", 1).isdigit():
        raise ReadError(file, line, f"{what} is {shown(text)}; only whole numbers are allowed here.")
    raise ReadError(file, line, f"{what} should be a whole number, not {shown(text)}.")


def shown(text: str) -> str:
    """A piece of the file as a message shows it: in quotes, cut, invisible and turning characters written out."""
    cut = text if len(text) <= 40 else text[:40] + "…"
    visible = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in cut)
    return f"“{visible}”"
