"""Running the server as an app: what it says of itself."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow_site.people.queries import held_power
from frombelow_site.subject import Sight, Subject


def sights(polity: Polity, at: int) -> Iterable[Sight]:
    return (
        Sight(
            70, _("Database and backups"),
            _("All of the above in one place, with the names, and the key that signs the record."),
            _("No other member should be able to read them. The record cannot show who has the password: ask."),
            [held_power(polity, "run-the-server", at)],
            ("answerability:server", _("What was done to the server")),
        ),
    )  # fmt: skip


SUBJECT = Subject(name="operations", sights=sights)
