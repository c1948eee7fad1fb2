"""Letters about ways to sign in. Their subjects and words name no organization: who sees a screen must not learn of a
membership. The checkpoint at the foot names the record."""

from django.utils.translation import gettext as _

from frombelow.polity.access.state import Recovery
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.mail.sending import send_letter
from frombelow_site.people.queries import mails


def changed(person: PersonId, what: str) -> None:
    """Somebody changed this person's ways to sign in: they hear of it, wherever they can be reached."""
    not_you = _("If this was not you, sign in, look at “Ways to sign in” and end what is not yours.")
    _send(person, _("Your ways to sign in were changed"), f"{what}\n\n{not_you}\n")


def asked(found: Recovery, stop: str) -> None:
    """Somebody asked to come in as this person."""
    who = _("An officer asked for this.") if found.opens else _("It waits for members who vouch for you.")
    _send(
        found.person, _("Somebody asks to come in as you"),
        _(
            "Somebody says that you lost every way to sign in, and asks for a new one. %(who)s\n\n"
            "If it is you, there is nothing to do but wait.\n"
            "If it is not you, stop it here:\n%(stop)s\n\n"
            "Signing in as you always do stops it too.\n"
        ) % {"who": who, "stop": stop},
    )  # fmt: skip


def waits(found: Recovery, stop: str) -> None:
    """Enough members vouched; from now on only time is between somebody and this person's membership."""
    _send(
        found.person, _("In %(hours)d hours somebody comes in as you") % {"hours": found.hours},
        _(
            "Enough members vouched. In %(hours)d hours your earlier ways to sign in are gone, and a code by mail is "
            "enough.\n\nIf this is not you, stop it now:\n%(stop)s\n"
        ) % {"hours": found.hours, "stop": stop},
    )  # fmt: skip


def opened(person: PersonId) -> None:
    _send(
        person, _("You can sign in again"),
        _(
            "The time is over and nobody stopped it. Your earlier passkeys, app and recovery codes are gone, and you "
            "are signed out everywhere. Sign in with a code by mail, or with the printed code from the officer who "
            "asked for you.\n"
        ),
    )  # fmt: skip


def stopped(person: PersonId) -> None:
    _send(
        person, _("A request was stopped"),
        _("The request to come in as you was stopped. Your ways to sign in are as they were.\n"),
    )  # fmt: skip


def _send(person: PersonId, subject: str, body: str) -> None:
    for mail in mails(person):
        send_letter(mail, subject, body)
