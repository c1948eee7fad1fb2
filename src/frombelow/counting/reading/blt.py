"""BLT: the format of Hill's and Wichmann's counting programs, as OpenSTV, OpaVote and droop write it.

First the number of candidates and of seats; then, if anybody has withdrawn, their numbers with a minus; then a ballot
a line: weight, candidates in order, 0, where ``3=5`` (Hill: ``(3 5)``) ranks two equally and ``-`` skips a rank; a 0
alone ends them; then the names in quotes, the title, and perhaps a source and a comment (Wichmann). Line breaks are
optional. ``#`` starts a comment, ``/*`` and ``*/`` enclose one. A ballot may begin with its number in brackets: OpenSTV
writes the weight 1 behind it, droop none; where every such ballot goes on with 1, that is the weight,
if some ballot ranks candidate 1 behind it; else nobody can tell, and the file is refused. Before the
ballots droop has ``[nick a b c]``, names for use in ballots, ``[withdrawn 2]`` and ``[tie 3 1 2]``, an order that is
not used here, as the notes say. A clean file is read at once with numpy; any other goes through the slow reader, which
knows the whole format and says what is wrong and where.
"""

import re
from collections.abc import Iterator

from ..errors import ReadError
from ..profile import Profile, integers, matrix
from .headings import check_names
from .numerals import ballots, numerals, only_numerals, shown, text_of, whole_number, with_ballots

# A comment, an option or the number of a ballot in brackets, a number or the like, where the names begin.
_PIECE = re.compile(r'#[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/|\[[^\]\n]*+\]|\([^)\n]*+\)|[^\s"#]++|"')
_AFTER_NAME = re.compile(r'("(?:[^"\\]++|\\.)*+")\s*+(?:#.*|/\*(?:[^*]|\*(?!/))*+\*/\s*)')
_WHOLE = re.compile(r"(\d+)\.0+")
_MORE = 2  # Wichmann's source and comment
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
    try:
        check_names(names[:candidates], "", labels=False)
    except ReadError:  # the slow reader knows where
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
        self.withdrawn: set[int] = set()
        self.nicks: dict[str, int] = {}
        self.notes: list[str] = []

    def read(self) -> Profile:
        candidates, seats = self.number("the number of candidates"), self.number("the number of seats")
        if not 0 < candidates < _LEVELS_END:
            raise self.wrong(f"there cannot be {candidates:,} candidates.")
        if seats < 1:
            raise self.wrong(f"there cannot be {seats} seats.")
        if seats > candidates:
            raise self.wrong(f"there are {seats} seats, but only {candidates} candidates.")
        weights, rankings, levels = self.ballots(candidates)
        names = self.names(candidates)
        if len(self.withdrawn) + seats > candidates:
            stand = candidates - len(self.withdrawn)
            raise self.wrong(f"there are {seats} seats, but only {stand} of {candidates} candidates stand.")
        equal = any(len(set(each)) < len(each) for each in levels)
        return Profile(
            tuple(names[:candidates]),
            matrix(rankings, candidates),
            integers(weights),
            seats,
            names[candidates] if len(names) > candidates else "",
            frozenset(self.withdrawn),
            matrix(levels, _LEVELS_END) if equal else None,
            tuple(self.notes),
        )

    def ballots(self, candidates: int) -> tuple[list[int], list[list[int]], list[list[int]]]:
        """For each ballot its weight, ranking, and level of each entry; before them the options and who withdrew."""
        weights: list[int] = []
        ranked: list[tuple[list[int], list[int]]] = []
        numbered: dict[str, tuple[int, list[str]]] = {}  # by number in brackets the line and the pieces
        while True:
            piece = self.piece("the next ballot, or the 0 that ends them")
            if piece.startswith("["):
                self.option(piece[1:-1].split(), candidates)
            elif piece.startswith("("):
                number = " ".join(piece[1:-1].split())
                if number in numbered:
                    raise self.wrong(f"there are two ballots with the number {shown(number)}.")
                numbered[number] = self.line, list(self.rest())
            elif (weight := self.weight(piece)) == 0:
                break
            elif weight < 0 and not weights and not numbered:
                self.withdrawn.add(self.candidate(str(-weight), candidates))
            elif weight < 0:
                raise self.wrong(f"the weight of a ballot is {weight}; it cannot be negative.")
            else:
                weights.append(weight)
                ranked.append(self.ranking(list(self.rest()), candidates))
        ranked += self.numbered(list(numbered.values()), candidates)
        weights += [1] * len(numbered)
        return weights, [ranking for ranking, _ in ranked], [level for _, level in ranked]

    def numbered(self, ballots: list[tuple[int, list[str]]], candidates: int) -> list[tuple[list[int], list[int]]]:
        """The ballots with numbers, each of which is one."""
        end, weighed = self.line, all(pieces[:1] == ["1"] for _, pieces in ballots)
        if ballots:
            if weighed and not any("1" in re.split("[ =()]", " ".join(pieces[1:])) for _, pieces in ballots):
                raise self.wrong(
                    "each ballot with a number goes on with 1, which may be its weight or its first choice; take the "
                    "numbers in brackets out."
                )
            how = (
                "the 1 behind it is how many it stands for" if weighed else "what stands behind it is the first choice"
            )
            self.notes.append(f"Ballots have numbers; {how}.")
        ranked = []
        for self.line, pieces in ballots:
            ranked.append(self.ranking(pieces[1:] if weighed else pieces, candidates))
        self.line = end
        return ranked

    def option(self, words: list[str], candidates: int) -> None:
        """What droop says in brackets before the ballots."""
        name, *said = words or [""]
        if name == "nick":
            if len(said) != candidates or len(set(said)) < candidates:
                raise self.wrong(f"[nick] should give each of the {candidates} candidates a name of their own.")
            if numbers := [each for each in said if each.isdecimal()]:
                raise self.wrong(f"the nickname {shown(numbers[0])} may be taken for the number of a candidate.")
            self.nicks = {nick: at for at, nick in enumerate(said)}
        elif name == "withdrawn":
            self.withdrawn |= {self.candidate(each, candidates) for each in said}
        elif name == "tie":
            order = [self.candidate(each, candidates) for each in said]
            if sorted(order) != list(range(candidates)):
                raise self.wrong("[tie] should name each candidate once.")
            self.notes.append("The file has an order in which ties are broken ([tie]); it is not used here.")
        elif name == "droop":
            self.notes.append("The file says how another program should count ([droop]); that is not used here.")
        else:
            raise self.wrong(f"the option {shown(name)} is not known here.")

    def weight(self, piece: str) -> int:
        whole = _WHOLE.fullmatch(piece)
        return whole_number(whole[1] if whole else piece, self.file, self.line, "the weight of a ballot")

    def rest(self) -> Iterator[str]:
        """The pieces of a ballot up to its 0."""
        while (piece := self.piece("the 0 that ends this ballot")) != "0":
            yield piece

    def ranking(self, pieces: list[str], candidates: int) -> tuple[list[int], list[int]]:
        """The candidates of one ballot, and the level of each."""
        ranking: dict[int, int] = {}  # candidate -> level, in order
        level = 0
        for piece in pieces:
            if piece == "-":
                continue
            for part in piece[1:-1].split() if piece.startswith("(") else piece.split("="):
                candidate = self.candidate(part, candidates)
                if candidate in ranking:
                    raise self.wrong(f"candidate {part} is ranked twice on one ballot.")
                ranking[candidate] = level
            level += 1
        return list(ranking), list(ranking.values())

    def names(self, candidates: int) -> list[str]:
        """The names, and the title if there is one."""
        found = list(self._names())
        names = [text for _, text in found]
        if len(names) < candidates:
            raise self.wrong(f"the file ends after {len(names)} of {candidates} names; it may have been cut.")
        if len(names) > candidates + 1 + _MORE:
            self.line = found[candidates + 1 + _MORE][0]
            more = shown(names[candidates + 1 + _MORE])
            raise self.wrong(f"after {candidates} names, a title, a source and a comment there is more: {more}.")
        self.notes += [f"Behind the title stands {shown(each)}." for each in names[candidates + 1 :] if each]
        check_names(names[:candidates], self.file, labels=False)
        return names

    def _names(self) -> Iterator[tuple[int, str]]:
        """(line, text) of each name: a line that is one quoted text may hold quotes, else quotes separate."""
        line = self.line
        for at, raw in enumerate(self.text[self._at :].split("\n")):
            stripped, self.line = raw.strip(), line + at
            if commented := _AFTER_NAME.fullmatch(stripped):
                stripped = commented[1]
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

    def candidate(self, said: str, candidates: int) -> int:
        """The 0-based number of a candidate given by number from 1, or by nickname."""
        if said in self.nicks:
            return self.nicks[said]
        number = whole_number(said, self.file, self.line, "a candidate number")
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
            if not found[0].startswith(("#", "/*")):
                self._at = found.end()
                yield found[0]
