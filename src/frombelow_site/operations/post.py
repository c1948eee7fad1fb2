"""The mail server: greeted, signed in to, told who would write; nothing is sent."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core import mail

from frombelow_site.door import the_door
from frombelow_site.mail.models import Letter
from frombelow_site.mail.sending import goes_out

from .findings import Finding, bad, good

HOUR, PATIENCE = 3_600, 6 * 3_600  # after which letters that wait are looked into


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


def letters() -> Finding:
    """How many letters wait, and whether they wait too long; how many nobody can hand on."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    back = Letter.objects.filter(state__in=(Letter.State.BOUNCED, Letter.State.GIVEN_UP)).count()
    oldest = waiting.order_by("made").values_list("made", flat=True).first()
    if goes_out() and oldest is not None and the_door().now() - oldest > PATIENCE:
        return bad(
            "letters", f"{waiting.count():,} letters wait, the oldest for {(the_door().now() - oldest) // HOUR} hours.",
            "Look whether the mail server takes mail (above), and whether the site runs: it hands them on by itself.",
        )  # fmt: skip
    more = f"; {back:,} of the last three months came back or were given up" if back else ""
    return good("letters", f"{waiting.count():,} letters are on their way{more}.")


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
