"""From an empty folder to the first motion: on a phone and at a desk, by keyboard, and without JavaScript."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.journeys.test_member import accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.fixture
def unfounded(tmp_path):
    """``frombelow serve`` on a folder that is not there yet; gives the address and what it printed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    left_out = ("FROMBELOW_DATABASE", "FROMBELOW_MAIL", "FROMBELOW_DATA")
    server = subprocess.Popen(
        [sys.executable, "-m", "frombelow", "serve", "--data", str(tmp_path / "new"), "--port", str(port)],
        env={key: value for key, value in os.environ.items() if key not in left_out},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        said = [server.stdout.readline().strip() for _ in range(2)]
        address = f"http://localhost:{port}"
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield address, said
    finally:
        server.terminate()
        server.wait(20)


def a_page(chromium, address, width, height, script=True):
    """A page that has never been anywhere, with what it asked elsewhere and what its console said."""
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", java_script_enabled=script
    )
    page, trouble = context.new_page(), []
    page.on("request", lambda asked: None if asked.url.startswith(address) else trouble.append(asked.url))
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    return page, trouble


def type_in(page, label, words):
    """Into the field that the keyboard is in, if it is the one meant: no mouse."""
    field = page.get_by_label(label, exact=True).first
    for _ in range(40):
        if field.evaluate("field => field === document.activeElement"):
            return page.keyboard.type(words)
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {label}")


def found(page, said, check):
    """Through the six pages with the keyboard; Enter presses each page's main button."""
    check(page)
    type_in(page, "The founding code", said[1].partition("founding code: ")[2])
    page.keyboard.press("Enter")
    page.wait_for_url("**/kind/")
    check(page)
    type_in(page, "Its name", "Lindenhof Tenants")
    type_in(page, "Time zone", "Europe/Berlin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rules/")
    check(page)
    assert page.get_by_role("heading", level=1).inner_text() == "How do you decide?"
    type_in(page, "Days of debate", "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/founders/")
    check(page)
    type_in(page, "Your name", "Ada Okafor")
    type_in(page, "Name", "Bo Lund")
    page.keyboard.press("Enter")
    page.wait_for_url("**/offices/")
    check(page)
    page.get_by_role("button", name="Go on").click()
    check(page)
    assert "A motion is debated for 14 days." in page.locator("main").inner_text()
    page.get_by_role("button", name="Found Lindenhof Tenants").click()
    page.wait_for_url("**/codes/")


def move_the_first_motion(page, check):
    check(page)
    page.get_by_role("button", name="Show the codes").click()
    check(page)
    assert page.locator(".sheet").count() == 2
    page.get_by_role("link", name="Go on").click()
    check(page)
    page.get_by_role("link", name="Move the first motion").click()
    check(page)
    page.get_by_label("In one line").fill("Write to the landlord about the heating")
    page.get_by_label("The motion and its reasons").fill("It has been cold since October.")
    page.get_by_role("button", name="Move this motion").click()
    check(page)
    assert "You moved this motion." in page.locator("main").inner_text()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 900)], ids=["phone", "desktop"])
def test_from_an_empty_folder_to_the_first_motion(chromium, unfounded, width, height):
    address, said = unfounded
    assert said[0].endswith("/begin/")
    page, trouble = a_page(chromium, address, width, height)
    page.goto(address)
    found(page, said, accessible)
    move_the_first_motion(page, accessible)
    assert trouble == []
    page.context.close()


def test_the_same_without_javascript(chromium, unfounded):
    address, said = unfounded
    page, trouble = a_page(chromium, address, 360, 740, script=False)
    page.goto(address)
    found_without_script(page, said)
    move_the_first_motion(page, lambda page: None)
    assert trouble == []
    page.context.close()


def found_without_script(page, said):
    """As above; who looks for the keyboard's place needs a script, so fields are found by their labels."""
    go_on = page.get_by_role("button", name="Go on")
    page.get_by_label("The founding code").fill(said[1].partition("founding code: ")[2])
    go_on.click()
    page.get_by_label("Its name").fill("Lindenhof Tenants")
    page.get_by_label("Time zone").fill("Europe/Berlin")
    go_on.click()
    go_on.click()
    page.get_by_label("Your name").fill("Ada Okafor")
    page.get_by_role("button", name="One more row").click()
    assert page.get_by_label("Name", exact=True).count() == 3
    page.get_by_role("button", name="Back").click()
    go_on.click()
    assert page.get_by_label("Your name").input_value() == "Ada Okafor"
    page.get_by_label("Name", exact=True).first.fill("Bo Lund")
    go_on.click()
    go_on.click()
    page.get_by_role("button", name="Found Lindenhof Tenants").click()
