"""What pages of who is signed in say to their scripts about keys."""

from typing import Any

from django import template
from django.template import RequestContext

from frombelow.polity.keys import binding
from frombelow.polity.keys.acts import NewKey

from .. import queries

register = template.Library()


@register.inclusion_tag("keys/_here.html", takes_context=True)
def keys_here(context: RequestContext) -> dict[str, Any]:
    """Whose page it is and of which record, and whether this browser makes a first key for them by itself."""
    request = context["request"]
    holder = request.polity.keys.holders.get(request.person.id)
    mine = holder.keys if holder else []
    return {
        "request": request, "first": queries.makes_first(request), "bound": bool(holder and holder.bound >= 0),
        "durable": bool(holder and holder.durable),
        "passkeys": any(key.kind == "passkey" and not key.ended for key in mine),
        "live": [f"{key.id}:{key.index}" for key in mine if not key.ended],
        "ended": [key.id for key in mine if key.ended],
    }  # fmt: skip


@register.filter
def key_id(new: NewKey) -> str:
    """The id of a key that is asked for."""
    return binding.key_id(new)
