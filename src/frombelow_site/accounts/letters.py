"""Letters about ways to sign in, to every address of a person. Their subjects and words name no organization: who sees
a screen must not learn of a membership."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from frombelow.polity import Polity
from frombelow.polity.access.state import Recovery
from frombelow.polity.kernel.ids import PersonId, RecoveryId
from frombelow_site.mail.kinds import Draft, Facts, Kind, Write, register
from frombelow_site.mail.queue import write

from .recovery import stop_address

ADDED = gettext_noop("A passkey was added: %(name)s.")
REMOVED = gettext_noop("A passkey was removed: %(name)s.")
SECOND_ON = gettext_noop("A second step was turned on: after a code by mail, your app is asked for.")
SECOND_OFF = gettext_noop("The second step was turned off: a code by mail is enough now.")
NEW_CODES = gettext_noop("New recovery codes were made. The earlier ones are good no more.")
SHEET = gettext_noop("An officer printed a sheet with which you sign in, for a year.")
OWN_SHEET = gettext_noop("A sheet was made with which you sign in for a year.")
CODE_USED = gettext_noop("One of your recovery codes was used. It is good no more.")


def changed(person: PersonId, what: str, **words: Any) -> None:
    """Somebody changed this person's ways to sign in: they hear of it, wherever they can be reached."""
    write("access", [person], said="changed", what=what, words=words)


def told(found: Recovery, said: str) -> None:
    """Whom a request is about hears that it was "asked", that it "waits" for time alone, that it "stopped"."""
    write("access", [found.person], said=said, recovery=found.id)


def opened(person: PersonId) -> None:
    write("access", [person], said="opened")


def _changed(_found: Recovery | None, facts: Facts) -> Draft:
    not_you = _("If this was not you, sign in, look at “Ways to sign in” and end what is not yours.")
    return Draft(_("Your ways to sign in were changed"), f"{_(facts['what']) % facts['words']}\n\n{not_you}")


def _asked(found: Recovery, _facts: Facts) -> Draft:
    who = _("An officer asked for this.") if found.by != found.person else _("It waits for members who vouch for you.")
    return Draft(
        _("Somebody asks to come in as you"),
        _(
            "Somebody says that you lost every way to sign in, and asks for a new one. %(who)s\n\n"
            "If it is you, there is nothing to do but wait.\n"
            "If it is not you, sign in as you always do: that stops it. Or stop it here:\n"
        ) % {"who": who},
        found.id,
    )  # fmt: skip


def _waits(found: Recovery, _facts: Facts) -> Draft:
    return Draft(
        _("In %(hours)d hours somebody comes in as you") % {"hours": found.hours},
        _(
            "Enough members vouched. In %(hours)d hours your earlier ways to sign in are gone, and a code by mail is "
            "enough.\n\nIf this is not you, stop it now:\n"
        ) % {"hours": found.hours},
        found.id,
    )  # fmt: skip


def _opened(_found: Recovery | None, _facts: Facts) -> Draft:
    return Draft(
        _("You can sign in again"),
        _(
            "The time is over and nobody stopped it. Your earlier passkeys, app and recovery codes are gone, and you "
            "are signed out everywhere. Sign in with a code by mail, or with the printed code from the officer who "
            "asked for you.\n"
        ),
    )  # fmt: skip


def _stopped(_found: Recovery | None, _facts: Facts) -> Draft:
    return Draft(
        _("A request was stopped"),
        _("The request to come in as you was stopped. Your ways to sign in are as they were.\n"),
    )  # fmt: skip


SAID: dict[str, Callable[..., Draft]] = {
    "changed": _changed, "asked": _asked, "waits": _waits, "opened": _opened, "stopped": _stopped,
}  # fmt: skip


def _write(polity: Polity, facts: Facts) -> Write:
    found = polity.recoveries.get(facts.get("recovery", ""))
    draft = SAID[facts["said"]](found, facts)
    return lambda _person: draft


register(
    Kind(
        "access", gettext_lazy("About your ways to sign in"), _write, everywhere=True,
        way=lambda recovery: stop_address(RecoveryId(recovery)),
        why=gettext_lazy("This is about how you sign in, so it cannot be turned off."),
    )
)  # fmt: skip
