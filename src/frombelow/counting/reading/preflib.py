"""PrefLib's .soc, .soi, .toc and .toi (Mattei and Walsh, https://www.preflib.org/format), as published since 2022.

Lines with ``#`` name the alternatives; then a line a ballot: ``weight: 1,3,{2,4}``. In .soc and .toc every ballot ranks
everybody; in .soc and .soi nobody is ranked equally. Where the lines with ``#`` say how many voters or orders there
are, a file with another number is refused: it may have been cut.
"""

import re

from ..errors import ReadError
from ..profile import Array, Profile, integers, matrix
from .headings import check_names
from .numerals import ballots, numerals, shown, text_of, whole_number, with_ballots

_NAME = re.compile(r"#\s*ALTERNATIVE NAME (\S+?)\s*:(.*)")
_COUNT = re.compile(r"#\s*NUMBER ALTERNATIVES\s*:(.*)")
_ORDERS = re.compile(r"#\s*NUMBER UNIQUE (?:ORDERS|PREFERENCES)\s*:(.*)")
_VOTERS = re.compile(r"#\s*NUMBER VOTERS\s*:(.*)")
_TITLE = re.compile(r"#\s*TITLE\s*:(.*)")
_RANK = re.compile(r"\{([^{}]*)\}|([^,{}]+)")
_PLAIN = re.compile(r"(?:[1-9][0-9]*+: ?[1-9][0-9]*+(?:, ?[1-9][0-9]*+)*+\n)*+")
_LEVELS_END = 65_534


def read_preflib(data: bytes, file: str, kind: str = ".toi") -> Profile:
    """The profile in a PrefLib file of this kind; it names no seats. ReadError where it is not one."""
    text = text_of(data, file)
    names, title, lines, told = _header(text, file)
    body = "\n".join(line for _, line in lines)
    complete, equals = kind in (".soc", ".toc"), kind in (".toc", ".toi")
    found = _clean(body, len(names)) if "{" not in body else None
    if found is not None and not (complete and _some_unranked(found[0], len(names))):
        return _whole(Profile(names, *found, None, title), len(lines), told, file)
    weights, rankings, levels = [], [], []
    for number, line in lines:
        weight, groups = _ballot(line, file, number, len(names))
        if not equals and any(len(group) > 1 for group in groups):
            raise ReadError(file, number, f"candidates are ranked equally, which a {kind} file does not allow.")
        ranking = [candidate for group in groups for candidate in group]
        if complete and len(ranking) < len(names):
            raise ReadError(file, number, f"only {len(ranking)} of {len(names)} are ranked; a {kind} file ranks all.")
        weights.append(weight)
        rankings.append(ranking)
        levels.append([level for level, group in enumerate(groups) for _ in group])
    equal = any(len(set(each)) < len(each) for each in levels)
    level_matrix = matrix(levels, _LEVELS_END) if equal else None
    profile = Profile(names, matrix(rankings, len(names)), integers(weights), None, title, frozenset(), level_matrix)
    return _whole(profile, len(lines), told, file)


def _whole(profile: Profile, orders: int, told: dict[str, tuple[int, int]], file: str) -> Profile:
    """The profile; ReadError where the file says that it holds other numbers of voters or orders."""
    for what, here in (("voters", profile.ballots), ("orders", orders)):
        line, said = told.get(what, (0, here))
        if said != here:
            why = f"the file says that there are {said:,} {what}, and here are {here:,}; it may have been cut."
            raise ReadError(file, line, why)
    return with_ballots(profile, file)


def _header(
    text: str, file: str
) -> tuple[tuple[str, ...], str, list[tuple[int, str]], dict[str, tuple[int, int]]]:  # fmt: skip
    """The names in order, the title, the other lines with their numbers, and how many voters and orders are said to be
    there, each with its line."""
    names: dict[int, str] = {}
    told: dict[str, tuple[int, int]] = {}
    title, count, lines = "", None, []
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if not stripped.startswith("#"):
            if stripped:
                lines.append((number, stripped))
        elif found := _NAME.match(stripped):
            _name(names, found, file, number)
        elif found := _COUNT.match(stripped):
            count = whole_number(found[1].strip(), file, number, "the number of alternatives")
        elif found := _VOTERS.match(stripped):
            told["voters"] = number, whole_number(found[1].strip(), file, number, "the number of voters")
        elif found := _ORDERS.match(stripped):
            told["orders"] = number, whole_number(found[1].strip(), file, number, "the number of orders")
        elif found := _TITLE.match(stripped):
            title = found[1].strip()
    if not names:
        raise ReadError(file, None, "no line names an alternative (“# ALTERNATIVE NAME 1: …”).")
    if sorted(names) != list(range(1, len(names) + 1)) or (count is not None and count != len(names)):
        wanted = count if count is not None else max(names)
        raise ReadError(file, None, f"{len(names)} alternatives are named, not all of 1 to {wanted}.")
    if len(names) >= _LEVELS_END:
        raise ReadError(file, None, f"there cannot be {len(names):,} candidates.")
    in_order = tuple(names[each] for each in sorted(names))
    check_names(in_order, file, labels=False)
    return in_order, title, lines, told


def _name(names: dict[int, str], found: re.Match[str], file: str, line: int) -> None:
    """The alternative has this name; ReadError where it has one."""
    which = whole_number(found[1], file, line, "the number of an alternative")
    if which in names:
        raise ReadError(file, line, f"alternative {which} is named twice.")
    names[which] = found[2].strip()


def _clean(body: str, candidates: int) -> tuple[Array, Array] | None:
    """Rankings and weights where every line is a weight, a colon and numbers with commas; else None."""
    if not _PLAIN.fullmatch(body + "\n"):
        return None
    data = (body + "\n").replace(":", " ").replace(",", " ").replace("\n", " 0 ").encode()
    numbers = numerals(data)
    return None if numbers is None else ballots(numbers, (numbers == 0).nonzero()[0], candidates)


def _some_unranked(rankings: Array, candidates: int) -> bool:
    return bool(rankings.shape[1] <= candidates or (rankings[:, candidates - 1] == candidates).any())


def _ballot(line: str, file: str, number: int, candidates: int) -> tuple[int, list[list[int]]]:
    """Weight and ranking of one line."""
    weight_text, colon, ranking_text = line.partition(":")
    if not colon:
        raise ReadError(file, number, f"a ballot is a weight, a colon and a ranking, not {shown(line)}.")
    weight = whole_number(weight_text.strip(), file, number, "the weight of a ballot")
    if weight < 1:
        raise ReadError(file, number, f"the weight of a ballot is {weight}; it must be at least 1.")
    bare = _RANK.sub("", ranking_text).replace(" ", "")
    if bare.strip(","):
        raise ReadError(file, number, f"a bracket is not closed, or closed twice: {shown(ranking_text.strip())}.")
    groups: list[list[int]] = []
    seen: set[int] = set()
    for found in _RANK.finditer(ranking_text):
        group = []
        for text in (found[1] if found[1] is not None else found[2]).split(","):
            if not text.strip():
                continue
            each = whole_number(text.strip(), file, number, "a candidate number")
            if not 1 <= each <= candidates:
                raise ReadError(file, number, f"there is no candidate {each}; they are numbered 1 to {candidates}.")
            if each in seen:
                raise ReadError(file, number, f"candidate {each} is ranked twice on one ballot.")
            seen.add(each)
            group.append(each - 1)
        if group:
            groups.append(group)
    return weight, groups
