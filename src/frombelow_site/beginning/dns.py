"""What the DNS of the From domain should say so that others take our mail: lines to adapt. Nothing is looked up."""

from dataclasses import dataclass
from email.utils import parseaddr

from django.utils.translation import gettext as _

from .smtp import Set


@dataclass(frozen=True, slots=True)
class DnsLine:
    """One DNS line, what it is for, and what to adapt in it."""

    name: str
    text: str
    why: str


def lines(found: Set) -> list[DnsLine]:
    """SPF, DKIM and DMARC for the domain; none where the From address has no domain of its own."""
    domain = found.domain
    if "." not in domain:
        return []
    host = found.host if "." in found.host.strip("0123456789.") else f"mail.{domain}"
    return [
        DnsLine(
            "SPF", f'{domain}. IN TXT "v=spf1 a:{host} -all"',
            _("Which servers may send for the domain. If a line with v=spf1 is there already, add to that one: a "
              "domain has one. A provider may name an include: instead of the a: part."),
        ),
        DnsLine(
            "DKIM", f'mail._domainkey.{domain}. IN TXT "v=DKIM1; k=rsa; p=PUBLIC-KEY"',
            _("The key with which the mail server signs. The server or the provider gives you the name before "
              "._domainkey and the key after p=."),
        ),
        DnsLine(
            "DMARC", f'_dmarc.{domain}. IN TXT "v=DMARC1; p=none; rua=mailto:{parseaddr(found.sender)[1]}"',
            _("What others do with mail that fails both, and where they report. Begin with p=none; when the reports "
              "are clean, write p=quarantine."),
        ),
    ]  # fmt: skip
