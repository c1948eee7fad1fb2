"""Logs without personal data: they say what happened and where in the program, never with what or to whom.

A request is told by its method and the pattern of its address. An error is told by its kind and its places in the
program; its message may quote what somebody wrote, so it is left out. In other messages addresses, ids, queries and
long tokens are blotted out.
"""

import logging
import re
from types import TracebackType

from django.http import HttpRequest

MAIL = re.compile(r"[^\s<>\"'(),;:=]+@[^\s<>\"'(),;]+")
ID = re.compile(r"\b[a-z2-7]{25}[aeimquy4]\b")
QUERY = re.compile(r"\?[^\s\"']+")
TOKEN = re.compile(r"(?<![\w.-])(?=[\w-]*\d)[\w-]{20,}(?![\w.-])")
LONGEST = 2_000  # characters of a message
DEEPEST = 8  # errors that led to each other


class PlainFormatter(logging.Formatter):
    """One line a message: moment, level, logger, message. Errors follow as kinds and places."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        told = logging.makeLogRecord(record.__dict__)
        told.msg, told.args = self._message(record), None
        told.exc_info = told.exc_text = told.stack_info = None
        line = super().format(told)
        if record.exc_info and (error := record.exc_info[1]):
            line += _fault(error) or "\n" + "\n".join(places(error))
        return line

    @staticmethod
    def _message(record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            match = request.resolver_match
            status = getattr(record, "status_code", "-")
            return f"{status} {request.method} {'/' + match.route if match else '(no such page)'}"
        try:
            return blot(record.getMessage())
        except (TypeError, ValueError):  # a message and arguments that do not fit
            return blot(str(record.msg))


def _fault(error: BaseException) -> str:
    """What is wrong with disk or database, where it is that; nobody has to look for a place in the program then."""
    from frombelow_site.door.storage import fault  # models, which are not there yet when logging is set up

    found = fault(error)
    return f" ({found.what} {found.do})" if found else ""


def blot(text: str) -> str:
    """The text without addresses, ids, queries, long tokens and line breaks.

    >>> blot("ada@example.org asked /enter/?code=123456")
    '(address) asked /enter/?(query)'
    """
    if len(text) > LONGEST:  # looking for an address in a long word takes the square of its length
        text = text[:LONGEST] + "…"
    for pattern, word in ((MAIL, "(address)"), (QUERY, "?(query)"), (ID, "(id)"), (TOKEN, "(token)")):
        text = pattern.sub(word, text)
    return " ".join(text.split())


def places(error: BaseException | None) -> list[str]:
    """The kinds of the errors that led here and where each came by, without their messages."""
    lines: list[str] = []
    for _ in range(DEEPEST):
        if error is None:
            break
        lines.append(f"  {type(error).__module__}.{type(error).__qualname__}")
        lines += _frames(error.__traceback__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def _frames(trace: TracebackType | None) -> list[str]:
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"    {code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return lines
