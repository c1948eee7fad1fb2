"""A conversation with the mail server that is set, told step by step in words. The password is never among them."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

SMTP = "frombelow_site.mail.smtp.EmailBackend"
PATIENCE = 10  # seconds for one answer


@dataclass(frozen=True, slots=True)
class Set:
    """What is set about mail."""

    host: str
    port: int
    tls: str  # "at once", "after the greeting" or ""
    name: str
    password: str
    sender: str

    @property
    def domain(self) -> str:
        """The domain that mail comes from."""
        return parseaddr(self.sender)[1].rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the conversation: whether it went well, what happened, and what to do where it did not."""

    well: bool
    what: str
    remedy: str = ""


class Stopped(Exception):  # noqa: N818  the conversation ends here; nothing broke
    def __init__(self, what: str, remedy: str) -> None:
        self.step = Step(False, what, remedy)
        super().__init__(what)


def has_server() -> bool:
    """Whether mail leaves this machine through a mail server."""
    return settings.EMAIL_BACKEND == SMTP


def settings_now() -> Set | None:
    """What is set, or None where no mail server is."""
    if not has_server():
        return None
    tls = "at once" if settings.EMAIL_USE_SSL else "after the greeting" if settings.EMAIL_USE_TLS else ""
    return Set(
        settings.EMAIL_HOST, settings.EMAIL_PORT, tls, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD,
        settings.DEFAULT_FROM_EMAIL,
    )  # fmt: skip


def converse(found: Set, to: str) -> list[Step]:
    """Each step up to the first that failed. With an address a test mail was sent there."""
    steps: list[Step] = []
    try:
        for step in _steps(found, to):
            steps.append(step)
    except Stopped as stopped:
        steps.append(stopped.step)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        steps.append(Step(False, _("The conversation broke off: %(why)s.") % {"why": _said(error, found)}, _again()))
    return steps


def _steps(found: Set, to: str) -> Iterator[Step]:
    server = _connect(found)
    try:
        yield Step(True, _("Connected to %(host)s, port %(port)d.") % {"host": found.host, "port": found.port})
        yield _encrypt(server, found)
        yield _sign_in(server, found)
        if to:
            yield _send(server, found, to)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


def _connect(found: Set) -> smtplib.SMTP:
    # Its own name is said and not looked up: smtplib would ask a name server for it.
    own = found.domain or "localhost"
    where = {"host": found.host, "port": found.port}
    try:
        if found.tls == "at once":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(found.host, found.port, own, timeout=PATIENCE, context=context)
        return smtplib.SMTP(found.host, found.port, own, timeout=PATIENCE)
    except socket.gaierror:
        what, remedy = _("No machine called %(host)s was found."), _("Look at the host in FROMBELOW_MAIL.")
    except ssl.SSLError as error:
        raise Stopped(_no_tls(error, found), _tls_remedy()) from None
    except TimeoutError:
        what = _("%(host)s, port %(port)d, did not answer within ten seconds.")
        remedy = _("Look at the port; many providers keep 25 closed and take mail at 587 (smtp://) or 465 (smtps://).")
    except smtplib.SMTPException as error:
        raise Stopped(_("The server greets oddly: %(why)s.") % {"why": _said(error, found)}, _again()) from None
    except OSError:
        what = _("%(host)s takes no connection at port %(port)d.")
        remedy = _("Look at the port in FROMBELOW_MAIL, and whether the mail server runs.")
    raise Stopped(what % where, remedy)


def _encrypt(server: smtplib.SMTP, found: Set) -> Step:
    if found.tls == "at once":
        return Step(True, _("TLS: the conversation is encrypted from the start."))
    if not found.tls:
        return Step(True, _("No TLS: whoever is on the way can read along. That suits a server on this machine alone."))
    server.ehlo()
    if not server.has_extn("starttls"):
        raise Stopped(
            _("The server offers no TLS, and a password must not travel without it."),
            _("Take the provider’s encrypted port: smtps:// with 465, or smtp:// with 587."),
        )
    try:
        server.starttls(context=ssl.create_default_context())
    except (ssl.SSLError, smtplib.SMTPException) as error:
        raise Stopped(_no_tls(error, found), _tls_remedy()) from None
    return Step(True, _("TLS: the conversation is encrypted."))


def _sign_in(server: smtplib.SMTP, found: Set) -> Step:
    if not found.name:
        return Step(True, _("No name and password are set; the server is asked without."))
    try:
        server.login(found.name, found.password)
    except smtplib.SMTPNotSupportedError:
        raise Stopped(
            _("The server takes no name and password here."),
            _("Leave them out of FROMBELOW_MAIL, or take the port that the provider names for sending."),
        ) from None
    except smtplib.SMTPAuthenticationError as error:
        raise Stopped(
            _("The server did not take the name and password. It said: %(why)s.") % {"why": _said(error, found)},
            _("Copy them anew from the provider; some want one just for programs. Write @ in them as %40."),
        ) from None
    return Step(True, _("Signed in as %(name)s.") % {"name": found.name})


def _send(server: smtplib.SMTP, found: Set, to: str) -> Step:
    try:
        server.send_message(letter(found, to))
    except smtplib.SMTPSenderRefused as error:
        raise Stopped(
            _("The server refused the From address %(sender)s. It said: %(why)s.")
            % {"sender": found.sender, "why": _said(error, found)},
            _("Set FROMBELOW_FROM to an address that this mail server may send for."),
        ) from None
    except smtplib.SMTPRecipientsRefused as error:
        code, reply = next(iter(error.recipients.values()))
        raise Stopped(
            _("The server refused your address %(to)s. It said: %(why)s.")
            % {"to": to, "why": _said(smtplib.SMTPResponseException(code, reply), found)},
            _("If the address is right, the server may want a name and password before it passes mail on."),
        ) from None
    except smtplib.SMTPDataError as error:
        raise Stopped(
            _("The server did not accept the mail. It said: %(why)s.") % {"why": _said(error, found)},
            _("Its words say why; often the From domain lacks the DNS lines below."),
        ) from None
    what = _("Accepted: a test mail is on its way to %(to)s. Look into that mailbox, and among the spam.")
    return Step(True, what % {"to": to})


def letter(found: Set, to: str) -> EmailMessage:
    """The test mail. Like every mail it names no organization."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = _("A test mail"), found.sender, to
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=found.domain or "localhost")
    mail.set_content(_("Mail arrives. You asked for this test yourself; there is nothing to do.") + "\n")
    return mail


def _no_tls(error: Exception, found: Set) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("The server’s certificate is not good for %(host)s: %(why)s.") % {
            "host": found.host, "why": error.verify_message,
        }  # fmt: skip
    return _("No encryption came about with %(host)s, port %(port)d.") % {"host": found.host, "port": found.port}


def _tls_remedy() -> str:
    return _("Write the host as its certificate names it, and smtps:// for port 465, smtp:// for 587.")


def _again() -> str:
    return _("Try again in a few minutes. If it stays so, ask the provider with these words.")


def _said(error: Exception, found: Set) -> str:
    """The other side's own words, without a password that it might repeat."""
    words = str(error)
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        words = f"{error.smtp_code} {reply.decode(errors='replace') if isinstance(reply, bytes) else reply}"
    if found.password:
        words = words.replace(found.password, "•••")
    return " ".join(words.split())[:300].rstrip(".")
