"""Which keys a person has, and which of them may do what to the others.

The server answers for nobody's first key, and for the light keys of who has light ones only. Whoever ever had a durable
key gets another one by a key of theirs, or by members who vouch by their own keys, after a wait.
"""

from msgspec import UNSET

from ...keys import KeyFault
from ...keys.ballot_keys import check_ballot_key
from ...sealing import age
from ..kernel.act import TIME, Act
from ..kernel.agenda import Task
from ..kernel.ids import PersonId
from ..kernel.require import refuse, require_member
from ..state import Polity
from .acts import AddKey, BindBallotKey, BindKey, BindReceiving, FreeKeys, LoosenKeys, OnlyWithKeys
from .binding import (
    bind,
    check_new,
    check_room,
    ever_durable,
    is_durable,
    no,
    of_word,
    require_sealed,
    wait,
    weak_until,
)
from .state import Key


class Loosened(Task, frozen=True):
    """Acts without a seal stand again in a person's name."""

    person: PersonId


# --- a key comes ---


def judge_bind(polity: Polity, act: BindKey, at: int) -> None:
    require_member(polity, act, at)
    check_new(polity, act.key)
    holder = polity.keys.holders.get(act.who)
    if holder is not None and holder.durable:
        no(polity, "keys-by-keys")
    if holder is not None and is_durable(act.key):
        no(polity, "durable-waits")
    check_room(polity, act.who)


def unsealed_only(polity: Polity, _act: Act, key: Key | None, _at: int) -> None:
    if key is not None:
        no(polity, "add-instead")


def apply_bind(polity: Polity, act: BindKey, at: int) -> None:
    """The first key of all is as good as the word for who the member is. A later one is watched for a while."""
    first = act.who not in polity.keys.holders
    bind(polity, act.key, act.who, at, "server", 0 if first else weak_until(polity, act.who, at))


def _live(polity: Polity, person: PersonId) -> list[Key]:
    holder = polity.keys.holders.get(person)
    return list(holder.live()) if holder else []


def judge_add(polity: Polity, act: AddKey, at: int) -> None:
    require_member(polity, act, at)
    if not _live(polity, act.who):
        no(polity, "needs-a-key")
    check_new(polity, act.key)
    check_room(polity, act.who)


def sealed_add(polity: Polity, act: AddKey, key: Key | None, at: int) -> None:
    key = require_sealed(polity, key)
    if key.durable:
        return
    if is_durable(act.key) and ever_durable(polity, act.who):
        no(polity, "durable-by-durable")
    if is_durable(act.key) and key.weak(at):
        no(polity, "key-watched", when=key.weak_until)
    if of_word(polity, key) and (is_durable(act.key) or ever_durable(polity, act.who)):
        no(polity, "key-of-word")


def apply_add(polity: Polity, act: AddKey, key: Key | None, at: int) -> None:
    assert key is not None
    bind(polity, act.key, act.who, at, "key", key.weak_until)


# --- what a person says of their own ---


def judge_own(polity: Polity, act: BindReceiving | BindBallotKey, at: int) -> None:
    require_member(polity, act, at)


def judge_receiving(polity: Polity, act: BindReceiving, at: int) -> None:
    judge_own(polity, act, at)
    if not age.is_recipient(act.recipient):
        no(polity, "no-recipient")


def judge_ballot(polity: Polity, act: BindBallotKey, at: int) -> None:
    judge_own(polity, act, at)
    try:
        check_ballot_key(polity.origin, act.who, act.public, act.proof)
    except KeyFault as fault:
        no(polity, fault.message, **fault.facts)


def sealed_own(polity: Polity, _act: Act, key: Key | None, at: int) -> None:
    """What is sealed to the person, and how they vote in secret, is theirs as their keys are."""
    key = require_sealed(polity, key)
    if of_word(polity, key) or (key.durable and key.weak(at)):
        no(polity, "key-of-word")


def apply_receiving(polity: Polity, act: BindReceiving, _at: int) -> None:
    polity.keys.holders[act.who].recipient = act.recipient


def apply_ballot(polity: Polity, act: BindBallotKey, _at: int) -> None:
    polity.keys.holders[act.who].ballot = act.public


def judge_only(polity: Polity, act: OnlyWithKeys, at: int) -> None:
    require_member(polity, act, at)
    if not any(key.durable for key in _live(polity, act.who)):
        no(polity, "durable-needed")
    holder = polity.keys.holders.get(act.who)
    least = max(polity.book["recovery_hours"], holder.hours if holder else 0)
    most = max(polity.book["longest_wait_days"] * 24, least)
    if act.hours is not UNSET and not least <= act.hours <= most:
        refuse(polity, "longest_wait_days", "wait-between", least=least, most=most)


def sealed_durable(polity: Polity, _act: Act, key: Key | None, at: int) -> None:
    """By a durable key that is more than the server's word."""
    key = require_sealed(polity, key)
    if not key.durable:
        no(polity, "durable-needed")
    if key.weak(at):
        no(polity, "key-watched", when=key.weak_until)


def apply_only(polity: Polity, act: OnlyWithKeys, at: int) -> None:
    """Only with their own: light keys that the server's word gave end, or who runs it could go on with them."""
    holder = polity.keys.holders[act.who]
    for key in [each for each in holder.live() if of_word(polity, each)]:
        polity.keys.end(key, at)
    if holder.bound < 0:
        holder.bound = polity.size
        polity.keys.only += 1
    holder.hours = act.hours if act.hours is not UNSET else holder.hours
    holder.frees = 0


def judge_loosen(polity: Polity, act: LoosenKeys, at: int) -> None:
    require_member(polity, act, at)
    holder = polity.keys.holders.get(act.who)
    if holder is None or holder.bound < 0:
        no(polity, "not-bound")
    if holder.frees:
        no(polity, "loosened-already", when=holder.frees)


def apply_loosen(polity: Polity, act: LoosenKeys, at: int) -> None:
    holder = polity.keys.holders[act.who]
    holder.frees = at + wait(polity, act.who)
    polity.agenda.plan(holder.frees, Loosened(act.who))


def apply_free(polity: Polity, act: FreeKeys, _at: int) -> None:
    holder = polity.keys.holders[act.person]
    holder.bound, holder.frees, holder.hours = -1, 0, 0
    polity.keys.only -= 1


def longer(polity: Polity, task: Loosened, planned: int, off: int, on: int) -> None:
    """Any key of theirs can say no for as long as it could when the server went off, each time."""
    holder = polity.keys.holders[task.person]
    if holder.frees == planned and off < planned:
        holder.frees += on - off
        polity.agenda.plan(holder.frees, task)


def due_loosened(polity: Polity, task: Loosened, planned: int, _at: int) -> FreeKeys | None:
    holder = polity.keys.holders[task.person]
    return FreeKeys(by=TIME, person=task.person) if holder.frees == planned else None
