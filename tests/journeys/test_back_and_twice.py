"""What people do with a browser: press twice, go back and press again, come back to a page that the world has left."""

import itertools

import pytest

from .access import accessible
from .conftest import FUND, another
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
TITLE, WHY = "Paint the stairs, number", "Nobody has painted them since 1994."
_number = itertools.count(1)


@pytest.fixture(scope="module")
def somebody(server, motions):
    """One member for all of these: each takes back what it did, or does another thing."""
    return another(server, motions)


@pytest.fixture
def member(page, sign_in, somebody):
    sign_in(page, somebody)
    return Keyboard(page, accessible)


@pytest.fixture
def title():
    return f"{TITLE} {next(_number)}"


def tab(member, address):
    """The same browser, a tab more."""
    other = Keyboard(member.page.context.new_page(), accessible)
    other.page.goto(address)
    return other


def write_a_motion(member, server, title):
    member.page.goto(server.address + "/decide/move/")
    member.write("The motion and its reasons", WHY)
    member.write("In one line", title)


def motions_called(member, title):
    member.follow("Decide")
    return member.main.get_by_role("link", name=f"In words only: “{title}”", exact=True).count()


def test_who_goes_back_after_seconding_finds_it_done(member, motions):
    page = member.page
    page.goto(motions[FUND])
    member.press("Second this motion")
    page.go_back()
    assert page.get_by_role("button", name="Second this motion").count() == 0
    assert "You second this motion." in member.main.inner_text()
    member.press("Take my second back")


def test_seconding_in_two_tabs_counts_once_and_says_why(member, motions):
    member.page.goto(motions[FUND])
    other = tab(member, motions[FUND])
    member.press("Second this motion")
    seconders = member.main.get_by_text("of the 5 that it needs").inner_text()
    other.press("Second this motion")
    refusal = other.page.get_by_role("alert").inner_text()
    assert "you second this motion already" in refusal
    assert "Nothing was changed." in refusal
    assert other.main.get_by_text("of the 5 that it needs").inner_text() == seconders
    other.check()
    other.press("Take my second back")


def test_a_motion_whose_button_is_pressed_twice_is_moved_once(member, server, title):
    write_a_motion(member, server, title)
    member.page.keyboard.press("Enter")  # nobody waits for the answer
    member.page.keyboard.press("Enter")
    member.page.get_by_role("heading", level=1, name=title).wait_for()
    assert motions_called(member, title) == 1


def test_who_goes_back_to_the_form_and_presses_again_moves_nothing_more(member, server, title):
    write_a_motion(member, server, title)
    member.enter()
    motion = member.address
    member.page.go_back()
    assert member.page.get_by_label("In one line").input_value() == title  # the browser puts it there
    member.press("Move this motion")
    assert member.address == motion
    assert "You moved this already." in member.main.inner_text()
    assert motions_called(member, title) == 1


def test_escape_and_a_way_forth_and_back_lose_no_words(member, server, title):
    write_a_motion(member, server, title)
    member.page.keyboard.press("Escape")
    assert member.page.get_by_label("In one line").input_value() == title
    member.follow("People")
    member.page.go_back()
    assert member.page.get_by_label("In one line").input_value() == title
    assert member.page.get_by_label("The motion and its reasons").input_value() == WHY


def test_a_form_left_open_while_the_session_ended_elsewhere(member, server, title):
    left = tab(member, server.address)
    write_a_motion(left, server, title)
    member.page.goto(server.address)
    member.sign_out()
    left.enter()
    assert left.page.get_by_role("heading", level=1).inner_text() == "You are not signed in any more"
    assert WHY in left.main.inner_text()
    assert title in left.main.inner_text()
    left.check()
    left.follow("Sign in")
    assert left.page.get_by_label("Your mail address").count() == 1
