"""Collecting what came back: reports of mail servers in a mailbox of their own, a folder of files (Maildir) or one that
is asked for by IMAP. A message that is no report about a letter of ours stays where it is."""

import imaplib
import logging
import mailbox
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from frombelow_site.door.storage import FAULTS

from .bounces import MOST, NoReportError, read_report
from .postman import each_minute

log = logging.getLogger(__name__)
PATIENCE, A_TIME = 20, 200  # seconds for one answer; messages in one go
EVERY = 5 * 60  # seconds between two looks into the mailbox
_looked = 0


@each_minute
def collect(at: int) -> None:
    """Every five minutes the reports in the mailbox that FROMBELOW_BOUNCES names are read, and are seen afterwards."""
    global _looked
    if not settings.BOUNCES or at < _looked + EVERY:
        return
    _looked = at
    try:
        if settings.BOUNCES.startswith(("imap://", "imaps://")):
            _by_imap(settings.BOUNCES, at)
        else:
            _in_folder(Path(settings.BOUNCES), at)
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("the mailbox of what comes back cannot be read: %s", error)


def _in_folder(folder: Path, at: int) -> None:
    if not (folder / "new").is_dir():
        raise FileNotFoundError(f"{folder} is no Maildir")
    box = mailbox.Maildir(folder, create=False)
    for key in list(box.keys())[:A_TIME]:
        message = box.get_message(key)
        if message.get_subdir() != "new":
            continue
        _read(box.get_bytes(key), at)
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message


def _by_imap(url: str, at: int) -> None:
    parts = urlsplit(url)
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    with kind(parts.hostname or "localhost", parts.port or (993 if parts.scheme == "imaps" else 143),
              timeout=PATIENCE) as box:  # fmt: skip
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(unquote(parts.path.strip("/")) or "INBOX")
        _status, [found] = box.search(None, "UNSEEN")
        for number in (found or b"").split()[:A_TIME]:
            _status, parts_of = box.fetch(number.decode(), f"(BODY.PEEK[]<0.{MOST}>)")
            for each in parts_of:
                if isinstance(each, tuple):
                    _read(each[1], at)
            box.store(number.decode(), "+FLAGS", "\\Seen")


def _read(data: bytes, at: int) -> None:
    try:
        read_report(data, at)
    except NoReportError as error:
        log.info("%s", error)
    except FAULTS:
        raise
    except Exception:  # the reports behind it are read all the same
        log.exception("a message in the mailbox of what comes back could not be read")
