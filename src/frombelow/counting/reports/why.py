"""For each candidate, in words: why elected, or why not."""

from collections.abc import Sequence

from ..counts import Count, Round
from ..messages import Reason
from ..rules import RULES
from .names import text_sentence

_EXCLUDED = {"excluded-fewer": "why-fewer", "excluded-tie": "why-tie", "excluded-doomed": "why-doomed"}
MOST_TARGETS = 3


def why(count: Count, candidate: int) -> str:
    """One short paragraph in English about this candidate; names are cleaned but not escaped."""
    reasons = why_reasons(count, candidate)
    return " ".join(text_sentence(each, count.candidates, count.scale) for each in reasons)


def why_reasons(count: Count, candidate: int) -> list[Reason]:
    """The same as reasons, for other languages."""
    if candidate in count.withdrawn:
        return [Reason("why-withdrawn", {"who": candidate})]
    reads = RULES[count.rule].reads if count.rule in RULES else ""
    if reads == "lists":
        have = count.details["seats"][count.name(candidate)]
        votes = count.rounds[0].units[candidate] if count.rounds else 0
        return [Reason("why-seats", {"who": candidate, "have": have, "seats": count.seats, "votes": votes})]
    if reads == "projects":
        return _project(count, candidate)
    for number, each in enumerate(count.rounds, 1):
        if candidate in each.elected:
            votes = next((r.facts["votes"] for r in each.reasons if _elects(r, candidate)), each.units[candidate])
            return [Reason("why-elected", {"who": candidate, "round": number, "votes": votes})]
        if candidate in each.excluded:
            return _excluded(count.rounds[number - 1 :], number, candidate)
    return _left_over(count, candidate) if count.rounds else []


def _project(count: Count, candidate: int) -> list[Reason]:
    """What was said of a project when it was chosen or passed over; else that no money was left for it."""
    said = [reason for each in count.rounds for reason in each.reasons if reason.facts.get("who") == candidate]
    return said[-1:] or [Reason("why-not-chosen", {"who": candidate})]


def _elects(reason: Reason, candidate: int) -> bool:
    return reason.message.startswith("elected") and reason.facts["who"] == candidate


def _excluded(rounds: Sequence[Round], number: int, candidate: int) -> list[Reason]:
    """``rounds``: from that in which the candidate went out; some rules take several to pass the papers on."""
    reason = next(r for r in rounds[0].reasons if r.message.startswith("excluded") and r.facts["who"] == candidate)
    votes = reason.facts["votes"]
    message = _EXCLUDED.get(reason.message, "why-excluded")
    reasons = [Reason(message, {**reason.facts, "round": number})]
    parts: dict[int | None, int] = {}
    for move in (move for each in rounds for move in each.transfers):
        if move.source == candidate:
            parts[move.target] = parts.get(move.target, 0) + move.units  # type: ignore[assignment]
    nobody = parts.pop(None, 0)
    for target, part in sorted(parts.items(), key=lambda pair: (-pair[1], pair[0] or 0))[:MOST_TARGETS]:
        if target is not None and part > 0:
            reasons.append(Reason("why-went", {"part": part, "votes": votes, "next": target}))
    if nobody > 0:
        reasons.append(Reason("why-nobody", {"part": nobody, "votes": votes}))
    return reasons


def _left_over(count: Count, candidate: int) -> list[Reason]:
    last = count.rounds[-1]
    votes = last.units[candidate]
    reasons = [Reason("why-left-over", {"who": candidate, "round": len(count.rounds), "votes": votes})]
    for elected in reversed(last.elected):
        fewer = next((r.facts["votes"] for r in last.reasons if _elects(r, elected)), last.units[elected]) - votes
        if fewer > 0:
            reasons.append(Reason("why-behind", {"fewer": fewer, "next": elected}))
        break
    return reasons
