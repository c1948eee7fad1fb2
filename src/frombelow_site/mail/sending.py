"""Mail leaves in its own thread: whoever waits for a page waits no longer because mail is sent."""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from django.conf import settings
from django.core.mail import send_mail
from django.db import close_old_connections
from django.utils.translation import gettext as _

from frombelow.roll import mail_to_send
from frombelow_site.door.tables import footer_checkpoint

log = logging.getLogger(__name__)
_post = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")
_rounds = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail-to-many")
_kept_back = False


class Letter(NamedTuple):
    mail: str
    subject: str
    body: str


@contextmanager
def kept_back() -> Iterator[None]:
    """No letter leaves this process meanwhile: what is entered is a story, and its people are made up."""
    global _kept_back
    _kept_back = True
    try:
        yield
    finally:
        _kept_back = False


def goes_out() -> bool:
    """Whether mail leaves this machine: without a mail server it is shown where the server runs, and nowhere else."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def send_code(mail: str, code: str, minutes: int) -> None:
    """The code is on its way; to nobody, with the same work, where no address is given."""
    # The subject names no organization: who sees a screen must not learn of a membership.
    subject = _("Your code: %(code)s") % {"code": code}
    body = _(
        "%(code)s is your code to sign in. It is good for %(minutes)d minutes, once.\n\n"
        "If you did not ask for it, do nothing: nobody can come in without it.\n"
    ) % {"code": code, "minutes": minutes}
    _post.submit(_send, mail, subject, with_checkpoint(body))


def send_letter(mail: str, subject: str, body: str) -> None:
    """The letter is on its way; while letters are kept back, it is not."""
    if _kept_back:
        return
    _post.submit(_send, mail, subject, with_checkpoint(body))


def send_one_by_one(letters: Callable[[], Iterable[Letter]]) -> None:
    """The letters are on their way one after the other, written as they leave: nobody's code waits behind those to
    many, nor does the door. While letters are kept back, none is."""
    if not _kept_back:
        _rounds.submit(_send_each, letters)


def _send_each(letters: Callable[[], Iterable[Letter]]) -> None:
    close_old_connections()  # this thread has one of its own, which no request closes
    try:
        for mail, subject, body in letters():
            _send(mail, subject, with_checkpoint(body))
    except Exception:  # nobody waits for the answer, so only the log can say it
        log.exception("letters to many could not be written")
    finally:
        close_old_connections()


def with_checkpoint(body: str) -> str:
    """The body with the latest checkpoint at its foot: what a member keeps in their mail, no server can rewrite."""
    foot = footer_checkpoint()
    return f"{body}\n-- \n{foot}\n" if foot else body


def _send(mail: str, subject: str, body: str) -> None:
    if not mail:
        return
    try:
        send_mail(subject, body, None, [mail_to_send(mail)])
    except Exception:  # a mail server fails in many ways; the code page says what to do
        log.exception("a letter could not be sent")
