"""The letters to who was drawn by lot: what for, and until when they answer or are asked."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frombelow.polity import Polity
from frombelow.polity.draws.auditing import askers
from frombelow.polity.draws.state import Draws
from frombelow.polity.kernel.ids import DrawId, PersonId
from frombelow_site.mail.kinds import Draft, Facts, Kind, Write, register
from frombelow_site.mail.queue import write
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import end, now


def drawn(person: PersonId, draw: DrawId, until: int) -> None:
    """This person hears that they were drawn."""
    write("drawn", [person], draw=draw, until=until)


def _drawn(polity: Polity, facts: Facts) -> Write:
    held = polity.part(Draws).held[DrawId(facts["draw"])]
    body = _(
        "You were drawn by lot: %(task)s\n\n"
        "%(size)d members were drawn. Nobody chose you, and you need no reason to decline.\n\n"
        "Accept or decline until %(until)s: one press on the page. After that the next in the order comes in."
    )
    subject = _("You were drawn by lot")
    if polity.book["letters_named"]:
        subject = f"{subject}: {held.effect.task}"
    said = body % {"task": held.effect.task, "size": held.effect.size, "until": end(facts["until"])}
    draft = Draft(subject, said, reverse("draws:draw", args=[held.id]), facts["until"])
    return lambda _person: draft


def to_be_asked(person: PersonId, draw: DrawId, until: int) -> None:
    """This person hears that others will ask them."""
    write("asked", [person], draw=draw, until=until)


def _asked(polity: Polity, facts: Facts) -> Write:
    held = polity.part(Draws).held[DrawId(facts["draw"])]
    body = _(
        "You were drawn by lot to be asked in an audit of the roll, as one of %(size)d.\n\n"
        "Until %(until)s somebody calls you or comes by, who was drawn too: their names stand on the page. They ask "
        "whether you made your keys, and whether you did what stands in your name. You need not tell them how you "
        "voted.\n\n"
        "They never ask for the words of your card, for a code or for a passphrase: give them to nobody. If nobody "
        "reaches you, you count as somebody who may not exist."
    )
    said = body % {"size": held.effect.size, "until": end(facts["until"])}
    if who := askers(polity, held, now()):
        called = names(who)
        said += "\n\n" + _("Who asks: %(who)s.") % {"who": ", ".join(called[each] for each in who)}
    draft = Draft(_("You were drawn to be asked"), said, reverse("draws:draw", args=[held.id]), facts["until"])
    return lambda _person: draft


register(
    Kind(
        "asked", gettext_lazy("You were drawn to be asked"), _asked, printed=True,
        why=gettext_lazy("Nobody else can answer for you, so it cannot be turned off."),
    )
)  # fmt: skip
register(
    Kind(
        "drawn", gettext_lazy("You were drawn by lot"), _drawn, printed=True,
        why=gettext_lazy("This asks you for an answer that nobody else can give, so it cannot be turned off."),
    )
)  # fmt: skip
