"""Sixteen bytes as people write them: twelve words of a language's list (BIP-39: 128 bits and four bits that check
them), or one line of text for a QR code. Nothing else is read, and nothing is guessed."""

import base64
import re
import unicodedata
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType

SEED = 16  # bytes
WORDS = 12
BITS = 11  # of a word
LANGUAGES = MappingProxyType({"en": "English", "es": "Spanish"})
PREFIX = "frombelow-card-1:"
MOST = 1000  # characters that somebody may have typed
_CHECK = 4  # bytes that check the line; it is as long as base32 fills without padding
_LISTS = files(__package__) / "wordlists"
_LINE = re.compile(r"frombelow-card-(?P<version>\d+):(?P<letters>[^:]*):?(?P<origin>.*)")


class CardError(ValueError):
    """What was typed is no card. The sentence says what to look at, and shows none of its words."""


def in_words(seed: bytes, language: str = "en") -> tuple[str, ...]:
    """The twelve words for these sixteen bytes."""
    checked = int.from_bytes(seed) << 4 | sha256(seed).digest()[0] >> 4
    places = [checked >> BITS * (WORDS - 1 - n) & 2**BITS - 1 for n in range(WORDS)]
    return tuple(listed(language)[place] for place in places)


def in_a_line(seed: bytes, origin: str = "") -> str:
    """The line for these sixteen bytes, with four that check them; and for which organization's record they are, where
    it is said."""
    named = _plain(origin)
    checked = seed + sha256(seed + named.encode()).digest()[:_CHECK]
    return PREFIX + base64.b32encode(checked).decode().lower() + (named and f":{named}")


def read(typed: str, origin: str = "") -> bytes:
    """The sixteen bytes that were written in words or as a line. Capital letters, accents and more spaces than one are
    all the same. Raises CardError; so it does for a line that says that it is of another organization than this."""
    if len(typed) > MOST:
        raise CardError("This is longer than the twelve words of a card.")
    plain = _plain(typed)
    if found := _LINE.match("".join(plain.split())):
        return _read_line(found, origin)
    return _read_words(plain.split())


def _read_line(found: re.Match[str], origin: str) -> bytes:
    if found["version"] != "1":
        raise CardError("This card was made by a newer program. Take the newest one to read it.")
    try:
        checked = base64.b32decode(found["letters"].upper())
    except ValueError:
        checked = b""
    seed = checked[:SEED]
    if len(checked) != SEED + _CHECK or in_a_line(seed, found["origin"]) != found[0]:
        raise CardError("The text of this card is not whole, or a letter in it is another one. Copy it once more.")
    if origin and found["origin"] not in ("", _plain(origin)):
        raise CardError(f"This is a card of “{found['origin']}”; this organization’s record is called “{origin}”.")
    return seed


def _read_words(typed: list[str]) -> bytes:
    if len(typed) != WORDS:
        raise CardError(f"A card has {WORDS} words; here {'is' if len(typed) == 1 else 'are'} {len(typed)}.")
    # A few words stand in both lists, so no single one says the language.
    language = max(LANGUAGES, key=lambda each: sum(word in _places(each) for word in typed))
    places = _places(language)
    wrong = [str(n) for n, word in enumerate(typed, 1) if word not in places]
    if wrong:
        what = f"Word {wrong[0]} is" if len(wrong) == 1 else f"Words {', '.join(wrong[:-1])} and {wrong[-1]} are"
        raise CardError(
            f"{what} not in the {LANGUAGES[language]} list, from which a card takes its words. Look at the card again."
        )
    checked = 0
    for word in typed:
        checked = checked << BITS | places[word]
    seed = (checked >> 4).to_bytes(SEED)
    if sha256(seed).digest()[0] >> 4 != checked & 15:
        raise CardError(
            "Each of these words can stand on a card, but all twelve do not fit together: one is another word on the "
            "card, or two have changed places. Compare them one by one."
        )
    return seed


@cache
def listed(language: str) -> tuple[str, ...]:
    """The list of a language in its order, as it is printed. Raises ValueError where there is none."""
    if language not in LANGUAGES:
        raise ValueError(f"there is no list of words in “{language}”")
    text = (_LISTS / f"{language}.txt").read_text(encoding="utf-8")
    return tuple(unicodedata.normalize("NFC", text).split())


@cache
def _places(language: str) -> dict[str, int]:
    return {_plain(word): place for place, word in enumerate(listed(language))}


def _plain(text: str) -> str:
    """Without accents, in small letters."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each)).lower()
