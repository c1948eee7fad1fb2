"""What people who mean no good, and machines that fail, send to the site."""

import logging
import re
import smtplib
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.locmem import EmailBackend
from django.http.multipartparser import MultiPartParser
from django.test import Client

from frombelow_site.accounts import limits
from frombelow_site.accounts.sheets import make_sheet
from frombelow_site.commands.serving import THREADS
from frombelow_site.mail import sending
from frombelow_site.operations import middleware
from frombelow_site.operations.logs import PlainFormatter
from frombelow_site.roll import importing

PAGES = [
    "/people/roll/admit/", "/people/roll/", "/people/roll/import/", "/people/me/", "/people/me/name/", "/people/me/mail/",
    "/people/me/about/", "/people/me/step-back/", "/people/me/leave/", "/people/me/erase/", "/decide/move/",
    "/decide/move/?effect=rules", "/decide/move/?effect=grant", "/enter/ways/", "/enter/lost/", "/record/head/",
]  # fmt: skip
THIRD = 3
TICKED = re.compile('type="(checkbox|radio)"')


def forms_on(page):
    """Where each form of a page goes, and what those of its fields are called that take words."""
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page.content.decode(), re.S):
        action = re.search(r'action="([^"]*)"', form)
        tags = [tag for tag in re.findall("<(?:input|textarea|select)[^>]*>", form) if not TICKED.search(tag)]
        fields = {found[1] for tag in tags if (found := re.search(r'\bname="(\w+)"', tag))}
        yield action[1] if action else page.wsgi_request.get_full_path(), fields - {"csrfmiddlewaretoken"}


# What takes the square of its length, or all of the memory, where something reads it again from each of its places.
WORST = {
    "letters": "x", "spaces": " \t", "line ends": "\r\n", "marks in order and out": "\u0301\u0316", "digits": "9",
    "points": "a.", "addresses": "a@", "brackets": "[", "tables": "{a.", "quotes": "\"'", "escapes": "\\\"", "JSON": '{"a":',
    "zeros": ".0", "directions": "\u202e", "keys": "a+00000000+", "groups": "x000/", "comments": "#=",
}  # fmt: skip


@pytest.mark.parametrize("what", ["more than is taken", *WORST])
def test_a_megabyte_in_any_field_changes_nothing(site, what):
    piece, length = WORST.get(what, "x"), 900_000 if what in WORST else 1_000_000
    each, turn = (THIRD, [*WORST].index(what)) if what in WORST else (1, 0)  # a field meets every third of the worst
    text = "1" + piece * (length // len(piece.encode())) + "!"
    motion = site.second(site.move())
    recall = f"/answerability/mandates/{site.holds(site.ada, 'chair').id}/recall/"
    eve = site.browser(site.eve)
    forms = [
        found for address in [*PAGES, f"/decide/{motion}/", recall]
        for found in forms_on(eve.get(address))
    ]  # fmt: skip
    size, tried = site.polity.size, 0
    fields = [(action, field) for action, named in forms for field in sorted(named)]
    for n, (action, field) in enumerate(fields):
        if (n + turn) % each == 0:
            response = eve.post(action, {field: text})
            tried += 1
            assert response.status_code < 500
            if length > 999_999:
                assert response.status_code == 400, (action, field)
                assert "Nothing was changed" in response.content.decode()
            assert site.polity.size == size, (action, field)
    assert tried > 30 // each


@pytest.mark.parametrize("piece", WORST)
def test_a_long_address_of_a_page_asks_for_nothing(site, piece):
    text = "1" + WORST[piece] * 20_000 + "!"
    eve = site.browser(site.eve)
    for address, names in {
        "/people/roll/": ("name", "page"), "/record/": ("kind", "by", "about", "before"), "/decide/": ("stage", "page"),
        "/answerability/": ("page",), "/answerability/looks/": ("before",), "/people/": ("page",),
        "/decide/move/": ("effect", "article", "office", "mandate"), "/answerability/rules/what-stops-me/": ("act", "about"),
    }.items():  # fmt: skip
        asked = {"effect": "rules"} if address == "/decide/move/" else {}
        for name in names:
            assert eve.get(address, {**asked, name: text}).status_code in (200, 404)
    stranger = Client()
    assert stranger.get("/enter/", {"next": text}).status_code == 200


@pytest.mark.parametrize("piece", WORST)
def test_a_long_answer_of_a_device_is_no_answer(site, client, piece):
    client.get("/enter/")
    answer = client.post("/enter/passkey/", {"answer": "1" + WORST[piece] * 200_000})
    assert answer.status_code < 500


@pytest.mark.parametrize("piece", WORST)
def test_a_long_message_is_looked_through_for_addresses_as_far_as_it_is_told(piece):
    record = logging.makeLogRecord({"msg": "%s", "args": (WORST[piece] * 5_000_000,), "levelname": "WARNING"})
    assert len(PlainFormatter().format(record)) < 50_000


def test_who_guesses_ids_learns_nothing(site):
    motion, office = site.move(), site.office("chair").id
    mandate = site.holds(site.ada, "chair").id
    bo = site.browser(site.bo)
    for place, real in (
        ("/decide/{}/", motion), ("/people/{}/", site.ada), ("/answerability/offices/{}/", office),
        ("/answerability/mandates/{}/", mandate), ("/answerability/mandates/{}/recall/", mandate),
    ):  # fmt: skip
        assert bo.get(place.format(real)).status_code == 200
        others = {motion, office, mandate, site.ada, site.charlie, "x", "a" * 26, "1"} - {real}
        pages = [bo.get(place.format(other)) for other in others]
        assert {page.status_code for page in pages} == {404}
        assert len({re.sub(r'value="[^"]{64}"', "", page.content.decode()) for page in pages}) == 1


def test_every_id_is_drawn_at_random(site):
    """128 bits each: none can be counted up to from another."""
    site.admit(3)
    site.move()
    polity = site.polity
    ids = [*polity.people, *polity.motions, *polity.mandates, *polity.offices, *polity.branches]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[a-z2-7]{26}", each) for each in ids)
    assert len({each[:6] for each in ids}) == len(ids)


class Bouncing(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such mailbox")})


def test_an_address_that_bounces_gets_the_same_answer(site, client, settings, monkeypatch, caplog):
    """Neither the page nor the log tells whose mail came back; a printed code still lets them in."""
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))
    monkeypatch.setattr(sending, "AGAIN", ())
    settings.EMAIL_BACKEND = f"{__name__}.Bouncing"
    caplog.clear()
    answers = [client.post("/enter/", {"mail": mail}) for mail in ("bo@example.org", "nobody@example.org")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/enter/code/")}
    assert "If nobody@example.org is on the roll" in client.get("/enter/code/").content.decode()
    said = [PlainFormatter().format(record) for record in caplog.records]
    assert "a letter with a code could not be sent" in said[0]
    assert "bo@" not in "".join(said)
    assert client.post("/enter/printed/", {"code": make_sheet(site.bo, "")}).url == "/"


@pytest.mark.parametrize("address", ["/enter/", "/decide/move/", "/people/me/name/", "/nowhere/"])
def test_a_file_that_nobody_asked_for_is_not_read(site, address, monkeypatch):
    monkeypatch.setattr(MultiPartParser, "parse", lambda parser: pytest.fail("it was read"))
    stranger = Client(enforce_csrf_checks=True)
    stranger.get("/enter/")
    file = SimpleUploadedFile("roll.csv", b"x" * 2_000_000)
    response = stranger.post(address, {"file": file, "csrfmiddlewaretoken": stranger.cookies["csrftoken"].value})
    assert response.status_code == 400
    assert "Nothing was changed" in response.content.decode()


@pytest.mark.parametrize("length", ["-1", "1" * 5_000, "²", "ten"])
def test_a_length_that_is_none_is_refused(site, client, length):
    assert client.post("/enter/", {"mail": "bo@example.org"}, CONTENT_LENGTH=length).status_code == 400


def test_a_roll_of_three_megabytes_is_read(site, monkeypatch):
    monkeypatch.setattr(importing, "_start", lambda work, _batch: work())
    roll = b"name,email\n" + b"".join(b"Person %d,person%d@example.org\n" % (n, n) for n in range(90_000))
    assert len(roll) > 3_000_000
    sent = {"file": SimpleUploadedFile("roll.csv", roll), "branch": site.polity.root}
    page = site.browser(site.eve).post("/people/roll/import/", sent, follow=True)
    assert "90,000 people can be brought in" in page.content.decode()


@pytest.mark.parametrize("said", ["a" * 600, "a-" * 600, "\xe9\xbf" * 8, "../../en", "en\0"])
def test_a_language_that_nobody_speaks_is_passed_over(site, client, said):
    client.cookies["language"] = said
    assert client.get("/enter/", HTTP_ACCEPT_LANGUAGE=said).status_code == 200


def test_nobody_fills_the_record_by_pressing_buttons_all_day(site, monkeypatch):
    at = [0.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: at[0])
    bo, ada = site.browser(site.bo), site.browser(site.ada)

    def press(browser, count):
        return [browser.post("/people/me/step-back/", {"until": ""}).status_code for _ in range(count)].count(302)

    assert press(bo, limits.BUTTONS + 5) == limits.BUTTONS
    assert site.browser(site.bo).post("/people/me/return/").status_code == 429  # a second tab is no second person
    assert bo.get("/people/me/").status_code == 200
    assert press(ada, 1) == 1
    at[0] += 2 * limits.BUTTON_SECONDS
    assert press(bo, 5) == 2


def test_who_sends_slowly_holds_up_nobody_who_reads(site, client, monkeypatch):
    nobody = threading.Semaphore(0)  # as many as can be are reading what comes slowly
    monkeypatch.setattr(middleware, "_readers", nobody)
    monkeypatch.setattr(middleware, "A_SECOND", 0.01)
    answer = client.post("/enter/", {"mail": "bo@example.org"})
    assert answer.status_code == 503
    assert "nothing was stored" in answer.content.decode()
    assert client.get("/enter/").status_code == 200
    assert middleware.READERS < THREADS


def test_what_is_sent_is_read_before_a_turn_is_taken(settings):
    order = settings.MIDDLEWARE
    reads = order.index("frombelow_site.operations.middleware.SizeMiddleware")
    assert reads < min(n for n, name in enumerate(order) if "TurnMiddleware" in name or "Session" in name)
    assert order.index("frombelow_site.door.readers.TurnMiddleware") > reads
