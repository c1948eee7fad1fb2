"""The registry of rules, and the one call that counts: `count(rule, profile, ...)`.

Another family adds its rules as further entries of RULES; ``where`` is "module:function" below this package, imported
when the rule is first used. The function takes the profile (whatever its family calls so), ``seats`` and keyword
options, and returns a Count; ``options`` names the keywords it takes.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from .errors import CountError

if TYPE_CHECKING:
    from .counts import Count


class Rule(Struct, frozen=True):
    """A rule in the registry: what it does in one line, where it stands written, and which options it takes."""

    name: str
    line: str
    source: str
    where: str
    options: frozenset[str] = frozenset()
    reads: str = "rankings"  # "rankings", "approvals", "scores", "lists", "projects"

    def count(self, profile: Any, seats: int | None = None, **options: Any) -> "Count":
        """The count by this rule; CountError for an option that it does not take."""
        if unknown := sorted(set(options) - self.options):
            raise CountError(f"The rule “{self.name}” takes no option “{unknown[0]}”.")
        module, function = self.where.split(":")
        found: Count = getattr(import_module(f"{__package__}.{module}"), function)(profile, seats, **options)
        return found


TIES = frozenset({"ties", "seed", "lots"})
STV = TIES | {"groups"}

RULES: dict[str, Rule] = {
    each.name: each
    for each in (
        Rule(
            "scottish",
            "STV as Scottish councils are elected",
            "Scottish Local Government Elections Order 2011, Schedule 1",
            "stv.scottish:scottish",
            STV,
        ),
        Rule(
            "wigm",
            "STV, weighted inclusive Gregory method with parameters",
            "Proportional Representation Foundation, Reference WIGM STV rule",
            "stv.wigm:wigm",
            STV | {"decimals", "quota", "batch"},
        ),
        Rule(
            "exact",
            "STV in exact fractions, nothing rounded",
            "Wright 1980; Droop 1881",
            "stv.exact:exact_stv",
            STV,
        ),
        Rule(
            "meek",
            "STV by Meek's method",
            "Hill, Wichmann and Woodall, Algorithm 123, The Computer Journal 30 (1987)",
            "stv.meek:meek",
            STV | {"decimals", "omega"},
        ),
        Rule(
            "meek-nz",
            "STV by Meek's method with New Zealand's parameters",
            "Local Electoral Regulations 2001 (New Zealand), Schedule 1A",
            "stv.meek:meek_nz",
            STV,
        ),
        Rule(
            "ers97",
            "STV by the Electoral Reform Society's rules",
            "Newland and Britton, third edition, 1997",
            "stv.ers97:ers97",
            TIES,
        ),
        Rule(
            "irv",
            "Instant runoff: one seat, the last one out until somebody has more than half",
            "Commonwealth Electoral Act 1918 (Australia), section 274(7)",
            "stv.irv:irv",
            TIES,
        ),
    )
}


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
