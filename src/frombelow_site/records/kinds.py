"""The kinds of entries in the words of whoever looks for them, by room."""

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: list[tuple[Any, dict[str, Any]]] = [
    (_("Motions"), {
        "move": _("moved"), "second": _("seconded"), "withdraw-second": _("second taken back"),
        "withdraw": _("withdrawn"), "find-in-order": _("found in order"), "rule-out": _("ruled out"),
        "appeal": _("appeal"), "reply": _("reply"), "proceed": _("time to reply over"), "lapse": _("lapsed"),
    }),
    (_("Votes and decisions"), {
        "open": _("vote opened"), "vote": _("vote"), "close": _("vote closed"),
        "take-effect": _("decision took effect"), "void": _("effect void"),
    }),
    (_("Offices"), {
        "petition": _("recall started"), "sign": _("recall signed"), "resign": _("mandate given back"),
        "expire": _("mandate over"),
    }),
    (_("Membership"), {
        "found": _("founding"), "admit": _("admitted"), "undo-admission": _("import taken back"),
        "step-back": _("stepped back"), "return": _("returned"), "leave": _("left"),
        "transfer": _("asked to move branch"), "transferred": _("moved branch"), "erase": _("erased"),
        "rename": _("new name"), "look": _("roll looked at"), "recover": _("let in again"),
        "issue-code": _("sign-in code printed"),
    }),
    (_("Server"), {
        "start": _("start"), "backup": _("backup"), "restore": _("restored"), "settings": _("setting changed"),
    }),
]  # fmt: skip
NAMES = {tag: name for _room, kinds in KINDS for tag, name in kinds.items()}
