"""The question that a vote asks: one sentence that says what yes does."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frombelow.polity import Appeal, Question
from frombelow.polity.admissions.rules import ListVote
from frombelow.polity.kernel.words import Teller
from frombelow.polity.motions.effects import effects_of
from frombelow.polity.rulebook import Article
from frombelow.polity.rulebook.aloud import in_words
from frombelow_site.rules.fields import NAMES


def question(teller: Teller, motion: Question, title: str, heading: str, changes: Iterable[dict[str, Any]]) -> str:
    """What is asked, with the program's headline, the mover's, and the articles that change."""
    effects, changes = effects_of(motion), list(changes)
    if isinstance(motion, Appeal):
        return _("Shall the ruling be overturned, so that the motion goes on? (%(what)s)") % {"what": title}
    if len(effects) > 1 or isinstance(motion, ListVote):
        return _("Shall all of this be done: %(what)s?") % {"what": title}
    if not effects:
        asked = _("Shall the motion “%(title)s” be carried, as it is written above?") % {"title": heading}
        return asked if heading else _("Shall the motion be carried whose words were erased?")
    if len(changes) == 1:
        return str(changes[0]["question"])
    if changes:
        numbers = ", ".join(change["number"] for change in changes)
        return _("Shall these articles change, as it stands above: %(numbers)s?") % {"numbers": numbers}
    return teller.question(effects[0])


def of_article(number: str, old: Article | None, new: Article | None) -> str:
    """Whether one article shall be new, struck out, or say something else."""
    if old is None or new is None:
        asked = (
            _("Shall Article %(number)s, %(title)s, be struck out?") if new is None
            else _("Shall there be an Article %(number)s, %(title)s, as it stands above?")
        )  # fmt: skip
        return asked % {"number": number, "title": (old or new).title}  # type: ignore[union-attr]
    differ = [key for key in {**old.settings, **new.settings} if old.settings.get(key) != new.settings.get(key)]
    said = [_figures(key, old, new) for key in differ]
    if old.text != new.text or not said:
        said.append(_("other words, as they stand above"))
    return _("Shall Article %(number)s say %(what)s?") % {"number": number, "what": ", ".join(said)}


def _figures(key: str, old: Article, new: Article) -> str:
    """10 days instead of 7; with the setting's name where the article makes others too."""
    before = in_words(old.settings[key], _) if key in old.settings else "–"
    after = _with_unit(key, new.settings[key]) if key in new.settings else "–"
    said = _("%(after)s instead of %(before)s") % {"after": after, "before": before}
    return said if len({**old.settings, **new.settings}) == 1 else f"{said} ({NAMES[key]})"


def _with_unit(key: str, value: Any) -> str:
    if type(value) is not int:
        return in_words(value, _)
    if key.endswith("_days"):
        return ngettext("%(n)d day", "%(n)d days", value) % {"n": value}
    if key.endswith("_hours"):
        return ngettext("%(n)d hour", "%(n)d hours", value) % {"n": value}
    if key.endswith("_months"):
        return ngettext("%(n)d month", "%(n)d months", value) % {"n": value}
    return str(value)
