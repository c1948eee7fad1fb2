"""What pages say of a witness that did not cosign as it must, and of a record that it was not to cosign."""

from django import template
from django.utils.translation import gettext as _

from frombelow.cli.witnessed import Witnessed
from frombelow.polity import Polity
from frombelow.polity.server.state import Server
from frombelow_site.door.cosigned import SAID, Standing
from frombelow_site.records.alarms import OTHER
from frombelow_site.ui.clock import figure

register = template.Library()


@register.filter
def losses(polity: Polity) -> str:
    """The losses of which the record tells: the entry of each, and how many were held."""
    return " ".join(f"{each.entry}:{each.held}" for each in polity.part(Server).lost)


@register.filter
def amiss(standing: Standing) -> str:
    """What was amiss when it was asked last."""
    return _(SAID[standing.found][0]) % {"name": standing.witness.name, "size": figure(standing.spoke_of)}


@register.filter
def mended(standing: Standing) -> str:
    """What to do about it."""
    return _(SAID[standing.found][1])


@register.filter
def another(record: Witnessed) -> str:
    """That another history of it was sent to the witness here."""
    return _(OTHER[record.fork][0]) % {"name": record.origin}


@register.filter
def kept(record: Witnessed) -> str:
    """What is kept of it, and what to do."""
    return _(OTHER[record.fork][1])
