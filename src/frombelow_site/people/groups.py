"""What a draw can count of members: their branch, how long they have been in, and whether they are a woman, a man or
another, as far as they say it. Groups are named in the record, so that they are the same in every language."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import BranchId, PersonId
from frombelow_site.ui.clock import local

from .models import Card
from .queries import joined
from .sexes import NOT_SAID, WORDS, in_words

BRANCH, YEARS, SEX = "branch", "years", "sex"
CATEGORIES = (BRANCH, YEARS, SEX)
BANDS = ((2, "0–1"), (5, "2–4"))  # whoever has been in for less than so many years
LONGER = "5+"
CALLED: dict[str, Any] = {BRANCH: _("Branch"), YEARS: _("Years of membership"), SEX: _("Sex")}
Groups = dict[PersonId, tuple[str, ...]]


def called(category: str) -> str:
    """What a page calls a category of quotas."""
    return str(CALLED.get(category, category))


def group_called(category: str, group: str) -> str:
    """What a page calls a group of this category."""
    return in_words(group) if category == SEX else group


def groups(polity: Polity, branch: BranchId, people: Iterable[PersonId], categories: Iterable[str], at: int) -> Groups:
    """Of each of these people their group in each category."""
    people, wanted = list(people), list(categories)
    cards = {card.person: card for card in Card.objects.only("person", "joined", "sex").iterator(chunk_size=2000)}
    year = local(at).date().toordinal() if YEARS in wanted else 0
    found = {}
    for name in people:
        person, card = polity.people[name], cards.get(name)
        told = []
        for category in wanted:
            if category == BRANCH:
                told.append(_branch(polity, branch, person.branch))
            elif category == SEX:
                told.append((card and card.sex) or NOT_SAID)
            else:
                day = joined(person, card)
                told.append(_band((year - day.toordinal()) // 365 if day else _since_the_founding(polity, year)))
        found[name] = tuple(told)
    return found


def _since_the_founding(polity: Polity, today: int) -> int:
    return (today - local(polity.founded_at).date().toordinal()) // 365


def _branch(polity: Polity, drawn_in: BranchId, home: BranchId) -> str:
    """The branch right under the one that draws, in which somebody is; that one itself where they are in none."""
    above = polity.branches[home].above
    under = next((each for each in above if polity.branches[each].parent == drawn_in and each != drawn_in), drawn_in)
    return polity.branches[under].name


def _band(years: int) -> str:
    return next((name for under, name in BANDS if years < under), LONGER)


def counted(
    polity: Polity, branch: BranchId, found: Groups, categories: Iterable[str]
) -> list[tuple[str, str, int]]:  # fmt: skip
    """Of each category and each of its groups how many people: also of those that nobody is in by now."""
    told = []
    for place, category in enumerate(categories):
        many = Counter(each[place] for each in found.values())
        told += [(category, name, many[name]) for name in _all_of(polity, branch, category)]
    return told


def _all_of(polity: Polity, branch: BranchId, category: str) -> list[str]:
    if category == YEARS:
        return [*(name for _under, name in BANDS), LONGER]
    if category == SEX:
        return list(WORDS)
    under = sorted(each.name for each in polity.branches.values() if each.parent == branch and not each.dissolved)
    return [*under, polity.branches[branch].name]
