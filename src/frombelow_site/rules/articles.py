"""The rules as they are read: each article with its parameters set off, and how it came to be what it is."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from frombelow.polity import Polity, decode, kind_of, read_rulebook
from frombelow.polity.kernel.ids import MotionId
from frombelow.polity.motions.acts import TakeEffect
from frombelow.polity.motions.effects import effects_of
from frombelow.polity.organization.acts import Found
from frombelow.polity.rulebook import Article, Rulebook
from frombelow.polity.rulebook.aloud import in_words
from frombelow.polity.rulebook.effects import ChangeRules, changed
from frombelow.polity.rulebook.in_force import InForce
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


@dataclass(slots=True)
class Told:
    """What the entries say of the rules: for each article, how the whole changed it; for each motion, how it changed
    articles where it holds; and what held from which entry on."""

    articles: dict[str, list[Change]] = field(default_factory=dict)
    motions: dict[MotionId, list[Change]] = field(default_factory=dict)
    held: list[tuple[int, InForce]] = field(default_factory=list)


_known: tuple[tuple[str, int], Told] | None = None


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
    """Where a setting of this article is stricter than in the whole, since a branch or one above it set it so: the
    branch, and the article as it holds there."""
    rules = polity.in_force
    found = []
    for branch in polity.branches.values():
        if not branch.dissolved and not branch.above.isdisjoint(rules.stricter):
            here = rules.within(polity.way_to(branch.id)).articles.get(article.number, article)
            if here != article:
                found.append((branch.name, pieces(here)))
    return found


def history(polity: Polity) -> dict[str, list[Change]]:
    """For each article, the changes since the founding, the earliest first. Told anew only when the rules changed."""
    return _read(polity).articles


def changed_by(polity: Polity, motion: MotionId) -> list[Change]:
    """The articles that this motion changed, where it holds: as they were just before, and just after."""
    return _read(polity).motions.get(motion, [])


def in_force_at(polity: Polity, index: int) -> InForce:
    """The rules as they stood before the entry with this index."""
    found: InForce = next(rules for since, rules in reversed(_read(polity).held) if since < max(1, index))
    return found


def _read(polity: Polity) -> Told:
    global _known
    which = (polity.id, max(polity.changes.values(), default=0))
    if _known is None or _known[0] != which:
        _known = (which, _told(polity))
    return _known[1]


def _told(polity: Polity) -> Told:
    motions = [
        motion.id
        for motion in polity.motions.values()
        if any(isinstance(effect, ChangeRules) for effect in effects_of(motion))
    ]
    rows = Entry.objects.filter(about__in=motions, kind=kind_of(TakeEffect)).order_by("index") if motions else []
    before = InForce(_founding_rules(), {})
    told = Told(held=[(0, before)])
    for row in rows:
        act = decode(bytes(row.data)).act
        if not isinstance(act, TakeEffect) or not isinstance(act.effect, ChangeRules):
            continue
        branch = polity.motions[act.motion].branch
        after, way = changed(before, act.effect, branch, polity.root), polity.way_to(branch)
        old, new = before.within(way).articles, after.within(way).articles
        for number in {**old, **new}:
            if old.get(number) != new.get(number):
                change = Change(row.index, row.at, act.motion, old.get(number), new.get(number))
                told.motions.setdefault(act.motion, []).append(change)
                if branch == polity.root:
                    told.articles.setdefault(number, []).append(change)
        told.held.append((row.index, after))
        before = after
    return told


def _founding_rules() -> Rulebook:
    act = decode(bytes(Entry.objects.get(index=0).data)).act
    assert isinstance(act, Found)
    return read_rulebook(act.rulebook)
