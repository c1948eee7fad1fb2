"""Your keys: a second device, a passkey that seals, a stolen phone; each browser is a device of its own."""

import re
import time
from contextlib import ExitStack

import pytest

from tests import ready

from .access import accessible
from .conftest import DESK, ENVIRONMENT, MEMBERS, PHONE, a_union, asked, fresh_page, mail_of
from .keyboard import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
KEEPS = "This browser keeps a key of yours."
FINGER = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
RECEIPT_KEPT = """async () => {
  const { get } = await import("/static/ui/keys/kept.js");
  while (!(await get("key")).receipt) await new Promise((again) => setTimeout(again, 50));
}"""
HOSTS = """
import django
django.setup()
from frombelow.polity.server.acts import SetHosts
from frombelow_site.door import perform, polity
(mandate,) = [m for m in polity().mandates.values() if polity().offices[m.office].key == "administrator"]
perform(SetHosts(by=mandate.person, under=mandate.id, hosts=("localhost",)))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys") / "data"
    with a_union(folder, MEMBERS[:8]) as started:
        environment = {
            **ENVIRONMENT,
            "FROMBELOW_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "frombelow_site.settings",
        }
        assert ready.run("-c", HOSTS, env=environment).returncode == 0
        yield started


@pytest.fixture
def device(chromium, server):
    """A browser on a device of its own in which this member signed in by mail."""
    with ExitStack() as open_:

        def begin(name, size=PHONE):
            page = open_.enter_context(fresh_page(chromium, server.address, *size))
            page.goto(server.address + "/enter/")
            page.get_by_label("Your mail address").fill(mail_of(name))
            page.get_by_role("button", name="Send me a code").click()
            page.get_by_label("The six digits").fill(server.mailed_code(mail_of(name)))
            page.get_by_role("button", name="Sign in").click()
            page.locator("#keys-here[data-found]").wait_for(state="attached")
            page.goto(server.address + "/keys/")
            return page, Keyboard(page, accessible)

        yield begin


def kinds(server, name):
    """What this member did, in its order, each with whether it is sealed."""
    ((person,),) = asked(server, f"SELECT person FROM people_card WHERE mail = '{mail_of(name)}'")
    rows = asked(server, f"SELECT kind, CAST(data AS TEXT) FROM door_entry WHERE by = '{person}' ORDER BY \"index\"")
    return [(kind, '"seal":' in data) for kind, data in rows]


def test_a_second_device_is_added_by_the_first_when_both_show_the_same(server, device):
    first, one = device(MEMBERS[0])
    first.get_by_text(KEEPS).wait_for()
    second, other = device(MEMBERS[0], DESK)
    second.get_by_text("This browser keeps no key of yours.").wait_for()
    other.check()
    other.press_here("Let this browser seal for me")
    letters = second.locator("#waits code")
    letters.wait_for()
    other.check()
    first.reload()
    shown = first.locator("code[data-groups]")
    assert shown.inner_text() == letters.inner_text()
    assert re.fullmatch(r"(\w{4} ){3}\w{4}", shown.inner_text())
    one.check()
    one.press("They are the same: add it")
    second.get_by_text(KEEPS).wait_for()
    assert kinds(server, MEMBERS[0])[-2:] == [("key.bind", False), ("key.add", True)]


def test_a_stolen_phone_s_key_is_ended_in_two_presses(server, device):
    phone, _ = device(MEMBERS[1])
    phone.get_by_text(KEEPS).wait_for()
    desk, keyboard = device(MEMBERS[1], DESK)
    keyboard.press_here("Let this browser seal for me")
    desk.locator("#waits code").wait_for()
    phone.reload()
    phone.get_by_role("button", name="They are the same: add it").click()
    desk.get_by_text(KEEPS).wait_for()
    this = desk.get_by_text("This is the key of this browser.").locator("visible=true")
    this.wait_for()
    lines = desk.locator("ul.lines > li").filter(has_not=this)
    with desk.expect_navigation():
        lines.get_by_role("button", name="End this key").click()
    phone.reload()
    phone.get_by_text("The key in this browser has ended.").wait_for()
    assert kinds(server, MEMBERS[1])[-1] == ("key.end", True)


def test_a_passkey_seals_where_a_browser_has_no_key(server, device):
    page, keyboard = device(MEMBERS[2], DESK)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    page.goto(server.address + "/enter/ways/")
    keyboard.press_here("Add a passkey")
    page.get_by_text("The passkey was added").wait_for()
    page.goto(server.address + "/keys/")
    keyboard.check()
    page.get_by_role("button", name="Let it seal too").click()
    page.locator("#keys-here[data-passkeys][data-found]").wait_for(state="attached")
    assert kinds(server, MEMBERS[2])[-1] == ("key.add", True)
    with page.expect_navigation():
        page.get_by_label("This is a shared computer: keep no key here").check()
    assert kinds(server, MEMBERS[2])[-1] == ("key.end", True)
    page.get_by_text("A passkey of yours seals what you do here.").wait_for()
    keyboard.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Only with my keys").click()
    page.locator(".lead").get_by_text("Nothing stands in your name without a key of yours").wait_for()
    page.goto(server.address + "/people/me/step-back/")
    keyboard.press("Step back")
    page.get_by_role("button", name="Return").wait_for()
    assert kinds(server, MEMBERS[2])[-2:] == [("key.only", True), ("member.step-back", True)]


def test_a_device_says_once_that_a_key_was_added_which_it_does_not_know(server, device):
    first, one = device(MEMBERS[3])
    first.get_by_text(KEEPS).wait_for()
    second, other = device(MEMBERS[3], DESK)
    other.press_here("Let this browser seal for me")
    second.locator("#waits code").wait_for()
    third, _ = device(MEMBERS[3], DESK)
    third.get_by_text("This browser keeps no key of yours.").wait_for()
    first.reload()
    one.press("They are the same: add it")
    second.get_by_text(KEEPS).wait_for()
    said = third.get_by_text("A key was added to yours that this browser has not seen before.")
    third.reload()
    said.wait_for()
    third.reload()
    third.locator("#keys-here[data-found]").wait_for(state="attached")
    assert not said.is_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desktop"])
def test_where_the_record_has_lost_this_browser_s_key_the_page_is_covered_until_the_receipt_is_kept(
    server, device, size, tmp_path
):
    page, keyboard = device(MEMBERS[4 if size == PHONE else 5], size)
    page.get_by_text(KEEPS).wait_for()
    page.evaluate(RECEIPT_KEPT)

    def forget(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'data-live="[^"]*"', 'data-live=""', answer.text()))

    page.route("**/keys/", forget)
    page.goto(server.address + "/keys/")
    page.get_by_role("heading", name="The record does not know the key of this browser any more").wait_for()
    assert not page.locator("#content").is_visible()
    keyboard.check()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the receipt of my key").click()
    receipt = (tmp_path / "receipt", download.value.save_as(tmp_path / "receipt"))[0].read_text()
    assert receipt.startswith("c2sp.org/tlog-proof@v1")
    page.get_by_role("button", name="I kept the file and showed it to others").click()
    page.get_by_text("This browser keeps no key of yours.").wait_for()


def test_after_a_browser_lost_its_key_it_says_so_and_how_another_comes(server, device):
    page, keyboard = device(MEMBERS[6])
    page.get_by_text(KEEPS).wait_for()
    page.evaluate("indexedDB.deleteDatabase('frombelow-keys')")
    page.reload()
    page.get_by_text("This browser keeps no key of yours.").wait_for()
    keyboard.check()
    keyboard.press_here("Let this browser seal for me")
    page.get_by_text("Open “Your keys” on a device that has a key of yours.").wait_for()
    page.goto(server.address + "/people/me/step-back/")
    page.get_by_text("You have keys, and none of them is in this browser").wait_for()
    keyboard.check()


def test_a_browser_that_was_away_for_a_year_seals_once_its_owner_said_which_date_is_right(server, device):
    page, _ = device(MEMBERS[7])
    page.get_by_text(KEEPS).wait_for()
    page.clock.install(time=time.time() - 365 * 86_400)
    page.goto(server.address + "/people/me/step-back/")
    page.get_by_role("button", name="Step back").click()
    page.get_by_role("button", name=re.compile("^The server:")).click()
    page.get_by_role("button", name="Return").wait_for()
    assert kinds(server, MEMBERS[7])[-1] == ("member.step-back", True)
