"""The rulebook: articles with text and parameters, read from TOML; every mistake is named with its article and line."""

import re
import tomllib
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from ...alike import look_alike
from ...counting.thresholds import Base, Threshold
from ...signs import LINE, UNSEEN_IN_LINES
from .aloud import Say, as_it_is, in_words
from .figures import PLACE, strange_figure
from .parameters import PARAMETERS, POWERS, TOPICS, Whole, quoted, table

FORMAT = 1
DEEPEST = 20  # lists and tables in one another; the rules that there are have four
_TOO_DEEP = "this is not TOML that can be read: too many brackets in one another"
_NUMBER = re.compile(r"[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,2}")  # \d would take digits of every script: two look alike
# A line that begins with a key of many parts, each a table in the last: reading one of n parts takes n * n memory.
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_DEEP_KEY = re.compile(rf"^[ \t\[]*+(?:{_PART}){{9}}", re.MULTILINE)
# The same within a line, in a table in braces. It looks into texts too, where nobody writes so many words and dots.
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_\\-])(?:{_PART}){{99}}")
_UNSEEN = re.compile(f"[{UNSEEN_IN_LINES}]")  # an article says what it looks like
LONGEST = 200  # letters of a title: it is a line, in lists and headlines too
_ARTICLE_KEYS = {"number", "title", "text", "topics"}


class RulebookError(ValueError):
    """A rulebook that cannot be: what is wrong, in which article, at which line of the text."""

    def __init__(self, why: str, article: str = "", line: int = 0) -> None:
        self.why, self.article, self.line = why, article, line
        place = ", ".join(part for part in (f"Article {article}" * bool(article), f"line {line}" * bool(line)) if part)
        super().__init__(f"{place}: {why}" if place else why)


class Article(Struct, frozen=True):
    """One rule: its number, title, text with {parameter} places, the parameters it sets, the topics it covers."""

    number: str
    title: str
    text: str
    settings: dict[str, Any]
    topics: tuple[str, ...] = ()

    def sentence(self, say: Say = as_it_is) -> str:
        """The text with each parameter put in words, in English or as ``say`` translates them."""
        return PLACE.sub(lambda found: in_words(self.settings[found[1]], say), self.text)


class OfficeRule(Struct, frozen=True):
    """An office that the organization starts with."""

    key: str
    title: str
    powers: tuple[str, ...]
    seats: int = 1
    term_months: int = 12
    member_days: int = 0


class Rulebook(Struct, frozen=True):
    """A valid rulebook: each parameter is set, and each topic covered, by exactly one article.

    ``source`` maps article numbers to the TOML tables they were read from, so that a change replaces whole articles.
    """

    title: str
    articles: dict[str, Article]
    offices: tuple[OfficeRule, ...]
    values: dict[str, Any]
    homes: dict[str, str]
    source: dict[str, dict[str, Any]]
    version: int = 1

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def article(self, key: str) -> str:
        """The number of the article that sets this parameter or covers this topic."""
        return self.homes[key]

    def changed(self, patch: str, repeal: Collection[str] = (), without: Collection[str] = ()) -> "Rulebook":
        """The rulebook after a change. Each article of the patch says what of it changes: its title, its text, topics,
        settings; ``drops`` lists settings that it has no more. What it does not name stays as it is; a new article
        says all of itself. The articles ``without`` are left alone.

        Raises RulebookError if what comes out could not stand, which includes one that could not be changed again.
        """
        lines = patch.splitlines()
        document = _parse(patch)
        _known(document, {"article"}, lines)
        source = dict(self.source)
        for number in repeal:
            if number not in without and source.pop(number, None) is None:
                raise RulebookError("there is no such article to repeal", number)
        seen: set[str] = set()
        for table_, line in _articles(document, lines):
            number = _number(table_, line)
            if number in seen:
                raise RulebookError("there are two articles with this number", number, line)
            seen.add(number)
            if number not in without:
                source[number] = _merged(self.source.get(number, {}), table_, number, line)
        return _build(self.title, source, self.offices, lines, self.version + 1)


@lru_cache(maxsize=16)  # a founding is read by who judges, by each who applies it, and by pages again and again
def read_rulebook(text: str) -> Rulebook:
    """The rulebook that a TOML text describes. Raises RulebookError naming article and line."""
    lines = text.splitlines()
    document = _parse(text)
    _known(document, {"format", "title", "article", "office"}, lines)
    if document.get("format") != FORMAT:
        raise RulebookError(f"format = {FORMAT} is needed at the top", line=_line(lines, "format"))
    title = document.get("title")
    if not isinstance(title, str) or not title:
        raise RulebookError("a title is needed at the top", line=_line(lines, "title"))
    if why := _title_fault(title):
        raise RulebookError(why, line=_line(lines, "title"))
    source: dict[str, dict[str, Any]] = {}
    for table_, line in _articles(document, lines):
        number = _number(table_, line)
        if number in source:
            raise RulebookError("there are two articles with this number", number, line)
        source[number] = table_
    return _build(title, source, tuple(_offices(document, lines)), lines, 1)


def _parse(text: str) -> dict[str, Any]:
    if found := _DEEP_KEY.search(text) or _LONG_KEY.search(text):
        raise RulebookError("this is not TOML that can be read: a key of so many parts", line=_line_of(text, found))
    try:
        document = tomllib.loads(text)
    except RecursionError:
        raise RulebookError(_TOO_DEEP) from None
    except ValueError as error:  # a TOMLDecodeError, or Python's own about a number of thousands of digits
        raise RulebookError(f"this is not TOML: {error}") from None
    if _deeper(document, DEEPEST):
        raise RulebookError(_TOO_DEEP)
    return document


def _deeper(document: dict[str, Any], most: int) -> bool:
    """Whether more than so many lists and tables lie in one another. How deep Python itself can go hangs on who called
    it: what one reader can read, the next must be able to compare and to write down."""
    level: list[Any] = [document]
    for _ in range(most):
        level = [
            inner for each in level for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]  # fmt: skip
        if not level:
            return False
    return True


def as_read(patch: str) -> dict[str, Any]:
    """What a change of articles says, however it is written. Raises RulebookError."""
    return _parse(patch)


def tables_in(patch: str) -> dict[str, dict[str, Any]]:
    """What a change says of each article, by its number, in its order. Raises RulebookError."""
    lines = patch.splitlines()
    return {_number(entry, line): entry for entry, line in _articles(_parse(patch), lines)}


def _merged(before: dict[str, Any], said: dict[str, Any], number: str, line: int) -> dict[str, Any]:
    drops = said.get("drops", [])
    if not isinstance(drops, list) or not all(isinstance(key, str) for key in drops):
        raise RulebookError("drops is a list of settings that the article has no more", number, line)
    if strange := [key for key in drops if key not in before or key in _ARTICLE_KEYS]:
        raise RulebookError(f"it has no “{strange[0]}” to drop", number, line)
    kept = {key: value for key, value in before.items() if key not in drops}
    return kept | {key: value for key, value in said.items() if key != "drops"}


def _line_of(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def _known(document: dict[str, Any], allowed: set[str], lines: list[str]) -> None:
    if strange := sorted(set(document) - allowed):
        raise RulebookError(f"“{strange[0]}” is not known here", line=_line(lines, strange[0]))


def _line(lines: list[str], key: str, start: int = 0) -> int:
    """The line (from 1) at which a key is set, from a line on; the start where it is not found."""
    # What was once read as space is never read again, or a line of nothing else would take the square of its length.
    opening = re.compile(rf'\s*+\[*+\s*+"?{re.escape(key)}"?\s*+(=|\]|\.)')
    for n in range(start, len(lines)):
        if opening.match(lines[n]):
            return n + 1
    return start


def _tables(document: dict[str, Any], lines: list[str], what: str) -> Iterator[tuple[dict[str, Any], int]]:
    """The document's [[what]] tables, each with its line."""
    tables = document.get(what, [])
    if not isinstance(tables, list) or not all(isinstance(entry, dict) for entry in tables):
        raise RulebookError(f"each {what} begins with [[{what}]]", line=_line(lines, what))
    starts = [n + 1 for n, line in enumerate(lines) if line.strip().startswith(f"[[{what}]]")]
    for n, entry in enumerate(tables):
        yield entry, starts[n] if n < len(starts) else 0


def _articles(document: dict[str, Any], lines: list[str]) -> Iterator[tuple[dict[str, Any], int]]:
    return _tables(document, lines, "article")


def _number(entry: dict[str, Any], line: int) -> str:
    number = entry.get("number")
    if not isinstance(number, str) or not _NUMBER.fullmatch(number):
        raise RulebookError(f'an article needs a number in quotes, like "4.2", not {quoted(number)}', line=line)
    return number


def _offices(document: dict[str, Any], lines: list[str]) -> Iterator[OfficeRule]:
    keys, titles = set(), list[str]()
    for entry, line in _tables(document, lines, "office"):
        name = str(entry.get("title") or entry.get("key") or "an office")
        try:
            table(entry, "key", "title", "powers", "seats", "term_months", "member_days")
            office = OfficeRule(
                key=str(entry["key"]),
                title=str(entry["title"]),
                powers=known_powers(entry.get("powers", [])),
                seats=Whole(1, 100)(entry.get("seats", 1)),
                term_months=Whole(1, 36)(entry.get("term_months", 12)),
                member_days=Whole(0, 3650)(entry.get("member_days", 0)),
            )
        except KeyError as error:
            raise RulebookError(f"the office “{name}” needs {error.args[0]}", line=line) from None
        except ValueError as error:
            raise RulebookError(f"nobody could fill the office “{name}”: {error}", line=line) from None
        if why := _title_fault(office.title):
            raise RulebookError(f"the office “{office.title[:40]}”: {why}", line=line)
        if office.key in keys:
            raise RulebookError(f"there are two offices with the key “{office.key}”", line=line)
        if like := next((title for title in titles if look_alike(title, office.title)), ""):
            raise RulebookError(f"nobody could tell the offices “{like}” and “{office.title}” apart", line=line)
        keys.add(office.key)
        titles.append(office.title)
        yield office


def _title_fault(title: str) -> str:
    if len(title) > LONGEST:
        return f"a title is one line of at most {LONGEST} letters; this has {len(title)}"
    return "" if re.search(LINE, title) else "the title is more than a line, or holds signs that cannot be seen"


def known_powers(value: Any) -> tuple[str, ...]:
    """The powers, if each is in the closed list. Raises ValueError naming one that is not."""
    if not isinstance(value, list | tuple):
        raise ValueError("powers are a list")
    for power in value:
        if not isinstance(power, str) or power not in POWERS:
            raise ValueError(f"there is no power “{power}”; an office can hold {', '.join(POWERS)}")
    return tuple(sorted(set(value)))


def _build(
    title: str,
    source: dict[str, dict[str, Any]],
    offices: tuple[OfficeRule, ...],
    lines: list[str],
    version: int,
) -> Rulebook:
    articles: dict[str, Article] = {}
    values: dict[str, Any] = {}
    homes: dict[str, str] = {}
    starts: dict[str, int] = {}
    for n, line in enumerate(lines):
        starts.setdefault(line.strip(), n)
    for number in sorted(source, key=lambda text: [int(part) for part in text.split(".")]):
        start = starts.get(f'number = "{number}"', 0)
        article = _article(number, source[number], lines, start)
        for key in (*article.settings, *article.topics):
            if key in homes:
                raise RulebookError(f"“{key}” stands in Article {homes[key]} already", number, _line(lines, key, start))
            homes[key] = number
        values |= article.settings
        articles[number] = article
    if missing := [key for key in (*PARAMETERS, *TOPICS) if key not in homes]:
        raise RulebookError(f"no article says “{missing[0]}”; each parameter and topic needs one")
    _stands(values, homes, lines)
    return Rulebook(title, articles, offices, values, homes, source, version)


def _article(number: str, entry: dict[str, Any], lines: list[str], start: int) -> Article:
    title, text = entry.get("title"), entry.get("text")
    if not isinstance(title, str) or not isinstance(text, str) or not title or not text:
        raise RulebookError("an article needs a title and a text", number, start)
    if _UNSEEN.search(title + text):
        raise RulebookError("the text holds signs that cannot be seen", number, start)
    if why := _title_fault(title):
        raise RulebookError(why, number, start)
    topics = entry.get("topics", [])
    if not isinstance(topics, list) or not all(topic in TOPICS for topic in topics):
        raise RulebookError(f"topics are a list out of {', '.join(TOPICS)}", number, _line(lines, "topics", start))
    settings = {}
    for key, value in entry.items():
        if key in _ARTICLE_KEYS:
            continue
        if key not in PARAMETERS:
            raise RulebookError(f"there is no parameter “{key}”", number, _line(lines, key, start))
        try:
            settings[key] = PARAMETERS[key].read(value)
        except ValueError as error:
            raise RulebookError(f"{key}: {error}", number, _line(lines, key, start)) from None
    if strange := [place for place in PLACE.findall(text) if place not in settings]:
        raise RulebookError(
            f"the text speaks of {{{strange[0]}}}, which this article does not set", number, _line(lines, "text", start)
        )
    if untold := [key for key in settings if f"{{{key}}}" not in text]:
        # Or the words would say one thing and the program do another.
        raise RulebookError(
            f"the article sets {untold[0]}, and its text does not say it: write {{{untold[0]}}} where it does",
            number, _line(lines, untold[0], start),
        )  # fmt: skip
    if settings and (figure := strange_figure(title, text)):
        raise RulebookError(
            f"the words read “{figure[:40]}” beside what the article sets, and nothing applies that: each setting "
            "stands alone in its place, and other numbers in articles of their own",
            number, _line(lines, "text", start),
        )  # fmt: skip
    return Article(number, title, text.strip(), settings, tuple(topics))


def fitted(values: dict[str, Any]) -> dict[str, Any]:
    """The settings of a branch, whose own stricter ones each fit those of the whole, so that they stand together as
    well: what the whole changes later takes no branch's rules below what any rules must be."""
    found = dict(values)
    found["recall_days"] = max(values["recall_days"], values["reply_days"])
    if not _as_hard(values["rulebook_majority"], values["majority"]):
        found["rulebook_majority"] = _harder(values["rulebook_majority"], values["majority"])
    return found


def _harder(one: Threshold, other: Threshold) -> Threshold:
    """What meets it meets both."""
    share, strict = max((one.share, one.strict), (other.share, other.strict))
    base = max(one.base, other.base, key=_RANK.__getitem__)
    return Threshold(share, base, strict, max(one.yes_of_eligible, other.yes_of_eligible))


def why_not_together(values: dict[str, Any]) -> tuple[str, str] | None:
    """The setting, and why it cannot be beside the others; None where they stand together."""
    if values["recall_days"] < values["reply_days"]:
        return "recall_days", "the vote would open before the officer's time to reply is over"
    if not _as_hard(values["rulebook_majority"], values["majority"]):
        return "rulebook_majority", "changing the rules would be easier than an ordinary motion"
    return None


def _stands(values: dict[str, Any], homes: dict[str, str], lines: list[str]) -> None:
    """Refuse settings that are each possible but not together."""

    def refuse(key: str, why: str) -> None:
        raise RulebookError(f"{key}: {why}", homes[key], _line(lines, key))

    for key in ("rulebook_majority", "expulsion_majority", "dissolution_majority"):
        if values[key].base is Base.PRESENT:
            refuse(key, "a vote outside a meeting has nobody present; take yes+no, cast or eligible")
    if values["majority"].base is Base.PRESENT:
        refuse("majority", "a vote outside a meeting has nobody present; take yes+no, cast or eligible")
    if found := why_not_together(values):
        refuse(*found)


_RANK = {Base.YES_NO: 0, Base.CAST: 1, Base.PRESENT: 1, Base.ELIGIBLE: 2}


def _as_hard(rules: Threshold, simple: Threshold) -> bool:
    """Whether no tally meets the first and misses the second."""
    return (
        _RANK[rules.base] >= _RANK[simple.base]
        and (rules.share, rules.strict) >= (simple.share, simple.strict)
        and rules.yes_of_eligible >= simple.yes_of_eligible
    )
