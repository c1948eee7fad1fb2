"""A member on a phone and at a desk: from the sign-in link to a vote, to what leaders did, to the proof."""

import re

import pytest

from .conftest import RECALL

pytestmark = pytest.mark.browser
# Links that the demo prints: Bo's and Eve's. Each is good once, so without scripts others come by printed codes.
LINKS = {"phone": 0, "desktop": 2}


def arrive(keyboard, server, sign_in, quiet):
    """A member who may vote on the recall signs in."""
    if keyboard.name in LINKS:
        keyboard.page.goto(server.links[LINKS[keyboard.name]])
        keyboard.check()
        keyboard.press("Sign in")
    else:
        sign_in(keyboard.page, quiet)


def test_a_member_votes_on_the_recall_and_keeps_the_proof(keyboard, server, sign_in, quiet):
    arrive(keyboard, server, sign_in, quiet)
    page, main = keyboard.page, keyboard.main
    keyboard.follow("Home")
    keyboard.check()
    keyboard.follow(re.compile(RECALL))
    keyboard.check()
    keyboard.choose("Yes")
    keyboard.press("Vote")
    assert "Your answer is in the record." in main.inner_text()
    assert "You answered yes on " in main.inner_text()
    keyboard.check()
    keyboard.unfold("Change it")
    assert page.get_by_role("radio", name="Yes", exact=True).is_checked()
    keyboard.check()
    keyboard.choose("No")
    keyboard.press("Change my answer")
    assert "You answered no on " in main.inner_text()
    keyboard.unfold("Change it")
    assert page.get_by_role("radio", name="No", exact=True).is_checked()

    for room in ("Decide", "People", "Answerability", "Record"):
        keyboard.follow(room)
        keyboard.check()
    keyboard.follow(re.compile("and its proof$"))
    keyboard.check()
    keyboard.reach(page.get_by_text("What the proof says"))
    page.keyboard.press("Enter")
    assert "c2sp.org/tlog-proof@v1" in main.locator("details pre").inner_text()
    assert main.locator("details pre").is_visible()


def test_the_skip_link_leads_past_the_rooms(keyboard, server):
    page = keyboard.page
    page.goto(server.address)
    page.keyboard.press("Tab")
    assert keyboard.skip.and_(keyboard.place).is_visible()
    page.keyboard.press("Enter")
    page.locator("main#content:focus").wait_for()
    keyboard.check()
