"""The carrier: makes copies into mail and hands them to the mail server. A server has one in a process of its own, so
that no page waits while letters leave."""

import logging
import re
import smtplib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import NamedTuple

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import override

from frombelow_site.door import below

from .address import here, saw
from .bounces import blames
from .message import Foot, message
from .models import Letter

GIVE_UP = 5 * 86_400  # seconds after which what is put off again and again is given up
CLOSING, TOO_LARGE = 421, 552  # the mail server ends the conversation; takes no letter of this size
PATIENCE = 10  # seconds in which its process ends by itself
log = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """What became of a copy: the state, and the words of the mail server."""

    state: str
    why: str = ""


class Copy(NamedTuple):
    """A letter that goes to its reader, in their language; whether a link in it may sign them in."""

    letter: Letter
    language: str
    by_link: bool


class Down(Exception):  # noqa: N818
    """The mail server takes nothing now; no copy is to blame."""


class Carrier:
    """Hands copies on in this process."""

    def carry(self, copies: Sequence[Copy], foot: Foot, at: int, stopping: Callable[[], bool]) -> Iterator[Outcome]:
        """What became of each, in their order; it breaks off once ``stopping`` says so. Raises Down, after an outcome
        for the copy at which it was: if it is to blame after all, others go before it the next time."""
        try:
            with get_connection() as post:
                for copy in copies:
                    if stopping():
                        return
                    try:
                        became = _became(post, copy, foot, at)
                    except Down as down:
                        yield Outcome(Letter.State.WAITING, str(down)[:300])
                        raise
                    yield became
        except (OSError, smtplib.SMTPException) as error:
            raise Down(_plain(error)) from error

    def end(self) -> None:
        """Nothing is kept for the next letters."""


class Apart(Carrier):
    """Hands copies on in a process of its own, which begins with the first of them."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def carry(self, copies: Sequence[Copy], foot: Foot, at: int, stopping: Callable[[], bool]) -> Iterator[Outcome]:
        whole = told = False
        try:
            pipe = self._begun()
            pipe.send((list(copies), foot, at, here()))
            while isinstance(answer := pipe.recv(), Outcome):
                yield answer
                if stopping() and not told:
                    told = True
                    pipe.send(None)
            whole = not told
            if answer is not None:
                raise answer
        except (OSError, EOFError) as error:
            raise Down("the process that hands letters on has ended") from error
        finally:
            if not whole:
                self.end()

    def _begun(self) -> Connection:
        if self._pipe is None:
            mine, its = socket.socketpair()
            with its:
                command = [sys.executable, "-m", __package__, str(its.fileno())]
                self._process = subprocess.Popen(command, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL)
            self._pipe = Connection(mine.detach())
        return self._pipe

    def end(self) -> None:
        """Its process has ended; the next letter begins another."""
        if self._pipe is None or self._process is None:
            return
        self._pipe.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = self._pipe = None


def _became(post: BaseEmailBackend, copy: Copy, foot: Foot, at: int) -> Outcome:
    """What became of one copy. Raises Down where the mail server takes nothing."""
    letter = copy.letter
    try:
        with override(copy.language):
            made = message(letter, foot, by_link=copy.by_link)
        post.send_messages([made])
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        return _refused(letter, code, said, at, _whose_fault(code, said))
    except smtplib.SMTPDataError as refused:
        return _refused(letter, refused.smtp_code, refused.smtp_error, at, Letter.State.GIVEN_UP)
    except smtplib.SMTPNotSupportedError as error:  # an address that is not ASCII, and a server that knows no others
        return Outcome(Letter.State.GIVEN_UP, _plain(error))
    except smtplib.SMTPSenderRefused as refused:
        if refused.smtp_code != TOO_LARGE:
            raise Down(_plain(refused)) from refused
        return Outcome(Letter.State.GIVEN_UP, _plain(refused))
    except (smtplib.SMTPException, OSError) as error:
        raise Down(_plain(error)) from error
    except Exception as error:  # what cannot be put into mail keeps no other letter from leaving
        log.exception("a letter could not be made")
        return Outcome(Letter.State.GIVEN_UP, _plain(error))
    return Outcome(Letter.State.SENT)


def _whose_fault(code: int, said: bytes | str) -> str:
    """Came back, where the address is to blame; else given up: a rule of the mail server's says nothing about it."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    status = re.match(r"\s*(5\.\d{1,3}\.\d{1,3})", words)
    to_blame = blames(status[1]) if status else code in (550, 551, 553)
    return Letter.State.BOUNCED if to_blame else Letter.State.GIVEN_UP


def _refused(letter: Letter, code: int, said: bytes | str, at: int, for_good: str) -> Outcome:
    """Put off (4xx), for five days at most, or refused for good (5xx)."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    why = f"{code} {' '.join(words.split())}"[:300]
    if code == CLOSING or not 400 <= code < 600:
        raise Down(why)
    if code >= 500:
        return Outcome(for_good, why)
    return Outcome(Letter.State.GIVEN_UP if at - letter.made >= GIVE_UP else Letter.State.WAITING, why)


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


def work(pipe: Connection) -> None:
    """Copies come by the pipe, and go out; what became of each goes back, and None or Down at the end of each part.
    None ends the part at hand, and the work. Raises EOFError or OSError once the other end is gone."""
    carrier = Carrier()
    below.tell_thread()
    while (part := pipe.recv()) is not None:
        copies, foot, at, address = part
        saw(address)
        try:
            for outcome in carrier.carry(copies, foot, at, pipe.poll):
                pipe.send(outcome)
        except Down as down:
            pipe.send(Down(str(down)))
        else:
            pipe.send(None)
