"""Reports of mail servers (RFC 3464): what came back, and what is no report about a letter of ours."""

import pytest

from frombelow_site.accounts import letters
from frombelow_site.mail.bounces import NoReportError, read_report
from frombelow_site.mail.models import Bounced, Letter
from tests.site_mail import delivered

REPORT = """From: MAILER-DAEMON@mx.example
To: office@union.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
Message-ID: <1.report@mx.example>

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; bo@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user here

--b
Content-Type: {kind}

Message-ID: {number}
Subject: something

--b--
"""


def sent(site):
    letters.changed(site.bo, letters.NEW_CODES)
    delivered()
    return Letter.objects.get(), delivered()[-1].extra_headers["Message-ID"]


def report(number, action="failed", status="5.1.1", kind="text/rfc822-headers"):
    return REPORT.format(number=number, action=action, status=status, kind=kind).replace("\n", "\r\n").encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_marks_the_copy_and_the_address(site, kind):
    letter, number = sent(site)
    assert read_report(report(number, kind=kind), site.at) == letter
    letter.refresh_from_db()
    assert (letter.state, letter.why) == ("bounced", "5.1.1 550 no such user here")
    assert Bounced.objects.get().mail == "bo@example.org"


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("failed", "4.2.2")])
def test_what_is_late_or_arrived_or_may_come_yet_marks_nothing(site, action, status):
    _letter, number = sent(site)
    assert read_report(report(number, action, status), site.at) is None
    assert not Bounced.objects.exists()


def test_whoever_has_seen_no_letter_makes_none_come_back(site):
    letter, number = sent(site)
    forged = f"<{letter.pk}.{'0' * 20}@testserver>"
    for data in (
        report(forged),
        report("<7@x>"),
        b"",
        b"\xff" * 2_000,
        b"Message-ID: " + number.encode() + b"\r\n\r\nhi",
    ):
        with pytest.raises(NoReportError):
            read_report(data, site.at)
    assert not Bounced.objects.exists()


def test_the_next_letter_goes_to_another_address_and_to_paper_where_there_is_none(site):
    _letter, number = sent(site)
    read_report(report(number), site.at)
    site.voting()
    delivered()
    assert Letter.objects.get(kind="vote", person=site.bo).state == "to print"
