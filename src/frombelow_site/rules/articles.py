"""The rules as they are read: each article with its parameters set off, and how it came to be what it is."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from msgspec import structs

from frombelow.polity import Polity, decode, kind_of, read_rulebook
from frombelow.polity.kernel.ids import MotionId
from frombelow.polity.motions.acts import TakeEffect
from frombelow.polity.motions.effects import effects_of
from frombelow.polity.organization.acts import Found
from frombelow.polity.rulebook import Article, Rulebook
from frombelow.polity.rulebook.aloud import in_words
from frombelow.polity.rulebook.effects import ChangeRules
from frombelow_site.door.models import Entry
from frombelow_site.ui.languages import as_the_rules_speak

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an article's text; ``key`` is the parameter where it is one."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One decision that changed an article: the entry, the motion, the article before and after (None: not there)."""

    index: int
    at: int
    motion: MotionId
    before: Article | None
    after: Article | None


History = dict[str, list[Change]]
Books = list[tuple[int, Rulebook]]  # the rules, from the entry on that made them so
_known: tuple[tuple[str, int], History, Books] | None = None


def pieces(article: Article) -> list[Piece]:
    """The article's text in its runs; together they read as its sentence."""
    found, at = [], 0
    with as_the_rules_speak():
        for place in _PLACE.finditer(article.text):
            words = in_words(article.settings[place[1]], _)
            found += [Piece(article.text[at : place.start()]), Piece(words, place[1])]
            at = place.end()
    return [piece for piece in [*found, Piece(article.text[at:])] if piece.text]


def stricter(polity: Polity, article: Article) -> list[tuple[str, list[Piece]]]:
    """Where a branch set a parameter of this article stricter: the branch, and the article as it holds there."""
    return [
        (branch.name, pieces(structs.replace(article, settings=article.settings | own)))
        for branch in polity.branches.values()
        if not branch.dissolved
        and (own := {key: branch.stricter[key] for key in article.settings if key in branch.stricter})
    ]


def history(polity: Polity) -> History:
    """For each article, the changes since the founding, the earliest first. Told anew only when the rules changed."""
    return _read(polity)[0]


def rules_at(polity: Polity, index: int) -> Rulebook:
    """The rules of the whole as they stood before the entry with this index."""
    return next(book for since, book in reversed(_read(polity)[1]) if since < max(1, index))


def _read(polity: Polity) -> tuple[History, Books]:
    global _known
    which = (polity.id, polity.book.version)
    if _known is None or _known[0] != which:
        _known = (which, *_told(polity))
    return _known[1:]


def _told(polity: Polity) -> tuple[History, Books]:
    motions = [
        motion.id
        for motion in polity.motions.values()
        if motion.branch == polity.root and any(isinstance(effect, ChangeRules) for effect in effects_of(motion))
    ]
    rows = Entry.objects.filter(about__in=motions, kind=kind_of(TakeEffect)).order_by("index") if motions else []
    book = _founding_rules()
    found: History = {}
    books: Books = [(0, book)]
    for row in rows:
        act = decode(bytes(row.data)).act
        if not isinstance(act, TakeEffect) or not isinstance(act.effect, ChangeRules):
            continue
        changed = book.changed(act.effect.articles, act.effect.repeal, act.effect.without)
        for number in {**book.articles, **changed.articles}:
            before, after = book.articles.get(number), changed.articles.get(number)
            if before != after:
                found.setdefault(number, []).append(Change(row.index, row.at, act.motion, before, after))
        book = changed
        books.append((row.index, book))
    return found, books


def _founding_rules() -> Rulebook:
    act = decode(bytes(Entry.objects.get(index=0).data)).act
    assert isinstance(act, Found)
    return read_rulebook(act.rulebook)
