"""The mail server: greeted, signed in to, told who would write; nothing is sent."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core import mail

from .findings import Finding, bad, good


def mail_server() -> Finding:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return good("mail", "No mail server is set: sign-in codes appear on the console and on printed sheets.")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        refused = _converse()
    except smtplib.SMTPAuthenticationError:
        return bad("mail", f"The mail server {server} does not take this name and password.", "Check FROMBELOW_MAIL.")
    except OSError as error:  # smtplib's errors are of this kind too
        return bad("mail", f"The mail server {server} does not answer as it should: {error}", "Check FROMBELOW_MAIL.")
    if refused:
        return bad("mail", f"The mail server {server} takes no mail from us: {refused}", "Check FROMBELOW_FROM.")
    return good("mail", f"The mail server {server} answers and takes our mail.")


def _converse() -> str:
    """What the server says against the sender's address; "" where it says nothing against it."""
    with mail.get_connection() as post:
        server = getattr(post, "connection", None)
        if not isinstance(server, smtplib.SMTP):
            return ""  # a backend of another kind: that it opens is all there is to ask
        server.ehlo_or_helo_if_needed()
        code, said = server.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
        server.rset()
        return "" if code == 250 else f"{code} {said.decode(errors='replace')}"
