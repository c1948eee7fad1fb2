"""Rules written as TOML, by one hand. What is put differently is put in its place: order and comments stay.

tomlkit writes alone. What somebody sent is read by ``book.as_read`` first, which has limits.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

import tomlkit
from tomlkit.items import AoT, Item, Table

from ...counting.thresholds import Quorum, Threshold
from .book import Rulebook, RulebookError, as_read, tables_in
from .parameters import Seconders

_FIRST = ("number", "title", "text")


def article_text(table: Mapping[str, Any]) -> str:
    """The article's table as a change of rules holds it: number, title and text first, the rest in its order."""
    document, tables = tomlkit.document(), tomlkit.aot()
    tables.append(_table(table))
    document.append("article", tables)
    return tomlkit.dumps(document)


def _table(table: Mapping[str, Any]) -> Table:
    written = tomlkit.table()
    for key in (*(key for key in _FIRST if key in table), *(key for key in table if key not in _FIRST)):
        written.append(key, _item(table[key]))
    return written


def as_written(value: Any) -> Any:
    """A setting as rules write it: what reads the setting from that finds this value."""
    match value:
        case Fraction():
            return str(value)
        case Seconders(count=count, root=root) if root:
            return {"count": count, "root": str(root)}
        case Seconders(count=count, share=share):
            return {"count": count, "share": str(share)}
        case Threshold():
            return {
                "share": str(value.share), "of": str(value.base), "more_than": value.strict,
                "yes_of_eligible": str(value.yes_of_eligible),
            }  # fmt: skip
        case Quorum():
            shares = {name: str(getattr(value, name)) for name in ("participating", "yes_of_eligible", "yes_root")}
            return {**shares, "knowingly": True}
    return value


def article_to_edit(book: Rulebook, number: str) -> str:
    """The article of the rulebook as a change of it starts; an empty one where there is no such article."""
    return article_text(book.source.get(number, dict.fromkeys(_FIRST, "")))


def difference(book: Rulebook, text: str) -> str:
    """Articles that were written out, as the change that makes them of those in force: what stands as it did is not
    said, and a setting that is not there any more is dropped. Raises RulebookError for what is no rules."""
    document, tables = tomlkit.document(), tomlkit.aot()
    for number, said in tables_in(text).items():
        tables.append(_table(_differs(book.source.get(number, {}), number, said)))
    document.append("article", tables)
    return tomlkit.dumps(document)


def _differs(here: Mapping[str, Any], number: str, said: Mapping[str, Any]) -> dict[str, Any]:
    found = {"number": number, **{key: value for key, value in said.items() if here.get(key) != value}}
    written_out = all(key in said for key in _FIRST)
    if written_out and (gone := [key for key in here if key not in said and key not in (*_FIRST, "topics")]):
        found["drops"] = gone
    if written_out and "topics" in here and "topics" not in said:
        found["topics"] = []
    return found


def with_settings(text: str, settings: Mapping[str, Any]) -> str:
    """The rules with these parameters put differently, each as TOML's own kinds hold it: 5, "20%", {"count": 5}.

    Raises RulebookError where a parameter does not stand in exactly one article.
    """
    document = _document(text)
    articles = _tables(document, "article")
    for key, value in settings.items():
        homes = [article for article in articles if key in article]
        if len(homes) != 1:
            raise RulebookError(f"“{key}” is set by {len(homes)} articles")
        homes[0][key] = _item(value)
    return tomlkit.dumps(document)


def with_words(text: str, words: Mapping[str, Any]) -> str:
    """The rules in other words: a ``title``; under ``article``, by number, a title or text; under ``office``, by key,
    a title. What is not named keeps its words. Raises RulebookError where an article or office is not there."""
    document = _document(text)
    if "title" in words:
        document["title"] = words["title"]
    for part, name in (("article", "number"), ("office", "key")):
        there = {table[name]: table for table in _tables(document, part)}
        for which, said in words.get(part, {}).items():
            if which not in there:
                raise RulebookError(f"there is no {part} “{which}” to put in words")
            there[which].update(said)
    return tomlkit.dumps(document)


def _document(text: str) -> tomlkit.TOMLDocument:
    as_read(text)
    return tomlkit.parse(text)


def _tables(document: tomlkit.TOMLDocument, part: str) -> list[Table]:
    return list(cast(AoT, document.get(part, [])))


def _item(value: Any) -> Item:
    """The value on one line, a table too."""
    if not isinstance(value, Mapping):
        return cast(Item, tomlkit.item(value))
    written = tomlkit.inline_table()
    for key, each in value.items():
        written.append(key, _item(each))
    return written
