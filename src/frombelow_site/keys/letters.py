"""Letters about keys, to every address of a person. None names the organization: who sees a screen must not learn of a
membership."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from frombelow.polity import Act, Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys import acts
from frombelow_site.mail.address import here
from frombelow_site.mail.kinds import Draft, Facts, Kind, Write, register
from frombelow_site.mail.queue import write
from frombelow_site.ui.clock import moment

from .pairing import devices
from .queries import called, what

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
# What can be said against it on "Your keys", and until when.
STOPPED_UNTIL = gettext_noop("“That was not me” works there until %(day)s.")
STOPPED_BEFORE = gettext_noop("“That was not me” works there until it is bound, which is not before %(day)s.")
KEPT_UNTIL = gettext_noop("“Keep that key” works there until %(day)s.")
BOUND_UNTIL = gettext_noop("“Only with my keys” works there until %(day)s.")
ENDED_BY_OTHERS = gettext_noop("Any other key of yours can end it there, at any time.")
SEEN = gettext_noop("It says what you can do.")


class Said(NamedTuple):
    """What a letter says: what became of a key; at which second it takes effect where it does not at once, and in which
    sentence; what can be said against it, and until which second."""

    what: str
    when: int = 0
    then: str = HAPPENS
    against: str = SEEN
    until: int = 0


class Named(NamedTuple):
    """A key, as it is found and called."""

    id: str
    kind: str
    table: bool


def told(person: PersonId, at: int, said: Said, key: Named | None) -> None:
    """The person hears what became of their keys, of which of them, and what can be done about it."""
    write("keys", [person], at=at, key=key, **said._asdict())


def _write(_polity: Polity, facts: Facts) -> Write:
    # A letter that an earlier version noted says less.
    said = Said(**{name: facts[name] for name in Said._fields if name in facts})
    key = Named(*facts["key"]) if facts.get("key") else None
    stood = _("It was entered on %(moment)s.") % {"moment": moment(facts["at"])} if "at" in facts else ""
    what = [_(said.what)]
    if said.when:
        what.append(_(said.then) % {"day": moment(said.when)})
    against = _("If this was not you, sign in and look at “Your keys”.")
    against += " " + _(said.against) % {"day": moment(said.until)}

    def written(person: PersonId) -> Draft:
        which = _which(person, key) if key else ""
        body = "\n\n".join([" ".join(what), " ".join(filter(None, [which, stood])), against])
        return Draft(_("Your keys"), body, reverse("keys:mine"))

    return written


def _which(person: PersonId, key: Named) -> str:
    name = called(what(key.kind, table=key.table), devices(person).get(key.id))
    return _("The key is %(key)s.") % {"key": name}


register(
    Kind(
        "keys", gettext_lazy("About your keys"), _write, everywhere=True, way=lambda path: here() + path,
        why=gettext_lazy("This is about a key of yours, so it cannot be turned off."),
    )
)  # fmt: skip
