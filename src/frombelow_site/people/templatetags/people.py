"""How pages write people."""

from django import template

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.ui.templatetags.site import apart

from ..queries import name as name_of

register = template.Library()


@register.simple_tag(takes_context=True)
def person(context: template.Context, who: PersonId) -> str:
    """The name as it is now. Views that show many hand in ``names``, so that they are read at once."""
    names = context.get("names")
    return apart(names[who] if names is not None and who in names else name_of(who))
