"""Home and a motion as people meet them: in their own palette, in the dark, on small and enlarged pages, on paper."""

import re
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import run

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
MEMBER = "Eve Lindqvist"
# Chromium's dark page, in sRGB: less than this shines.
DIM = 60


@pytest.fixture(scope="module")
def signed_in(chromium, server):
    """What a browser keeps of a member who signed in with a printed code, and the motion that Home names first."""
    code = re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", run("sign-in-code", MEMBER, "--data", str(server.folder)))[0]
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(server.address + "/enter/printed/")
    page.get_by_label("The printed code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(server.address + "/")
    kept = context.storage_state()
    motion = page.locator("ol.lines a.what").first.get_attribute("href")
    context.close()
    return kept, {"home": "/", "motion": motion}


@pytest.fixture(params=["home", "motion"])
def seen(chromium, server, signed_in, request):
    """Opens the page as a browser with these settings shows it."""
    kept, places = signed_in

    @contextmanager
    def see(**settings):
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **settings}, storage_state=kept
        )
        page = context.new_page()
        page.goto(server.address + places[request.param])
        assert page.locator("h1").count() == 1
        assert page.get_by_role("navigation", name="Rooms").count() == 1
        yield page
        context.close()

    return see


def found_by_axe(page, *rules):
    answer = Axe().run(page, options={"runOnly": {"type": "rule", "values": list(rules)}}).response
    assert answer["passes"]
    # What the tester could not make up its mind about counts: nobody else looks at it.
    unsure = [each for each in answer["incomplete"] if each["id"] == "color-contrast"]
    return [(each["id"], node["html"]) for each in answer["violations"] + unsure for node in each["nodes"]]


def style(page, where, name, part=None):
    return page.locator(where).first.evaluate(
        "(element, [name, part]) => getComputedStyle(element, part)[name]", [name, part]
    )


def beyond_the_window(page):
    """Whatever reaches beyond the window; the page itself, where it can be scrolled sideways."""
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        return [page.url]
    return page.evaluate(
        """() => [...document.querySelectorAll("body *:not(.unseen):not(.skip)")]
            .filter(one => one.getClientRects().length && !one.closest(".wide, .unseen, svg, pre"))
            .filter(one => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
            .map(one => one.outerHTML.slice(0, 120))"""
    )


def brightness(colour):
    return max(int(part) for part in re.findall(r"\d+", colour)[:3])


def test_in_colours_of_ones_own(seen):
    with seen(forced_colors="active") as page:
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        for button in page.locator("button:not(.plain), .button").all():
            widths, drawn, colour, paper = button.evaluate(
                "one => (({borderTopWidth, borderTopStyle, borderTopColor}) =>"
                " [borderTopWidth, borderTopStyle, borderTopColor, getComputedStyle(document.body).backgroundColor])"
                "(getComputedStyle(one))"
            )
            assert float(widths.removesuffix("px")) >= 1
            assert drawn != "none"
            assert colour != paper
        for bar in page.locator("progress").all():
            assert bar.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
            assert bar.evaluate("one => getComputedStyle(one).borderTopColor") == style(page, "body", "color")
        assert style(page, "nav a[aria-current], nav a", "color") != style(page, "html", "backgroundColor")
        for here in page.locator("nav a[aria-current]").all():
            assert here.evaluate("one => getComputedStyle(one).borderBottomWidth") == "3px"
            assert here.evaluate("one => getComputedStyle(one).borderBottomStyle") == "solid"
        assert page.locator("nav a[aria-current]").count() == 1
        assert found_by_axe(page, "color-contrast") == []


def test_in_the_dark(seen):
    with seen(color_scheme="dark") as page:
        assert brightness(style(page, "html", "backgroundColor")) < DIM
        assert found_by_axe(page, "color-contrast", "link-in-text-block") == []


def test_in_the_light(seen):
    with seen(color_scheme="light") as page:
        assert brightness(style(page, "html", "backgroundColor")) > 255 - DIM
        assert found_by_axe(page, "color-contrast", "link-in-text-block") == []


@pytest.mark.parametrize("settings", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str)
def test_words_that_are_hard_to_read_are_found(seen, settings):
    """The tester would say so: in each palette."""
    with seen(bypass_csp=True, **settings) as page:
        page.add_style_tag(content="h1 { forced-color-adjust: none; color: #999; background: #888 }")
        assert [rule for rule, html in found_by_axe(page, "color-contrast") if "<h1" in html] == ["color-contrast"]


def test_on_the_narrowest_screen(seen):
    with seen(viewport={"width": 320, "height": 640}, has_touch=True) as page:
        assert beyond_the_window(page) == []
        assert found_by_axe(page, "target-size") == []


def test_enlarged_to_twice_the_size(seen):
    """1280 points at 200 %: 640 of the page's own, each drawn with two."""
    with seen(viewport={"width": 640, "height": 450}, device_scale_factor=2) as page:
        assert beyond_the_window(page) == []


def test_with_letters_of_twice_the_size(seen):
    """Only the letters grow: nothing is cut off."""
    with seen(viewport={"width": 640, "height": 900}, bypass_csp=True) as page:
        page.add_style_tag(content="html { font-size: 225% !important }")
        assert beyond_the_window(page) == []
        cut = page.evaluate(
            """() => [...document.querySelectorAll("main *, header *")]
                .filter(one => getComputedStyle(one).overflowY === "hidden" && !one.matches(".unseen, .unseen *, progress, svg, svg *"))
                .filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.outerHTML.slice(0, 120))"""
        )
        assert cut == []


def test_on_a_phone_the_header_is_one_line_and_every_room_is_reached_without_scripts(seen):
    with seen(viewport={"width": 360, "height": 740}, java_script_enabled=False) as page:
        line = page.locator("header .organization")
        assert line.bounding_box()["height"] < 60
        rooms = page.locator("nav li a")
        assert not any(room.is_visible() for room in rooms.all())
        page.get_by_text("Menu", exact=True).click()
        assert all(room.is_visible() for room in rooms.all())
        assert page.get_by_role("button", name="Sign out").is_visible()
        with page.expect_navigation():
            rooms.last.click()
        assert page.locator("nav a[aria-current]").text_content() == "Record"


def test_no_page_scrolls_sideways_with_letters_of_twice_the_size_on_a_phone(chromium, server, signed_in):
    kept, _places = signed_in
    context = chromium.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True, storage_state=kept)
    page, waiting, known = context.new_page(), ["/"], {"/"}
    while waiting:
        page.goto(server.address + waiting.pop())
        page.add_style_tag(content="html { font-size: 225% !important }")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert beyond_the_window(page) == []
        for link in page.eval_on_selector_all("a[href^='/']", "all => all.map(one => one.getAttribute('href'))"):
            kind = re.sub(r"[0-9a-z]{20,}|\d+", "*", re.split("[?#]", link)[0])  # one motion stands for all
            if kind not in known and kind.endswith("/") and not kind.startswith("/record/download"):  # no files
                known.add(kind)
                waiting.append(link)
    context.close()
    assert len(known) > 25


def test_on_paper(seen):
    with seen(color_scheme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        assert not page.locator("nav").is_visible()
        for hidden in page.locator("nav, .skip, .mine, button, .button, footer").all():
            assert not hidden.is_visible()
        assert page.locator("h1").is_visible()
        assert style(page, "html", "backgroundColor") == "rgb(255, 255, 255)"
        assert style(page, "html", "color") == "rgb(0, 0, 0)"
        for words in page.locator("main p, main li, main a").all():
            if words.is_visible():
                assert brightness(words.evaluate("one => getComputedStyle(one).color")) < DIM


def test_where_the_keyboard_is_shows(seen):
    for settings in ({}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        with seen(**settings) as page:
            for _ in range(6):
                page.keyboard.press("Tab")
                width, drawn, colour = page.evaluate(
                    "(({outlineWidth, outlineStyle, outlineColor}) => [outlineWidth, outlineStyle, outlineColor])"
                    "(getComputedStyle(document.activeElement))"
                )
                assert float(width.removesuffix("px")) >= 2
                assert drawn == "solid"
                assert colour != style(page, "html", "backgroundColor")


def test_nothing_moves_for_who_wants_rest(seen):
    with seen(reduced_motion="reduce") as page:
        assert style(page, "html", "scrollBehavior") == "auto"
        assert page.evaluate("document.getAnimations().length") == 0


def test_mirrored_it_still_fits(seen):
    with seen(viewport={"width": 320, "height": 640}) as page:
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert beyond_the_window(page) == []
        start = page.locator("h1").evaluate("one => one.getBoundingClientRect().right")
        assert start > 280


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_reasons_begin_on_the_first_screen_of_a_phone_and_the_answer_comes_after_them(
    chromium, server, signed_in, language
):
    kept, _places = signed_in
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale=language, storage_state=kept)
    page = context.new_page()
    page.goto(server.address + "/decide/?stage=voting")
    page.locator(".lines a.what").first.click()
    reasons = page.locator("[data-committed=motion]").bounding_box()["y"]
    assert reasons < 740 - 2 * 28  # two lines of them can be read
    assert reasons < page.locator("#answer").bounding_box()["y"]
    context.close()
