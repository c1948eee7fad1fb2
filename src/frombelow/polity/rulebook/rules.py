"""A change of rules whose articles changed meanwhile is looked at again by who moved it, before the vote opens."""

from typing import Any

from msgspec import structs

from ..kernel.require import refuse, require_member
from ..motions.deciding import Deciding
from ..motions.rules import require_motion
from ..motions.stages import Stage
from ..motions.state import Motion
from ..state import Polity
from .acts import Restate
from .book import RulebookError, tables_in
from .effects import ChangeRules, changed_since, check_rules

BEFORE_THE_VOTE = (Stage.SECONDING, Stage.ADMISSIBILITY, Stage.REPLY, Stage.DEBATE)
WORDS = ("title", "text")
MORE = 4_000  # bytes by which other words may be longer


def judge_restate(polity: Polity, act: Restate, at: int) -> None:
    require_member(polity, act, at)
    motion = require_motion(polity, act.motion, *BEFORE_THE_VOTE)
    if act.by != motion.mover:
        refuse(polity, "rule_changes", "not-the-mover", rules=motion.rules)
    before = _change(polity, motion, act.n)
    if not _since(polity, motion, before):
        refuse(polity, "rule_changes", "nothing-changed")
    try:
        kept = _unsaid(polity, motion, before, before.articles) == _unsaid(polity, motion, before, act.articles)
    except RulebookError as error:
        refuse(polity, "rule_changes", "bad-rulebook", why=str(error))
    if not kept:
        refuse(polity, "rule_changes", "another-change")
    if len(act.articles.encode()) > len(before.articles.encode()) + MORE:
        refuse(polity, "rule_changes", "longer")
    check_rules(polity, _restated(before, act), Deciding(motion.branch, motion.rules, at))


def apply_restate(polity: Polity, act: Restate, at: int) -> None:
    motion = polity.motions[act.motion]
    assert isinstance(motion, Motion)
    effects = list(motion.effects)
    motion.reworded |= tables_in(act.articles) != tables_in(_change(polity, motion, act.n).articles)
    effects[act.n] = _restated(_change(polity, motion, act.n), act)
    motion.effects, motion.restated_at = tuple(effects), at


def _change(polity: Polity, motion: Motion, n: int) -> ChangeRules:
    found = motion.effects[n] if n < len(motion.effects) else None
    if not isinstance(found, ChangeRules):
        refuse(polity, "rule_changes", "no-change-of-rules")
    return found


def _restated(before: ChangeRules, act: Restate) -> ChangeRules:
    return structs.replace(before, articles=act.articles, on=act.on, without=())


def _unsaid(polity: Polity, motion: Motion, before: ChangeRules, articles: str) -> dict[str, dict[str, Any]]:
    """The change without the words of what changed meanwhile, which may be others now."""
    since = _since(polity, motion, before)
    return {
        number: {key: value for key, value in said.items() if number not in since or key not in WORDS}
        for number, said in tables_in(articles).items()
    }


def _since(polity: Polity, motion: Motion, effect: ChangeRules) -> list[str]:
    """The articles that the mover has to look at again."""
    return [*changed_since(polity, motion.branch, effect), *effect.without]


def to_look_at(polity: Polity, motion: Motion) -> dict[int, list[str]]:
    """The articles, by the number of the effect, that changed since the mover looked at them: unless they look again,
    these are left out when the vote opens."""
    if motion.stage not in BEFORE_THE_VOTE:
        return {}
    found = {
        n: _since(polity, motion, effect) for n, effect in enumerate(motion.effects) if isinstance(effect, ChangeRules)
    }
    return {n: numbers for n, numbers in found.items() if numbers}
