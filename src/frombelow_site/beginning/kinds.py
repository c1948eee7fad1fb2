"""What one can found: each kind has a rulebook to start from, told in one sentence."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "union-local": _("A local of a union: president, recording secretary, treasurer, trustees and stewards."),
    "tenants-union": _("Tenants of one landlord or one town: chair, secretary, treasurer; time to talk and to vote."),
    "co-operative": _("People who own something together: a board, auditors, and longer times."),
    "club": _("A club or a group of friends: few seconders, short times, everyday words."),
    "general-resolution": _(
        "A project that decides by resolution, as Debian does: sponsors, and three yes for each no."
    ),
    "blank": _("The fewest words that can stand, for those who will write their own rules."),
}
NAMES = {
    "union-local": _("Union local"), "tenants-union": _("Tenants’ union"), "co-operative": _("Co-operative"),
    "club": _("Club"), "general-resolution": _("General resolution"), "blank": _("Blank"),
}  # fmt: skip
