"""A member votes in a browser that keeps a key: what is sealed stands beside the button, which works as before."""

import json
import re
import secrets

import pytest

from frombelow.cli.cards import key_id
from frombelow.keys.cards import SEED, Card

from .access import accessible
from .cards import SHARED, bound, read
from .conftest import DESK, PHONE, RECALL, another, asked, fresh_page
from .keyboard import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture
def newcomer(server, motions):
    """The mail address of a quiet member who never had a key."""
    had = "SELECT mail FROM people_card JOIN door_entry ON person = by WHERE kind = 'key.bind'"
    holders = {mail for (mail,) in asked(server, had)}
    return next(mail for mail in iter(lambda: another(server, motions), None) if mail not in holders)


def votes_of(server, mail, motion):
    """The answers of who has this address to this motion, as their entries have them."""
    ((person,),) = asked(server, f"SELECT person FROM people_card WHERE mail = '{mail}'")
    query = f"SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = 'vote.cast' AND by = '{person}' AND about"
    return [json.loads(entry) for (entry,) in asked(server, f"{query} = '{motion.split('/')[-2]}'")]


def test_a_vote_is_sealed_in_the_page(keyboard, server, motions, newcomer, enter_by_mail):
    page, script = keyboard.page, "plain" not in keyboard.name
    page.goto(motions[RECALL])
    enter_by_mail(keyboard, newcomer, check=False)
    keyboard.arrive(motions[RECALL])
    keyboard.check()
    keyboard.choose("Yes")
    said = page.get_by_text("What your key seals, beside your name: “voted yes.”")
    if script:
        said.wait_for()
        keyboard.check()
    keyboard.press("Vote")
    assert "You answered yes on " in keyboard.main.inner_text()
    (entry,) = votes_of(server, newcomer, motions[RECALL])
    assert entry["act"]["choice"] == "yes"
    assert ("seal" in entry) == script


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_a_letter_s_link_on_a_device_without_a_key_says_first_what_seals_there(
    chromium, server, motions, newcomer, enter_by_mail, size
):
    card = Card(secrets.token_bytes(SEED))
    with fresh_page(chromium, server.address, *DESK) as page:
        page.goto(motions[RECALL])
        page.evaluate(SHARED)
        enter_by_mail(Keyboard(page), newcomer, check=False)
        bound(page, card, only=True)
    with fresh_page(chromium, server.address, *size) as page:
        keyboard = Keyboard(page, accessible)
        page.goto(motions[RECALL])
        enter_by_mail(keyboard, newcomer, check=False)
        keyboard.arrive(motions[RECALL])
        said = page.get_by_text("Nothing stands in your name without a key of yours, and this browser has none.")
        said.wait_for()
        keyboard.check()
        assert said.bounding_box()["y"] < page.get_by_role("radio").first.bounding_box()["y"]
        keyboard.choose("Yes")
        keyboard.press_here("Vote")
        page.get_by_role("alert").get_by_text("Nothing was sent").wait_for()
        keyboard.press_here("Seal with my card")
        read(keyboard, " ".join(card.words()))
        page.get_by_text("What your key seals, beside your name: “voted yes.”").wait_for()
        keyboard.check()
        keyboard.press("Vote")
        assert "You answered yes on " in keyboard.main.inner_text()
    (entry,) = votes_of(server, newcomer, motions[RECALL])
    assert (entry["act"]["choice"], entry["seal"]["key"]) == ("yes", key_id(card))


SWAPPED = {
    "answer": lambda act: act.replace('"yes"', '"no"'),
    "vote": lambda act: re.sub(r'"poll":"\w{26}"', f'"poll":"{"a" * 26}"', act),
    "person": lambda act: re.sub(r'"by":"\w{26}"', f'"by":"{"a" * 26}"', act),
    "nonce": lambda act: re.sub(r'"nonce":"\w{26}"', f'"nonce":"{"a" * 26}"', act),
    "spelling": lambda act: act.replace('","', '", "', 1),
    "kind": lambda act: json.dumps({"kind": "member.leave", "by": json.loads(act)["by"]}, separators=(",", ":")),
}


@pytest.mark.parametrize("what", SWAPPED)
def test_a_server_that_swaps_what_is_sealed_gets_no_seal(chromium, server, motions, newcomer, enter_by_mail, what):
    def swap(route):
        answer = route.fetch()
        if "x-prepare" not in route.request.headers:
            return route.fulfill(response=answer)
        return route.fulfill(response=answer, json={"acts": [SWAPPED[what](act) for act in answer.json()["acts"]]})

    with fresh_page(chromium, server.address, *PHONE) as page:
        keyboard = Keyboard(page, accessible)
        page.goto(motions[RECALL])
        enter_by_mail(keyboard, newcomer, check=False)
        keyboard.arrive(motions[RECALL])
        page.route("**/vote/", swap)
        keyboard.choose("Yes")
        page.get_by_text("What your key seals").wait_for()
        keyboard.press_here("Vote")
        page.get_by_role("alert").get_by_text("what the server would enter is not what this page shows").wait_for()
        keyboard.check()
    assert votes_of(server, newcomer, motions[RECALL]) == []
