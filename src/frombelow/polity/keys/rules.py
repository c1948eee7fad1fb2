"""Which keys a person has, and which of them may do what to the others.

The server answers for nobody's first key, and for the light keys of who has light ones only. Whoever ever had a durable
key gets another one by a key of theirs, or by members who vouch by their own keys, after a wait.
"""

from collections.abc import Iterator
from typing import Any, NoReturn

from msgspec import UNSET

from ...keys import Job, KeyFault
from ...keys.ballot_keys import check_ballot_key
from ..kernel import days
from ..kernel.act import TIME, Act
from ..kernel.agenda import Task
from ..kernel.ids import KeyId, PersonId, RequestId
from ..kernel.require import refuse, require_member, require_new_id, require_voter
from ..state import Polity
from .acts import (
    AddKey,
    AskKey,
    BindBallotKey,
    BindKey,
    BindReceiving,
    EndKey,
    ExpireKey,
    FreeKeys,
    KeepKey,
    LapseKey,
    LoosenKeys,
    OnlyWithKeys,
    StopKey,
    TakeKey,
    VouchKey,
)
from .binding import DAY, bind, check_new, check_room, ever_durable, is_durable, key_id, proof, wait
from .state import Key, KeyRequest

HOUR = 3600


class Asked(Task, frozen=True):
    """A key that was asked for is bound, or the request lapses."""

    request: RequestId


class Suspended(Task, frozen=True):
    """A suspended key ends."""

    key: KeyId


class Loosened(Task, frozen=True):
    """Acts without a seal stand again in a person's name."""

    person: PersonId


def proofs(polity: Polity, act: BindKey | AddKey | AskKey) -> Iterator[Job]:
    """What shows that the key is in the hands of who hands it in."""
    yield proof(polity.origin, act.who, act.key, polity.keys.hosts)


def _themselves(polity: Polity, act: Act, at: int) -> None:
    """Refuse whoever does it for an office, or is no member: keys are a person's own."""
    require_member(polity, act, at)
    if act.under is not UNSET:
        _no(polity, "keys-own")


# --- a key comes ---


def judge_bind(polity: Polity, act: BindKey, at: int) -> None:
    _themselves(polity, act, at)
    check_new(polity, act.key)
    holder = polity.keys.holders.get(act.who)
    if holder is not None and holder.durable:
        _no(polity, "keys-by-keys")
    if holder is not None and is_durable(act.key):
        _no(polity, "durable-waits")
    check_room(polity, act.who)


def unsealed_only(polity: Polity, _act: Act, key: Key | None, _at: int) -> None:
    if key is not None:
        _no(polity, "add-instead")


def apply_bind(polity: Polity, act: BindKey, at: int) -> None:
    """The first key of all is as good as the word for who the member is. A later one is watched for a while."""
    first = act.who not in polity.keys.holders
    bind(polity, act.key, act.who, at, "server", 0 if first else at + polity.book["server_word_days"] * DAY)


def judge_add(polity: Polity, act: AddKey, at: int) -> None:
    _themselves(polity, act, at)
    check_new(polity, act.key)
    check_room(polity, act.who)


def sealed_add(polity: Polity, act: AddKey, key: Key | None, at: int) -> None:
    key = _sealed(polity, key)
    if key.durable or not is_durable(act.key):
        return
    if ever_durable(polity, act.who):
        _no(polity, "durable-by-durable")
    if key.weak(at):
        _no(polity, "key-watched", when=key.weak_until)


def apply_add(polity: Polity, act: AddKey, key: Key | None, at: int) -> None:
    assert key is not None
    bind(polity, act.key, act.who, at, "key", key.weak_until)


# --- a key is asked for ---


def judge_ask(polity: Polity, act: AskKey, at: int) -> None:
    _themselves(polity, act, at)
    check_new(polity, act.key)
    holder = polity.keys.holders.get(act.who)
    if holder is None or not (holder.durable or is_durable(act.key)):
        _no(polity, "no-need-to-ask")
    check_room(polity, act.who)
    running, most = polity.keys.running(act.who), polity.book["waiting_keys"]
    if len(running) >= most:
        refuse(polity, "waiting_keys", "keys-waiting", most=most)
    if any(key_id(each.key) == key_id(act.key) for each in running):
        _no(polity, "key-known")
    if at < (again := _asked_again_from(polity, act.who)):
        refuse(polity, "recovery_wait_days", "key-stopped-lately", when=again)
    require_new_id(polity, act.request)


def _asked_again_from(polity: Polity, person: PersonId) -> int:
    """From when a key can be asked for again, once one of the person's keys stopped it; 0 where none did."""
    stopped = [
        each.ended_at for each in polity.keys.requests.values() if (each.person, each.stopped_by) == (person, person)
    ]
    return days.deadline(max(stopped), polity.book["recovery_wait_days"], polity.book["zone"]) if stopped else 0


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
    require_voter(polity, act, at, polity.root)
    if act.by == found.person:
        refuse(polity, "recovery_vouches", "vouch-for-self")
    if act.by in found.vouchers:
        refuse(polity, "recovery_vouches", "vouched-already")
    if found.opens:
        refuse(polity, "recovery_vouches", "nobody-vouches")


def sealed_vouch(polity: Polity, _act: Act, key: Key | None, at: int) -> None:
    """Only a key that is known for long says who somebody is; in a young record there is none of them yet."""
    key = _sealed(polity, key)
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
        _no(polity, "not-yours-to-stop-key")


def sealed_any(polity: Polity, _act: Act, key: Key | None, _at: int) -> None:
    """By any live key of the person."""
    _sealed(polity, key)


def apply_stop(polity: Polity, act: StopKey, at: int) -> None:
    polity.keys.requests[act.request].stopped_by = act.who
    _end_request(polity, act.request, "stop", at)


def apply_lapse(polity: Polity, act: LapseKey, at: int) -> None:
    _end_request(polity, act.request, "lapse", at)


def apply_take(polity: Polity, act: TakeKey, at: int) -> None:
    found = polity.keys.requests[act.request]
    weak_until = 0 if found.needed else at + polity.book["server_word_days"] * DAY
    bind(polity, found.key, found.person, at, "vouched" if found.needed else "waited", weak_until)
    _end_request(polity, act.request, "take", at)


def _end_request(polity: Polity, name: RequestId, how: str, at: int) -> None:
    found = polity.keys.requests[name]
    found.ended, found.ended_at = how, at
    polity.keys.waiting[found.person].remove(name)


def _running(polity: Polity, act: VouchKey | StopKey) -> KeyRequest:
    found = polity.keys.requests.get(act.request)
    if found is None or found.person != act.person:
        _no(polity, "unknown-key-request")
    if found.ended:
        _no(polity, "key-request-over")
    return found


def due_asked(polity: Polity, task: Asked, planned: int, _at: int) -> TakeKey | LapseKey | None:
    """The key is bound, or the request lapses: without enough who vouch, or where the person is gone, the key was bound
    otherwise, or there is no room for it."""
    found = polity.keys.requests[task.request]
    if found.ended or planned != (found.opens or found.lapses):
        return None
    holder = polity.keys.holders[found.person]
    room = sum(1 for _ in holder.live()) < polity.book["live_keys"]
    can = polity.people[found.person].active and room and key_id(found.key) not in polity.keys.keys
    # Who got a durable key meanwhile needs to be vouched for.
    can = can and (found.needed > 0 or not holder.durable)
    kind = TakeKey if found.opens and can else LapseKey
    return kind(by=TIME, request=found.id, person=found.person)


# --- a key ends ---


def judge_end(polity: Polity, act: EndKey, at: int) -> None:
    _mine(polity, act, act.key)


def sealed_end(polity: Polity, act: EndKey, key: Key | None, at: int) -> None:
    key, ends = _sealed(polity, key), polity.keys.keys[act.key]
    if key.weak(at) and not ends.weak(at):
        _no(polity, "key-watched", when=key.weak_until)
    if ends.suspended and not key.durable:
        _no(polity, "suspended-already", until=ends.suspended)
    holder = polity.keys.holders[act.who]
    others = any(each.durable and not each.suspended for each in holder.live() if each.id != ends.id)
    if holder.bound >= 0 and key.durable and ends.durable and not others:
        _no(polity, "last-durable")


def apply_end(polity: Polity, act: EndKey, key: Key | None, at: int) -> None:
    ends = polity.keys.keys[act.key]
    assert key is not None
    if key.durable or not ends.durable:
        ends.ended, ends.suspended = at, 0
        return
    ends.suspended = at + wait(polity, act.who)
    polity.agenda.plan(ends.suspended, Suspended(ends.id))


def judge_keep(polity: Polity, act: KeepKey, at: int) -> None:
    if not _mine(polity, act, act.key).suspended:
        _no(polity, "not-suspended")


def sealed_keep(polity: Polity, act: KeepKey, key: Key | None, _at: int) -> None:
    if _sealed(polity, key).id != act.key:
        _no(polity, "keep-itself")


def apply_keep(polity: Polity, act: KeepKey, _at: int) -> None:
    polity.keys.keys[act.key].suspended = 0


def apply_expire(polity: Polity, act: ExpireKey, at: int) -> None:
    key = polity.keys.keys[act.key]
    key.ended, key.suspended = at, 0


def due_suspended(polity: Polity, task: Suspended, planned: int, _at: int) -> ExpireKey | None:
    key = polity.keys.keys[task.key]
    return ExpireKey(by=TIME, key=key.id, person=key.person) if key.suspended == planned and not key.ended else None


def _mine(polity: Polity, act: Act, name: KeyId) -> Key:
    """The live key of who acts that has this id."""
    found = polity.keys.keys.get(name)
    if found is None or found.person != act.by or act.under is not UNSET:
        _no(polity, "unknown-key")
    if found.ended:
        _no(polity, "key-over", when=found.ended)
    return found


# --- what a person says of their own ---


def judge_own(polity: Polity, act: BindReceiving | BindBallotKey, at: int) -> None:
    _themselves(polity, act, at)


def judge_ballot(polity: Polity, act: BindBallotKey, at: int) -> None:
    judge_own(polity, act, at)
    try:
        check_ballot_key(polity.origin, act.who, act.public, act.proof)
    except KeyFault as fault:
        _no(polity, fault.message, **fault.facts)


def apply_receiving(polity: Polity, act: BindReceiving, _at: int) -> None:
    polity.keys.holders[act.who].recipient = act.recipient


def apply_ballot(polity: Polity, act: BindBallotKey, _at: int) -> None:
    polity.keys.holders[act.who].ballot = act.public


def judge_only(polity: Polity, act: OnlyWithKeys, at: int) -> None:
    _themselves(polity, act, at)
    holder = polity.keys.holders.get(act.who)
    least = max(polity.book["recovery_hours"], holder.hours if holder else 0)
    most = max(polity.book["longest_wait_days"] * 24, least)
    if act.hours is not UNSET and not least <= act.hours <= most:
        refuse(polity, "longest_wait_days", "wait-between", least=least, most=most)


def sealed_durable(polity: Polity, _act: Act, key: Key | None, at: int) -> None:
    """By a durable key that is more than the server's word."""
    key = _sealed(polity, key)
    if not key.durable:
        _no(polity, "durable-needed")
    if key.weak(at):
        _no(polity, "key-watched", when=key.weak_until)


def apply_only(polity: Polity, act: OnlyWithKeys, _at: int) -> None:
    holder = polity.keys.holders[act.who]
    holder.bound = holder.bound if holder.bound >= 0 else polity.size
    holder.hours = act.hours if act.hours is not UNSET else holder.hours
    holder.frees = 0


def judge_loosen(polity: Polity, act: LoosenKeys, at: int) -> None:
    _themselves(polity, act, at)
    holder = polity.keys.holders.get(act.who)
    if holder is None or holder.bound < 0:
        _no(polity, "not-bound")
    if holder.frees:
        _no(polity, "loosened-already", when=holder.frees)


def apply_loosen(polity: Polity, act: LoosenKeys, at: int) -> None:
    holder = polity.keys.holders[act.who]
    holder.frees = at + wait(polity, act.who)
    polity.agenda.plan(holder.frees, Loosened(act.who))


def apply_free(polity: Polity, act: FreeKeys, _at: int) -> None:
    holder = polity.keys.holders[act.person]
    holder.bound, holder.frees, holder.hours = -1, 0, 0


def due_loosened(polity: Polity, task: Loosened, planned: int, _at: int) -> FreeKeys | None:
    holder = polity.keys.holders[task.person]
    return FreeKeys(by=TIME, person=task.person) if holder.frees == planned else None


def _sealed(polity: Polity, key: Key | None) -> Key:
    if key is None:
        _no(polity, "needs-a-key")
    return key


def _no(polity: Polity, message: str, **facts: Any) -> NoReturn:
    refuse(polity, "keys", message, **facts)

