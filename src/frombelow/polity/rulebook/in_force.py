"""What holds in a branch: the rules of the whole, made stricter where it or a branch above it said so."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from ..kernel.ids import BranchId
from .book import Rulebook, fitted
from .parameters import stricter_or_equal


class InForce(NamedTuple):
    """The rules of the whole, and what each branch set stricter, at one moment."""

    book: Rulebook
    stricter: Mapping[BranchId, dict[str, Any]]

    def within(self, way: Iterable[BranchId]) -> Rulebook:
        """The rules of the last of these branches, each of which lies inside the one before it."""
        return made_stricter(self.book, (self.stricter[branch] for branch in way if branch in self.stricter))


def made_stricter(book: Rulebook, own: Iterable[Mapping[str, Any]]) -> Rulebook:
    """The rules with the settings of branches, from the whole downwards, as far as they are stricter."""
    values = dict(book.values)
    for settings in own:
        for key, value in settings.items():
            if stricter_or_equal(key, values[key], value):
                values[key] = value
    if values != book.values:
        values = fitted(values)
    changed = {key for key, value in values.items() if value != book.values[key]}
    if not changed:
        return book
    articles = {
        number: msgspec.structs.replace(
            article, settings={key: values.get(key, value) for key, value in article.settings.items()}
        )
        if changed & article.settings.keys() else article
        for number, article in book.articles.items()
    }  # fmt: skip
    return msgspec.structs.replace(book, values=values, articles=articles)
