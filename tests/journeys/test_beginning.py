"""From an empty folder to the first motion: on a phone and at a desk, with JavaScript and without."""

import json
import subprocess
from types import SimpleNamespace

import pytest

from .access import accessible
from .conftest import ENVIRONMENT, FROMBELOW, PHONE, free_port, fresh_page, wait_for
from .keyboard import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture
def server(tmp_path):
    """``frombelow serve`` on a folder that is not there yet; has the address and what it printed."""
    port = free_port()
    command = [*FROMBELOW, "serve", "--data", str(tmp_path / "new"), "--port", str(port)]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    try:
        said = [process.stdout.readline().strip() for _ in range(2)]
        address = f"http://localhost:{port}"
        wait_for(address)
        yield SimpleNamespace(address=address, said=said)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def up_to_the_last_look(keyboard, said):
    """Through the six pages; Enter in a field presses the page's main button."""
    page, main = keyboard.page, keyboard.main
    keyboard.check()
    code = page.get_by_label("The founding code", exact=True)
    if keyboard.name.endswith("plain"):
        keyboard.write("The founding code", said[1].partition("founding code: ")[2])
    assert code.input_value() == said[1].partition("founding code: ")[2]  # by itself where there are scripts
    assert keyboard.name.endswith("plain") or "#" not in page.url
    keyboard.reach(code)
    keyboard.enter()
    keyboard.arrive("*/kind/")
    keyboard.check()
    keyboard.write("Its name", "Lindenhof Tenants")
    keyboard.write("Where your days end", "Berlin")
    keyboard.press("Go on")
    keyboard.arrive("*/rules/")
    keyboard.check()
    assert page.get_by_role("heading", level=1).inner_text() == "How do you decide?"
    keyboard.write("Days of debate", "21")
    keyboard.enter()
    keyboard.arrive("*/founders/")
    keyboard.check()
    the_founders(keyboard)
    keyboard.arrive("*/offices/")
    keyboard.check()
    holders = {
        "Chair": "Bo Lund",
        "Secretary": "Ada Okafor",
        "Treasurer": "nobody yet",
        "Server administrator": "Ada Okafor",
    }
    for office, holder in holders.items():
        keyboard.reach(page.get_by_role("group", name=office).get_by_label(holder, exact=True))
        page.keyboard.press("Space")
    keyboard.press("Go on")
    keyboard.check()
    assert "A motion is debated for 21 days." in main.inner_text()
    if not keyboard.name.endswith("plain"):
        make_card(keyboard)


def found(keyboard, said):
    up_to_the_last_look(keyboard, said)
    keyboard.press("Found Lindenhof Tenants")
    keyboard.arrive("*/codes/")


def make_card(keyboard):
    """Who founds has a card, which will seal the founding."""
    page = keyboard.page
    keyboard.press_here("Make my card")
    page.get_by_role("heading", name="Print it, or copy it by hand").wait_for()
    keyboard.check()
    words = page.locator(".keycard [data-words] li").all_inner_texts()
    page.emulate_media(media="print")
    assert page.locator(".keycard").is_visible()
    assert not page.get_by_role("heading", name="Founders").is_visible()
    page.emulate_media(media="screen")
    keyboard.press_here("I have it")
    page.get_by_role("heading", name="Three words of your card").wait_for()
    for label in page.locator("#card label:visible").all_inner_texts():
        keyboard.write(label, words[int(label.split()[-1]) - 1])
    keyboard.press_here("Go on")
    page.get_by_role("heading", name="Your card is ready").wait_for()
    keyboard.check()


def the_founders(keyboard):
    """Two; a row more and a page back lose nothing."""
    page = keyboard.page
    keyboard.write("Your name", "Ada Okafor")
    keyboard.press("One more row")
    assert page.get_by_label("Name", exact=True).count() == 3
    keyboard.press("Back")
    keyboard.arrive("*/rules/")
    keyboard.press("Go on")
    assert page.get_by_label("Your name").input_value() == "Ada Okafor"
    keyboard.write("Name", "Bo Lund")
    keyboard.enter()


def move_the_first_motion(keyboard):
    main = keyboard.main
    keyboard.check()
    keyboard.press("Show the codes")
    keyboard.check()
    assert main.locator(".sheet").count() == 2
    keyboard.follow("Go on")
    keyboard.check()
    keyboard.follow("Move the first motion")
    keyboard.check()
    keyboard.write("In one line", "Write to the landlord about the heating")
    keyboard.write("The motion and its reasons", "It has been cold since October.")
    keyboard.press("Move this motion")
    keyboard.check()
    assert "You moved this motion." in main.inner_text()


def test_from_an_empty_folder_to_the_first_motion(keyboard, server):
    keyboard.page.goto(server.said[0].partition(" on ")[2].replace("127.0.0.1", "localhost"))
    found(keyboard, server.said)
    move_the_first_motion(keyboard)
    keyboard.page.goto(f"{server.address}/record/entry/0/")
    entry = keyboard.main.inner_text()
    plain = keyboard.name.endswith("plain")
    assert [part in entry for part in ('"kind":"card"', '"seal":{')] == [not plain] * 2


def exchange_founders(act):
    act["founders"][0][1], act["founders"][1][1] = act["founders"][1][1], act["founders"][0][1]


LIES = {
    "other rules": lambda act: act.update(rulebook=act["rulebook"].replace("debate_days = 21", "debate_days = 1")),
    "another name": lambda act: act.update(name="Lindenhof Owners"),
    "a founder left out": lambda act: act["founders"].pop(),
    "a founder more": lambda act: act["founders"].append(["a" * 26, act["founders"][1][1]]),
    "names exchanged": exchange_founders,
    "another in office": lambda act: act["mandates"][0].__setitem__(1, act["by"]),
    "an office less": lambda act: act["mandates"].pop(),
    "hosts that nobody named": lambda act: act.update(hosts=["evil.example"]),
}


def answering(lie):
    """The server answers with another act than it would enter."""

    def swap(route):
        answer = route.fetch()
        said = answer.json()
        act = json.loads(said["act"])
        lie(act)
        text = json.dumps(act, separators=(",", ":"), ensure_ascii=False)
        assert text != said["act"]
        route.fulfill(response=answer, json={**said, "act": text})

    return swap


def test_a_card_seals_no_founding_that_the_page_does_not_show(chromium, server):
    with fresh_page(chromium, server.address, *PHONE) as page:
        keyboard = Keyboard(page, accessible)
        page.goto(server.said[0].partition(" on ")[2].replace("127.0.0.1", "localhost"))
        up_to_the_last_look(keyboard, server.said)
        for lie in LIES.values():
            page.route("**/look/", answering(lie))
            keyboard.press_here("Found Lindenhof Tenants")
            page.get_by_text("what the server would enter is not what this page shows").wait_for()
            page.unroute_all()
            assert "/look/" in page.url
        keyboard.press("Found Lindenhof Tenants")
        keyboard.arrive("*/codes/")
