"""Whether mail leaves this machine, and codes, which leave at once: nobody waits for a page because mail is sent."""

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from frombelow.roll import mail_to_send

log = logging.getLogger(__name__)
_post = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")
_kept_back = False
AGAIN = (5, 20)  # seconds after which a code that a mail server put off is handed to it again


@contextmanager
def kept_back() -> Iterator[None]:
    """No letter leaves this process meanwhile: what is entered is a story, and its people are made up."""
    global _kept_back
    _kept_back = True
    try:
        yield
    finally:
        _kept_back = False


def kept() -> bool:
    """Whether letters are kept back now."""
    return _kept_back


def goes_out() -> bool:
    """Whether mail leaves this machine: without a mail server it is shown where the server runs, and nowhere else."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def send_code(mail: str, code: str, minutes: int) -> None:
    """The code is on its way; to nobody, with the same work, where no address is given."""
    body = _(
        "%(code)s is your code to sign in. It is good for %(minutes)d minutes, once.\n\n"
        "If you did not ask for it, do nothing: nobody can come in without it.\n"
    )
    send_at_once(mail, code, body % {"code": code, "minutes": minutes})


def send_at_once(mail: str, code: str, body: str) -> None:
    """A letter with a code in it is on its way; it is kept nowhere."""
    # The subject names no organization: who sees a screen must not learn of a membership.
    _post.submit(_send, mail, _("Your code: %(code)s") % {"code": code}, body, AGAIN)


def _send(mail: str, subject: str, body: str, again: tuple[int, ...]) -> None:
    try:
        if mail:
            send_mail(subject, body, None, [mail_to_send(mail)])
    except Exception:  # a mail server fails in many ways; the code page says what to do
        if not again:
            log.exception("a letter with a code could not be sent")
            return
        # Whoever asks for another code meanwhile does not wait for this one.
        later = threading.Timer(again[0], lambda: _post.submit(_send, mail, subject, body, again[1:]))
        later.daemon = True
        later.start()
