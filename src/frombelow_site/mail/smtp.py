"""Sending through a mail server, to addresses of any script (RFC 6531): Django itself knows ASCII ones alone."""

import smtplib
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import formatdate, make_msgid

from django.core import mail
from django.core.mail.backends import smtp


class EmailBackend(smtp.EmailBackend):
    """Letters go as Django sends them, but for those to an address that is not ASCII."""

    def _send(self, email_message: mail.EmailMessage) -> bool:
        if all(address.isascii() for address in email_message.recipients()):
            return bool(super()._send(email_message))  # type: ignore[misc]  # its stubs lack it
        letter = EmailMessage(policy=SMTPUTF8)
        headers = {"Date": formatdate(), "Message-ID": make_msgid(), **email_message.extra_headers}
        headers |= {"Subject": email_message.subject, "From": email_message.from_email}
        headers["To"] = ", ".join(email_message.to)
        for name, value in headers.items():
            letter[name] = value
        letter.set_content(email_message.body, cte="quoted-printable")
        assert self.connection is not None, "Django opens it before it sends"
        try:
            # Asks the server for SMTPUTF8, and says so where the server does not know it.
            self.connection.send_message(letter, to_addrs=email_message.recipients())
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True
