"""Who needs rest hands a mandate over, steps back, and is back by one click."""

import re

import pytest

from .conftest import MEMBERS, a_union, mail_of

pytestmark = pytest.mark.browser
OFFICERS = {"phone": 0, "desktop": 1, "phone-plain": 2, "desktop-plain": 3}
LAST_HOLDERS = (
    "phone",
    "desktop",
    "desktop-plain",
)  # the secretary alone admits members, the administrator runs the server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A union of its own, with an officer for each who steps back."""
    with a_union(tmp_path_factory.mktemp("union") / "data", MEMBERS[:8]) as started:
        yield started


def test_an_officer_hands_the_mandate_over_steps_back_and_returns(keyboard, server, enter_by_mail):
    page, main = keyboard.page, keyboard.main
    page.goto(server.address)
    enter_by_mail(keyboard, mail_of(MEMBERS[OFFICERS[keyboard.name]]), check=False)
    keyboard.follow("My membership")
    keyboard.check()
    keyboard.follow("Step back")
    keyboard.check()
    assert "What stays" in main.inner_text()
    keyboard.tick(re.compile(", until"))
    keyboard.press("Step back")
    if keyboard.name in LAST_HOLDERS:
        assert "What follows" in main.inner_text()
        keyboard.check()
        keyboard.tick("Yes, I know what follows")
        keyboard.press("Step back")
    assert "Mandates given back: 1" in main.inner_text()
    assert "Your mandates" not in main.inner_text()
    keyboard.check()

    keyboard.follow("Home")
    keyboard.check()
    assert "nothing else is asked of you" in main.inner_text()
    keyboard.follow("People")
    keyboard.press("Return")
    assert "You are back. Welcome." in main.inner_text()
    assert page.get_by_role("button", name="Return").count() == 0
