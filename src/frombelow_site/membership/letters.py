"""Letters about a membership. None names the organization: who sees a screen must not learn of it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.mail.kinds import Draft, Facts, Kind, Write, register
from frombelow_site.mail.queue import write

TAKEN_AWAY = gettext_noop("One of your addresses was taken away, as somebody signed in as you asked.")
ANOTHER = gettext_noop("Mail to you goes to another address from now on, as somebody signed in as you asked.")
FURTHER = gettext_noop("You can sign in with another address too from now on, as somebody signed in as you asked.")
CORRECTED = gettext_noop("Mail to you goes to another address from now on: somebody who keeps the roll corrected it.")


def address_changed(person: PersonId, before: list[str], what: str) -> None:
    """The addresses that the person had hear that it was changed."""
    if before:
        write("address", [person], before, what=what)


def welcome(people: list[PersonId]) -> None:
    """These people hear that they are members, and what to do first."""
    write("welcome", people)


def _newcomers(polity: Polity, facts: Facts) -> Iterable[PersonId]:
    """Those who came in with a file, and are members still."""
    found = polity.imports.get(facts["batch"])
    return (person for person in found.people if polity.people[person].active) if found else ()


def _welcome(polity: Polity, _facts: Facts) -> Write:
    """It says which organization this is, or nobody would believe it; its subject does not."""
    named = polity.book["letters_named"]
    subject = _("Welcome to %(name)s") % {"name": polity.name} if named else _("Welcome")
    body = _("You are on the roll of %(name)s: you are a member, with a voice like everybody. From when you vote "
             "stands on your own page.\n\nWhat to do first:\n"
             "1. Sign in with this address. There is no password: a code comes to you.\n"
             "2. Read what is being decided now.\n3. Say on your own page how you can be reached.")  # fmt: skip
    draft = Draft(subject, body % {"name": polity.name}, reverse("home:home"))
    return lambda _person: draft


def _welcome_on_paper(polity: Polity) -> str:
    said = _("You are on the roll of %(name)s: you are a member, with a voice like everybody. From when you vote "
             "stands on your own page.\n\nWhat to do first: ask whoever gave you this sheet for a printed code. "
             "With it you come in from any phone or computer, and read what is being decided.")  # fmt: skip
    return said % {"name": polity.name}


def _address(_polity: Polity, facts: Facts) -> Write:
    not_you = _("If it was not you, write to whoever admits members, today.")
    draft = Draft(_("Your address was changed"), f"{_(facts['what'])}\n\n{not_you}")
    return lambda _person: draft


register(
    Kind(
        "welcome", gettext_lazy("Welcome"), _welcome, _newcomers, printed=True, on_paper=_welcome_on_paper,
        why=gettext_lazy("This letter comes once."),
    ),
    Kind(
        "address", gettext_lazy("About your addresses"), _address, everywhere=True, to_former=True,
        why=gettext_lazy("This is about where letters to you go, so it cannot be turned off."),
    )
)  # fmt: skip
