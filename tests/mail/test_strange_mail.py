"""What mail servers and mailboxes do that nobody expects."""

import contextlib
import time

import pytest
from django.test import Client

from frombelow_site.decide import actions as decide
from frombelow_site.mail import links, sending
from frombelow_site.mail.bounces import NoReportError, read_report
from frombelow_site.mail.models import Bounced, Choice, Letter, Round, Text
from frombelow_site.membership import actions as membership
from frombelow_site.people.models import Card, OtherMail

BO = "bo@example.org"
MINUTE, HOUR, DAY = 60, 3600, 86_400


def test_who_is_called_like_a_word_and_leaves_empties_nobody_elses_letter(site, server, post):
    server.says["ada@example.org"] = "450 later"
    Card.objects.filter(pk=site.bo).update(name="Vo")
    site.voting()
    post.work()
    before = Text.objects.exclude(body="").count()
    Card.objects.filter(pk=site.bo).update(name="an")
    membership.erase_and_leave(site.bo)
    server.says.clear()
    site.at += HOUR
    post.work()
    got = list(server.to("ada@example.org"))
    assert got
    waiting = Text.objects.filter(body="")
    assert not waiting.exists(), (before, waiting.count(), got[-1].content.decode()[:900])


def nested(n):
    s = b""
    for i in range(n):
        s += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i)
    return s + b"\r\nhi\r\n"


def rfc(n):
    return b"Content-Type: message/rfc822\r\n\r\n" * n + b"\r\nhi"


@pytest.mark.parametrize(
    "data",
    [nested(2000), rfc(3000)]
    + [
        b"Content-Type: message/rfc822\r\n\r\nMessage-ID: " + m + b"\r\n\r\nhi"
        for m in (
            b"<",
            b"[",
            b"[]",
            b"<@",
            b"<a@",
            b"",
            b"<a@[>",
            b"<>",
            b"=?utf-8?q?=FF?=",
            b"<\xff@x>",
            b"<" + b"9" * 17 + b".x@y>",
            b"<1.\xe9@x>",
            b"<1.=?utf-8?q?=C3=A9?=@x>",
        )
    ]
    + [
        b"Content-Type: text/rfc822-headers; charset=nonsense\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff\xff",
        b"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <1.\xc3\xa9@x>\r\n\r\n",
        b"Content-Type: =?utf-8?q?=FF?=\r\n\r\n",
        b"Content-Type: multipart/report; boundary*0*=x''%FF\r\n\r\n",
        b"Content-Type: message/delivery-status\r\n\r\n\r\n",
    ],
)
def test_no_message_ends_the_reading_of_what_came_back(site, data):
    with pytest.raises(NoReportError):
        read_report(data, site.at)


def test_codes_that_a_server_puts_off_keep_no_other_code_waiting(site, server, monkeypatch):
    monkeypatch.setattr(sending, "AGAIN", (60, 180))
    for n in range(6):
        server.says[f"grey{n}@example.org"] = "450 later"
        sending.send_at_once(f"grey{n}@example.org", "123456", "x")
    sending.send_at_once(BO, "654321", "x")
    for _ in range(300):
        if server.to(BO):
            break
        time.sleep(0.1)
    assert server.to(BO)


def test_done_with_a_strange_number_is_no_error(site):
    assert site.browser(site.eve).post("/people/roll/letters/done/", {"last": "²"}).status_code < 500


def test_a_notice_to_all_addresses_of_one_person_stands_in_the_record(site, server, post):
    for n in range(4):
        OtherMail.objects.create(person=site.ada, mail=f"ada{n}@example.org", mail_key=f"ada{n}@example.org")
    motion = site.petition()
    for p in (site.ada, site.eve, site.dee):
        with contextlib.suppress(Exception):
            decide.second(p, motion)
    site.wait(1)
    post.work()
    assert Letter.objects.filter(kind="about-me").count() == 5
    site.wait(2)
    post.work()
    site.at += 61
    post.work()
    from frombelow.polity.mail.state import Notices

    assert site.polity.part(Notices).about.get(motion), list(Round.objects.values_list("kind", "noticed"))


def test_an_unsubscribe_after_its_reader_was_erased_keeps_nothing_of_them(site):
    way = "/letters/off/" + links.turn_off(site.bo, "result").partition("/letters/off/")[2]
    membership.erase_and_leave(site.bo)
    Client().post(way)
    assert not Choice.objects.filter(person=site.bo).exists()


def test_a_letter_to_an_address_in_another_script_has_the_same_headers(site, server, post, settings):
    settings.REPLY_TO = "office@union.example"
    Card.objects.filter(pk=site.bo).update(mail="josé@example.org")
    site.decided()
    post.work()
    got = server.to("josé@example.org")
    last = got[-1].content.decode()
    missing = [
        h
        for h in (
            "Auto-Submitted",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "Reply-To",
            "Content-Transfer-Encoding: quoted-printable",
        )
        if h not in "".join(e.content.decode() for e in got)
    ]
    assert not missing, (missing, last[:800])


def test_a_server_that_refuses_everybody_for_an_hour_makes_nobody_unreachable_for_ever(site, server, post):
    for n in ("ada", "eve", "dee", "bo"):
        server.says[f"{n}@example.org"] = "554 5.7.1 client host blocked using a blocklist"
    site.voting()
    post.work()
    server.says.clear()
    site.wait(10)
    post.work()
    site.voting(title="Another")
    post.work()
    assert server.to(BO), list(Letter.objects.values_list("kind", "state", "why"))


def test_who_signs_in_with_a_code_sent_to_an_address_is_reached_there_again(site, server, post):
    import re

    Bounced.objects.create(person=site.bo, mail=BO, at=1, why="5.2.2 full")
    c = Client()
    c.post("/enter/", {"mail": BO})
    t = time.time()
    while not server.to(BO) and time.time() < t + 10:
        time.sleep(0.05)
    code = re.search(rb"\d{6}", server.to(BO)[-1].content)[0].decode()
    c.post("/enter/code/", {"code": code})
    assert c.session["person"] == site.bo
    assert not Bounced.objects.filter(person=site.bo, mail=BO).exists()


def test_a_letter_links_to_where_members_reach_the_site_not_to_where_a_monitor_does(site, server, post, settings):
    settings.ALLOWED_HOSTS = ["union.example", "localhost", "127.0.0.1"]
    Client().get("/enter/", HTTP_HOST="union.example")
    for path in ("/enter/", "/", "/health/", "/healthz"):
        Client().get(path, HTTP_HOST="127.0.0.1:8000")
    site.voting()
    post.work()
    assert b"127.0.0.1" not in server.to(BO)[-1].content


def test_a_letter_that_waited_goes_to_the_address_its_reader_has_now(site, server, post):
    server.says[BO] = "450 later"
    site.voting()
    post.work()
    Card.objects.filter(pk=site.bo).update(mail="new@example.org", mail_key="new@example.org")
    server.says.clear()
    site.at += HOUR
    post.work()
    assert not server.to(BO)


def test_who_left_gets_no_letter_that_waited(site, server, post):
    server.says[BO] = "450 later"
    site.voting()
    post.work()
    names = [n for n in dir(membership) if not n.startswith("_")]
    membership.leave(site.bo)
    server.says.clear()
    site.at += HOUR
    post.work()
    assert not [e for e in server.to(BO) if b"A vote is open" in e.content], names
