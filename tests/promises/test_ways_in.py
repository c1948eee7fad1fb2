"""What signs somebody in: it stands in plain in the one letter that brings it, and signs in once."""

import re

from django.core import mail
from django.test import Client

from frombelow_site.accounts import links, sheets
from frombelow_site.mail import sending
from tests.accounts.conftest import app_of

from .places import found, on_pages


def test_what_signs_somebody_in_stands_in_plain_in_no_table_and_in_no_file(seen):
    secrets = [secret for secret, _to in seen.house.secrets.values()]
    assert len(secrets) > 15
    assert found(seen.tables.items(), secrets) == []
    assert found(seen.files.items(), secrets) == []
    assert found(seen.record.items(), secrets) == []


def test_what_signs_somebody_in_stands_in_no_line_of_the_log(seen):
    assert found([("the log", seen.log.encode())], [secret for secret, _to in seen.house.secrets.values()]) == []


def test_a_code_stands_in_the_one_letter_that_brings_it_to_who_asked(seen):
    for name, (secret, to) in seen.house.secrets.items():
        assert [where for where, _ in found(seen.letters, [secret])] == ([to] if to else []), name


def test_no_page_of_anybody_shows_what_signs_somebody_in(seen):
    secrets = [secret for secret, _to in seen.house.secrets.values()]
    for reader, pages in seen.pages.items():
        assert found(on_pages(pages), secrets) == [], reader
    assert found(on_pages([*seen.stranger, seen.own, seen.export]), secrets) == []


def test_each_way_in_that_is_good_once_signs_in_once(site, monkeypatch):
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))
    sheet, link, code = sheets.make_sheet(site.bo, site.eve), links.make_link(site.bo), ""

    def by_mail():
        nonlocal code
        browser = Client()
        browser.post("/enter/", {"mail": "bo@example.org"})
        code = code or re.search(r"\d{6}", mail.outbox[-1].body)[0]
        return browser, "/enter/code/", {"code": code}

    ways = {
        "code": by_mail, "sheet": lambda: (Client(), "/enter/printed/", {"code": sheet}), "link": lambda: (Client(), link, {}),
    }  # fmt: skip
    for name, way in ways.items():
        came_in = []
        for _ in range(2):
            browser, address, fields = way()
            browser.post(address, fields)
            came_in.append(browser.session.get("person", ""))
        assert came_in == [site.bo, ""], name


def test_the_first_step_alone_opens_no_page(site):
    app_of(site.bo)
    browser = Client()
    browser.post("/enter/printed/", {"code": sheets.make_sheet(site.bo, site.eve)})
    assert browser.session["half"]["person"] == site.bo
    for address in ("/", "/people/me/", "/record/", "/record/download", "/people/me/erase/"):
        assert browser.get(address).url.startswith("/enter/")
