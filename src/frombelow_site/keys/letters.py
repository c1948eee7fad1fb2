"""Letters about keys, to every address of a person. None names the organization: who sees a screen must not learn of a
membership."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from frombelow.polity import Act, Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys import acts
from frombelow_site.mail.kinds import Draft, Facts, Kind, Write, register
from frombelow_site.mail.queue import write
from frombelow_site.ui.clock import local, minute_of

SAID: dict[type[Act], str] = {
    acts.BindKey: gettext_noop("A key was bound to you on the server’s word. What it seals stands in your name."),
    acts.AddKey: gettext_noop("A key of yours added another key to yours."),
    acts.AskKey: gettext_noop("Somebody asks that a key be bound to you. Until then any key of yours can stop it."),
    acts.VouchKey: gettext_noop("A member vouched that it is you who asks for a key. Any key of yours can stop it."),
    acts.StopKey: gettext_noop("The key that was asked for you was stopped. Your keys are as they were."),
    acts.TakeKey: gettext_noop("The wait is over, and the key that was asked for you is bound to you."),
    acts.LapseKey: gettext_noop("The key that was asked for you was not bound: its time is over."),
    acts.EndKey: gettext_noop("A key of yours was ended by a key of yours."),
    acts.KeepKey: gettext_noop("A suspended key of yours said that it goes on."),
    acts.ExpireKey: gettext_noop("A suspended key of yours has ended: it did not say that it goes on."),
    acts.BindReceiving: gettext_noop("What is sealed to you goes to a new key from now on. A key of yours said so."),
    acts.BindBallotKey: gettext_noop("You have a new key for secret ballots. A key of yours said so."),
    acts.OnlyWithKeys: gettext_noop("From now on nothing stands in your name without a key of yours."),
    acts.LoosenKeys: gettext_noop("A key of yours asked that acts without a seal stand again in your name."),
    acts.FreeKeys: gettext_noop("Acts without a seal stand again in your name."),
}
SUSPENDED = gettext_noop("A device of yours suspended another key of yours, which ends unless it says that it goes on.")
HAPPENS = gettext_noop("That happens on %(day)s.")
LAPSES = gettext_noop("Unless members vouch for it, nothing comes of it after %(day)s.")


def told(person: PersonId, what: str, when: int = 0, then: str = HAPPENS) -> None:
    """The person hears what became of their keys, and when it takes effect where it does not at once."""
    write("keys", [person], what=what, when=when, then=then)


def _write(_polity: Polity, facts: Facts) -> Write:
    not_you = _("If this was not you, sign in and look at “Your keys”: it says what you can do, and until when.")
    said = [_(facts["what"])]
    if facts["when"]:
        said.append(_(facts["then"]) % {"day": minute_of(local(facts["when"]))})
    draft = Draft(_("Your keys"), f"{' '.join(said)}\n\n{not_you}")
    return lambda _person: draft


register(
    Kind(
        "keys", gettext_lazy("About your keys"), _write, everywhere=True,
        why=gettext_lazy("This is about a key of yours, so it cannot be turned off."),
    )
)  # fmt: skip
