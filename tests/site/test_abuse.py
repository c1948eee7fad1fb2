"""What people who mean no good, and machines that fail, send to the site."""

import re
import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend

from frombelow_site.accounts.sheets import make_sheet
from frombelow_site.mail import sending
from frombelow_site.operations.logs import PlainFormatter

PAGES = [
    "/people/roll/admit/", "/people/roll/", "/people/roll/import/", "/people/me/", "/people/me/name/", "/people/me/mail/",
    "/people/me/about/", "/people/me/step-back/", "/people/me/leave/", "/people/me/erase/", "/decide/move/",
    "/decide/move/?effect=rules", "/decide/move/?effect=grant", "/enter/ways/", "/enter/lost/", "/record/head/",
]  # fmt: skip
TICKED = re.compile('type="(checkbox|radio)"')


def forms_on(page):
    """Where each form of a page goes, and what those of its fields are called that take words."""
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page.content.decode(), re.S):
        action = re.search(r'action="([^"]*)"', form)
        tags = [tag for tag in re.findall("<(?:input|textarea|select)[^>]*>", form) if not TICKED.search(tag)]
        fields = {found[1] for tag in tags if (found := re.search(r'\bname="(\w+)"', tag))}
        yield action[1] if action else page.wsgi_request.get_full_path(), fields - {"csrfmiddlewaretoken"}


@pytest.mark.parametrize("length", [1_000_000, 900_000], ids=["more than is taken", "less"])
def test_a_megabyte_in_any_field_changes_nothing(site, length):
    motion = site.second(site.move())
    recall = f"/answerability/mandates/{site.holds(site.ada, 'chair').id}/recall/"
    eve = site.browser(site.eve)
    forms = [
        found for address in [*PAGES, f"/decide/{motion}/", recall]
        for found in forms_on(eve.get(address))
    ]  # fmt: skip
    size, tried = site.polity.size, 0
    for action, fields in forms:
        for field in fields:
            response = eve.post(action, {field: "x" * length})
            tried += 1
            assert response.status_code < 500
            if length > 999_999:
                assert response.status_code == 400, (action, field)
                assert "Nothing was changed" in response.content.decode()
            assert site.polity.size == size, (action, field)
    assert tried > 30


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
    settings.EMAIL_BACKEND = f"{__name__}.Bouncing"
    caplog.clear()
    answers = [client.post("/enter/", {"mail": mail}) for mail in ("bo@example.org", "nobody@example.org")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/enter/code/")}
    assert "If nobody@example.org is on the roll" in client.get("/enter/code/").content.decode()
    said = [PlainFormatter().format(record) for record in caplog.records]
    assert "a letter could not be sent" in said[0]
    assert "bo@" not in "".join(said)
    assert client.post("/enter/printed/", {"code": make_sheet(site.bo, "")}).url == "/"
