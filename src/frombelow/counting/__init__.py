"""Counting: from ballots to winners, as rounds that explain themselves, in exact numbers.

Names are loaded when they are first used: importing this package does not import numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .counts import Count, Round, RoundKind, Transfer
    from .errors import CountError, CountingError, LotNeeded, ReadError
    from .profile import Profile, profile_of
    from .reading import read, read_file
    from .reports import as_html, as_sankey, as_text, why
    from .rule import Rule
    from .rules import RULES, count, rule_named
    from .stv.bounds import Group
    from .stv.countback import countback
    from .ties import Tie
    from .writing import write_blt, write_table

_WHERE = {
    "counts": ("Count", "Round", "RoundKind", "Transfer"),
    "errors": ("CountError", "CountingError", "LotNeeded", "ReadError"),
    "profile": ("Profile", "profile_of"),
    "reading": ("read", "read_file"),
    "reports": ("as_html", "as_sankey", "as_text", "why"),
    "rule": ("Rule",),
    "rules": ("RULES", "count", "rule_named"),
    "stv.bounds": ("Group",),
    "stv.countback": ("countback",),
    "ties": ("Tie",),
    "writing": ("write_blt", "write_table"),
}
_MODULE_OF = {name: module for module, names in _WHERE.items() for name in names}

__all__ = [
    "RULES",
    "Count",
    "CountError",
    "CountingError",
    "Group",
    "LotNeeded",
    "Profile",
    "ReadError",
    "Round",
    "RoundKind",
    "Rule",
    "Tie",
    "Transfer",
    "as_html",
    "as_sankey",
    "as_text",
    "count",
    "countback",
    "profile_of",
    "read",
    "read_file",
    "rule_named",
    "why",
    "write_blt",
    "write_table",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)
    return found
