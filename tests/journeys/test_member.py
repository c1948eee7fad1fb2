"""A member on a phone and at a desk: from the sign-in link to a vote, to what leaders did, to the proof."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
_turn = itertools.count()


def accessible(page):
    """No serious or critical finding of axe, and nothing wider than the window."""
    found = Axe().run(page).response["violations"]
    serious = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def test_a_member_votes_on_the_recall_and_keeps_the_proof(page, served):
    address, links = served
    # A link is good once; the second of the two widths signs in as somebody else who may vote.
    page.goto(links[(0, 2)[next(_turn) % 2]])
    if page.get_by_role("button", name="Sign in").count():
        accessible(page)
        page.get_by_role("button", name="Sign in").click()
    page.goto(address)
    accessible(page)

    page.get_by_role("link", name="Recall Ada Okafor as chair").first.click()
    accessible(page)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Vote").click()
    assert "You voted yes" in page.locator("main").inner_text() or "Your answer" in page.locator("main").inner_text()
    accessible(page)

    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Vote").or_(page.get_by_role("button", name="Change")).first.click()
    accessible(page)

    for room in ("Decide", "People", "Answerability", "Record"):
        page.get_by_role("navigation", name="Rooms").get_by_role("link", name=room, exact=True).click()
        accessible(page)
    page.get_by_role("link", name="and its proof").first.click()
    accessible(page)
    assert "c2sp.org/tlog-proof@v1" in page.locator("details").first.text_content()


def test_the_keyboard_alone_reaches_the_content_and_the_rooms(page, served):
    page.goto(served[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    accessible(page)
