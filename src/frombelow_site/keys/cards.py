"""What pages tell of cards."""

from typing import Any

from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.acts import AskKey, BindKey
from frombelow.polity.keys.binding import key_id
from frombelow.polity.keys.state import KeyRequest
from frombelow_site.ui.clock import HOUR, local, minute_of

from .queries import lines, running


def mine(polity: Polity, person: PersonId) -> dict[str, Any]:
    """The person's live keys, the ids of those that wait, whether nothing stands without them, their ballot key."""
    holder = polity.keys.holders.get(person)
    return {
        "lines": [line for line in lines(holder) if not line.key.ended] if holder else [],
        "waiting": [key_id(each.key) for each in running(polity, person)],
        "bound": holder is not None and holder.bound >= 0, "ballot": holder.ballot if holder else "",
    }  # fmt: skip


def became(polity: Polity, act: BindKey | AskKey) -> dict[str, Any]:
    """What is said of a card that was handed in: whether it is bound by now, and in words until when what holds."""
    if isinstance(act, AskKey):
        return {"stands": False, "said": _waits(polity.keys.requests[act.request])}
    return {"stands": True, "said": _("Your card is bound to you. What it seals, nobody can change.")}


def _waits(found: KeyRequest) -> str:
    if found.opens:
        day = minute_of(local(found.opens))
        return _("Your card waits. It is bound on %(day)s, unless a key of yours stops it.") % {"day": day}
    return _(
        "Your card waits for %(n)s members who vouch for you by keys of theirs, until %(day)s; then %(hours)s hours "
        "more. Tell them the id of its key."
    ) % {"n": found.needed, "day": minute_of(local(found.lapses)), "hours": found.seconds // HOUR}
