"""What pages say of a witness that did not cosign as it must."""

from django import template
from django.utils.translation import gettext as _

from frombelow_site.door.cosigned import SAID, Standing
from frombelow_site.ui.clock import figure

register = template.Library()


@register.filter
def amiss(standing: Standing) -> str:
    """What was amiss when it was asked last."""
    return _(SAID[standing.found][0]) % {"name": standing.witness.name, "size": figure(standing.spoke_of)}


@register.filter
def mended(standing: Standing) -> str:
    """What to do about it."""
    return _(SAID[standing.found][1])
