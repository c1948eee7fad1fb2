"""Pages while nothing can be stored: they are read on, and whoever wrote something keeps it."""

import sqlite3

import pytest
from django.db import OperationalError, connection
from django.test import Client

from frombelow_site.accounts import limits
from frombelow_site.door.storage import Fault
from frombelow_site.home import queries

FULL = Fault("full", "The disk is full.", "Make room.")


@pytest.fixture
def shut(site):
    """A door whose thread found out that the disk is full."""
    site.door.fault, site.door.inline = FULL, False
    yield site
    site.door.fault, site.door.inline = None, True


def locked(*_args, **_fields):
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("database is locked") from cause


def test_health_says_in_two_words_what_keeps_anything_from_being_stored(shut, client):
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (503, b"database full\n")


def test_what_was_written_is_shown_again_where_nothing_can_be_stored(shut):
    browser = shut.browser(shut.bo)
    assert browser.get("/").status_code == 200
    answer = browser.post("/people/me/about/", {"about": "I fix the pumps on Sundays."})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "nothing was stored" in page
    assert "I fix the pumps on Sundays." in page
    assert "it is kept nowhere" in page


def test_a_page_that_meets_a_locked_database_is_503_in_words(site, monkeypatch):
    monkeypatch.setattr(limits, "may_act", locked)
    browser = site.browser(site.bo)
    browser.raise_request_exception = False
    answer = browser.post("/people/me/about/", {"about": "I fix the pumps on <Sundays>."})
    assert answer.status_code == 503
    assert "I fix the pumps on &lt;Sundays&gt;." in answer.content.decode()


def test_home_is_shown_although_the_look_at_it_cannot_be_written(site, monkeypatch):
    monkeypatch.setattr(queries, "_seen", locked)
    assert site.browser(site.bo).get("/").status_code == 200


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the patience is SQLite's")
def test_home_keeps_nobody_waiting_while_another_program_holds_the_database(site, monkeypatch):
    patience = []

    def looked(_person, _at):
        with connection.cursor() as cursor:
            patience.append(cursor.execute("PRAGMA busy_timeout").fetchone()[0])
        return locked()

    monkeypatch.setattr(queries, "_seen", looked)
    assert site.browser(site.bo).get("/").status_code == 200
    assert patience == [200]


def test_a_fault_of_the_program_is_not_told_as_one_of_the_disk(site, monkeypatch):
    def broken(*_):
        raise ConnectionRefusedError(111, "the mail server")

    monkeypatch.setattr(limits, "may_act", broken)
    browser: Client = site.browser(site.bo)
    browser.raise_request_exception = False
    assert browser.post("/people/me/about/", {"about": "I fix pumps."}).status_code == 500
