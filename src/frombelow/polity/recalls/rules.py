"""The recall of an officer: a petition that enough sign, a reply, a vote. No officer stands in its way."""

from ..kernel import days
from ..kernel.require import refuse, require_new_id, require_question, require_voter
from ..motions.effects import asked
from ..motions.rules import Lapsing
from ..motions.stages import Stage
from ..motions.steps import Replying, begin, forget_over, still_running, wait
from ..offices.state import Mandate
from ..state import Polity
from .acts import Petition, Sign
from .state import Recall


def judge_petition(polity: Polity, act: Petition, at: int) -> None:
    mandate = polity.mandates.get(act.mandate)
    if mandate is None:
        refuse(polity, "recall", "unknown-mandate")
    if mandate.ended:
        refuse(polity, "recall", "mandate-over")
    require_voter(polity, act, at, polity.offices[mandate.office].branch)
    require_new_id(polity, act.motion)
    if running_against(polity, mandate):
        refuse(polity, "recall", "recall-running")


def running_against(polity: Polity, mandate: Mandate) -> bool:
    """Whether a recall of this person from this office runs, by whichever of several mandates in a row: each of them
    ends them all."""
    recalled = (polity.mandates[each.mandate] for each in still_running(polity) if isinstance(each, Recall))
    return any((each.person, each.office) == (mandate.person, mandate.office) for each in recalled)


def apply_petition(polity: Polity, act: Petition, at: int) -> None:
    forget_over(polity)
    mandate = polity.mandates[act.mandate]
    branch = polity.offices[mandate.office].branch
    rules = polity.rules_for(branch)
    share, voters = rules["recall_petition"], polity.electorate(branch, rules, at).size
    about = frozenset({mandate.person})
    recall = Recall(
        act.motion, act.who, branch, act.text, rules, at, Stage.PETITION, about, about, mandate=act.mandate,
        needed=max(1, -(-share.numerator * voters // share.denominator)), signers={polity.people[act.who].id},
    )  # fmt: skip
    begin(polity, recall)
    polity.recalls[act.mandate] = recall.id
    wait(polity, recall, "lapse", "petition_days", Lapsing(recall.id), at)
    _signed(polity, recall, at)


def judge_sign(polity: Polity, act: Sign, at: int) -> None:
    recall = require_question(polity, act.motion, Stage.PETITION)
    assert isinstance(recall, Recall), "nothing else is in this stage"
    require_voter(polity, act, at, recall.branch, recall.rules)
    if act.by in recall.signers:
        refuse(polity, "recall", "signed-already", rules=recall.rules)


def apply_sign(polity: Polity, act: Sign, at: int) -> None:
    recall = polity.motions[act.motion]
    assert isinstance(recall, Recall)
    recall.signers.add(polity.people[act.who].id)
    _signed(polity, recall, at)


def _signed(polity: Polity, recall: Recall, at: int) -> None:
    if len(recall.signers) >= recall.needed:
        recall.stage = Stage.REPLY
        wait(polity, recall, "proceed", "reply_days", Replying(recall.id), at)
        recall.opens = days.deadline(at, recall.rules["recall_days"], recall.rules["zone"])


def closed_recall(polity: Polity, recall: Recall, outcome: str, _at: int) -> None:
    """A recall that is carried ends the mandate; one that is lost is not asked again by a motion for a while."""
    if outcome == "carried":
        recall.disposition = "in force"
        polity.pending.append((recall.id, 0))
    elif outcome != "inquorate":
        polity.lost |= dict.fromkeys(asked(polity, recall.branch, recall.effects, recall.id), recall.id)
