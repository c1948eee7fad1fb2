"""A passkey, from making it to signing in with it; with the authenticator that Chromium has for tests."""

import re

import pytest

from .access import accessible
from .keyboard import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium, served):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    errors = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def authenticator(page):
    """A phone that keeps passkeys and knows its owner's finger; called, it says what it keeps."""
    asked = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    name = session.send("WebAuthn.addVirtualAuthenticator", {"options": asked})["authenticatorId"]

    return lambda: session.send("WebAuthn.getCredentials", {"authenticatorId": name})["credentials"]


def test_a_member_makes_a_passkey_and_signs_in_with_it(page, served, authenticator):
    address, links = served
    keyboard = Keyboard(page, accessible)
    page.goto(links[1])  # Ada's; the others are another journey's, and each is good once
    keyboard.press("Sign in")
    keyboard.follow("My membership")
    keyboard.follow("Ways to sign in")
    keyboard.check()

    keyboard.press_here("Add a passkey")
    page.get_by_text("The passkey was added").wait_for()
    keyboard.check()
    (credential,) = authenticator()
    assert credential["isResidentCredential"]
    keyboard.follow(re.compile("^Rename or remove"))
    keyboard.check()
    keyboard.write("Its name", "The phone in my pocket")
    keyboard.press("Rename this passkey")
    assert "The phone in my pocket" in keyboard.main.inner_text()

    left = Keyboard(page.context.new_page())
    left.page.goto(f"{address}/decide/move/")
    left.write("The motion and its reasons", "Nobody has painted the stairs since 1994.")
    left.write("In one line", "Paint the stairs")
    page.set_viewport_size({"width": 1280, "height": 900})
    keyboard.sign_out()
    keyboard.check()
    left.enter()
    assert left.page.get_by_role("heading", level=1).inner_text() == "You are not signed in any more"
    left.page.close()
    keyboard.press_here("Sign in with a passkey")
    page.locator("header .mine").wait_for()
    page.goto(f"{address}/enter/ways/")
    assert "by a passkey" in keyboard.main.inner_text()
    assert authenticator()[0]["signCount"] > credential["signCount"]
    keyboard.check()

    keyboard.follow(re.compile("^Rename or remove"))
    keyboard.press("Remove this passkey")
    keyboard.sign_out()
    keyboard.press_here("Sign in with a passkey")
    page.get_by_text("This passkey is not good here").wait_for()


def test_without_scripts_the_other_ways_are_there(chromium, served):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    keyboard = Keyboard(page)
    page.goto(f"{served[0]}/enter/")
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    keyboard.write("Your mail address", "nobody@example.org")
    keyboard.press("Send me a code")
    assert "The code" in page.locator("h1").inner_text()
    context.close()
