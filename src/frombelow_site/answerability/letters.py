"""Letters about mandates, to who holds or held one."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frombelow.polity import Polity
from frombelow.polity.offices.state import Mandate
from frombelow_site.mail.kinds import Draft, Facts, Kind, Write, register
from frombelow_site.mail.queue import write
from frombelow_site.ui.clock import date_of, local


def told(mandate: Mandate) -> None:
    """Who holds the mandate hears that it begins; who held it, that it has ended."""
    write("mandate", [mandate.person], mandate=mandate.id)


def _write(polity: Polity, facts: Facts) -> Write:
    mandate = polity.mandates[facts["mandate"]]
    facts = {"office": polity.offices[mandate.office].title, "from": date_of(local(mandate.starts)),
             "until": date_of(local(mandate.ends - 1))}  # fmt: skip
    if mandate.ended:
        subject, body = _("A mandate of yours has ended"), _("Your mandate for the office %(office)s has ended.")
    else:
        subject = _("You have a mandate")
        body = _("You hold the office %(office)s from %(from)s until %(until)s.\n\nIts page says what it lets you do, "
                 "by which decision, and how it can be given back.")  # fmt: skip
    draft = Draft(subject, body % facts, reverse("answerability:mandate", args=[mandate.id]))
    return lambda _person: draft


register(
    Kind(
        "mandate", gettext_lazy("A mandate of yours begins or ends"), _write, printed=True,
        why=gettext_lazy("This is about a mandate of yours, so it cannot be turned off."),
    )
)  # fmt: skip
