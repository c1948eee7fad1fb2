"""What a browser sealed and the record lost: it is told once, handed in again, and it is said what became of it."""

import json
import shutil
import time

import pytest

from tests import clubs
from tests.commands.conftest import run_in

from .access import accessible
from .conftest import DESK, Server, asked, free_port
from .keyboard import Keyboard
from .test_lost import go_back, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
LOST = "What you sealed here that is not in the record any more"


@pytest.fixture
def club(tmp_path):
    """A club of two whose administrator acts only with her keys."""
    frombelow = run_in(tmp_path)
    frombelow(*clubs.FOUNDING, "--founder", "Bo <bo@example.org>")
    clubs.open_quickly(tmp_path / clubs.KEY)
    frombelow("key", "only", "--key", "ada.key", "--data", "data")
    return frombelow


@pytest.fixture(params=[DESK], ids=["desktop"])
def bo(chromium, request):
    """Bo's browser, by keyboard."""
    context = chromium.new_context(viewport=dict(zip(("width", "height"), request.param, strict=True)))
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Keyboard(page, accessible)
    context.close()
    assert errors == []


def enter(keyboard, server):
    """Bo is signed in, and his browser has a light key that it made by itself."""
    keyboard.page.goto(server.address + "/enter/")
    keyboard.write("Your mail address", "bo@example.org")
    keyboard.press("Send me a code")
    keyboard.write("The six digits", server.mailed_code("bo@example.org"))
    keyboard.press("Sign in")
    keyboard.page.locator("#keys-here[data-found=has]").wait_for(state="attached")
    keyboard.page.locator("#remembered [data-say=kept]:visible").wait_for()


def move_and_step_back(keyboard, server):
    page = keyboard.page
    page.goto(server.address + "/decide/move/")
    keyboard.write("In one line", "Paint the hall")
    keyboard.write("The motion and its reasons", "It is grey.")
    _sealing(page)
    keyboard.press("Move this motion")
    page.goto(server.address + "/people/me/step-back/")
    _sealing(page)
    keyboard.press("Step back")
    page.wait_for_function(
        """async () => (await (await import("/static/ui/keys/kept.js")).get("acts")).every((each) => "index" in each)"""
    )


def _sealing(page):
    """The page's script is there, and seals what is pressed."""
    page.locator("main form[data-seals] [data-said]").first.wait_for(state="attached")


def acts_of(server, kind):
    """The sealed acts of this kind: what was said, and the seal."""
    found = asked(server, f"SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = '{kind}'")
    return [(entry["act"], entry["seal"]) for entry in (json.loads(data) for (data,) in found)]


@pytest.fixture
def lost(club, bo, tmp_path):
    """What Bo did and sealed is lost, and the record says so; Bo comes back."""
    server = Server(tmp_path / "data", free_port())
    with server.running():
        enter(bo, server)
    shutil.copytree(tmp_path / "data", tmp_path / "before")
    with server.running():
        move_and_step_back(bo, server)
        server.motion, server.step = acts_of(server, "motion.move"), acts_of(server, "member.step-back")
    go_back(tmp_path)
    club("resume", "--key", "ada.key", "--data", "data")
    return server


def come_back(keyboard, server):
    keyboard.page.clock.set_fixed_time(time.time() + 120)  # it looks at the record once a minute
    keyboard.page.goto(server.address + "/people/")
    keyboard.page.get_by_role("heading", name=LOST).wait_for()


def test_what_a_browser_sealed_and_the_record_lost_is_handed_in_again_and_told(lost, bo):
    page = bo.page
    with lost.running():
        come_back(bo, lost)
        part = page.locator("#lost-for-good #lost-acts")
        assert "Paint the hall" in part.locator("li").nth(0).inner_text()
        assert "stepped back" in part.locator("li").nth(1).inner_text()
        bo.check()
        assert acts_of(lost, "motion.move") == []
        bo.press_here("Hand it in again")
        part.get_by_text("It stands again").nth(1).wait_for()
        assert part.get_by_text("It stands again").count() == 2
        bo.check()
        assert [act for act, _ in acts_of(lost, "motion.move")] == [act for act, _ in lost.motion]
        [(again, seal)], [(was, old)] = acts_of(lost, "member.step-back"), lost.step
        assert (again, seal["n"]) == (was, old["n"])  # the number that the lost seal had
        assert seal["root"] != old["root"]  # it covers the history that goes on, with what it says of the loss
        assert asked(lost, "SELECT title, body FROM decide_wording") == [("Paint the hall", "It is grey.")]
        bo.press_here("I have read it. Go on")
        page.locator("#remembered [data-say=kept]:visible").wait_for()
        page.goto(lost.address + "/keys/")
        page.locator("#keys-here[data-found=has]").wait_for(state="attached")
        assert not page.get_by_role("heading", name=LOST).is_visible()


def test_what_the_rules_do_not_allow_any_more_is_not_taken_in_and_it_is_said_why(lost, bo, club, chromium):
    page = bo.page
    with lost.running():
        other = chromium.new_context(java_script_enabled=False)
        elsewhere = Keyboard(other.new_page())
        sign_in(elsewhere.page, club, lost.address, "Bo")
        elsewhere.page.goto(lost.address + "/people/me/step-back/")
        elsewhere.press("Step back")
        other.close()
        come_back(bo, lost)
        bo.press_here("I have read it. Go on")
        page.locator("#remembered [data-say=kept]:visible").wait_for()
        page.goto(lost.address + "/keys/")
        bo.press_here("Hand it in again")
        refused = page.locator("#lost-acts").get_by_role("alert")
        refused.wait_for()
        assert "It was not taken in again." in refused.inner_text()
        assert "Article" in refused.inner_text()
        bo.check()
        page.reload()
        refused.wait_for()
        assert len(acts_of(lost, "motion.move")) == 1
