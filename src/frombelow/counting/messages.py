"""Reasons: why a round did what it did, as a message id with facts, so that a sentence can be made in any language.

Facts under WHO are candidate numbers, under VOTES units of the count's scale, all others plain numbers.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from .families_many import MESSAGES_MANY
from .families_ranked import MESSAGES_RANKED
from .numbers import Number, exact, short, written

WHO = frozenset({"who", "next", "vacant"})
VOTES = frozenset({"votes", "quota", "surplus", "fewer", "part"})

# message id -> English; {n|singular|plural} chooses by the fact n.
MESSAGES = {
    "first": "The first preferences of {ballots} valid {ballots|ballot|ballots} are counted.",
    "surplus": "{who} had {surplus} more votes than the quota; they go on to the next preferences.",
    "keep-values": "Votes above the quota go on to the next preferences, until hardly any are left above it.",
    "elected-quota": "{who} has {votes} votes, at least the quota of {quota}, and is elected.",
    "elected-left": "{who} is elected with {votes} votes: no more candidates are left than seats.",
    "elected-active": "{who} is elected with {votes} votes: the votes still in play leave room for no one ahead.",
    "elected-most": "{who} has the most votes, {votes}, and is elected.",
    "excluded-fewest": "{who} has the fewest votes, {votes}, and is excluded.",
    "excluded-fewer": "{who} has the fewest votes, {votes}, which is {fewer} fewer than {next}, and is excluded.",
    "excluded-tie": "{who} has {votes} votes, as few as {next}, and is excluded by the tie-break.",
    "excluded-within": "{who} has {votes} votes and {next} {part}, which is a tie: the {surplus} still above the quota "
    "are not less than the difference. {who} is excluded by the tie-break.",
    "papers": "The papers that are worth {part} each go on to the next preferences.",
    "excluded-bulk": "{who} is excluded with {votes} votes, together with others who cannot catch up.",
    "excluded-few": "{who} is excluded with {votes} votes, fewer than the {least} names that a nomination needs.",
    "elected-last-two": "{who} is elected with {votes} votes: of the last two for one seat whoever has more.",
    "surplus-nth": "{who} had {surplus} more votes than the quota; of the ballots that name somebody who still stands "
    "one in {step} goes on.",
    "excluded-sure": "{who} is excluded with {votes} votes: even all surpluses would not bring enough.",
    "excluded-no-seat": "{who} is not elected: no seat is left.",
    "excluded-doomed": "{who} is excluded: with the seats reserved for others, none is left for {who}.",
    "kept-guarded": "{who} has the fewest votes, but stays: the reserved seats cannot be filled without {who}.",
    "deferred": "The surpluses, {surplus} in all, wait: they cannot change who has the fewest votes.",
    "why-elected": "{who} was elected in round {round} with {votes} votes.",
    "why-excluded": "{who} was excluded in round {round} with {votes} votes.",
    "why-fewer": "{who} was excluded in round {round} with {votes} votes, {fewer} fewer than {next}.",
    "why-tie": "{who} was excluded in round {round} with {votes} votes, as few as {next}; the tie was broken.",
    "why-doomed": "{who} was excluded in round {round} with {votes} votes: reserved seats left no room.",
    "why-left-over": "{who} still stood when the last seat was filled in round {round}, with {votes} votes.",
    "why-behind": "That was {fewer} fewer than {next}, who was elected last.",
    "why-withdrawn": "{who} had withdrawn and was not counted.",
    "why-went": "{part} of these {votes} votes went on to {next}.",
    "why-nobody": "{part} of these {votes} votes named nobody else who still stood.",
    "vacancy": "The seat of {vacant} is filled anew; who sits already keeps their seat.",
    **MESSAGES_RANKED,
    **MESSAGES_MANY,
}
_PLACE = re.compile(r"\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}")


class Reason(Struct, frozen=True, gc=False):
    """Why: a message id of MESSAGES and its facts."""

    message: str
    facts: dict[str, Number]

    def sentence(self, candidates: Sequence[str], scale: int = 1, template: str | None = None) -> str:
        """In English, or by another template for the same message; names are put in as they are, not escaped."""

        def put(found: re.Match[str]) -> str:
            key = found[1]
            value = self.facts[key]
            if found[2] is not None:
                return found[2] if value == 1 else found[3]
            if key in WHO:
                return candidates[int(value)]
            return short(exact(value, scale) if key in VOTES else value)

        return _PLACE.sub(put, template or MESSAGES[self.message])

    def written(self, scale: int, places: int | None) -> dict[str, int | str]:
        """The facts as JSON holds them: candidate numbers and plain numbers as they are, votes as exact strings."""
        return {
            key: written(value, scale, places) if key in VOTES else value if isinstance(value, int) else str(value)
            for key, value in self.facts.items()
        }
