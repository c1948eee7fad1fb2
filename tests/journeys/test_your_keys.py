"""Your keys: a second device, a passkey that seals, a stolen phone; each browser is a device of its own."""

import hashlib
import re
import time
from contextlib import ExitStack

import pytest

from frombelow.keys.card_words import listed
from tests import ready

from .access import accessible
from .cards import film, filming
from .conftest import DESK, ENVIRONMENT, MEMBERS, PHONE, a_union, asked, fresh_page, mail_of, sign_in_by_mail
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
KEEPS = "This browser keeps a key of yours."
FINGER = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
RECEIPT_KEPT = """async () => {
  const { get } = await import("/static/ui/keys/kept.js");
  while (!(await get("key")).receipt) await new Promise((again) => setTimeout(again, 50));
}"""
SAW = """async () => {
  let known = [];
  const [{ get }, { here }] = await Promise.all(
    ["kept", "here"].map((name) => import(`/static/ui/keys/${name}.js`)));
  while (!here.live.every((key) => known?.includes(key))) {
    known = await get("known");
    await new Promise((again) => setTimeout(again, 50));
  }
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
    with a_union(folder, MEMBERS[:16]) as started:
        environment = {
            **ENVIRONMENT,
            "FROMBELOW_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "frombelow_site.settings",
        }
        assert ready.run("-c", HOSTS, env=environment).returncode == 0
        yield started


def passkey_added(page, keyboard, server):
    """This browser's authenticator has a passkey that seals for who is signed in; what drives it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    page.goto(server.address + "/enter/ways/")
    keyboard.press_here("Add a passkey")
    page.get_by_text("The passkey was added").wait_for()
    page.goto(server.address + "/keys/")
    page.get_by_role("button", name="Let it seal too").click()
    page.locator("#keys-here[data-passkeys][data-found]").wait_for(state="attached")
    return lambda asked, **said: session.send(f"WebAuthn.{asked}", {"authenticatorId": made["authenticatorId"], **said})


@pytest.fixture
def device(chromium, server):
    """A browser on a device of its own in which this member signed in by mail."""
    with ExitStack() as open_:

        def begin(name, size=PHONE, browser=chromium):
            page = open_.enter_context(fresh_page(browser, server.address, *size))
            sign_in_by_mail(page, server, name)
            page.goto(server.address + "/keys/")
            return page, Keyboard(page, accessible)

        yield begin


def kinds(server, name):
    """What this member did, in its order, each with whether it is sealed."""
    ((person,),) = asked(server, f"SELECT person FROM people_card WHERE mail = '{mail_of(name)}'")
    rows = asked(server, f"SELECT kind, CAST(data AS TEXT) FROM door_entry WHERE by = '{person}' ORDER BY \"index\"")
    return [(kind, '"seal":' in data) for kind, data in rows]


OWN = "async () => (await (await import('/static/ui/keys/kept.js')).get('key')).public"


def four_words(server, name, public):
    """What both devices show of this key, as anybody computes it who has the lists of words."""
    ((note,),) = asked(server, "SELECT note FROM door_signedcheckpoint LIMIT 1")
    ((person,),) = asked(server, f"SELECT person FROM people_card WHERE mail = '{mail_of(name)}'")
    about = ["frombelow/pairing/1", note.decode().split("\n")[0], person, "p256", public]
    made = hashlib.pbkdf2_hmac("sha256", "\n".join(about).encode(), b"frombelow/pairing/1", 300_000, 6)
    bits = f"{int.from_bytes(made):048b}"
    return " ".join(listed("en")[int(bits[n : n + 11], 2)] for n in range(0, 44, 11))


def test_a_second_device_is_added_by_the_first_when_both_show_the_same(server, device):
    first, one = device(MEMBERS[0])
    first.get_by_text(KEEPS).wait_for()
    second, other = device(MEMBERS[0], DESK)
    second.get_by_text("This browser keeps no key of yours.").wait_for()
    other.check()
    other.press_here("Let this browser seal for me")
    waits = second.locator("#waits [data-four]")
    waits.wait_for()
    assert second.get_by_role("button", name="Let this browser seal for me").is_hidden()
    other.check()
    first.reload()
    shown = first.locator("[data-pair] [data-four]")
    shown.get_by_text(waits.inner_text(), exact=True).wait_for()
    assert shown.inner_text() == four_words(server, MEMBERS[0], second.evaluate(OWN))
    one.check()
    one.press("They are the same: add it")
    second.get_by_text(KEEPS).wait_for()
    assert kinds(server, MEMBERS[0])[-2:] == [("key.bind", False), ("key.add", True)]


def test_a_second_device_is_added_by_scanning_its_code_which_holds_its_key_s_id_alone(
    chromium, server, device, tmp_path
):
    place = tmp_path / "camera.y4m"
    film(place, "frombelow-pair-1:" + "a" * 26)  # no device that waits
    with filming(chromium, place) as browser:
        first, one = device(MEMBERS[9], PHONE, browser)
        first.get_by_text(KEEPS).wait_for()
        second, other = device(MEMBERS[9], DESK)
        other.press_here("Let this browser seal for me")
        second.get_by_role("img", name="The code of this browser’s key").wait_for()
        other.check()
        first.reload()
        first.get_by_role("button", name="Scan the code that it shows, and add it").wait_for()
        one.press_here("Scan the code that it shows, and add it")
        first.get_by_role("alert").filter(has_text="no device waits here with the key of this code").wait_for()
        one.check()
        film(place, "frombelow-pair-1:" + second.evaluate(OWN.replace("public", "key")))
        with first.expect_navigation():
            one.press_here("Scan the code that it shows, and add it")
        second.get_by_text(KEEPS).wait_for()
    assert kinds(server, MEMBERS[9])[-1] == ("key.add", True)


def test_where_the_camera_is_refused_the_words_are_compared(server, device):
    first, one = device(MEMBERS[10])
    first.get_by_text(KEEPS).wait_for()
    second, other = device(MEMBERS[10], DESK)
    other.press_here("Let this browser seal for me")
    second.locator("#waits [data-four]").wait_for()
    first.reload()
    first.get_by_role("button", name="Scan the code that it shows, and add it").wait_for()
    one.press_here("Scan the code that it shows, and add it")
    first.get_by_role("alert").filter(has_text="Compare the words instead").wait_for()
    one.check()


def test_a_server_that_shows_the_second_device_s_key_beside_a_button_for_another_is_found_out(server, device):
    first, _ = device(MEMBERS[11])
    first.get_by_text(KEEPS).wait_for()
    second, other = device(MEMBERS[11], DESK)
    other.press_here("Let this browser seal for me")
    waits = second.locator("#waits [data-four]")
    waits.wait_for()
    own = second.evaluate(OWN)

    def swap(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(own, "A" + own[1:-2] + "AA"))

    first.route("**/keys/", swap)
    first.goto(server.address + "/keys/")
    shown = first.locator("[data-pair] [data-four]")
    shown.filter(has_text=re.compile(r"\w")).wait_for()
    assert shown.inner_text() != waits.inner_text()


def test_what_was_written_before_this_browser_had_a_key_stays_and_is_sealed_once_it_has_one(server, device):
    first, _ = device(MEMBERS[12])
    first.get_by_text(KEEPS).wait_for()
    second, other = device(MEMBERS[12], DESK)
    second.goto(server.address + "/decide/move/")
    said = second.get_by_text("You have keys, and none of them is in this browser")
    said.wait_for()
    other.write("In one line", "A bench for the yard")
    other.write("The motion and its reasons", "Old people stand there.")
    with second.expect_popup() as opened:
        other.press_here("Let this browser seal (opens beside this page)", role="link")
    beside = opened.value
    beside.get_by_role("button", name="Let this browser seal for me").click()
    beside.locator("#waits [data-four]").wait_for()
    first.reload()
    first.get_by_role("button", name="They are the same: add it").click()
    beside.get_by_text(KEEPS).wait_for()
    beside.evaluate(RECEIPT_KEPT)
    beside.close()
    second.evaluate("dispatchEvent(new Event('focus'))")
    said.wait_for(state="hidden")
    other.press("Move this motion")
    second.get_by_role("heading", name="A bench for the yard").wait_for()
    assert kinds(server, MEMBERS[12])[-2:] == [("key.add", True), ("motion.move", True)]


def test_a_stolen_phone_s_key_is_ended_in_two_presses_and_the_page_says_that_it_has(server, device):
    phone, _ = device(MEMBERS[1])
    phone.get_by_text(KEEPS).wait_for()
    desk, keyboard = device(MEMBERS[1], DESK)
    keyboard.press_here("Let this browser seal for me")
    desk.locator("#waits [data-four]").wait_for()
    phone.reload()
    phone.get_by_role("button", name="They are the same: add it").click()
    desk.get_by_text(KEEPS).wait_for()
    this = desk.get_by_text("This is the key of this browser.").locator("visible=true")
    this.wait_for()
    lines = desk.locator("ul.lines > li").filter(has_not=this)
    lines.get_by_role("button", name="End this key").click()
    assert kinds(server, MEMBERS[1])[-1] == ("key.add", True)
    desk.wait_for_timeout(1_000)  # two presses at once are one
    with desk.expect_navigation():
        lines.get_by_role("button", name="Press again: it ends for good").click()
    desk.locator(":focus").get_by_text("It is done: this key has ended.").wait_for()
    keyboard.check()
    phone.reload()
    phone.get_by_text("The key in this browser has ended.").wait_for()
    assert kinds(server, MEMBERS[1])[-1] == ("key.end", True)


def test_a_passkey_seals_where_a_browser_has_no_key(server, device):
    page, keyboard = device(MEMBERS[2], DESK)
    passkey_added(page, keyboard, server)
    keyboard.check()
    assert kinds(server, MEMBERS[2])[-1] == ("key.add", True)
    page.get_by_label("This is a shared computer: keep no key here").check()
    with page.expect_navigation():
        page.get_by_role("button", name="End it, and keep no key here").click()
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


def test_the_tick_for_a_shared_computer_alone_ends_no_key(server, device):
    page, keyboard = device(MEMBERS[13])
    page.get_by_text(KEEPS).wait_for()
    box = page.get_by_label("This is a shared computer: keep no key here")
    box.check()
    page.get_by_role("button", name="End it, and keep no key here").wait_for()
    keyboard.check()
    box.uncheck()
    page.reload()
    page.get_by_text(KEEPS).wait_for()
    assert not box.is_checked()
    assert kinds(server, MEMBERS[13]) == [("key.bind", False)]
    box.check()
    with page.expect_navigation():
        page.get_by_role("button", name="End it, and keep no key here").click()
    page.locator(":focus").get_by_text("It is done: this key has ended.").wait_for()
    page.get_by_text("On this shared computer no key is kept.").wait_for()


def test_a_passkey_that_does_not_verify_its_owner_seals_nothing_and_the_page_says_so(server, device):
    page, keyboard = device(MEMBERS[8])
    authenticator = passkey_added(page, keyboard, server)
    page.get_by_label("This is a shared computer: keep no key here").check()
    with page.expect_navigation():
        page.get_by_role("button", name="End it, and keep no key here").click()
    authenticator("setUserVerified", isUserVerified=False)
    page.goto(server.address + "/people/me/step-back/")
    keyboard.press_here("Step back")
    page.get_by_role("alert").filter(has_text="your passkey did not answer, or its device did not know you").wait_for()
    keyboard.check()
    assert kinds(server, MEMBERS[8])[-1] == ("key.end", True)
    authenticator("setUserVerified", isUserVerified=True)
    page.reload()
    keyboard.press("Step back")
    page.get_by_role("button", name="Return").wait_for()
    assert kinds(server, MEMBERS[8])[-1] == ("member.step-back", True)


def test_a_device_says_once_that_a_key_was_added_which_it_does_not_know(server, device):
    first, one = device(MEMBERS[3])
    first.get_by_text(KEEPS).wait_for()
    second, other = device(MEMBERS[3], DESK)
    other.press_here("Let this browser seal for me")
    second.locator("#waits [data-four]").wait_for()
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


def test_a_browser_is_not_alarmed_by_a_key_that_its_own_member_added_in_it(server, device):
    first, one = device(MEMBERS[14])
    first.get_by_text(KEEPS).wait_for()
    second, other = device(MEMBERS[14], DESK)
    other.press_here("Let this browser seal for me")
    second.locator("#waits [data-four]").wait_for()
    first.reload()
    first.locator("#keys-here[data-found]").wait_for(state="attached")
    one.press("They are the same: add it")
    first.locator(":focus").get_by_text("The key is added to yours.").wait_for()
    passkey_added(second, other, server)
    for page in (first, second):
        page.goto(server.address + "/keys/")
        page.locator("#keys-here[data-found]").wait_for(state="attached")
        page.evaluate(SAW)
    assert first.get_by_text("A key was added to yours").is_visible()  # the passkey came by the other
    assert not second.get_by_text("A key was added to yours").is_visible()


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
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
