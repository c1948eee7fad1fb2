"""What newcomers stumbled over: a fault out of sight, a key without a way out, a page to print without a button."""

import pytest

from .access import accessible
from .conftest import DESK, MEMBERS, PHONE, a_union, fresh_page, mail_of
from .keyboard import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_union(tmp_path_factory.mktemp("newcomers") / "data", MEMBERS[:10]) as started:
        yield started


def enter(page, server, name):
    """Signed in by mail, so that the browser makes a key by itself where it may."""
    page.goto(server.address + "/enter/")
    page.get_by_label("Your mail address").fill(mail_of(name))
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The six digits").fill(server.mailed_code(mail_of(name)))
    page.get_by_role("button", name="Sign in").click()
    page.locator("#keys-here[data-found]").wait_for(state="attached")


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_a_refused_form_s_page_has_the_focus_on_what_is_wrong_in_sight_and_leads_to_each_field(chromium, server, size):
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
    page = context.new_page()
    enter(page, server, MEMBERS[0])
    page.goto(server.address + "/decide/move/?effect=office", wait_until="networkidle")
    page.evaluate("document.querySelector('main form[method=post]').noValidate = true")
    page.get_by_role("button", name="Move this motion").click()
    said = page.get_by_role("alert").filter(has_text="Something here needs a look.")
    said.wait_for()
    assert said.evaluate("each => each === document.activeElement")
    box = said.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= page.viewport_size["height"]
    accessible(page)
    said.get_by_role("link", name="In one line").press("Enter")
    field = page.get_by_label("In one line")
    assert field.evaluate("each => each === document.activeElement")
    described = field.get_attribute("aria-describedby").split()
    assert page.locator(f"#{described[-1]}").inner_text() == "This field is required."
    context.close()


def test_who_has_no_key_at_hand_reads_how_a_lost_one_is_ended(page, chromium, server):
    name = MEMBERS[2 if page.viewport_size["width"] == PHONE[0] else 3]
    enter(page, server, name)
    with fresh_page(chromium, server.address, *DESK) as other:
        enter(other, server, name)
        other.goto(server.address + "/keys/")
        other.get_by_text("To end a key that is lost").wait_for()
        assert other.get_by_role("button", name="End this key").count() == 0
        accessible(other)
    page.goto(server.address + "/")
    page.get_by_role("link", name="Add a second device, or make a card").click()
    page.get_by_role("heading", name="A second device").wait_for()
    page.get_by_role("button", name="End this key").wait_for()
    assert page.get_by_text("To end a key that is lost").is_hidden()


def test_the_tick_for_a_shared_computer_says_what_it_does_and_a_key_that_is_left_there_has_its_way_out(page, server):
    name = MEMBERS[4 if page.viewport_size["width"] == PHONE[0] else 5]
    enter(page, server, name)
    page.get_by_text("This browser keeps a key of yours.").wait_for()
    page.context.clear_cookies()
    page.goto(server.address + "/enter/")
    box = page.get_by_label("This is a shared computer: keep no key here")
    box.check()
    page.get_by_role("status").get_by_text("It is done: this browser keeps no key from now on").wait_for()
    box.uncheck()
    page.get_by_role("status").get_by_text("It is undone").wait_for()
    box.check()
    enter(page, server, name)
    page.get_by_text("it still has a key of yours").wait_for()
    page.goto(server.address + "/keys/")
    page.get_by_role("status").get_by_text("Nothing has happened yet").wait_for()
    accessible(page)
    with page.expect_navigation():
        page.get_by_role("button", name="End it, and keep no key here").click()
    page.get_by_text("On this shared computer no key is kept.").wait_for()


def test_a_page_that_is_there_to_be_printed_has_a_button_for_it(page, server):
    enter(page, server, MEMBERS[0])
    page.evaluate("window.print = () => (window.printed = true)")
    page.goto(server.address + "/keys/card/frames/")
    page.evaluate("window.print = () => (window.printed = true)")
    Keyboard(page).press_here("Print it")
    assert page.evaluate("window.printed")
