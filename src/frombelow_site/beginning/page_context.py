"""What the pages show beside the forms: articles as they will read, mistakes by field, everything to be founded."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from frombelow.polity import read_rulebook
from frombelow.polity.rulebook import Article, Rulebook
from frombelow.polity.rulebook.templates import template
from frombelow.roll import normalised_mail
from frombelow_site.door.founding import Founder
from frombelow_site.ui import zones

from . import rules
from .forms import RulesForm
from .kinds import NAMES
from .smtp import has_server
from .steps import Typed


def book_of(typed: Typed) -> Rulebook:
    """The rulebook as it would be founded, or as the template has it while something needs a look."""
    place, form = typed.done("kind"), typed.done("rules")
    zone, language = (place.cleaned_data["zone"], place.cleaned_data["language"]) if place else ("Etc/UTC", "en")
    if form is None:
        return read_rulebook(template(typed.kind, zone=zone, language=language))
    return read_rulebook(rules.write(typed.kind, zone, language, form.cleaned_data))


def groups(form: RulesForm, book: Rulebook) -> list[dict[str, Any]]:
    """The settings, each with the article it belongs to as that will read."""
    return [
        {"key": key, "article": book.articles[book.article(key)], "fields": [form[name] for name in names]}
        for key, names in form.names.items()
    ]


def others(book: Rulebook) -> list[Article]:
    """The articles that none of the settings belongs to."""
    shown = {book.article(key) for key in rules.ASKED}
    return [article for number, article in book.articles.items() if number not in shown]


def summary(typed: Typed) -> dict[str, Any]:
    """Everything that is about to be founded, and what one may want to know before."""
    data, book = typed.done("kind").cleaned_data, book_of(typed)
    founders: list[Founder] = typed.done("founders").founders
    holders = typed.done("offices").holders
    offered = read_rulebook(template(typed.kind, zone=data["zone"], language=data["language"]))
    offices = [(office, [founders[place].name for place in holders[office.key]]) for office in book.offices]
    return {
        "name": data["name"], "kind": NAMES[data["kind"]], "zone": zones.time_of(data["zone"]),
        "language": dict(settings.LANGUAGES)[data["language"]],
        "changed": list(_changed(offered, book)), "book": book, "founders": founders,
        "offices": offices, "days": book["provisional_days"],
        "printed": not has_server(), "notes": [*_shared(founders), *_empty(book, holders)],
    }  # fmt: skip


def _changed(offered: Rulebook, book: Rulebook) -> Iterator[Article]:
    """The articles whose settings or words are other than those that were offered."""
    for key in rules.ASKED:
        number = book.article(key)
        if book[key] != offered[key] or book.articles[number].text != offered.articles[number].text:
            yield book.articles[number]


def _shared(founders: list[Founder]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for founder in founders:
        mail = normalised_mail(founder.mail)
        if mail and mail in seen:
            yield _("%(one)s and %(other)s share one mail address. Whoever signs in with it is asked who they are.") % {
                "one": seen[mail], "other": founder.name,
            }  # fmt: skip
        seen.setdefault(mail, founder.name)


def _empty(book: Rulebook, holders: dict[str, list[int]]) -> Iterator[str]:
    held = {power for office in book.offices if holders[office.key] for power in office.powers}
    if "admit-members" not in held:
        yield _("Nobody holds an office that can admit members. Until somebody does, only a motion can.")
    if "run-the-server" not in held:
        yield _("Nobody holds the office that runs the server. Its pages stay closed until the members fill it.")
