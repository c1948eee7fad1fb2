"""A count: from ballots to winners as a list of rounds, each with its figures and its reasons. Exact numbers only.

Figures are held in units: the number of votes is ``units / scale``, where scale is the same in the whole count. So a
Scottish count, in which ballots have values with five decimals, holds integers with scale 100,000.

JSON schema, version 1 (`Count.to_json`), every number of votes an exact string, "412.00000" or "a/b":
{"schema": "frombelow.count", "version": 1, "rule", "seats", "title", "candidates": [name], "withdrawn": [number],
 "winners": [number, in order of election], "valid": ballots counted, "details": {by rule},
 "rounds": [{"kind", "votes": [for each candidate], "quota": votes or null, "exhausted", "lost": to rounding,
   "transfers": [{"from": number, "to": number or null where exhausted, "votes"}],
   "elected": [number], "excluded": [number], "text": [sentence],
   "reasons": [{"message", "facts"}], "ties": [{"purpose", "candidates", "chosen", "how", "at"}]}]}
Candidate numbers are 0-based.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct, json, structs

from .messages import Reason
from .numbers import Number, exact, places_of, written
from .ties import Tie

SCHEMA, VERSION = "frombelow.count", 1


class RoundKind(StrEnum):
    """What a round did. Rules of other families may use any other word."""

    FIRST = "first preferences"
    SURPLUS = "surplus"
    EXCLUSION = "exclusion"
    TRANSFER = "transfer"
    FINAL = "final"


class Transfer(Struct, frozen=True, gc=False):
    """So many units went from one candidate to another, or to nobody (``target`` None: exhausted)."""

    source: int
    target: int | None
    units: Number


class Round(Struct, frozen=True, gc=False):
    """One round, with the figures as they stand at its end. ``votes`` and the like are ints or Fractions.

    ``units``: for each candidate; ``exhausted`` and ``lost`` (to rounding) are running totals in units; ``quota`` is
    None where the rule has none. ``excluded`` are those who go out in this round; in an exclusion round the
    transfers are theirs.
    """

    kind: str
    scale: int
    units: tuple[Number, ...]
    quota_units: Number | None = None
    exhausted_units: Number = 0
    lost_units: Number = 0
    transfers: tuple[Transfer, ...] = ()
    elected: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    reasons: tuple[Reason, ...] = ()
    ties: tuple[Tie, ...] = ()

    @property
    def votes(self) -> tuple[Number, ...]:
        return tuple(exact(each, self.scale) for each in self.units)

    @property
    def quota(self) -> Number | None:
        return None if self.quota_units is None else exact(self.quota_units, self.scale)

    @property
    def exhausted(self) -> Number:
        return exact(self.exhausted_units, self.scale)

    @property
    def lost(self) -> Number:
        return exact(self.lost_units, self.scale)


@dataclass(frozen=True)
class Count:
    """The result of one count. ``winners``: candidate numbers in order of election."""

    rule: str
    seats: int
    candidates: tuple[str, ...]
    winners: tuple[int, ...]
    rounds: tuple[Round, ...]
    valid: int = 0
    title: str = ""
    withdrawn: frozenset[int] = frozenset()
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def scale(self) -> int:
        return self.rounds[0].scale if self.rounds else 1

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Every tie that was broken, in order."""
        return tuple(tie for each in self.rounds for tie in each.ties)

    def name(self, candidate: int) -> str:
        return self.candidates[candidate]

    def sentences(self, at: int) -> list[str]:
        """Round ``at`` (0-based) in English; names unescaped."""
        return [each.sentence(self.candidates, self.scale) for each in self.rounds[at].reasons]

    def stages(self) -> list[list[str]]:
        """For each round the votes of each candidate as exact strings, as returning officers print them."""
        return [list(self._written(each.units)) for each in self.rounds]

    def to_dict(self) -> dict[str, Any]:
        """What `to_json` holds, as dicts and lists."""
        return {
            "schema": SCHEMA,
            "version": VERSION,
            "rule": self.rule,
            "seats": self.seats,
            "title": self.title,
            "candidates": self.candidates,
            "withdrawn": sorted(self.withdrawn),
            "winners": self.winners,
            "valid": self.valid,
            "details": self.details,
            "rounds": [self._round(each) for each in self.rounds],
        }

    def to_json(self) -> str:
        """One line of JSON by the schema above."""
        return json.encode(self.to_dict()).decode()

    def _written(self, units: Iterable[Number]) -> Iterable[str]:
        scale, places = self.scale, places_of(self.scale)
        return (written(each, scale, places) for each in units)

    def _round(self, each: Round) -> dict[str, Any]:
        scale, places = each.scale, places_of(each.scale)
        return {
            "kind": each.kind,
            "votes": [written(units, scale, places) for units in each.units],
            "quota": None if each.quota_units is None else written(each.quota_units, scale, places),
            "exhausted": written(each.exhausted_units, scale, places),
            "lost": written(each.lost_units, scale, places),
            "transfers": [
                {"from": move.source, "to": move.target, "votes": written(move.units, scale, places)}
                for move in each.transfers
            ],
            "elected": each.elected,
            "excluded": each.excluded,
            "text": [reason.sentence(self.candidates, scale) for reason in each.reasons],
            "reasons": [{"message": reason.message, "facts": reason.written(scale, places)} for reason in each.reasons],
            "ties": [structs.asdict(tie) for tie in each.ties],
        }
