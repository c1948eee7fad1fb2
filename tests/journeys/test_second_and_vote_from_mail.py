"""A letter's link leads a member who is not signed in to the motion it is about, by way of a code: to second, to vote.

By keyboard alone, and without a script.
"""

import itertools
import re
import sqlite3

import pytest

from .test_member import accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
FUND, RECALL = "A fund for heating that fails", "Recall Ada Okafor as chair"
_turn = itertools.count()


class Keyboard:
    """A page used without a mouse: Tab to the control that is meant, then press it or write into it."""

    MOST = 80

    def __init__(self, page):
        self.page, self.place = page, page.locator(":focus")

    def reach(self, control, key="Tab"):
        for _ in range(self.MOST):
            if control.and_(self.place).count():
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the keyboard does not reach {control}")

    def press(self, name, role="button", key="Enter"):
        self.reach(self.page.get_by_role(role, name=name, exact=True))
        self.page.keyboard.press(key)

    def write(self, label, words):
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(words)

    def choose(self, answer):
        """Among radio buttons Tab goes to the group, the arrows go through it."""
        self.reach(self.page.get_by_role("radio"))
        self.reach(self.page.get_by_role("radio", name=answer, exact=True), "ArrowDown")
        self.page.keyboard.press("Space")


@pytest.fixture(scope="module")
def motions(chromium, server):
    """The addresses of the motions, as letters about them name them."""
    page = chromium.new_context().new_page()
    page.goto(server.address + "/enter/")
    page.get_by_label("Your mail address").fill("dee@demo.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The six digits").fill(server.mailed_code("dee@demo.example"))
    page.get_by_role("button", name="Sign in").click()
    page.goto(server.address + "/decide/")
    lines = page.locator("main .lines .what").all()
    found = {line.inner_text(): server.address + line.get_attribute("href") for line in lines}
    page.context.close()
    return found


@pytest.fixture
def member(server, motions):
    """The mail address of a member who did nothing about these motions yet; each time another's."""
    database = sqlite3.connect(f"file:{server.folder / 'frombelow.sqlite3'}?mode=ro", uri=True)
    kinds = "('second', 'move', 'step-back', 'return', 'leave', 'transfer', 'vote')"
    acts = database.execute(f"SELECT CAST(data AS TEXT) FROM door_entry WHERE kind IN {kinds}").fetchall()
    recall = motions[RECALL].split("/")[-2]
    busy = {re.search(r'"by":"(\w+)"', act)[1] for (act,) in acts if '"vote"' not in act or recall in act}
    cards = database.execute("SELECT person, mail FROM people_card WHERE mail LIKE '%.%@quayside.example'").fetchall()
    database.close()
    quiet = sorted(mail for person, mail in cards if person not in busy and not re.search(r"\d", mail))
    return quiet[next(_turn)]


def by_keyboard(page, server, motion, mail, check):
    """From the link in a letter to the motion."""
    keyboard = Keyboard(page)
    page.goto(motion)
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
    check(page)
    keyboard.write("Your mail address", mail)
    page.keyboard.press("Enter")
    page.wait_for_url("**/enter/code/")
    check(page)
    keyboard.write("The six digits", server.mailed_code(mail))
    keyboard.press("Sign in")
    page.wait_for_url(motion)
    check(page)
    return keyboard


def seconded_and_voted(page, server, motions, mail, check):
    main = page.locator("main")
    keyboard = by_keyboard(page, server, motions[FUND], mail, check)
    have = int(re.search(r"(\d) of the 5 that it needs", main.inner_text())[1])
    keyboard.press("Second this motion")
    page.get_by_role("status").wait_for()
    assert "You second this motion." in main.inner_text()
    assert f"{have + 1} of the 5 that it needs." in main.inner_text()
    check(page)
    keyboard.press("Take my second back", key="Space")  # the next member finds it as this one did
    page.get_by_text("You took your second back.").wait_for()
    keyboard.press("Sign out")
    page.get_by_text("You are signed out.").wait_for()

    keyboard = by_keyboard(page, server, motions[RECALL], mail, check)
    keyboard.choose("No")
    check(page)
    keyboard.press("Vote")
    page.get_by_role("status").wait_for()
    assert "Your answer is in the record." in main.inner_text()
    assert page.get_by_role("radio", name="No", exact=True).is_checked()
    check(page)


def test_a_member_comes_from_a_letter_and_seconds_and_votes_by_keyboard(page, server, motions, member):
    seconded_and_voted(page, server, motions, member, accessible)


def test_a_member_does_the_same_without_javascript(page_without_script, server, motions, member):
    seconded_and_voted(page_without_script, server, motions, member, lambda page: None)
