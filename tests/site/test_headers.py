"""What every answer carries, and that no page asks another host."""

import re
from pathlib import Path

import pytest

import frombelow_site

PAGES = ["/", "/decide/", "/people/", "/answerability/", "/record/", "/people/me/", "/nowhere"]
SOURCES = Path(frombelow_site.__file__).parent


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_strict_policy(site, path):
    answer = site.browser(site.bo).get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    allowed = {source for name, sources in policy.items() for source in sources.split()}
    assert allowed == {"'none'", "'self'"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_another_host_or_runs_script_of_its_own(site, path):
    text = site.browser(site.bo).get(path).content.decode()
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", text)
    assert not re.findall(r"<script(?![^>]*\ssrc=)", text)
    assert not re.findall(r"""\s(?:style|on\w+)=["']""", text)


@pytest.mark.parametrize("path", [*PAGES, "/record/entry/0/receipt", "/record/download"])
def test_what_a_member_sees_is_kept_by_no_browser_and_nobody_on_the_way(site, path):
    assert {"private", "no-store"} <= set(site.browser(site.bo).get(path).headers["Cache-Control"].split(", "))


def test_no_style_sheet_or_script_names_another_host():
    for place in [*SOURCES.rglob("*.css"), *SOURCES.rglob("*.js"), *SOURCES.rglob("*.svg")]:
        found = re.findall(r"https?://[^\s\"')]+", place.read_text())
        assert set(found) <= {"http://www.w3.org/2000/svg"}, place


@pytest.mark.parametrize("path", ["/decide/", "/people/", "/answerability/", "/record/", "/record/download"])
def test_an_outsider_is_led_to_the_sign_in(site, client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/enter/")


def test_a_post_without_its_token_is_refused(site):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.cookies = site.browser(site.bo).cookies
    assert strict.post("/enter/out/").status_code == 403


@pytest.mark.parametrize("path", ["/decide/", "/decide/?stage=voting", "/answerability/", "/answerability/rules/"])
def test_long_pages_that_repeat_nothing_of_the_request_are_compressed(site, path):
    site.admit(30)
    for n in range(12):
        site.move((site.ada, site.bo, site.dee, site.eve)[n % 4], title=f"Paint the hall number {n}")
    answer = site.browser(site.bo).get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "path",
    ["/", "/people/me/", "/people/roll/?q=person", "/record/?kind=roll.look", "/decide/move/", "/people/me/ways/"],
)
def test_no_page_that_repeats_what_it_was_asked_with_beside_a_secret_is_compressed(site, path):
    answer = site.browser(site.eve).get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
