"""BLT: the format of Hill's and Wichmann's counting programs, as OpenSTV, OpaVote and droop write it.

First the number of candidates and of seats; then, if anybody has withdrawn, their numbers with a minus; then a ballot
a line: weight, candidates in order, 0, where ``3=5`` ranks two equally and ``-`` skips a rank; a 0 alone ends them;
then the names in quotes and the title. Line breaks are optional. ``#`` starts a comment. A clean file is read at once
with numpy; any other goes through the slow reader, which knows the whole format and says what is wrong and where.
"""

import re
from collections.abc import Iterator

from ..errors import ReadError
from ..profile import Profile, integers, matrix
from .numerals import ballots, numerals, only_numerals, shown, text_of, whole_number, with_ballots

_PIECE = re.compile(r'#[^\n]*+|[^\s"#]++|"')  # a comment, a number or the like, where the names begin
_QUOTED = re.compile(r'"((?:[^"\\]++|\\.)*+)"(?:\s++|$)')
_LEVELS_END = 65_534


def read_blt(data: bytes, file: str = "ballots.blt") -> Profile:
    """The profile in a BLT file; its seats, title and withdrawn candidates are in it. ReadError where it is not one."""
    quote = data.find(b'"')
    if quote > 0 and only_numerals(data[:quote]):
        profile = _clean(data[:quote], data[quote:])
        if profile is not None:
            return with_ballots(profile, file)
    return with_ballots(_SlowReader(text_of(data, file), file).read(), file)


def _clean(numbers_part: bytes, names_part: bytes) -> Profile | None:
    """The profile of a file without surprises, or None."""
    numbers = numerals(numbers_part)
    if numbers is None or len(numbers) < 3 or numbers[-1] != 0:
        return None
    candidates, seats, body = int(numbers[0]), int(numbers[1]), numbers[2:-1]
    ends = (body == 0).nonzero()[0]
    if not 0 < seats <= candidates < _LEVELS_END or (len(body) and body[-1] != 0):
        return None
    try:
        names = _line_names(names_part.decode())
    except UnicodeDecodeError:
        return None
    if names is None or len(names) not in (candidates, candidates + 1):
        return None
    found = ballots(body, ends, candidates)
    if found is None:
        return None
    title = names[candidates] if len(names) > candidates else ""
    return Profile(tuple(names[:candidates]), *found, seats, title)


def _line_names(text: str) -> list[str] | None:
    """The names where each stands on a line of its own, in quotes, with none inside; else None."""
    names = []
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped:
            continue
        inside = stripped[1:-1]
        if len(stripped) < 2 or stripped[0] != '"' or stripped[-1] != '"' or '"' in inside or "\\" in inside:
            return None
        names.append(inside)
    return names


def _quoted_texts(line: str) -> list[str] | None:
    """The texts where the line is nothing but texts in quotes with blanks between; else None."""
    texts, at = [], 0
    while at < len(line):
        found = _QUOTED.match(line, at)
        if found is None:
            return None
        texts.append(found[1])
        at = found.end()
    return texts


class _SlowReader:
    """Reads piece by piece; knows the line of every piece."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file, self.line, self._at = text, file, 1, 0
        self.pieces = self._pieces()

    def read(self) -> Profile:
        candidates, seats = self.number("the number of candidates"), self.number("the number of seats")
        if not 0 < candidates < _LEVELS_END:
            raise self.wrong(f"there cannot be {candidates:,} candidates.")
        if seats < 1:
            raise self.wrong(f"there cannot be {seats} seats.")
        if seats > candidates:
            raise self.wrong(f"there are {seats} seats, but only {candidates} candidates.")
        withdrawn, weights, rankings, levels = self.ballots(candidates)
        names = self.names(candidates)
        if len(withdrawn) + seats > candidates:
            raise self.wrong(
                f"there are {seats} seats, but only {candidates - len(withdrawn)} of {candidates} candidates stand."
            )
        equal = any(len(set(each)) < len(each) for each in levels)
        return Profile(
            tuple(names[:candidates]),
            matrix(rankings, candidates),
            integers(weights),
            seats,
            names[candidates] if len(names) > candidates else "",
            frozenset(withdrawn),
            matrix(levels, _LEVELS_END) if equal else None,
        )

    def ballots(self, candidates: int) -> tuple[set[int], list[int], list[list[int]], list[list[int]]]:
        """Withdrawn candidates, and for each ballot its weight, ranking, and level of each entry."""
        withdrawn: set[int] = set()
        weights: list[int] = []
        rankings: list[list[int]] = []
        levels: list[list[int]] = []
        while True:
            piece = self.piece("the next ballot, or the 0 that ends them")
            if piece.startswith("(") and piece.endswith(")"):
                continue  # OpaVote's ballot number
            weight = whole_number(piece, self.file, self.line, "the weight of a ballot")
            if weight == 0:
                return withdrawn, weights, rankings, levels
            if weight < 0 and not weights:
                withdrawn.add(self.candidate(-weight, candidates))
                continue
            if weight < 0:
                raise self.wrong(f"the weight of a ballot is {weight}; it cannot be negative.")
            ranking, level = self.ranking(candidates)
            weights.append(weight)
            rankings.append(ranking)
            levels.append(level)

    def ranking(self, candidates: int) -> tuple[list[int], list[int]]:
        """The candidates of one ballot up to its 0, and the level of each."""
        ranking: dict[int, int] = {}  # candidate -> level, in order
        level = 0
        while (piece := self.piece("the 0 that ends this ballot")) != "0":
            if piece == "-":
                continue
            for part in piece.split("="):
                number = whole_number(part, self.file, self.line, "a candidate number")
                candidate = self.candidate(number, candidates)
                if candidate in ranking:
                    raise self.wrong(f"candidate {number} is ranked twice on one ballot.")
                ranking[candidate] = level
            level += 1
        return list(ranking), list(ranking.values())

    def names(self, candidates: int) -> list[str]:
        """The names, and the title if there is one."""
        found = list(self._names())
        names = [text for _, text in found]
        if len(names) < candidates:
            raise self.wrong(f"the file ends after {len(names)} of {candidates} names; it may have been cut.")
        if len(names) > candidates + 1:
            self.line = found[candidates + 1][0]
            raise self.wrong(f"after {candidates} names and a title there is more: {shown(names[candidates + 1])}.")
        return names

    def _names(self) -> Iterator[tuple[int, str]]:
        """(line, text) of each name: a line that is one quoted text may hold quotes, else quotes separate."""
        line = self.line
        for at, raw in enumerate(self.text[self._at :].split("\n")):
            stripped, self.line = raw.strip(), line + at
            if not stripped or stripped.startswith("#"):
                continue
            separate = _quoted_texts(stripped)
            if separate:
                for each in separate:
                    yield self.line, re.sub(r"\\(.)", r"\1", each)
            elif len(stripped) > 1 and stripped[0] == stripped[-1] == '"':
                yield self.line, stripped[1:-1]
            elif stripped[0] == '"':
                raise self.wrong(f"this name has no closing quote: {shown(stripped)}.")
            else:
                raise self.wrong(f"a name in quotes should stand here, not {shown(stripped)}.")

    def number(self, what: str) -> int:
        return whole_number(self.piece(what), self.file, self.line, what)

    def candidate(self, number: int, candidates: int) -> int:
        """The 0-based number of a candidate given from 1."""
        if not 1 <= number <= candidates:
            raise self.wrong(f"there is no candidate {number}; they are numbered 1 to {candidates}.")
        return number - 1

    def piece(self, wanted: str) -> str:
        """The next piece before the names; ReadError where the file ends or a name comes first."""
        piece = next(self.pieces, None)
        if piece is None:
            raise self.wrong(f"the file ends where {wanted} should stand; it may have been cut.")
        if piece.startswith('"'):
            raise self.wrong(f"here begins a name, but {wanted} should stand here.")
        return piece

    def wrong(self, why: str) -> ReadError:
        return ReadError(self.file, self.line, why)

    def _pieces(self) -> Iterator[str]:
        counted = 0
        for found in _PIECE.finditer(self.text):
            self.line += self.text.count("\n", counted, found.start())
            counted = found.start()
            if not found[0].startswith("#"):
                self._at = found.end()
                yield found[0]
