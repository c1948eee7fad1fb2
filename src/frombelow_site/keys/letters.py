"""Letters about keys, to every address of a person. None names the organization: who sees a screen must not learn of a
membership."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.mail.sending import send_letter
from frombelow_site.people.queries import mails

SAID = {
    "bound": gettext_noop("A key was bound to you on the server’s word. What it seals stands in your name."),
    "added": gettext_noop("A key of yours added another key to yours."),
    "asked": gettext_noop(
        "Somebody asks that a key be bound to you. It is bound after a wait; any key of yours stops it until then."
    ),
    "vouched": gettext_noop("Enough members vouched for the key that was asked for you. Now only the wait is left."),
    "taken": gettext_noop("The wait is over, and the key that was asked for you is bound to you."),
    "ended": gettext_noop("A key of yours was ended, or suspended by another one of yours."),
    "bound-self": gettext_noop("From now on nothing stands in your name without a key of yours."),
    "loosened": gettext_noop("A key of yours asked that acts without a seal stand again in your name. That waits."),
}


def told(person: PersonId, what: str) -> None:
    """The person hears what became of their keys."""
    not_you = _("If this was not you, sign in and look at “Your keys”: it says what you can do, and until when.")
    for mail in mails(person):
        send_letter(mail, _("Your keys"), f"{_(SAID[what])}\n\n{not_you}\n")
