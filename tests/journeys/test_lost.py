"""Entries are lost for good while a member's browser remembers them: it tells so once, and goes on."""

import re
import shutil
import time

import pytest

from frombelow.record import read_checkpoint
from tests import clubs
from tests.commands.conftest import run_in

from .access import accessible
from .conftest import PHONE, Server, free_port
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
MINUTES = 60_000


@pytest.fixture
def club(tmp_path):
    """A club whose administrator acts only with her keys."""
    frombelow = run_in(tmp_path)
    clubs.founded(frombelow, tmp_path)
    frombelow("key", "only", "--key", "ada.key", "--data", "data")
    return frombelow


def go_back(folder):
    """The disk dies: the database is that of before, and of the copy its last checkpoint is left."""
    data, before = folder / "data", folder / "before"
    for place in data.glob("frombelow.sqlite3*"):
        place.unlink()
    for place in before.glob("frombelow.sqlite3*"):
        shutil.copy2(place, data)
    shutil.copy2(before / "copy" / "entries", data / "copy" / "entries")


def sign_in(page, frombelow, address, name="Ada"):
    code = re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", frombelow("sign-in-code", name, "--data", "data"))[0]
    page.goto(address + "/enter/printed/")
    page.get_by_label("The printed code").fill(code)
    Keyboard(page).press("Sign in")


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_a_browser_that_remembers_lost_entries_tells_so_once_with_the_entry_that_says_it(
    chromium, club, size, tmp_path
):
    server = Server(tmp_path / "data", free_port())
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with server.running():
        sign_in(page, club, server.address)
    shutil.copytree(tmp_path / "data", tmp_path / "before")
    for _ in range(3):
        club("witness", "set", "--nobody", "--key", "ada.key", "--data", "data")
    with server.running():
        page.clock.set_fixed_time(int(time.time() * 1000) + 2 * MINUTES)
        page.goto(server.address + "/people/")
        page.locator("#remembered [data-say=kept]:visible").wait_for()
        kept = read_checkpoint(page.request.get(server.address + "/record/checkpoint").body())
    go_back(tmp_path)
    said = club("resume", "--key", "ada.key", "--data", "data")
    first = int(re.search(r"Entries (\d+) to (\d+) are lost", said)[1])
    with server.running():
        page.clock.set_fixed_time(int(time.time() * 1000) + 4 * MINUTES)
        page.goto(server.address + "/people/")
        page.get_by_role("heading", name="Entries of the record were lost").wait_for()
        lost = page.locator("#lost-for-good")
        assert f"Entries {first} to {kept.size - 1}," in lost.inner_text()
        assert not page.locator("#content").is_visible()
        accessible(page)
        with page.expect_download() as download:
            Keyboard(page).press_here("Download what was signed then and now", role="link")
        assert download.value.path().read_bytes().startswith(b"frombelow-fork/1\n")
        Keyboard(page).press_here("I have read it. Go on")
        page.locator("#remembered [data-say=kept]:visible").wait_for()
        page.goto(server.address + f"/record/entry/{first}/")
        assert "entries are lost for good" in page.locator("#content").inner_text()
        page.goto(server.address + "/answerability/server/")
        assert f"Entries {first} to {kept.size - 1} were lost for good" in page.locator("#content").inner_text()
    assert errors == []
    context.close()


def saw(page, address, minutes):
    """The browser looked at the record, so many minutes from now; what it remembers."""
    page.clock.set_fixed_time(int(time.time() * 1000) + minutes * MINUTES)
    page.goto(address + "/people/")
    page.locator("#remembered [data-say=kept]:visible").wait_for()
    return read_checkpoint(page.request.get(address + "/record/checkpoint").body())


def does(frombelow, times):
    for _ in range(times):
        frombelow("witness", "set", "--nobody", "--key", "ada.key", "--data", "data")


def test_a_loss_that_a_browser_knew_is_no_excuse_for_another(chromium, club, tmp_path):
    server = Server(tmp_path / "data", free_port())
    context = chromium.new_context()
    page = context.new_page()
    with server.running():
        sign_in(page, club, server.address)
    shutil.copytree(tmp_path / "data", tmp_path / "before")
    does(club, 8)
    with server.running():
        held = saw(page, server.address, 2).size
    go_back(tmp_path)
    club("resume", "--key", "ada.key", "--data", "data")
    with server.running():
        page.clock.set_fixed_time(int(time.time() * 1000) + 4 * MINUTES)
        page.goto(server.address + "/people/")
        page.get_by_role("heading", name="Entries of the record were lost").wait_for()
        Keyboard(page).press_here("I have read it. Go on")
        page.locator("#remembered [data-say=kept]:visible").wait_for()
    shutil.rmtree(tmp_path / "before")
    shutil.copytree(tmp_path / "data", tmp_path / "before")
    does(club, 2)
    with server.running():
        assert saw(page, server.address, 6).size < held
    go_back(tmp_path)
    shutil.rmtree(tmp_path / "data" / "copy")  # nothing is said of this loss
    does(club, 1)
    with server.running():
        page.clock.set_fixed_time(int(time.time() * 1000) + 8 * MINUTES)
        page.goto(server.address + "/people/")
        page.get_by_role("heading", name="The history of this organization was changed").wait_for()
    context.close()


def test_a_loss_that_shows_as_a_button_is_pressed_is_told_as_a_loss(chromium, club, tmp_path):
    server = Server(tmp_path / "data", free_port())
    context = chromium.new_context()
    page = context.new_page()
    (tmp_path / "members.csv").write_text("name,mail\nBo,bo@example.org\n")
    club("import-roll", "members.csv", "--yes", "--key", "ada.key", "--data", "data")
    with server.running():
        sign_in(page, club, server.address, "Bo")
        page.goto(server.address + "/keys/")
        Keyboard(page).press_here("Let this browser seal for me")
        page.locator("#keys-here[data-found=has]").wait_for(state="attached")
    shutil.copytree(tmp_path / "data", tmp_path / "before")
    does(club, 3)
    with server.running():
        saw(page, server.address, 2)
    go_back(tmp_path)
    club("resume", "--key", "ada.key", "--data", "data")
    with server.running():
        # The last look was a moment ago, so that only the press finds out.
        page.goto(server.address + "/people/me/step-back/", wait_until="networkidle")
        page.get_by_role("button", name="Step back").click()
        page.get_by_role("heading", name="Entries of the record were lost").wait_for()
        assert not page.get_by_role("heading", name="The history of this organization was changed").is_visible()
    context.close()


def test_a_key_that_was_bound_after_a_loss_is_not_gone_with_it(chromium, club, tmp_path):
    """Else a server could drop it, and point at what was lost before it."""
    server = Server(tmp_path / "data", free_port())
    page = (context := chromium.new_context()).new_page()
    (tmp_path / "members.csv").write_text("name,mail\nBo,bo@example.org\n")
    club("import-roll", "members.csv", "--yes", "--key", "ada.key", "--data", "data")
    shutil.copytree(tmp_path / "data", tmp_path / "before")
    does(club, 20)
    go_back(tmp_path)
    club("resume", "--key", "ada.key", "--data", "data")
    with server.running():
        sign_in(page, club, server.address, "Bo")
        page.goto(server.address + "/keys/")
        Keyboard(page).press_here("Let this browser seal for me")
        page.locator("#keys-here[data-found=has]").wait_for(state="attached")
        page.goto(server.address + "/people/", wait_until="networkidle")
        key = page.locator("#keys-here").get_attribute("data-live").partition(":")[0]
        page.route("**/people/", lambda route: route.fulfill(body=route.fetch().text().replace(key, "")))
        page.goto(server.address + "/people/")
        page.locator("#gone").wait_for()
    context.close()
