"""The queue, as strange addresses, words and faults meet it."""

import contextlib
import mailbox

import pytest
from django.test import Client

from frombelow.roll.mails import mail_fault
from frombelow_site.accounts import letters
from frombelow_site.mail import collecting, postman
from frombelow_site.mail.models import Letter, Round
from frombelow_site.people.models import Card

BO = "bo@example.org"
MINUTE, HOUR, DAY = 60, 3600, 86_400
STRANGE = [
    '"a b"@example.org',
    "a,b@example.org",
    "a\u00a0b@example.org",
    "a@[127.0.0.1]",
    "x" * 64 + "@example.org",
    "é" * 60 + "@example.org",
    "a@" + "ü" * 50 + ".org",
    "a@xn--a.org",
    "a(b)@example.org",
    "a..b@example.org",
    ".a@example.org",
    "a:b@example.org",
    "a;b@example.org",
    "<a@example.org",
    "=?utf-8?q?x?=@example.org",
    "josé,x@example.org",
    "jos\u0301e@example.org",
    "a@é_.org",
    "a%b@example.org",
    "日本@例え.テスト",
    "a@ex_ample.org",
    "a@-x.org",
    "مثال@موقع.وزارة",
    "a@ß.de",
    "é:x@example.org",
    '"é"@example.org',
    "é;x@a.org",
    "é(x)@a.org",
    "é.@a.org",
]


def test_one_strange_message_in_the_mailbox_of_reports_keeps_no_letter_of_time_from_leaving(
    site, server, post, settings, tmp_path
):
    mailbox.Maildir(tmp_path / "bounces")
    (tmp_path / "bounces/new/1.x.y").write_bytes(b"Content-Type: message/rfc822\r\n\r\nMessage-ID: <>\r\n\r\nhi")
    settings.BOUNCES = str(tmp_path / "bounces")
    collecting._looked = 0
    motion = site.voting()
    site.at = site.polity.motions[motion].poll.closes - DAY // 2
    for _ in range(20):
        with contextlib.suppress(Exception):
            post.work()
        site.at += 61
    assert Letter.objects.filter(kind="closing").exists()


def test_a_letter_links_to_where_members_reach_the_site(site, server, post, settings):
    settings.ALLOWED_HOSTS = ["union.example", "localhost", "127.0.0.1"]
    site.browser(site.bo).get("/", HTTP_HOST="union.example")
    site.browser(site.dee).get("/", HTTP_HOST="127.0.0.1:8000")
    site.voting()
    post.work()
    text = server.to(BO)[-1].content.decode()
    assert "127.0.0.1" not in text, text[:900]


def test_printing_after_a_day_stands_in_the_record(site, monkeypatch, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    p = postman.Postman(site.door)
    motion = site.voting()
    while p.work():
        pass
    site.wait(1.1)
    p._tasks_at = 0
    while p.work():
        pass
    eve = site.browser(site.eve)
    last = Letter.objects.latest("pk").pk
    eve.post("/people/roll/letters/pile/")
    eve.post("/people/roll/letters/done/", {"last": str(last)})
    site.wait(2)
    p._tasks_at = 0
    while p.work():
        pass
    from frombelow.polity.mail.state import Notices

    told = site.polity.part(Notices).about.get(motion)
    assert told
    assert told[-1].unreached == 0


def test_an_officer_without_a_look_marks_nothing_as_printed(site, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    p = postman.Postman(site.door)
    site.voting()
    while p.work():
        pass
    size = site.polity.size
    eve = site.browser(site.eve)
    last = Letter.objects.latest("pk").pk
    eve.post("/people/roll/letters/done/", {"last": str(last)})
    assert site.polity.size > size or not Letter.objects.filter(state="printed").exists(), (
        "no entry, no pile, all printed"
    )


@pytest.mark.parametrize("mail", [each for each in STRANGE if mail_fault(each) is None])
def test_every_address_that_the_roll_takes_can_be_written_to(site, server, post, mail):
    Card.objects.filter(pk=site.bo).update(mail=mail)
    letters.changed(site.ada, letters.NEW_CODES)
    letters.changed(site.bo, letters.NEW_CODES)
    letters.changed(site.eve, letters.NEW_CODES)
    post.work()
    assert len(server.letters) == 3, list(Letter.objects.values_list("mail", "state", "why"))


def test_a_round_that_cannot_be_written_stops_no_other(site, server, post):
    Round.objects.create(kind="gone", about="x", facts="{}", made=site.at)
    letters.changed(site.bo, letters.NEW_CODES)
    for _ in range(5):
        with contextlib.suppress(Exception):
            post.work()
        site.at += 61
    assert server.to(BO)


def test_decided_before_founding_and_strange_numbers(site):
    c = Client()
    for p in (
        "/decided/",
        "/decided/M-2026-01/",
        "/decided/M-2026-99999999999999999999999/",
        "/decided/M-२०२६-०१/",
        "/decided/²/",
        "/decided/?page=²",
        "/decided/x\x00/",
        "/decided/%F0%9F/",
    ):
        assert c.get(p).status_code in (404, 301, 302, 400), p
    b = site.browser(site.bo)
    for p in (
        "/decide/?page=²",
        "/decide/?stage=x&branch=%00&mover=%00",
        "/decide/?q=%00",
        "/decide/?mover=²",
        "/decide/?file=exe",
        "/decide/M-2026-01/",
        "/decide/M-0000-00/",
    ):
        assert b.get(p).status_code < 500, p
