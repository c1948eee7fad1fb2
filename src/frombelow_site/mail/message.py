"""A letter as mail: plain text that can be read in its source, and headers by which programs know what it is."""

from email.charset import QP, Charset
from textwrap import fill
from typing import NamedTuple, Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from frombelow.roll import mail_to_send
from frombelow_site.door import polity
from frombelow_site.door.tables import footer_checkpoint

from . import links
from .address import here
from .kinds import kind_of
from .models import Letter

WIDTH = 72
PLAIN = Charset("utf-8")
PLAIN.body_encoding = QP


class Foot(NamedTuple):
    """What stands at the foot of every letter. Which organization wrote is said where its rules say so alone: who sees
    a screen must not learn of a membership."""

    name: str
    head: str  # the state of the record, to hold against what the server says later

    @classmethod
    def now(cls) -> Self:
        here, head = polity(), footer_checkpoint().splitlines()
        named = bool(here.rules and here.rules["letters_named"])
        return cls(here.name if named else "", "\n".join(head if named else head[1:]))


def message(letter: Letter, foot: Foot, *, by_link: bool) -> EmailMessage:
    """The copy as it leaves, in the language that is active. Its links are its reader's own."""
    kind, headers = kind_of(letter.kind), {"Message-ID": links.message_id(letter.pk)}
    headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if settings.REPLY_TO:
        headers["Reply-To"] = settings.REPLY_TO
    if kind.free:
        headers["List-Unsubscribe"] = f"<{links.turn_off(letter.person, kind.name)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    body = text_of(letter, foot, by_link=by_link)
    made = EmailMessage(letter.text.subject, body, None, [mail_to_send(letter.mail)], headers=headers)
    made.encoding = PLAIN
    return made


def text_of(letter: Letter, foot: Foot, *, by_link: bool) -> str:
    """What stands in the copy: the words, the way to its page, why it came, the state of the record."""
    parts = [wrapped(letter.text.body.strip()), *_ways(letter, by_link), "-- \n" + _foot(letter, foot)]
    return "\n\n".join(parts) + "\n"


def wrapped(body: str) -> str:
    """The words in lines that mail programs do not break; what is one long word, or set in, stays as it is."""
    return "\n".join(
        line if line[:1] in " \t" else fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in body.splitlines()
    )


def _ways(letter: Letter, by_link: bool) -> list[str]:
    if not letter.path:
        return []
    if way := kind_of(letter.kind).way:
        return [way(letter.path)]
    plain = here() + letter.path
    if not by_link:
        return [plain]
    mine = links.make(letter.pk, letter.person, letter.path)
    share = wrapped(_("Do not forward this: the button behind it is yours. To share the page:"))
    return [mine, f"{share}\n{plain}"]


def _foot(letter: Letter, foot: Foot) -> str:
    kind = kind_of(letter.kind)
    off = [_("You can turn this letter off:"), links.turn_off(letter.person, kind.name)]
    lines = off if kind.free else [wrapped(str(kind.why))]
    return "\n".join([*filter(None, [foot.name]), *lines, foot.head])
