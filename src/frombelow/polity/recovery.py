"""Coming in for the first time by a code that somebody else holds; and coming in again after every way to sign in is
lost: asked for, vouched for, waited for, and stopped by who it is about. The record holds no address; who is told, and
how, is the site's to do."""

from msgspec import UNSET

from . import days
from .acts import SERVER, TIME, IssueCode, Recover
from .grounds import HERE, a_member, a_voter, refuse, with_power
from .ids import is_id
from .state import Polity, Recovery, fresh

HOUR = 3600
PRINT_DAYS = 7


def judge_issue_code(polity: Polity, act: IssueCode) -> None:
    person = polity.people.get(act.person)
    if person is None or person.standing not in HERE:
        refuse(polity, "membership", "unknown-person")
    if act.by == SERVER and act.under is UNSET:
        return
    a_member(polity, act)
    if _to_print(polity, act):
        with_power(polity, act, "restore-access", person.branch)
        return
    with_power(polity, act, "admit-members", person.branch)
    # Whoever came in before has a way in to lose, and a right to hear of it first.
    if person.acted:
        refuse(polity, "recovery_hours", "came-in-before")


def apply_issue_code(polity: Polity, act: IssueCode) -> None:
    if act.by != SERVER and (found := _to_print(polity, act)):
        found.printed = True


def _to_print(polity: Polity, act: IssueCode) -> Recovery | None:
    """The request of this officer for this member to which time opened the way lately, and no code was printed yet."""
    return next(
        (
            found for found in polity.recoveries.values()
            if (found.person, found.by, found.ended) == (act.person, act.by, "open") and may_print(found, act.at)
        ), None,
    )  # fmt: skip


def may_print(found: Recovery, at: int) -> bool:
    """Whether the officer who asked can print a code at this second: once, and in the week after the way opened."""
    mine = found.ended == "open" and found.by != found.person
    return mine and not found.printed and at < found.ended_at + PRINT_DAYS * 24 * HOUR


def judge_recover(polity: Polity, act: Recover) -> None:
    match act.step:
        case "ask":
            _judge_ask(polity, act)
        case "vouch":
            _judge_vouch(polity, act)
        case "stop":
            _judge_stop(polity, act)
        case "lapse" | "open":
            refuse(polity, "time", "not-due")


def _judge_ask(polity: Polity, act: Recover) -> None:
    a_member(polity, act)
    person = polity.people.get(act.person)
    if person is None or person.standing not in HERE:
        refuse(polity, "membership", "unknown-person")
    if act.by != act.person:
        with_power(polity, act, "restore-access", person.branch)
    elif act.under is not UNSET:
        refuse(polity, "own_cause", "own-cause")
    if act.person in polity.recovering:
        refuse(polity, "recovery_hours", "recovering-already")
    if not (is_id(act.recovery) and fresh(polity, act.recovery)):
        refuse(polity, "record", "bad-id")


def _judge_vouch(polity: Polity, act: Recover) -> None:
    found = _running(polity, act)
    # Whoever may not vote yet may be an invention of the one who asks.
    a_voter(polity, act, polity.root)
    if act.by == found.person:
        refuse(polity, "recovery_vouches", "vouch-for-self")
    if act.by in found.vouchers:
        refuse(polity, "recovery_vouches", "vouched-already")
    if found.opens:
        refuse(polity, "recovery_vouches", "nobody-vouches")


def _judge_stop(polity: Polity, act: Recover) -> None:
    found = _running(polity, act)
    a_member(polity, act)
    if act.by not in (found.person, found.by, *found.vouchers):
        refuse(polity, "recovery_hours", "not-yours-to-stop")


def _running(polity: Polity, act: Recover) -> Recovery:
    """The request that the act is about, if it is about this person and runs."""
    found = polity.recoveries.get(act.recovery)
    if found is None or found.person != act.person:
        refuse(polity, "recovery_hours", "unknown-recovery")
    if found.ended:
        refuse(polity, "recovery_hours", "recovery-over")
    return found


def apply_recover(polity: Polity, act: Recover) -> None:
    if act.step == "ask":
        _begin(polity, act)
        return
    found = polity.recoveries[act.recovery]
    if act.step == "vouch":
        found.vouchers += (act.by,)
        if len(found.vouchers) >= found.needed:
            _wait(polity, found)
        return
    found.ended, found.ended_at = act.step, act.at
    del polity.recovering[found.person]


def _begin(polity: Polity, act: Recover) -> None:
    """The request runs under the rules of this moment. An officer's word needs nobody to vouch."""
    book, officer = polity.book, act.by != act.person
    found = Recovery(
        act.recovery, act.person, act.by, act.under if act.under is not UNSET else "",
        0 if officer else book["recovery_vouches"], book["recovery_hours"], act.at,
        lapses=days.deadline(act.at, book["recovery_days"], book["zone"]),
    )  # fmt: skip
    polity.recoveries[act.recovery] = found
    polity.recovering[act.person] = act.recovery
    if officer:
        _wait(polity, found)
    else:
        polity.schedule(found.lapses, "recovery", found.id)


def _wait(polity: Polity, found: Recovery) -> None:
    """From now on, nobody needs to do anything: time opens the way."""
    found.opens = polity.at + found.hours * HOUR
    polity.schedule(found.opens, "recovery", found.id)


def due_recovery(polity: Polity, subject: str, at: int, now: int) -> Recover | None:
    """The way opens, or the request lapses: without enough who vouch, or where the member or the officer's mandate
    is gone meanwhile."""
    found = polity.recoveries[subject]
    if found.ended or at != (found.opens or found.lapses):
        return None
    mandate = polity.mandates[found.under] if found.under else None
    lost = polity.people[found.person].standing not in HERE or (mandate is not None and not mandate.live(at))
    opens = found.opens and not lost
    return Recover(by=TIME, at=now, recovery=found.id, person=found.person, step="open" if opens else "lapse")
