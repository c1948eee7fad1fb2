"""Mail that a test can open at once, and ways in that take one line."""

import re
import time

import pyotp
import pytest
from django.core import mail
from django.test import Client

from frombelow_site.accounts import second
from frombelow_site.mail import sending
from tests.site_cast import site  # noqa: F401  the fixture


@pytest.fixture(autouse=True)
def post_at_once(monkeypatch):
    """Mail leaves before the page is there, so that a test can open it."""
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))


def code_in_mail():
    return re.search(r"\d{6}", mail.outbox[-1].body)[0]


def signed_in(client):
    return client.session.get("person", "")


def ask(client, address="bo@example.org"):
    return client.post("/enter/", {"mail": address})


def enter(address="bo@example.org", **browser):
    """A browser that signed in with a code by mail, as far as that leads."""
    client = Client(**browser)
    ask(client, address)
    client.post("/enter/code/", {"code": code_in_mail()})
    return client


def app_of(person, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"):
    """The person's second step is on; returns their app and their recovery codes."""
    app = pyotp.TOTP(secret)
    return app, second.turn_on(person, secret, app.at(int(time.time()) - 30))
