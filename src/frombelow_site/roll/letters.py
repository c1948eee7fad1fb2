"""Letters about what an officer changed on the roll, to each address that its member has."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.mail.kinds import Draft, Facts, Kind, Write, register
from frombelow_site.mail.queue import write
from frombelow_site.ui.clock import end


def another_address(people: Iterable[PersonId], counts: int) -> None:
    """Each address that one of these people has hears that an officer gave another, and of no address: a wrong one is
    somebody else's."""
    write("corrected", people, counts=counts)


def _another_address(_polity: Polity, facts: Facts) -> Write:
    body = _(
        "An officer who admits members gave another mail address for you. "
        "Mail to you goes there from %(when)s on.\n\n"
        "If it is yours, there is nothing to do.\n"
        "If it is not, sign in before then: “My membership” shows it, and there you keep the one you have.\n"
    )
    draft = Draft(_("Another mail address was given for you"), body % {"when": end(facts["counts"])})
    return lambda _person: draft


register(
    Kind(
        "corrected", gettext_lazy("Another address that an officer gave for you"), _another_address,
        everywhere=True, printed=True,
        why=gettext_lazy("This is about where letters to you go, so it cannot be turned off."),
    )
)  # fmt: skip
