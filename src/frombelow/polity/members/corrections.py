"""A mail address that an officer gives for a member: told to the address they have, waited for, stopped by the member.
The record holds no address, only a commitment to it."""

from ..access.rules import require_from_whole
from ..kernel import days
from ..kernel.act import TIME
from ..kernel.agenda import Task
from ..kernel.ids import ImportId, MandateId, PersonId
from ..kernel.require import refuse, require_member, require_person, require_power
from ..keys.binding import ever_durable, wait
from ..state import Polity
from .acts import CorrectMail, KeepMail, MailCorrected
from .state import Correction

NO_LIST = ImportId("")


class Correcting(Task, frozen=True):
    """The address that the entry with this index gave for a member counts."""

    person: PersonId
    index: int


def judge_correct(polity: Polity, act: CorrectMail, at: int) -> None:
    require_member(polity, act, at)
    person = require_person(polity, act.person)
    if act.who == act.person:
        refuse(polity, "own_cause", "own-cause")
    # Whoever has a member's mail comes in as them: no shorter a way than a code on paper or a request to come in again.
    require_from_whole(polity, require_power(polity, act, at, "admit-members", person.branch))
    if ever_durable(polity, act.person):
        refuse(polity, "recovery_hours", "mail-of-who-has-keys")
    if at < (again := _kept_until(polity, act.person)):
        refuse(polity, "recovery_wait_days", "kept-mail-lately", when=again)


def _kept_until(polity: Polity, person: PersonId) -> int:
    """The second from which another address can be given for this person, who kept theirs; 0 for who did not."""
    found = polity.corrections.get(person)
    if found is None or found.ended != "stop":
        return 0
    return days.deadline(found.ended_at, polity.book["recovery_wait_days"], polity.book["zone"])


def barred(polity: Polity, person: PersonId, at: int) -> bool:
    """Whether no officer gives an address for this member, whichever they hold."""
    return ever_durable(polity, person) or at < _kept_until(polity, person)


def apply_correct(polity: Polity, act: CorrectMail, at: int) -> None:
    wait_for(polity, act.person, MandateId(str(act.under)), at)


def wait_for(polity: Polity, person: PersonId, under: MandateId, at: int, batch: ImportId = NO_LIST) -> None:
    """One address waits for a person: a later one takes the place of the earlier."""
    counts = at + wait(polity, person)
    polity.corrections[person] = Correction(person, under, polity.size, counts, batch=batch)
    polity.agenda.plan(counts, Correcting(person, polity.size))


def take_back(polity: Polity, person: PersonId, batch: ImportId, under: MandateId, at: int) -> None:
    """The address that this list gave for the person does not count. If it does already, the one before waits in its
    turn: whoever has that box may be somebody else by now."""
    found = polity.corrections.get(person)
    if found is None or found.batch != batch:
        return
    if not found.ended:
        _end(polity, person, "undone", at)
    elif found.ended == "counts" and polity.people[person].active and not barred(polity, person, at):
        wait_for(polity, person, under, at)


def correction(polity: Polity, person: PersonId, at: int) -> Correction | None:
    """The address that waits for this person at this second, if one does."""
    found = polity.corrections.get(person)
    return found if found and not found.ended and at < found.counts else None


def judge_keep(polity: Polity, act: KeepMail, at: int) -> None:
    require_member(polity, act, at)
    if correction(polity, act.who, at) is None:
        refuse(polity, "recovery_hours", "no-mail-given")


def apply_keep(polity: Polity, act: KeepMail, at: int) -> None:
    _end(polity, act.who, "stop", at)


def apply_corrected(polity: Polity, act: MailCorrected, at: int) -> None:
    _end(polity, act.person, "counts", at)


def _end(polity: Polity, person: PersonId, how: str, at: int) -> None:
    found = polity.corrections[person]
    found.ended, found.ended_at = how, at


def due_correction(polity: Polity, task: Correcting, planned: int, _at: int) -> MailCorrected | None:
    """The address counts; not where a later one came, the member or the officer's mandate is gone, or the member has a
    durable key by now."""
    found = polity.corrections[task.person]
    if found.ended or (found.index, found.counts) != (task.index, planned):
        return None
    live = polity.people[task.person].active and polity.mandates[found.under].live(planned)
    if not live or ever_durable(polity, task.person):
        return None
    return MailCorrected(by=TIME, person=task.person, index=task.index)


def longer_to_keep(polity: Polity, task: Correcting, planned: int, off: int, on: int) -> None:
    """Who can stop it has as long as they had when the server went off, however short the outage."""
    found = polity.corrections[task.person]
    if not found.ended and (found.index, found.counts) == (task.index, planned) and off < planned:
        found.counts += on - off
        polity.agenda.plan(found.counts, task)
