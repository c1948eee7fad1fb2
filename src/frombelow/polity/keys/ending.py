"""A key ends: at once by one that is as good, after a wait where a lesser one says so and it does not contradict."""

from ..kernel.act import TIME, Act
from ..kernel.agenda import Task
from ..kernel.ids import KeyId
from ..state import Polity
from .acts import EndKey, ExpireKey, KeepKey
from .binding import no, of_word, require_sealed, wait
from .state import Key


class Suspended(Task, frozen=True):
    """A suspended key ends."""

    key: KeyId


def judge_end(polity: Polity, act: EndKey, _at: int) -> None:
    _mine(polity, act, act.key)


def sealed_end(polity: Polity, act: EndKey, key: Key | None, at: int) -> None:
    key, ends = require_sealed(polity, key), polity.keys.keys[act.key]
    if key.weak(at) and key.id != ends.id:
        no(polity, "key-watched", when=key.weak_until)
    if of_word(polity, key) and not ends.weak(at) and key.id != ends.id:
        no(polity, "key-of-word")
    if _suspends(key, ends, at):
        if ends.suspended:
            no(polity, "suspended-already", until=ends.suspended)
        if ends.kept and at < (again := ends.kept + wait(polity, act.who)):
            no(polity, "kept-lately", when=again)
    holder = polity.keys.holders[act.who]
    others = any(each.durable and not each.suspended for each in holder.live() if each.id != ends.id)
    if holder.bound >= 0 and key.durable and ends.durable and not others:
        no(polity, "last-durable")


def _suspends(key: Key, ends: Key, at: int) -> bool:
    """Whether this key only suspends the other: a light one a durable one, or a stolen phone would end its owner's
    card. What stands on the server's word any key that does not ends at once."""
    return ends.durable and not key.durable and not ends.weak(at)


def apply_end(polity: Polity, act: EndKey, key: Key | None, at: int) -> None:
    ends = polity.keys.keys[act.key]
    assert key is not None
    if not _suspends(key, ends, at):
        polity.keys.end(ends, at)
        return
    ends.suspended = at + wait(polity, act.who)
    polity.agenda.plan(ends.suspended, Suspended(ends.id))


def judge_keep(polity: Polity, act: KeepKey, _at: int) -> None:
    if not _mine(polity, act, act.key).suspended:
        no(polity, "not-suspended")


def sealed_keep(polity: Polity, act: KeepKey, key: Key | None, _at: int) -> None:
    if require_sealed(polity, key).id != act.key:
        no(polity, "keep-itself")


def apply_keep(polity: Polity, act: KeepKey, at: int) -> None:
    """It goes on, and is not suspended again before it had the time to end who suspended it."""
    key = polity.keys.keys[act.key]
    key.suspended, key.kept = 0, at


def apply_expire(polity: Polity, act: ExpireKey, at: int) -> None:
    polity.keys.end(polity.keys.keys[act.key], at)


def longer(polity: Polity, task: Suspended, planned: int, off: int, on: int) -> None:
    """It can say that it goes on for as long as it could when the server went off, each time."""
    key = polity.keys.keys[task.key]
    if key.suspended == planned and not key.ended and off < planned:
        key.suspended += on - off
        polity.agenda.plan(key.suspended, task)


def due_suspended(polity: Polity, task: Suspended, planned: int, _at: int) -> ExpireKey | None:
    key = polity.keys.keys[task.key]
    return ExpireKey(by=TIME, key=key.id, person=key.person) if key.suspended == planned and not key.ended else None


def _mine(polity: Polity, act: Act, name: KeyId) -> Key:
    """The live key of who acts that has this id."""
    found = polity.keys.keys.get(name)
    if found is None or found.person != act.by:
        no(polity, "unknown-key")
    if found.ended:
        no(polity, "key-over", when=found.ended)
    return found
