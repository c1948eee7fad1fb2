"""The site can lie below another on its host, at /union: what it sends leads there, and nothing leads beside it."""

import re
import threading
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import reverse, set_script_prefix

from frombelow_site.door import below
from frombelow_site.hosts import check_address
from frombelow_site.mail import links, sending
from frombelow_site.people.models import Card

ADDRESS = re.compile(r"""(?:href|src|action)="([^"]*)\"""")
SCRIPTS = re.compile(r"""from "([^"]+)"|import "([^"]+)\"""")
UNION = "/union"


@pytest.fixture
def union(site, settings):
    """The site as FROMBELOW_ADDRESS=https://example.org/union sets it, behind a web server that takes the path off."""
    settings.ADDRESS, settings.BELOW = check_address("https://example.org/union/")
    settings.FORCE_SCRIPT_NAME, settings.STATIC_URL = UNION, f"{UNION}/static/"
    settings.SESSION_COOKIE_PATH = settings.CSRF_COOKIE_PATH = settings.LANGUAGE_COOKIE_PATH = f"{UNION}/"
    below.tell_thread()
    yield site
    set_script_prefix("/")


def at(browser, address):
    """The page at this address, as the web server in front asks for it."""
    assert address.startswith(f"{UNION}/"), address
    return browser.get(address.removeprefix(UNION))


def led_to(page, address):
    """Every address of ours to which a page leads."""
    found = (urljoin(address, each.replace("&amp;", "&")) for each in ADDRESS.findall(page.content.decode()))
    return {each.partition("#")[0] for each in found if urlsplit(each).scheme in ("", "http", "https")} - {""}


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_address_on_a_page_leads_below(union, client, signed_in):
    browser = union.browser(union.eve) if signed_in else client
    todo, seen, files = [f"{UNION}/"], set(), set()
    while todo and len(seen) < 60:
        address = todo.pop(0)
        seen.add(address)
        page = at(browser, address)
        if page.status_code in (301, 302):
            todo.append(urljoin(address, page.url))
            continue
        if page.get("Content-Type", "").startswith("text/html") and page.status_code == 200:
            for each in sorted(led_to(page, address)):
                assert each.startswith(f"{UNION}/"), (address, each)
                (files if "/static/" in each else set()).add(each)
                todo += [each] if "/static/" not in each and each not in seen and each not in todo else []
        else:
            assert page.status_code in (200, 403, 405, 409), (address, page.status_code)
    assert len(seen) > (20 if signed_in else 3)
    assert files
    for each in files:
        assert at(browser, each).status_code == 200, each


def test_what_scripts_bring_in_lies_below_too(union, client):
    todo, seen = [f"{UNION}/static/ui/keys/forms.js"], set()
    while todo:
        address = todo.pop()
        seen.add(address)
        answer = at(client, address)
        assert answer.status_code == 200, address
        text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
        found = {urljoin(address, one or other) for one, other in SCRIPTS.findall(text)}
        todo += sorted(found - seen - set(todo))
    assert len(seen) > 5


def test_cookies_stay_below_and_no_other_site_on_the_host_is_sent_them(union, client):
    answer = client.post("/people/language/", {"language": "es", "next": f"{UNION}/"})
    answer = (
        answer if answer.cookies else client.post(reverse("people:language").removeprefix(UNION), {"language": "es"})
    )
    client.get("/enter/")
    cookies = {**client.cookies, **answer.cookies}
    assert cookies
    assert {name: each["path"] for name, each in cookies.items()} == dict.fromkeys(cookies, f"{UNION}/")


def test_who_has_to_sign_in_comes_back_to_the_page_they_wanted(union, client):
    answer = client.get("/people/me/")
    assert answer.url == f"{UNION}/enter/?next=%2Funion%2Fpeople%2Fme%2F"


def test_who_signs_in_below_gets_where_they_wanted(union, client, monkeypatch):
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))
    asked = client.get("/people/me/").url
    asked = client.post(
        asked.removeprefix(UNION), {"mail": Card.objects.get(person=union.bo).mail, "next": f"{UNION}/people/me/"}
    )
    assert asked.url == f"{UNION}/enter/code/"
    (code,) = re.findall(r"\b\d{6}\b", mail.outbox[-1].body)
    entered = client.post("/enter/code/", {"code": code})
    assert entered.url == f"{UNION}/people/me/"
    assert {each["path"] for name, each in entered.cookies.items()} <= {f"{UNION}/", f"{UNION}/enter/"}
    assert at(client, entered.url).status_code == 200


def test_links_in_letters_lead_below_from_whatever_thread(union):
    made = []

    def elsewhere():
        below.tell_thread()
        made.extend([links.make(1, union.bo, reverse("home:home")), links.turn_off(union.bo, "week")])

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert all(each.startswith("https://example.org/union/") for each in made)
    way, fresh = links.read(made[0].rstrip("/").rpartition("/")[2])
    assert (way.path, fresh) == (f"{UNION}/", True)


def test_health_and_sizes_are_known_below(union, client):
    assert client.get("/health").status_code == 200
    big = b"x" * 2_000_000
    answer = client.generic("POST", "/people/roll/import/", big, content_type="multipart/form-data; boundary=x")
    assert answer.status_code != 413


def test_what_is_drawn_once_for_all_pages_is_drawn_for_each_path(site):
    pages = {}
    for prefix in ("/", f"{UNION}/"):
        set_script_prefix(prefix)
        pages[prefix] = led_to(site.browser(site.eve).get("/"), prefix)
    set_script_prefix("/")
    assert all(each.startswith((f"{UNION}/", "/static/")) for each in pages[f"{UNION}/"])
    assert not any(each.startswith(UNION) for each in pages["/"])


@pytest.mark.parametrize("named", [UNION, ""])
def test_the_server_names_the_path_or_the_settings_do(site, settings, named):
    settings.FORCE_SCRIPT_NAME, told = None if named else UNION, []
    asked = site.browser(site.bo)._base_environ(PATH_INFO="/people/me/", SCRIPT_NAME=named)
    page = HttpResponse(WSGIHandler()(asked, lambda status, _headers: told.append(status)))
    set_script_prefix("/")
    assert told == ["200 OK"]
    assert {
        each for each in led_to(page, f"{UNION}/people/me/") if not each.startswith((f"{UNION}/", "/static/"))
    } == set()
