"""A key that no key of the person could seal: it is asked for, vouched for, waits, and is bound by time, unless one of
the person's stops it."""

from ..kernel import days
from ..kernel.act import TIME, Act
from ..kernel.agenda import Task
from ..kernel.ids import PersonId, RequestId
from ..kernel.require import refuse, require_member, require_new_id, require_voter
from ..motions.steps import outage_counts
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
    of_word,
    require_sealed,
    wait,
    weak_until,
)
from .state import Key, KeyRequest

# Refusals of a key that would be bound at once: then it can be asked for.
WAITS = ("keys-by-keys", "durable-waits")


class Asked(Task, frozen=True):
    """A key that was asked for is bound, or the request lapses."""

    request: RequestId


def judge_ask(polity: Polity, act: AskKey, at: int) -> None:
    require_member(polity, act, at)
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
    vouched = ever_durable(polity, act.who) or not _has_place(polity, act.who, vouched=False)
    needed = book["recovery_vouches"] if vouched else 0
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
    stops = [
        each.ended_at for each in polity.keys.requests.values()
        if (each.person, each.stopped_by) == (act.person, act.by)
    ]  # fmt: skip
    if stops:
        again = days.deadline(max(stops), polity.book["recovery_wait_days"], polity.book["zone"])
        if at < again:
            refuse(polity, "recovery_wait_days", "key-stopped-lately", when=again)


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
    if act.by not in (found.person, *found.vouchers):
        no(polity, "not-yours-to-stop-key")


def sealed_stop(polity: Polity, act: StopKey, key: Key | None, at: int) -> None:
    """By any key of the member; but where members vouch for who had a durable key, by none that the server's word gave,
    or it could keep them from ever having another. Whoever vouched takes that back by a key as good as for vouching."""
    if act.by != act.person:
        require_long_known(polity, key, at)
        return
    key = require_sealed(polity, key)
    if ever_durable(polity, act.person) and (of_word(polity, key) or key.weak(at)):
        no(polity, "key-of-word")


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
    _make_room(polity, found, at)
    bind(polity, found.key, found.person, at, "vouched" if found.needed else "waited", weak)
    _end_request(polity, act.request, "take", at)


def _make_room(polity: Polity, found: KeyRequest, at: int) -> None:
    """Whoever has as many keys as they may, and none of them at hand, loses the one that was bound first: else whoever
    lost all of them would never have another."""
    while not has_room(polity, found.person):
        gone = _gives_way(polity, found.person, vouched=found.needed > 0)
        assert gone is not None, "without one, members had to vouch"
        polity.keys.end(gone, at)


def _has_place(polity: Polity, person: PersonId, *, vouched: bool) -> bool:
    return has_room(polity, person) or _gives_way(polity, person, vouched=vouched) is not None


def _gives_way(polity: Polity, person: PersonId, *, vouched: bool) -> Key | None:
    """The key that ends for want of room, a light one first; where nobody vouched only one that stands on the server's
    word itself. None where there is none."""
    live = [key for key in polity.keys.holders[person].live() if vouched or key.weak_until]
    return min(live, key=lambda key: (key.durable, key.index), default=None)


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


def longer(polity: Polity, task: Asked, planned: int, off: int, on: int) -> None:
    """As of a request to come in: who can vouch has as long as they had when the server went off, once; who can stop it
    has so each time."""
    found, book = polity.keys.requests[task.request], polity.book
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
    can = can and (
        has_room(polity, found.person) or _gives_way(polity, found.person, vouched=found.needed > 0) is not None
    )
    kind = TakeKey if found.opens and can else LapseKey
    return kind(by=TIME, request=found.id, person=found.person)
