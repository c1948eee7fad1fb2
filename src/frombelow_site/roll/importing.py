"""An import in the background: a thread brings the file in, a row says how far it is."""

import logging
import threading
import zlib

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from frombelow.polity import Refused
from frombelow.polity.kernel.ids import BranchId, ImportId, MandateId
from frombelow.roll import RollError
from frombelow_site.door import Closed
from frombelow_site.ui.reasons import said
from frombelow_site.ui.refusals import sentence

from .actions import import_roll
from .models import Import
from .reading import decode

log = logging.getLogger(__name__)


def start(batch: ImportId) -> bool:
    """The import runs, if it was waiting: pressed twice, it runs once."""
    if not Import.objects.filter(pk=batch, state=Import.State.READ).update(state=Import.State.RUNNING):
        return False
    arguments = [batch, get_language()]
    threading.Thread(target=_run_apart, args=arguments, name=f"import {batch}", daemon=True).start()
    return True


def _run_apart(batch: ImportId, language: str) -> None:
    try:
        with override(language):
            run(batch)
    finally:
        connection.close()


def run(batch: ImportId) -> None:
    """The import is done, or stopped with its reason; either way the file is kept no longer."""
    state, why = _bring_in(Import.objects.get(pk=batch))
    _tell(batch, why=why, raw=b"")
    # One that was undone meanwhile stays so.
    Import.objects.filter(pk=batch, state=Import.State.RUNNING).update(state=state)


def _bring_in(found: Import) -> tuple[Import.State, str]:
    """What became of the import, and why it did not come to its end."""
    batch = ImportId(found.id)
    try:
        import_roll(
            zlib.decompress(bytes(found.raw)), found.by, MandateId(found.under), BranchId(found.branch), batch=batch,
            mapping=decode(found.reading).mapping, progress=lambda done: _tell(batch, done=done),
        )  # fmt: skip
    except (Refused, Closed) as refused:
        if isinstance(refused, Refused) and refused.message == "unknown-batch":
            return Import.State.UNDONE, _("This import was undone while it ran.")
        return Import.State.STOPPED, sentence(refused)
    except RollError as error:
        return Import.State.STOPPED, said(error)
    except Exception:
        log.exception("import %s stopped", found.id)
        return Import.State.STOPPED, _("Something broke. Whoever runs the server finds more in its log.")
    return Import.State.DONE, ""


def _tell(batch: ImportId, **news: object) -> None:
    Import.objects.filter(pk=batch).update(touched=timezone.now(), **news)
