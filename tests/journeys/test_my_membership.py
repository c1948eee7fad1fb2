"""Who changes their name is called so everywhere; every page of one's own membership can be used by everybody."""

import re

import pytest

from .access import accessible
from .keyboard import Keyboard

pytestmark = pytest.mark.browser


def test_a_new_name_stands_on_the_motion_and_in_the_record(page, server, sign_in):
    keyboard = Keyboard(page, accessible)
    sign_in(page, "Eve Lindqvist")
    page.goto(server.address + "/decide/?stage=decided")
    keyboard.follow(page.locator("main .lines .what").first.inner_text())
    motion, main = keyboard.address, keyboard.main
    before = re.search(r"Moved by (.+?),", main.inner_text())[1]

    sign_in(page, before)
    keyboard.follow("My membership")
    keyboard.follow("Change my name")
    keyboard.check()
    after = f"Wren {page.viewport_size['width']} Calloway"
    keyboard.write("Name", after)
    keyboard.press("Change my name")
    assert f"You go by {after}, everywhere." in main.inner_text()
    keyboard.check()
    keyboard.follow("See your page as others do")
    keyboard.check()

    sign_in(page, "Eve Lindqvist")
    page.goto(motion)
    assert f"Moved by {after}" in main.inner_text()
    assert before not in main.inner_text()
    page.goto(server.address + "/record/?kind=member.rename")
    assert f"{after} goes by a new name." in main.inner_text()


def test_every_page_of_mine_is_accessible(page, server, sign_in):
    sign_in(page, "Eve Lindqvist")
    for address in ("mail/", "about/", "looks/", "leave/", "erase/"):
        page.goto(f"{server.address}/people/me/{address}")
        accessible(page)
    page.goto(server.address + "/people/roll/")
    accessible(page)
    page.goto(server.address + "/people/me/looks/")
    assert "Eve Lindqvist" in page.locator("main").inner_text()
    accessible(page)
