"""The postman: puts what is to be written into words, and has a carrier hand copies to the mail server, in the process
that takes acts in. What the server puts off is handed to it again; what it refuses is known to have come back."""

import logging
import threading
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections, connection, transaction

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door import below, polity
from frombelow_site.door.door import Door
from frombelow_site.door.readers import turns
from frombelow_site.door.storage import FAULTS

from .bounces import came_back
from .carrier import Carrier, Copy, Down, Outcome
from .kinds import kind_of
from .message import Foot
from .models import Letter, Round
from .readers import Reader, readers
from .sending import goes_out
from .writing import Writing

LOOK = 1.0  # seconds between two looks at the queue
AT_ONCE = 100  # copies between two looks at the clock, and in one transaction
MINUTE, HOUR, DAY = 60, 3_600, 86_400
LONGEST_WAIT = 4 * HOUR
PAUSES = (5, 15, 60, 300, 600)  # seconds after which a mail server that is down is tried again
log = logging.getLogger(__name__)


Task = Callable[[int], None]
_tasks: list[Task] = []


def each_minute(task: Task) -> Task:
    """The function is called about once a minute with the second it is: letters that time alone brings about."""
    _tasks.append(task)
    return task


class Postman:
    """Works for one door. ``work`` is called by one thread at a time."""

    def __init__(self, door: Door, carrier: Carrier | None = None) -> None:
        self.door, self.carrier = door, carrier or Carrier()
        self._carried = False  # since the last look at the tasks
        self._writing: Writing | None = None
        self._tasks_at = self._pause_until = self._second = 0
        self._domains: Counter[str] = Counter()  # copies for each domain in this second
        self._failed = 0  # how often in a row the server was down
        self._broken: set[int] = set()  # rounds that cannot be written; tried again after a start
        self._unkept: list[tuple[Letter, Outcome]] = []  # what became of copies, not stored yet
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """A thread works from now on."""
        self._thread = threading.Thread(target=self._run, name="postman", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Nothing is written or handed on any more, and the thread has ended."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def work(self) -> bool:
        """A part of what is to be done is; False once nothing is left for now."""
        if self.door.writer is None:  # another process takes acts in, and writes
            return False
        at = self.door.now()
        if at >= self._tasks_at + MINUTE:
            self._tasks_at = at
            if not self._carried:
                self.carrier.end()
            self._carried = False
            for task in _tasks:
                self._alone(task, at)
        if self._unkept:
            self._keep([], at)
        return self._write(at) | self._hand_on(at)

    def _alone(self, task: Task, at: int) -> None:
        """The task was called; where it fails the others are called all the same."""
        try:
            task(at)
        except FAULTS:
            raise
        except Exception:
            log.exception("a task of letters failed")

    def _write(self, at: int) -> bool:
        if self._writing is None:
            round = Round.objects.filter(written=False).exclude(pk__in=self._broken).order_by("pk").first()
            if round is None:
                return False
        else:
            round = self._writing.round
        try:
            self._writing = self._writing or Writing(round)
            if not self._writing.part(at):
                self._writing = None
        except FAULTS:
            self._writing = None
            raise
        except Exception:  # the letters of others do not wait for it
            log.exception("a letter of the kind “%s” cannot be written", round.kind)
            self._writing = None
            self._broken.add(round.pk)
        return True

    def _hand_on(self, at: int) -> bool:
        if not goes_out() or self.door.time.clocks.steady() < self._pause_until:
            return False
        waiting = Letter.objects.filter(state=Letter.State.WAITING, due__lte=at)
        some = list(waiting.order_by("due", "pk").select_related("text")[:AT_ONCE])
        if not some:
            return False
        now, later = self._within_rate(some, at)
        became: list[tuple[Letter, Outcome]] = []
        try:
            self._each(now, at, became)
            self._failed = 0
        except Down as down:
            self._down(down)
        self._unkept += became
        self._keep(later, at)
        return bool(became)

    def _keep(self, later: list[Letter], at: int) -> None:
        """The queue says what became of copies. Where it cannot be stored it is not forgotten, and nothing else is
        handed on before it is: only a kill between the two makes letters come twice."""
        _store(self._unkept, later, at)
        self._unkept = []

    def _each(self, some: list[Letter], at: int, became: list[tuple[Letter, Outcome]]) -> None:
        """What became of each copy is noted at once, also where the mail server breaks off in the middle."""
        with turns.reading():
            known, foot = readers({PersonId(each.person) for each in some}), Foot.now()
        going: list[Copy] = []
        for each in some:
            reader = known.get(PersonId(each.person))
            if reader is None or 0 < each.over <= at or not _is_theirs(each, reader):
                became.append((each, Outcome(Letter.State.OVER)))
            else:
                going.append(Copy(each, reader.language, reader.by_link))
        if not going:
            return
        self._carried = True
        carried = self.carrier.carry(going, foot, at, self._stopping.is_set)
        for outcome, copy in zip(carried, going, strict=False):
            became.append((copy.letter, outcome))

    def _within_rate(self, some: list[Letter], at: int) -> tuple[list[Letter], list[Letter]]:
        """Those that may go in this second, and the others with a later one: so many to one domain."""
        if at != self._second:
            self._second, self._domains = at, Counter()
        now, later = [], []
        for each in some:
            domain = each.mail.rpartition("@")[2].lower()
            self._domains[domain] += 1
            if (ahead := (self._domains[domain] - 1) // settings.MAIL_RATE) == 0:
                now.append(each)
            else:
                each.due = at + ahead
                later.append(each)
        return now, later

    def _down(self, down: Down) -> None:
        """The mail server is left alone for a while; every copy stays where it is."""
        pause = PAUSES[min(self._failed, len(PAUSES) - 1)]
        self._failed += 1
        self._pause_until = self.door.time.clocks.steady() + pause
        log.warning("the mail server takes nothing (%s); it is tried again in %d seconds", down, pause)

    def _run(self) -> None:
        below.tell_thread()
        while not self._stopping.is_set():
            busy = False
            try:
                busy = self.work()
            except FAULTS as error:
                log.warning("letters could not be looked after: %s", error)
                close_old_connections()
            except Exception:  # no letter ends the work on the others
                log.exception("letters could not be looked after")
                self._stopping.wait(MINUTE)
            if not busy:
                self._stopping.wait(LOOK)
        self.carrier.end()
        connection.close()


def _is_theirs(letter: Letter, reader: Reader) -> bool:
    """Whether it still goes where its reader is: not to an address that they have no more, nor a letter for members to
    who is none."""
    kind = kind_of(letter.kind)
    there = kind.to_former or letter.mail in reader.mails
    still = kind.still is None or kind.still(polity(), PersonId(letter.person), letter.path)
    return there and still and (reader.active or not (kind.free or kind.printed))


def _store(became: list[tuple[Letter, Outcome]], later: list[Letter], at: int) -> None:
    """The queue says what became of these copies."""
    for letter, outcome in became:
        letter.state, letter.why, letter.tries = outcome.state, outcome.why, letter.tries + 1
        letter.sent = at if outcome.state == Letter.State.SENT else 0
        letter.due = at + min(LONGEST_WAIT, MINUTE * 2**letter.tries)
    back = [letter for letter, outcome in became if outcome.state == Letter.State.BOUNCED]
    with transaction.atomic():
        fields = ["state", "why", "tries", "sent", "due"]
        Letter.objects.bulk_update([letter for letter, _outcome in became], fields)
        Letter.objects.bulk_update(later, ["due"])
        for letter in back:
            came_back(letter, letter.why, at)
