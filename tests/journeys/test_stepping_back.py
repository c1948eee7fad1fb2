"""Who needs rest hands a mandate over, steps back, and is back by one click; who changes their name is called so
everywhere."""

import re
import subprocess
import sys

import pytest

from .test_member import accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.fixture
def sign_in(page, served, tmp_path_factory):
    """Signs somebody of the demo in, by name, with a printed code."""
    folder = next(tmp_path_factory.getbasetemp().glob("demo*")) / "data"

    def enter(name):
        printed = subprocess.run(
            [sys.executable, "-m", "frombelow", "sign-in-code", name, "--data", str(folder)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        page.context.clear_cookies()
        page.goto(served[0] + "/enter/printed/")
        page.get_by_label("The printed code").fill(re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", printed.stdout)[0])
        page.get_by_role("button", name="Sign in").click()
        page.goto(served[0])

    return enter


def test_an_officer_hands_the_mandate_over_steps_back_and_returns(page, served, sign_in):
    phone = page.viewport_size["width"] < 500
    sign_in("Dee Farouk" if phone else "Bo Marchetti")
    page.get_by_role("link", name="My membership").click()
    accessible(page)
    page.get_by_role("link", name="Step back", exact=True).first.click()
    accessible(page)
    main = page.locator("main")
    assert "What stays" in main.inner_text()
    page.get_by_label(re.compile("(Server administrator|Treasurer), until")).check()
    page.get_by_role("button", name="Step back").click()
    assert "Mandates given back: 1" in main.inner_text()
    assert "Your mandates" not in main.inner_text()
    accessible(page)

    page.goto(served[0])
    accessible(page)
    assert "nothing else is asked of you" in main.inner_text()
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("button", name="Return").click()
    assert "You are back. Welcome." in main.inner_text()
    assert page.get_by_role("button", name="Return").count() == 0


def test_a_new_name_stands_on_the_motion_and_in_the_record(page, served, sign_in):
    sign_in("Eve Lindqvist")
    page.goto(served[0] + "/decide/?stage=decided")
    page.locator("main .lines .what").first.click()
    motion, main = page.url, page.locator("main")
    before = re.search(r"Moved by (.+?),", main.inner_text())[1]

    sign_in(before)
    page.get_by_role("link", name="My membership").click()
    page.get_by_role("link", name="Change my name").click()
    accessible(page)
    after = f"Wren {page.viewport_size['width']} Calloway"
    page.get_by_label("Name", exact=True).fill(after)
    page.get_by_role("button", name="Change my name").click()
    assert f"You go by {after}, everywhere." in main.inner_text()
    accessible(page)
    page.get_by_role("link", name="See your page as others do").click()
    accessible(page)

    sign_in("Eve Lindqvist")
    page.goto(motion)
    assert f"Moved by {after}" in main.inner_text()
    assert before not in main.inner_text()
    page.goto(served[0] + "/record/?kind=rename")
    assert f"{after} goes by a new name." in main.inner_text()


def test_every_page_of_mine_is_accessible(page, served, sign_in):
    sign_in("Eve Lindqvist")
    for address in ("mail/", "about/", "looks/", "leave/", "erase/"):
        page.goto(f"{served[0]}/people/me/{address}")
        accessible(page)
    page.goto(served[0] + "/people/roll/")
    accessible(page)
    page.goto(served[0] + "/people/me/looks/")
    assert "Eve Lindqvist" in page.locator("main").inner_text()
    accessible(page)
