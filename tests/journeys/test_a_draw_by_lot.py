"""A draw by lot, on a phone and by keyboard: proposed, decided, contributed to, rolled with dice before three witnesses,
accepted, declined, and the next comes in; and those who were drawn in an audit are asked."""

import json
import re

import pytest

from frombelow.keys.cards import Card

from .access import accessible
from .cards import SHARED, read
from .conftest import ENVIRONMENT, MEMBERS, PHONE, Server, asked, free_port, fresh_page, ready
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
DICE = "1 6 2 3 4 5 5 1 2 6 3 3 4 1 2 6"
TOLD = {}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn") / "data"
    folder.mkdir()
    done = ready.run("-m", "tests.journeys.drawn_union", str(folder), env=ENVIRONMENT, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    TOLD.update(json.loads(done.stdout.splitlines()[-1]))
    with Server(folder, free_port()).running() as started:
        yield started


@pytest.fixture(scope="module")
def keyboard(chromium, server):
    with fresh_page(chromium, server.address, *PHONE) as page:
        page.set_default_timeout(30_000)
        yield Keyboard(page, accessible, "phone")


def with_card(keyboard, name):
    """This page seals by the card of this member, on a computer that keeps no key."""
    keyboard.press_here("Seal with my card")
    read(keyboard, " ".join(Card(bytes.fromhex(TOLD["cards"][name])).words()))
    keyboard.page.get_by_role("heading", name="Your card is read").wait_for()


def draw(server, which):
    return f"{server.address}/draws/{TOLD[which]}/"


def called(server, row):
    """Who stands in this row of the draw that was rolled."""
    query = (
        f"SELECT name FROM people_card JOIN draws_place USING (person) WHERE draw = '{TOLD['dice']}' AND number = {row}"
    )
    return asked(server, query)[0][0]


def rows(page):
    """The rows that sit, as the page shows them."""
    return [int(text) for text in page.get_by_role("table", name="Who sits").get_by_role("rowheader").all_inner_texts()]


def test_a_member_proposes_a_draw_with_quotas_beside_who_there_is(keyboard, server, sign_in):
    page, main = keyboard.page, keyboard.main
    sign_in(page, MEMBERS[8])
    page.evaluate(SHARED)
    page.goto(server.address + "/draws/")
    keyboard.check()
    keyboard.follow("Move a draw by lot")
    keyboard.check()
    keyboard.tick("Years of membership")
    keyboard.press("Show these groups")
    keyboard.check()
    for band, (least, most) in {"0–1": ("2", "3"), "2–4": ("0", "3"), "5+": ("0", "3")}.items():
        keyboard.write(f"At least: {band}", least)
        keyboard.write(f"At most: {band}", most)
    keyboard.write("What for", "Look at the stairs")
    keyboard.write("How many are drawn", "3")
    keyboard.write("In one line", "Three of us look at the stairs")
    keyboard.write("The motion and its reasons", "They creak.")
    keyboard.reach(page.get_by_label("Their task is over at the end of"))
    page.get_by_label("Their task is over at the end of").fill("2031-01-31")
    keyboard.press("Move this motion")
    assert "Draw by lot: Look at the stairs" in main.inner_text()
    keyboard.check()


def test_a_member_decides_on_one(keyboard, server, sign_in):
    page = keyboard.page
    sign_in(page, MEMBERS[8])
    page.goto(f"{server.address}/decide/{TOLD['vote']}/")
    assert "Shall 2 members be drawn by lot: registrars" in keyboard.main.inner_text()
    keyboard.choose("Yes")
    keyboard.press("Vote")
    assert "Your answer is in the record." in keyboard.main.inner_text()
    keyboard.check()


def test_a_member_contributes_by_their_card(keyboard, server, sign_in):
    page, name = keyboard.page, MEMBERS[6]
    sign_in(page, name)
    page.goto(draw(server, "given"))
    keyboard.check()
    with_card(keyboard, name)
    keyboard.press("Contribute")
    assert "You contributed." in keyboard.main.inner_text()
    assert "1 contribution" in keyboard.main.inner_text()
    (entry,) = asked(server, "SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = 'draws.contribute'")
    assert re.search(r'"value":"[0-9a-f]{64}"', entry[0])
    assert len(set(re.search(r'"value":"([0-9a-f]{64})"', entry[0])[1])) > 4


def test_three_witnesses_see_the_dice_and_the_panel_follows(keyboard, server, sign_in):
    page = keyboard.page
    for name in MEMBERS[3:6]:
        sign_in(page, name)
        page.goto(draw(server, "dice"))
        keyboard.check()
        with_card(keyboard, name)
        keyboard.write("What the dice showed", DICE)
        keyboard.press("Say what I saw")
        assert "What you saw stands in the record." in keyboard.main.inner_text()
    assert len(rows(page)) == 3
    keyboard.check()


def test_one_who_was_drawn_accepts_another_declines_and_the_next_comes_in(keyboard, server, sign_in):
    page = keyboard.page
    page.goto(draw(server, "dice"))
    first, second, third = rows(page)
    for row, button, said in (
        (first, "Accept the seat", "You accepted."), (second, "Decline, and let the next come in", "You declined."),
    ):  # fmt: skip
        name = called(server, row)
        sign_in(page, name)
        page.goto(draw(server, "dice"))
        keyboard.check()
        if name in TOLD["cards"]:
            with_card(keyboard, name)
        keyboard.press(button)
        assert said in keyboard.main.inner_text()
    after = rows(page)
    assert second not in after
    (comes,) = set(after) - {first, third}
    assert called(server, first) in keyboard.main.inner_text()
    sign_in(page, called(server, comes))
    page.goto(server.address + "/")
    assert "You were drawn by lot. Accept or decline: Look at the roof" in keyboard.main.inner_text()
    page.goto(draw(server, "dice"))
    assert "You were drawn" in keyboard.main.inner_text()
    keyboard.check()


def test_whoever_was_drawn_to_ask_seals_what_they_found(keyboard, server, sign_in):
    page, main, name = keyboard.page, keyboard.main, TOLD["asker"]
    sign_in(page, name)
    page.goto(draw(server, "audit"))
    keyboard.check()
    assert "0 of 4 asked so far; none false." in main.inner_text()
    keyboard.follow("See whom to ask")
    keyboard.check()
    others = [each for each in TOLD["cards"] if each != name]
    assert set(others) <= set(main.get_by_role("heading", level=2).all_inner_texts())
    with_card(keyboard, name)
    keyboard.reach(page.get_by_role("button", name="All of it is theirs").first)
    page.keyboard.press("Enter")
    page.get_by_text("What you found stands in the record.").wait_for()
    assert page.get_by_role("button", name="All of it is theirs").count() == 2
    keyboard.check()
    (entry,) = asked(server, "SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = 'draws.found'")
    assert '"seal"' in entry[0]
    page.goto(draw(server, "audit"))
    assert "1 of 4 asked so far; none false." in main.inner_text()
    keyboard.check()
