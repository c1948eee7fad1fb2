"""Is this act allowed, and what becomes of the organization by it? Pure functions of the polity and the act."""

from collections.abc import Callable
from typing import Any

import msgspec

from . import acts as a
from . import effects, membership, motions, offices, recovery, serving, votes
from .acts import AnyAct
from .grounds import refuse
from .membership import UNFOUNDED
from .refusals import Refused
from .state import Polity


def nothing(polity: Polity, act: Any) -> None:
    """Changes nothing: what this act says stands in the record alone."""


def only_time(polity: Polity, act: Any) -> None:
    """Refuse: such an act comes by itself when it is due, from nobody."""
    refuse(polity, "time", "not-due")


Rule = tuple[Callable[[Polity, Any], None], Callable[[Polity, Any], None]]


def _take_effect(polity: Polity, act: a.TakeEffect) -> None:
    polity.pending.popleft()
    effects.do_effect(polity, polity.motions[act.motion], act.n)


def _void(polity: Polity, act: a.Void) -> None:
    polity.pending.popleft()
    motion = polity.motions[act.motion]
    motion.voided += (act.n,)
    motion.disposition = "void" if len(motion.voided) == len(motion.effects) else "partly void"


RULES: dict[type, Rule] = {
    a.Found: (membership.judge_found, membership.apply_found),
    a.Admit: (membership.judge_admit, membership.apply_admit),
    a.UndoAdmission: (membership.judge_undo, membership.apply_undo),
    a.StepBack: (membership.judge_step_back, membership.apply_step_back),
    a.Return: (membership.judge_return, membership.apply_return),
    a.Leave: (membership.judge_leave, membership.apply_leave),
    a.Erase: (membership.judge_erase, nothing),
    a.Rename: (membership.judge_rename, nothing),
    a.Look: (membership.judge_look, nothing),
    a.Transfer: (membership.judge_transfer, membership.apply_transfer),
    a.Transferred: (only_time, membership.apply_transferred),
    a.Resign: (offices.judge_resign, offices.apply_resign),
    a.Expire: (only_time, offices.apply_expire),
    a.Move: (motions.judge_move, motions.apply_move),
    a.Second: (motions.judge_second, motions.apply_second),
    a.WithdrawSecond: (motions.judge_withdraw_second, motions.apply_withdraw_second),
    a.Withdraw: (motions.judge_withdraw, motions.apply_withdraw),
    a.FindInOrder: (motions.judge_find_in_order, motions.apply_find_in_order),
    a.RuleOut: (motions.judge_rule_out, motions.apply_rule_out),
    a.Appeal: (motions.judge_appeal, motions.apply_appeal),
    a.Petition: (motions.judge_petition, motions.apply_petition),
    a.Sign: (motions.judge_sign, motions.apply_sign),
    a.Reply: (motions.judge_reply, motions.apply_reply),
    a.Proceed: (only_time, motions.apply_proceed),
    a.Open: (votes.judge_open, votes.apply_open),
    a.Vote: (votes.judge_vote, votes.apply_vote),
    a.Close: (only_time, votes.apply_close),
    a.Lapse: (only_time, motions.apply_lapse),
    a.TakeEffect: (only_time, _take_effect),
    a.Void: (only_time, _void),
    a.Recover: (recovery.judge_recover, recovery.apply_recover),
    a.IssueCode: (recovery.judge_issue_code, recovery.apply_issue_code),
    a.Start: (serving.judge_server, nothing),
    a.Backup: (serving.judge_server, nothing),
    a.Restore: (serving.judge_server, nothing),
    a.Settings: (serving.judge_settings, nothing),
}

DUE: dict[str, Callable[[Polity, str, int, int], AnyAct | None]] = {
    "return": membership.due_return,
    "transferred": membership.due_transferred,
    "expire": offices.due_expire,
    "recovery": recovery.due_recovery,
    "lapse": motions.due_lapse,
    "find-in-order": motions.due_find_in_order,
    "proceed": motions.due_proceed,
    "open": votes.due_open,
    "close": votes.due_close,
}


def due(polity: Polity, now: int) -> AnyAct | None:
    """The next act that must be appended before anything else at this second; None when nothing is due.

    What follows it may be due only after it was applied: ask again until None.
    """
    polity.now = now
    if polity.pending:
        return _next_effect(polity, now)
    agenda = polity.agenda
    while agenda and agenda[0][0] <= now:
        at, _, what, subject = agenda[0]
        act = DUE[what](polity, subject, at, now)
        if act is not None:
            return act
        # It came to nothing meanwhile. Handlers may have put it off, so take out this one and no other.
        polity.forget_first()
    return None


def _next_effect(polity: Polity, now: int) -> AnyAct:
    name, n = polity.pending[0]
    motion = polity.motions[name]
    try:
        effects.check_now(polity, motion, n)
    except Refused as refused:
        return a.Void(by=a.TIME, at=now, motion=name, n=n, article=refused.article, reason=refused.message)
    return a.TakeEffect(by=a.DECISION, under=name, at=now, motion=name, n=n, effect=motion.effects[n])


def judge(polity: Polity, act: AnyAct) -> None:
    """Return if the rules allow this act now; raise Refused citing the article if not. Nothing changes."""
    if act.at < polity.at:
        refuse(polity, "record", "out-of-order")
    polity.now = act.at
    if polity.rules is None and type(act) is not a.Found:
        raise Refused(UNFOUNDED, "not-founded")
    if polity.pending or (polity.agenda and polity.agenda[0][0] <= act.at):
        expected = due(polity, act.at)
        if expected is not None:
            if expected != act:
                _held_back(polity, expected, act)
            return
    # What is personal can be erased after the end too; and whoever still looks at the roll says so.
    if polity.ended and act.by != a.SERVER and type(act) not in (a.Erase, a.Look):
        refuse(polity, "dissolution", "dissolved")
    RULES[type(act)][0](polity, act)


def _held_back(polity: Polity, expected: AnyAct, act: AnyAct) -> None:
    """Refuse an act that stands where another was due: cite the article of what the due one would have decided."""
    topic = {
        a.Close: "voting_days", a.Open: "opening_days", a.Expire: "term_months", a.TakeEffect: "effects",
        a.Void: "effects", a.FindInOrder: "admissibility_days", a.Proceed: "reply_days", a.Transferred: "transfer_days",
        a.Recover: "recovery_hours",
    }.get(type(expected), "time")  # fmt: skip
    if type(expected) is type(act):
        field = next(name for name in act.__struct_fields__ if getattr(act, name) != getattr(expected, name))
        refuse(polity, topic, "not-what-follows", field=field, due=getattr(expected, field), said=getattr(act, field))
    refuse(polity, topic, "time-held-back", due=a.tag(type(expected)).replace("-", " "))


def apply(polity: Polity, act: AnyAct) -> None:
    """The polity is as it is after this act, which was judged."""
    polity.at = polity.now = act.at
    RULES[type(act)][1](polity, act)
    person = polity.people.get(act.by)
    if person is not None:
        person.acted = True
    polity.size += 1


def complete(polity: Polity, act: AnyAct, at: int) -> AnyAct:
    """The act as it is judged at this second: dated, and with the figures that follow from the polity put in.

    Raises Refused for an act that no entry could hold: its fields are not what they must be, or it is too long.
    """
    act = msgspec.structs.replace(act, at=max(at, polity.at))
    try:
        a.decode(a.encode(act))
    except (ValueError, TypeError) as error:
        raise Refused(polity.rules.article("record") if polity.rules else UNFOUNDED, "not-an-act", why=error) from None
    if isinstance(act, a.Open) and act.motion in polity.motions:
        polity.now = act.at
        eligible = votes.electorate(polity, polity.motions[act.motion])
        return msgspec.structs.replace(act, eligible=max(eligible, 0))
    return act
