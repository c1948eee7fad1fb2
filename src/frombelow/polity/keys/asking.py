"""A key that no key of the person could seal: it is asked for, vouched for, waits, and is bound by time, unless one of
the person's stops it."""

from msgspec import UNSET

from ..kernel import days
from ..kernel.act import TIME, Act
from ..kernel.agenda import Task
from ..kernel.ids import PersonId, RequestId
from ..kernel.require import refuse, require_new_id, require_voter
from ..state import Polity
from .acts import AskKey, LapseKey, StopKey, TakeKey, VouchKey
from .binding import (
    DAY,
    bind,
    check_new,
    ever_durable,
    has_room,
    is_durable,
    key_id,
    no,
    require_own,
    require_sealed,
    wait,
    weak_until,
)
from .state import Key, KeyRequest


class Asked(Task, frozen=True):
    """A key that was asked for is bound, or the request lapses."""

    request: RequestId


def judge_ask(polity: Polity, act: AskKey, at: int) -> None:
    require_own(polity, act, at)
    check_new(polity, act.key)
    holder = polity.keys.holders.get(act.who)
    at_once = not (is_durable(act.key) or ever_durable(polity, act.who)) and has_room(polity, act.who)
    if holder is None or at_once:
        no(polity, "no-need-to-ask")
    running, most = polity.keys.running(act.who), polity.book["waiting_keys"]
    if len(running) >= most:
        refuse(polity, "waiting_keys", "keys-waiting", most=most)
    if any(key_id(each.key) == key_id(act.key) for each in running):
        no(polity, "key-known")
    if holder.stopped:  # by a key of theirs; what a voucher stops makes nobody wait
        again = days.deadline(holder.stopped, polity.book["recovery_wait_days"], polity.book["zone"])
        if at < again:
            refuse(polity, "recovery_wait_days", "key-stopped-lately", when=again)
    require_new_id(polity, act.request)


def apply_ask(polity: Polity, act: AskKey, at: int) -> None:
    book, keys = polity.book, polity.keys
    needed = book["recovery_vouches"] if ever_durable(polity, act.who) else 0
    found = KeyRequest(
        act.request, act.who, act.key, at, needed, wait(polity, act.who),
        lapses=days.deadline(at, book["recovery_days"], book["zone"]),
    )  # fmt: skip
    keys.requests[found.id] = found
    keys.waiting.setdefault(act.who, []).append(found.id)
    if needed:
        polity.agenda.plan(found.lapses, Asked(found.id))
    else:
        _opens(polity, found, at)


def _opens(polity: Polity, found: KeyRequest, at: int) -> None:
    found.opens = at + found.seconds
    polity.agenda.plan(found.opens, Asked(found.id))


def judge_vouch(polity: Polity, act: VouchKey, at: int) -> None:
    found = _running(polity, act)
    if act.key != key_id(found.key):
        no(polity, "other-key-asked")
    require_voter(polity, act, at, polity.root)
    if act.by == found.person:
        refuse(polity, "recovery_vouches", "vouch-for-self")
    if act.by in found.vouchers:
        refuse(polity, "recovery_vouches", "vouched-already")
    if found.opens:
        refuse(polity, "recovery_vouches", "nobody-vouches")


def sealed_vouch(polity: Polity, _act: Act, key: Key | None, at: int) -> None:
    require_long_known(polity, key, at)


def require_long_known(polity: Polity, key: Key | None, at: int) -> None:
    """Only a key that is known for long says who somebody is; in a young record there is none of them yet."""
    key = require_sealed(polity, key)
    book = polity.book
    young = at < polity.founded_at + book["young_days"] * DAY
    old_enough = key.at + book["young_key_days" if young else "vouching_key_days"] * DAY
    if at < max(old_enough, key.weak_until):
        refuse(polity, "vouching_key_days", "key-young", when=max(old_enough, key.weak_until))


def apply_vouch(polity: Polity, act: VouchKey, at: int) -> None:
    found = polity.keys.requests[act.request]
    found.vouchers += (act.who,)
    if len(found.vouchers) >= found.needed:
        _opens(polity, found, at)


def judge_stop(polity: Polity, act: StopKey, _at: int) -> None:
    found = _running(polity, act)
    if act.under is not UNSET or act.by not in (found.person, *found.vouchers):
        no(polity, "not-yours-to-stop-key")


def apply_stop(polity: Polity, act: StopKey, at: int) -> None:
    polity.keys.requests[act.request].stopped_by = act.who
    if act.who == act.person:
        polity.keys.holders[act.who].stopped = at
    _end_request(polity, act.request, "stop", at)


def apply_lapse(polity: Polity, act: LapseKey, at: int) -> None:
    _end_request(polity, act.request, "lapse", at)


def apply_take(polity: Polity, act: TakeKey, at: int) -> None:
    found = polity.keys.requests[act.request]
    weak = 0 if found.needed else weak_until(polity, found.person, at)
    _make_room(polity, found.person, at)
    bind(polity, found.key, found.person, at, "vouched" if found.needed else "waited", weak)
    _end_request(polity, act.request, "take", at)


def _make_room(polity: Polity, person: PersonId, at: int) -> None:
    """Whoever has as many keys as they may, and none of them at hand, loses the one that was not used for longest, a
    light one first: else whoever lost all of them would never have another."""
    while not has_room(polity, person):
        live = polity.keys.holders[person].live()
        gone = min(live, key=lambda key: (key.durable, max(key.last, key.index)))
        gone.ended, gone.suspended = at, 0


def _end_request(polity: Polity, name: RequestId, how: str, at: int) -> None:
    found = polity.keys.requests[name]
    found.ended, found.ended_at = how, at
    polity.keys.waiting[found.person].remove(name)


def _running(polity: Polity, act: VouchKey | StopKey) -> KeyRequest:
    found = polity.keys.requests.get(act.request)
    if found is None or found.person != act.person:
        no(polity, "unknown-key-request")
    if found.ended:
        no(polity, "key-request-over")
    return found


def due_asked(polity: Polity, task: Asked, planned: int, _at: int) -> TakeKey | LapseKey | None:
    """The key is bound, or the request lapses: without enough who vouch, or where the person is gone, the key was bound
    otherwise."""
    found = polity.keys.requests[task.request]
    if found.ended or planned != (found.opens or found.lapses):
        return None
    holder = polity.keys.holders[found.person]
    can = polity.people[found.person].active and key_id(found.key) not in polity.keys.keys
    # Who got a durable key meanwhile needs to be vouched for.
    can = can and (found.needed > 0 or not holder.durable)
    kind = TakeKey if found.opens and can else LapseKey
    return kind(by=TIME, request=found.id, person=found.person)
