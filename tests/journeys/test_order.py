"""The way of the keyboard through a page: it is the way of the reader, shows where it is, and Escape does no harm."""

import itertools

import pytest

from .conftest import RECALL

pytestmark = pytest.mark.browser
STOP = """() => {
    const one = document.activeElement, {top, bottom} = one.getBoundingClientRect();
    const {outlineStyle, outlineWidth} = getComputedStyle(one);
    return {
        place: [...document.querySelectorAll("*")].indexOf(one), top: top + scrollY, bottom: bottom + scrollY,
        shows: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, seen: top < innerHeight && bottom > 0,
        words: one.outerHTML.slice(0, 100), nowhere: one === document.body,
    };
}"""
PAGES = ["/", "/decide/move/", "/people/me/", "/answerability/", "/record/head/"]


def stops(page):
    """Every place where Tab stops, in order; at each, Escape is pressed as well."""
    found = []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["nowhere"] or (found and stop["place"] == found[0]["place"]):
            return found
        page.keyboard.press("Escape")
        assert page.evaluate(STOP)["place"] == stop["place"], stop["words"]
        found.append(stop)
    raise AssertionError(f"Tab does not come round on {page.url}")


def test_tab_goes_as_the_reader_does_and_shows_where_it_is(page, server, motions, sign_in, quiet):
    page.emulate_media(reduced_motion="reduce")  # else the page is still on its way to where the keyboard is
    sign_in(page, quiet)
    for address in [*(server.address + each for each in PAGES), motions[RECALL]]:
        page.goto(address)
        found = stops(page)
        assert len(found) > 5  # on a phone the rooms are folded away
        for before, after in itertools.pairwise(found):
            assert before["place"] < after["place"], (before["words"], after["words"])
            assert before["top"] < after["bottom"], (before["words"], after["words"])
        assert [each["words"] for each in found if not (each["shows"] and each["seen"])] == []
        assert page.url == address
