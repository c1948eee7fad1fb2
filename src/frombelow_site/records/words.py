"""On whose word an entry stands: a seal by a key of who acted, or the server's."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from msgspec import UNSET

from frombelow.polity import AnyEntry, Polity
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import MandateId
from frombelow.polity.keys.seals import office_seals_from
from frombelow.polity.keys.state import Key
from frombelow.polity.keys.subject import KINDS
from frombelow_site.ui.clock import day


class Sealed(NamedTuple):
    """A seal, and the key by which it is."""

    seal: Seal
    key: Key
    what: str


def sealed(polity: Polity, entry: AnyEntry) -> Sealed | None:
    """The seal of this entry, which stands in the record; None where it has none."""
    if entry.seal is UNSET:
        return None
    key = polity.keys.keys[entry.seal.key]
    return Sealed(entry.seal, key, _(KINDS[key.kind]))


def word(polity: Polity, index: int, entry: AnyEntry) -> str:
    """In few words, for a list; "" where nobody did it: time, a decision, the server itself."""
    act = entry.act
    if (found := sealed(polity, entry)) is not None:
        return _("sealed by %(what)s") % {"what": found.what}
    if act.by not in polity.people:
        return ""
    mandate = polity.mandates.get(MandateId(act.under or ""))
    since = office_seals_from(polity, mandate) if mandate else None
    if since is not None and entry.at < since:
        return _("no seal yet; this mandate needs one from %(day)s on") % {"day": day(since)}
    holder = polity.keys.holders.get(act.who)
    if holder is not None and holder.had_key(index):
        return _("no seal, though they had a key")
    return _("on the server’s word")
