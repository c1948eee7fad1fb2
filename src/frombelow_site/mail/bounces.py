"""Letters that come back: what mail servers report (RFC 3464) is held against the copies that left, and an address that
does not exist is known not to."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from .links import letter_of
from .models import Bounced, Letter

MOST = 1_000_000  # bytes of a report


class NoReportError(ValueError):
    """A message that reports nothing about a letter of ours."""


OTHERS_FAULT = ("5.2.2", "5.2.3", "5.3.", "5.6.", "5.7.")  # full, too large, the server's, the words', a rule's
FORGOTTEN = 30 * 86_400  # seconds after which an address from which something came back is tried again


def blames(status: str) -> bool:
    """Whether an enhanced status code (RFC 3463) says that the address itself is no good."""
    return status.startswith("5.") and not status.startswith(OTHERS_FAULT)


def works(mail: str) -> None:
    """Something that was sent to this address arrived."""
    Bounced.objects.filter(mail=mail).delete()


def came_back(letter: Letter, why: str, at: int) -> None:
    """Letters to this address of the person come back from now on, as far as anybody knows."""
    if letter.mail:
        Bounced.objects.update_or_create(person=letter.person, mail=letter.mail, defaults={"at": at, "why": why[:300]})


def read_report(data: bytes, at: int) -> Letter | None:
    """The copy that the report is about is marked as come back; None where the report says that it is only late, or
    arrived. Raises NoReportError for anything else: who has seen no letter can make none come back."""
    try:
        message: EmailMessage = message_from_bytes(data[:MOST], policy=policy.default)
        number = next((found for each in _message_ids(message) if (found := letter_of(each)) is not None), None)
        letter = Letter.objects.filter(pk=number).first() if number is not None else None
        if letter is None:
            raise NoReportError("this is no report about a letter that left here")
        action, status, said = _recipient(message)
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:  # whatever a parser meets
        raise NoReportError(f"this is no report that can be read: {error}") from None
    if letter.state != Letter.State.SENT or action != "failed" or not blames(status):
        return None
    letter.state, letter.why = Letter.State.BOUNCED, f"{status} {said}".strip()[:300]
    letter.save(update_fields=["state", "why"])
    came_back(letter, letter.why, at)
    return letter


def _message_ids(message: EmailMessage) -> Iterator[str]:
    """The ids of the messages that are inside: never that of the report itself."""
    for part in message.walk():
        kind, inside = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(inside, list):
            yield from (str(each["Message-ID"]) for each in inside if isinstance(each, Message) and each["Message-ID"])
        elif kind == "text/rfc822-headers" and isinstance(raw := part.get_payload(decode=True), bytes):
            yield str(message_from_bytes(raw)["Message-ID"] or "")


def _recipient(message: EmailMessage) -> tuple[str, str, str]:
    """What the report says of the first recipient that failed, else of the first: action, status, words."""
    told: list[Message] = []
    for part in message.walk():
        blocks = part.get_payload() if part.get_content_type() == "message/delivery-status" else None
        if isinstance(blocks, list):
            told += [each for each in blocks if isinstance(each, Message) and each["Action"]]
    told.sort(key=lambda each: str(each["Action"]).strip().lower() != "failed")
    if not told:
        raise NoReportError("this report names nobody")
    one = told[0]
    said = " ".join(str(one["Diagnostic-Code"] or "").partition(";")[2].split())
    return str(one["Action"]).strip().lower(), str(one["Status"] or "").strip(), said
