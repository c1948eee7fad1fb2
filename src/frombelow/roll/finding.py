"""Finding a person by what somebody types: any part of the name, without accents, however an apostrophe is written, and
also where letters of another alphabet look like those of this one."""

import re
import unicodedata

MOST_PARTS = 12  # of a name, or of what is typed
LONGEST = 60  # characters of a part that are looked at
# Letters that carry no accent which could be taken off, as people write them who lack the key.
PLAIN = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i",
    "ŋ": "n", "ĸ": "k",
})  # fmt: skip
# Letters of other alphabets that look like Latin ones, after confusables.txt of UTS 39: those of names that occur.
ALIKE = str.maketrans({
    **dict(zip("аеорсхуіјѕһԁԛԝѵгк", "aeopcxyijshdqwvrk", strict=True)),
    **dict(zip("АВЕЅІЈКМНОРСТХУҮԚԜѴ", "ABESlJKMHOPCTXYYQWV", strict=True)),
    **dict(zip("αγικνορυχ", "ayikvopux", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHlKMNOPTYX", strict=True)),
    **dict(zip("օսցհոՕՏԼ", "oughnOSL", strict=True)),
    **dict(zip("ɑɡI|10", "aglllo", strict=True)),
})  # fmt: skip
APOSTROPHES = re.compile("['’‘‛ʼʹʻ`´′＇]")
BETWEEN = re.compile(r"(?:[^\w']|_)+")


def parts_of(name: str) -> frozenset[str]:
    """Every part by which a person of this name is found: by its beginning."""
    return frozenset(key for part in _parts(name) for key in _keys(part))


def typed_parts(typed: str) -> list[frozenset[str]]:
    """For each part that somebody typed, the beginnings of which a part of the name has to have one."""
    parts = [part for piece in _pieces(typed) if (part := piece.replace("'", ""))]
    return [_keys(part) for part in parts[:MOST_PARTS]]


def _pieces(name: str) -> list[str]:
    """The words of a name, and those with a hyphen in their pieces."""
    return BETWEEN.split(unicodedata.normalize("NFKC", APOSTROPHES.sub("'", name)))


def _parts(name: str) -> list[str]:
    """The pieces of a name, and what stands after an apostrophe in one."""
    pieces = [piece for piece in _pieces(name) if piece.strip("'")]
    whole = [piece.replace("'", "") for piece in pieces]
    after = [part for piece in pieces for part in piece.split("'")[1:] if part]
    return whole[:MOST_PARTS] + after[:MOST_PARTS]


def _keys(part: str) -> frozenset[str]:
    """The part without accents, and as what it can be taken for in capitals and in small letters."""
    forms = {part, part.translate(ALIKE)}
    if not part.isascii():
        forms |= {part.casefold().translate(ALIKE), part.upper().translate(ALIKE)}
    return frozenset(filter(None, map(_plain, forms)))


def _plain(part: str) -> str:
    """In small letters and without accents."""
    decomposed = unicodedata.normalize("NFKD", part.casefold().translate(PLAIN))
    return "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")[:LONGEST]
