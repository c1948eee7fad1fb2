"""Coming in for the first time by a code that somebody else holds; and coming in again after every way to sign in is
lost: asked for, vouched for, waited for, and stopped by who it is about. The record holds no address; who is told, and
how, is the site's to do."""

from msgspec import UNSET

from ..kernel import days
from ..kernel.act import SERVER, TIME
from ..kernel.agenda import Task
from ..kernel.ids import MandateId, MotionId, PersonId, RecoveryId
from ..kernel.require import refuse, require_member, require_new_id, require_person, require_power, require_voter
from ..keys.asking import require_long_known
from ..keys.binding import ever_durable, wait
from ..keys.state import Key
from ..motions.steps import outage_counts
from ..offices.state import Mandate
from ..state import Polity
from .acts import AskAccess, EndCode, IssueCode, LapseAccess, OpenAccess, StopAccess, Vouch
from .state import Recovery

HOUR = 3600
PRINT_DAYS = 7
SHEET_DAYS = 365

OWN_PRINT = "who prints a code reads it, and shows it to nobody by the server"


class Waiting(Task, frozen=True):
    """A request to come in again lapses, or the way opens."""

    recovery: RecoveryId


def judge_issue_code(polity: Polity, act: IssueCode, at: int) -> None:
    person = require_person(polity, act.person)
    if act.shown is not UNSET:
        require_person(polity, act.shown)
    if act.by == SERVER and act.until is UNSET:
        return
    if act.shown is not UNSET:
        refuse(polity, "record", "not-an-act", why=OWN_PRINT)
    require_member(polity, act, at)
    if act.until is not UNSET and not polity.today(at) <= act.until <= polity.today(at) + SHEET_DAYS:
        refuse(polity, "recovery_hours", "sheet-too-long", days=SHEET_DAYS)
    if _own_sheet(act):
        if act.under is not UNSET:
            refuse(polity, "own_cause", "own-cause")
        return
    if act.until is UNSET and _to_print(polity, act, at):
        require_from_whole(polity, require_power(polity, act, at, "restore-access", person.branch))
        return
    require_from_whole(polity, require_power(polity, act, at, "admit-members", person.branch))
    # Whoever came in before has a way in to lose, and a right to hear of it first.
    if person.acted:
        refuse(polity, "recovery_hours", "came-in-before")


def _own_sheet(act: IssueCode) -> bool:
    return act.until is not UNSET and act.who == act.person


def never_here(polity: Polity, act: IssueCode, at: int) -> tuple[PersonId, ...]:
    """The person, where a code is printed for them since they have not acted yet."""
    person = polity.people.get(act.person)
    restored = act.until is UNSET and _to_print(polity, act, at)
    asked = act.by != SERVER and not _own_sheet(act) and not restored
    return (act.person,) if asked and person is not None and not person.acted else ()


def require_from_whole(polity: Polity, mandate: Mandate) -> None:
    """Refuse a mandate that a branch gave: whoever has a member's way in votes for them, in the whole too."""
    source = polity.motions.get(MotionId(mandate.source))
    if source is not None and source.branch != polity.root:
        refuse(polity, "recovery_hours", "not-from-whole")


def apply_issue_code(polity: Polity, act: IssueCode, at: int) -> None:
    if act.until is not UNSET:
        polity.sheets[act.person] = act.until
    elif act.by != SERVER and (found := _to_print(polity, act, at)):
        found.printed = True


def judge_end_code(polity: Polity, act: EndCode, at: int) -> None:
    require_member(polity, act, at)
    person = require_person(polity, act.person)
    if act.who != act.person:
        require_from_whole(polity, require_power(polity, act, at, "admit-members", person.branch))
    elif act.under is not UNSET:
        refuse(polity, "own_cause", "own-cause")
    if polity.sheets.get(act.person, 0) < polity.today(at):
        refuse(polity, "recovery_hours", "no-sheet")


def apply_end_code(polity: Polity, act: EndCode, _at: int) -> None:
    del polity.sheets[act.person]


def _to_print(polity: Polity, act: IssueCode, at: int) -> Recovery | None:
    """The request of this officer for this member to which time opened the way lately, and no code was printed yet."""
    return next(
        (
            found for found in polity.recoveries.values()
            if (found.person, found.by, found.ended) == (act.person, act.by, "open") and may_print(found, at)
        ), None,
    )  # fmt: skip


def may_print(found: Recovery, at: int) -> bool:
    """Whether the officer who asked can print a code at this second: once, and in the week after the way opened."""
    mine = found.ended == "open" and found.by != found.person
    return mine and not found.printed and at < found.ended_at + PRINT_DAYS * 24 * HOUR


def judge_ask(polity: Polity, act: AskAccess, at: int) -> None:
    require_member(polity, act, at)
    person = require_person(polity, act.person)
    if act.by != act.person:
        require_from_whole(polity, require_power(polity, act, at, "restore-access", person.branch))
    elif act.under is not UNSET:
        refuse(polity, "own_cause", "own-cause")
    if act.person in polity.recovering:
        refuse(polity, "recovery_hours", "recovering-already")
    if at < (again := asked_again_from(polity, act)):
        refuse(polity, "recovery_wait_days", "stopped-lately", when=again)
    require_new_id(polity, act.recovery)


def sealed_ask(polity: Polity, act: AskAccess, key: Key | None, at: int) -> None:
    """For whom ever had a durable key an officer's word is one vouch, and no other than a vouch: whoever comes in acts
    for them until they are bound, and reads what they can read."""
    if act.by != act.person and ever_durable(polity, act.person):
        require_long_known(polity, key, at)


def sealed_vouch(polity: Polity, act: Vouch, key: Key | None, at: int) -> None:
    if polity.recoveries[act.recovery].sealed:
        require_long_known(polity, key, at)


def asked_again_from(polity: Polity, act: AskAccess) -> int:
    """From when this can be asked again, after the member stopped a request; 0 where they stopped none.

    Another officer than who asked then can ask at once: if a thief holds the member's mail and stops what the member
    asks, somebody who knows the member helps. What others stop makes nobody wait, or one of them could lock the member
    out.
    """
    lately = [
        found.ended_at for found in polity.recoveries.values()
        if (found.person, found.ended, found.stopped_by) == (act.person, "stop", act.person)
        and (act.by == act.person or found.by == act.by)
    ]  # fmt: skip
    return _waits(polity, max(lately)) if lately else 0


def _waits(polity: Polity, since: int) -> int:
    return days.deadline(since, polity.book["recovery_wait_days"], polity.book["zone"])


def judge_vouch(polity: Polity, act: Vouch, at: int) -> None:
    found = _running(polity, act)
    # Whoever may not vote yet may be an invention of the one who asks.
    require_voter(polity, act, at, polity.root)
    if act.by == found.person:
        refuse(polity, "recovery_vouches", "vouch-for-self")
    if act.by in found.vouchers:
        refuse(polity, "recovery_vouches", "vouched-already")
    if found.opens:
        refuse(polity, "recovery_vouches", "nobody-vouches")
    stops = [
        each.ended_at for each in polity.recoveries.values() if (each.person, each.stopped_by) == (act.person, act.by)
    ]
    if stops and at < _waits(polity, max(stops)):
        refuse(polity, "recovery_wait_days", "stopped-lately", when=_waits(polity, max(stops)))


def judge_stop(polity: Polity, act: StopAccess, at: int) -> None:
    found = _running(polity, act)
    require_member(polity, act, at)
    if act.by not in (found.person, found.by, *found.vouchers):
        refuse(polity, "recovery_hours", "not-yours-to-stop")


def sealed_stop(polity: Polity, act: StopAccess, key: Key | None, _at: int) -> None:
    """Without a key only whom it is about stops it, though nothing else stands in their name so: else the server took
    back what others vouch for."""
    if key is None and act.by != act.person and polity.keys.bound(act.who):
        refuse(polity, "keys", "seal-needed")


def apply_sealed_stop(polity: Polity, act: StopAccess, key: Key | None, _at: int) -> None:
    """Nobody waits because of what was stopped in their name without their key, or the server could lock them out."""
    if key is None and polity.keys.bound(act.who):
        polity.recoveries[act.recovery].stopped_by = ""


def _running(polity: Polity, act: Vouch | StopAccess) -> Recovery:
    """The request that the act is about, if it is about this person and runs."""
    found = polity.recoveries.get(act.recovery)
    if found is None or found.person != act.person:
        refuse(polity, "recovery_hours", "unknown-recovery")
    if found.ended:
        refuse(polity, "recovery_hours", "recovery-over")
    return found


def apply_vouch(polity: Polity, act: Vouch, at: int) -> None:
    found = polity.recoveries[act.recovery]
    found.vouchers += (act.who,)
    if len(found.vouchers) >= found.needed:
        _wait(polity, found, at)


def apply_stop(polity: Polity, act: StopAccess, at: int) -> None:
    polity.recoveries[act.recovery].stopped_by = act.who
    _end(polity, act.recovery, "stop", at)


def apply_lapse(polity: Polity, act: LapseAccess, at: int) -> None:
    _end(polity, act.recovery, "lapse", at)


def apply_open(polity: Polity, act: OpenAccess, at: int) -> None:
    polity.sheets.pop(act.person, None)  # earlier ways to sign in are gone
    _end(polity, act.recovery, "open", at)


def _end(polity: Polity, name: RecoveryId, how: str, at: int) -> None:
    found = polity.recoveries[name]
    found.ended, found.ended_at = how, at
    del polity.recovering[found.person]


def apply_ask(polity: Polity, act: AskAccess, at: int) -> None:
    """The request runs under the rules of this moment. An officer's word needs nobody to vouch, but for whom ever had a
    durable key: there it is one vouch."""
    book, officer, sealed = polity.book, act.by != act.person, ever_durable(polity, act.person)
    found = Recovery(
        act.recovery, act.person, act.who, MandateId(act.under) if act.under is not UNSET else "",
        0 if officer and not sealed else book["recovery_vouches"], wait(polity, act.person) // HOUR, at,
        vouchers=(act.who,) if officer and sealed else (),
        lapses=days.deadline(at, book["recovery_days"], book["zone"]), sealed=sealed,
    )  # fmt: skip
    polity.recoveries[act.recovery] = found
    polity.recovering[act.person] = act.recovery
    if len(found.vouchers) >= found.needed:
        _wait(polity, found, at)
    else:
        polity.agenda.plan(found.lapses, Waiting(found.id))


def _wait(polity: Polity, found: Recovery, at: int) -> None:
    """From now on, nobody needs to do anything: time opens the way."""
    found.opens = at + found.hours * HOUR
    polity.agenda.plan(found.opens, Waiting(found.id))


def longer(polity: Polity, task: Waiting, planned: int, off: int, on: int) -> None:
    """Who can vouch has as long as they had when the server went off, once. Who can stop it has so each time, however
    short the outage: nobody comes in as somebody else because the server was off while they could have said no."""
    found, book = polity.recoveries[task.recovery], polity.book
    if found.ended or planned != (found.opens or found.lapses) or off >= planned:
        return
    if found.opens:
        found.opens += on - off
    elif found.lengthened or not outage_counts(book, planned, off, on):
        return
    else:
        found.lengthened = on - off
        found.lapses = days.lengthened(planned, on - off, book["zone"])
    polity.agenda.plan(found.opens or found.lapses, task)


def due_access(polity: Polity, task: Waiting, planned: int, at: int) -> OpenAccess | LapseAccess | None:
    """The way opens, or the request lapses: without enough who vouch, or where the member or the officer's mandate
    is gone meanwhile, or who vouched did so without a key and the member has a durable one by now."""
    found = polity.recoveries[task.recovery]
    if found.ended or planned != (found.opens or found.lapses):
        return None
    mandate = polity.mandates[found.under] if found.under else None
    lost = not polity.people[found.person].active or (mandate is not None and not mandate.live(at))
    lost = lost or (not found.sealed and ever_durable(polity, found.person))
    kind = OpenAccess if found.opens and not lost else LapseAccess
    return kind(by=TIME, recovery=found.id, person=found.person)
