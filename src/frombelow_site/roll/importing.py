"""A file in the background: a thread waits while another process reads it, then brings its people in; a row says how
far it is."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext as _

from frombelow.polity import Refused
from frombelow.polity.kernel.ids import BranchId, ImportId, MandateId, PersonId
from frombelow.roll import RollError
from frombelow_site.door import Closed, polity
from frombelow_site.ui import background
from frombelow_site.ui.reasons import said
from frombelow_site.ui.refusals import sentence

from . import actions, dry_run, files, reading, updating
from .apart import GivenUpError
from .models import Import

OFTEN, PATIENCE = 0.5, 5.0  # seconds between two news in the table; after which who waits says that they still do
_one_at_a_time = threading.Semaphore()
log = logging.getLogger(__name__)
State = Import.State


def start_reading(batch: str, asked: dry_run.Asked | None = None) -> None:
    """The file of an import that is being read is read, as somebody says."""
    _start(lambda: read(batch, asked), batch)


def start(batch: ImportId) -> bool:
    """The import runs, if it was waiting: pressed twice, it runs once. False where it does not, as others came or left
    since the file was read: then it is read again. Raises Refused and Closed; then it waits on."""
    found = Import.objects.get(pk=batch)
    there = found.rows > 0 or actions.updates(found)
    if not there or not Import.objects.filter(pk=batch, state=State.READ).update(state=State.RUNNING):
        return True
    try:
        receipt = None if _others(found) else actions.begin(found)
    except BaseException:
        _tell(batch, State.RUNNING, state=State.READ)
        raise
    if receipt is None:
        _tell(batch, State.RUNNING, state=State.READING, done=0)
        start_reading(batch, dry_run.decode(found.reading).asked)
        return False
    if receipt.index >= 0:  # else it was only prepared
        _start(lambda: run(batch), batch)
    return True


def _others(found: Import) -> bool:
    """Whether others came or left since the file was read, or come in just now: a list that is brought in by two is
    brought in once."""
    running = Import.objects.filter(state=State.RUNNING).exclude(pk=found.id)
    return running.exists() or actions.others_since(found.entries)


def _start(work: Callable[[], None], batch: str) -> None:
    background.start(work, f"import {batch}")


def read(batch: str, asked: dry_run.Asked | None = None) -> None:
    """The dry run stands beside the file; or why there is none, and then no file either. Where it was read before, what
    somebody says and cannot be leaves that as it was, and says why."""
    found, asked, people = Import.objects.get(pk=batch), asked or dry_run.Asked(), files.people(batch)
    entries, fresh = polity().size, people.with_name(f"{people.name}-new")
    try:
        with _in_turn(batch):
            fresh.unlink(missing_ok=True)
            told = reading.read(
                files.place(batch), polity(), BranchId(found.branch), asked, _News(batch), fresh,
                files.mending(batch), files.known(batch),
            )  # fmt: skip
            people.unlink(missing_ok=True)
            if not told.why:
                fresh.replace(people)
            updating.keep(files.updates(batch), _updates(found) if not told.why else ())
    except GivenUpError:
        files.drop(batch)
    except Exception as error:
        _not_read(found, _in_words(error, batch))
    else:
        news = {"state": State.READ, "rows": told.admitted, "done": 0, "why": "", "reading": dry_run.encode(told)}
        news["entries"] = entries
        if not _tell(batch, State.READING, **news):
            files.drop(batch)


def _updates(found: Import) -> list[updating.Item]:
    """What the rows say of members. What was ticked while the file was read before stays so, as far as it says it."""
    items = updating.find(files.known(found.id), polity(), PersonId(found.by), MandateId(found.under))
    before = {(each.person, each.field, each.new): each for each in updating.kept(files.updates(found.id))}
    for each in items:
        if (told := before.get((each.person, each.field, each.new))) and not each.why and not told.why:
            each.ticked = told.ticked
    return items


def _not_read(found: Import, why: str) -> None:
    before = dry_run.decode(found.reading)
    if before.columns and files.place(found.id).exists():
        _tell(found.id, State.READING, state=State.READ, rows=before.admitted, done=0, why=why)
    else:
        _tell(found.id, State.READING, state=State.REFUSED, why=why)
        files.drop(found.id)


def run(batch: str) -> None:
    """The import is done, or stopped with its reason; either way the file is kept no longer, and of its rows no more
    than what there is to mend."""
    state, why = _bring_in(Import.objects.get(pk=batch))
    files.drop(batch)
    told = dry_run.what_to_mend(Import.objects.get(pk=batch).reading)
    # Without the secret nobody makes the salt of an erased name again.
    Import.objects.filter(pk=batch).update(why=why, reading=told, secret=b"", touched=timezone.now())
    # One that was undone meanwhile stays so.
    _tell(batch, State.RUNNING, state=state)


def _bring_in(found: Import) -> tuple[Import.State, str]:
    """What became of the import, and why it did not come to its end."""
    batch = found.id
    try:
        actions.follow(found, progress=lambda done: _tell(batch, done=done))
    except Refused as refused:
        if refused.message == "unknown-batch":
            return State.UNDONE, _("This import was undone while it ran.")
        return State.STOPPED, sentence(refused)
    except Exception as error:
        return State.STOPPED, _in_words(error, batch)
    return State.DONE, ""


def _in_words(error: Exception, batch: str) -> str:
    if isinstance(error, RollError):
        return said(error)
    if isinstance(error, Closed):
        return sentence(error)
    log.error("import %s stopped", batch, exc_info=error)
    return _("Something broke. Whoever runs the server finds more in its log.")


@contextmanager
def _in_turn(batch: str) -> Iterator[None]:
    """Inside, no other file is read by this server. Raises GivenUpError where the import is gone meanwhile."""
    while not _one_at_a_time.acquire(timeout=PATIENCE):
        if not _tell(batch):
            raise GivenUpError
    try:
        yield
    finally:
        _one_at_a_time.release()


class _News:
    """What the reader says goes into the table, not more often than pages ask. False where the import is gone."""

    def __init__(self, batch: str, *, figures: bool = True) -> None:
        self.batch, self.figures, self.told = batch, figures, 0.0

    def __call__(self, done: int, rows: int) -> bool:
        if time.monotonic() - self.told < OFTEN:
            return True
        self.told = time.monotonic()
        return _tell(self.batch, done=done, rows=rows) if self.figures else _tell(self.batch)


def _tell(batch: str, while_: str = "", **news: object) -> bool:
    """The news stand in the table, if the import is there, and in this state."""
    found = Import.objects.filter(pk=batch, **({"state": while_} if while_ else {}))
    return found.update(touched=timezone.now(), **news) == 1
