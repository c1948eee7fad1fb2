"""What pages of who is signed in say to their scripts about keys."""

from functools import lru_cache
from typing import Any

from django import template
from django.template import RequestContext
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

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
    live = [key for key in mine if not key.ended]
    bound, card = bool(holder and holder.bound >= 0), any(key.kind == "card" for key in live)
    return {
        "request": request, "first": queries.makes_first(request), "bound": bound,
        "notices": _notices(get_language() or "", get_script_prefix(), bound=bound, live=bool(live), card=card),
        "durable": bool(holder and holder.durable),
        "passkeys": any(key.kind == "passkey" for key in live),
        "live": [f"{key.id}:{key.index}" for key in live],
        "ended": [key.id for key in mine if key.ended],
        "mandates": [mandate.id for mandate in request.polity.held.get(request.person.id, ())],
    }  # fmt: skip


@register.inclusion_tag("keys/_this_browser.html", takes_context=True)
def this_browser(context: RequestContext, small: bool = False) -> dict[str, Any]:
    """Which key of who is signed in this browser has, and what becomes of what they do here without one."""
    request = context["request"]
    if request.polity.keys.bound(request.person.id):
        stands = _("From this browser nothing stands in your name.")
    else:
        stands = _("What you do here stands on the word of the server.")
    return {"stands": stands, "class": "small" if small else ""}


@register.inclusion_tag("keys/_price.html", takes_context=True)
def price(context: RequestContext) -> dict[str, Any]:
    """What it costs to act only with one's keys, once all of them are lost, and how one comes back."""
    request = context["request"]
    return queries.way_back(request.polity, request.person.id)


@lru_cache(maxsize=64)
def _notices(_language: str, _below: str, *, bound: bool, live: bool, card: bool) -> SafeString:
    """What a page's script may have to say, in this language: the same for all whose keys are alike, on every page."""
    return render_to_string("keys/_notices.html", {"bound": bound, "live": live, "card": card})


@register.filter
def key_id(new: NewKey) -> str:
    """The id of a key that is asked for."""
    return binding.key_id(new)
