"""What the public and lists show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import acts as a

NAMES = ("Ada One", "Eve Two", "Dee Three", "Bo Four")


def clean(page):
    t = " ".join(page.content.decode().split())
    return [n for n in NAMES if n in t]


@pytest.fixture
def shown(site):
    site.decided(4, 0, a.ShowDecisions(), title="In public")
    return site


def test_before_a_motion_is_public_its_number_says_nothing(shown):
    c = Client()
    m = shown.move(shown.bo, title="Secret plan")
    n = shown.polity.motions[m].number
    for typed in (n, n.lower(), n.replace("M-", ""), n.replace("-", " "), m):
        r = c.get(f"/decided/{typed}/")
        assert r.status_code == 404
        assert b"Secret" not in r.content
        assert r.content == c.get("/decided/M-2026-99/").content
    # withdrawn, lapsed ones too
    shown.wait(60)
    assert c.get(f"/decided/{n}/").status_code == 404


def test_the_list_as_a_file_with_three_and_with_nine_motions_asks_as_many_questions(site):
    browser, asked = site.browser(site.bo), []
    for mover in (site.ada, site.eve, site.dee):
        for n in range(3):
            site.move(mover, title=f"Number {n}")
        with CaptureQueriesContext(connection) as queries:
            assert b"Number 2" in browser.get("/decide/list.csv").content
        asked.append(len(queries))
    assert asked[1] == asked[2]


def test_strange_filters_are_no_error(site):
    b = site.browser(site.bo)
    for q in (
        "page=²",
        "stage=\x00",
        "branch=\x00",
        "mover=\x00",
        "mover=" + "x" * 5000,
        "mover=²",
        "page=-1",
        "page=1e9",
        "stage=voting&stage=decided",
        "mover=%25",
        "mover=_",
        "branch=%ed%a0%80",
        "number=²",
        "q=M-2026-²",
        "typed=M-२०२६-०१",
    ):
        for f in ("", "list.csv", "list.pdf", "list.odt"):
            r = b.get(f"/decide/{f}?{q}".replace("\x00", "%00"))
            assert r.status_code < 500, (q, f)


def test_every_member_page_survives_strange_numbers(site):
    site.voting()
    b = site.browser(site.bo)
    for p in (
        "M-2026-²",
        "M-२०२६-०१",
        "2026-1",
        "m 2026 1",
        "M-2026-0",
        "M-99999-1",
        "x" * 3000,
        "%00",
        "M-2026-000001",
    ):
        r = b.get(f"/decide/{p}/")
        assert r.status_code < 500, p
    assert b.get("/decide/M-2026-01/decision.pdf").status_code < 500
