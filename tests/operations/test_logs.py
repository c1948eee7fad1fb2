"""Logs say what happened and where, never with what or to whom."""

import io
import logging

import pytest

from frombelow_site.operations.logs import PlainFormatter, blot

SECRET = "Quetzalxochitl"
ID = "mfrggzdfmztwq2lknnwg23tpoe"


@pytest.fixture
def log():
    """A logger like those of the site; ``log.said()`` is what stands in the log."""
    logger = logging.getLogger("frombelow_site.test")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlainFormatter())
    logger.addHandler(handler)
    logger.said = stream.getvalue
    yield logger
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("text", "blotted"),
    [
        ("mail to ada.lopez+x@example.org bounced", "mail to (address) bounced"),
        ("<Ada.Lopez@EXAMPLE.org>", "<(address)>"),
        (f"entry by {ID} refused", "entry by (id) refused"),
        ("GET /people/?q=Ada%20Lopez HTTP/1.1", "GET /people/?(query) HTTP/1.1"),
        ("/enter/link/WyJhYmMiLCJkZWYi_1tXyZ-aBcDeFgHiJkLmNoP", "/enter/link/(token)"),
        ("one line\nanother", "one line another"),
        ("entry 12: article 5.4, the voting period is over", "entry 12: article 5.4, the voting period is over"),
        ("the door starts again", "the door starts again"),
    ],
)
def test_what_is_about_somebody_is_blotted_out(text, blotted):
    assert blot(text) == blotted


def test_arguments_of_a_message_are_blotted_out_too(log):
    log.warning("could not write to %s for %s", "ada@example.org", ID)
    assert log.said().endswith("could not write to (address) for (id)\n")


def test_an_error_is_told_by_its_kind_and_its_places(log):
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"{SECRET} has no card") from error
    except ValueError:
        log.exception("a card is missing")
    said = log.said()
    assert SECRET not in said
    assert "builtins.ValueError" in said
    assert "builtins.KeyError" in said
    assert "test_logs.py" in said
    assert "test_an_error_is_told_by_its_kind_and_its_places" in said


def test_errors_in_a_circle_come_to_an_end(log):
    one, two = ValueError("a"), ValueError("b")
    one.__context__, two.__context__ = two, one
    log.error("round", exc_info=one)
    assert log.said().count("builtins.ValueError") == 8


def test_a_message_that_does_not_fit_its_arguments_is_told_without_them():
    record = logging.LogRecord("site", logging.ERROR, __file__, 1, "%d entries of %s", (SECRET,), None)
    said = PlainFormatter().format(record)
    assert said.endswith("%d entries of %s")
    assert SECRET not in said


BREAKS = f"""
from django.test import Client
from frombelow_site.home import views
from frombelow_site import urls
from django.urls import path

def breaks(request, person):
    secret = "{SECRET}-" + request.POST["card"]
    raise ValueError("no card for " + secret)

urls.urlpatterns.append(path("break/<str:person>/", breaks, name="break"))
client = Client(SERVER_NAME="localhost", raise_request_exception=False)
answer = client.post("/break/{ID}/?q={SECRET}", {{"card": "{SECRET}", "mail": "ada@example.org"}})
print(answer.status_code, answer.content.decode())
answer = client.get("/nowhere/{SECRET}/?q={SECRET}")
print(answer.status_code)
answer = client.get("/", headers={{"host": "{SECRET}.example"}})
print(answer.status_code)
"""


def test_nothing_that_was_sent_is_in_the_log_or_on_the_page_when_a_view_breaks(python):
    page, log = python(BREAKS)
    assert page.startswith("500 ")
    assert "This is our fault and not yours." in page
    assert "\n404\n" in page
    for quoted in (SECRET, SECRET.lower(), ID, "ada@example.org"):
        assert quoted not in page
        assert quoted not in log
    assert "500 POST /break/<str:person>/" in log
    assert "builtins.ValueError" in log
    assert "in breaks" in log or " breaks" in log
    assert "404 GET (no such page)" in log


def test_every_line_of_the_log_goes_through_the_one_formatter(settings):
    logging_ = settings.LOGGING
    assert logging_["formatters"] == {"plain": {"()": "frombelow_site.operations.logs.PlainFormatter"}}
    assert {handler["formatter"] for handler in logging_["handlers"].values()} == {"plain"}
    assert logging.getLogger("django").handlers == []
    assert logging.getLogger("django.server").handlers == []
