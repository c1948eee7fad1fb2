"""The registry of rules, and the one call that counts: `count(rule, profile, ...)`.

A family adds its rules as a tuple of entries in a file ``families_...``; ``where`` is "module:function" below this
package, imported when the rule is first used. The function takes the profile (whatever its family calls so), ``seats``
and keyword options, and returns a Count; ``options`` names the keywords it takes.
"""

from typing import TYPE_CHECKING, Any

from .errors import CountError
from .families_many import RULES_MANY
from .families_ranked import RULES_RANKED
from .families_stv import RULES_STV
from .rule import Rule

if TYPE_CHECKING:
    from .counts import Count

RULES: dict[str, Rule] = {each.name: each for each in (*RULES_STV, *RULES_RANKED, *RULES_MANY)}


def rule_named(name: str) -> Rule:
    """The rule; CountError with the names that there are, where there is none."""
    if name not in RULES:
        raise CountError(f"There is no rule “{name}”. There are: {', '.join(sorted(RULES))}.")
    return RULES[name]


def count(rule: str, profile: Any, seats: int | None = None, **options: Any) -> "Count":
    """Who wins by this rule, round by round. Nothing but the arguments decides: no clock, no chance.

    ``seats``: else those that the profile names. Options that many rules share: ``ties``, the ways to break a tie in
    order ("back", "forward", "seed", "ask"), else the rule's own look and then the seed or a lot; ``seed``, a published
    text; ``lots``, candidate numbers that lots have chosen, in the order in which they were asked for; ``groups``,
    bounds on who is elected (`stv.bounds.Group`). Raises CountError where the count cannot begin, LotNeeded where a
    lot must be drawn.
    """
    return rule_named(rule).count(profile, seats, **options)
