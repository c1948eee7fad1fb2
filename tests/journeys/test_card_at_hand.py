"""Who has no key in a browser, and holds a card, seals with it on the very page on which something is to be done."""

import json
import re
import secrets

import pytest

from frombelow.cli.cards import key_id
from frombelow.keys.cards import SEED, Card

from .access import accessible
from .cards import FIELD, SHARED, bound, read
from .conftest import DESK, MEMBERS, a_union, asked, fresh_page, mail_of
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
KEPT = """async () => {
  const told = [{ ...localStorage }, { ...sessionStorage }, await caches.keys(), history.state];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((good) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => good(opening.result);
    });
    for (const store of database.objectStoreNames)
      told.push(await new Promise((good) => {
        const all = database.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => good([name, store, all.result]);
      }));
    database.close();
  }
  return JSON.stringify(told, (_, value) => (value instanceof CryptoKey ? "a secret key" : value));
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_union(tmp_path_factory.mktemp("hand") / "data", MEMBERS[:30]) as started:
        yield started


@pytest.fixture(params=[DESK], ids=["desktop"])
def keyboard(chromium, server, request):
    with fresh_page(chromium, server.address, *request.param) as page:
        yield Keyboard(page, accessible, request.node.callspec.id)


_fresh = iter(MEMBERS[:30])


@pytest.fixture
def holder(keyboard, server, sign_in):
    """Who is signed in, on a shared computer, has a card and no other key; their name and the card."""

    def begin(only=False):
        name, card = next(_fresh), Card(secrets.token_bytes(SEED))
        sign_in(keyboard.page, name)
        keyboard.page.evaluate(SHARED)
        bound(keyboard.page, card, only)
        return name, card

    return begin


def latest(server, name):
    """The latest entry by this member, as its JSON."""
    ((person,),) = asked(server, f"SELECT person FROM people_card WHERE mail = '{mail_of(name)}'")
    rows = asked(server, f"SELECT CAST(data AS TEXT) FROM door_entry WHERE by = '{person}' ORDER BY \"index\"")
    return json.loads(rows[-1][0])


def test_on_a_shared_computer_a_card_seals_what_a_form_does_and_nothing_of_it_is_kept(keyboard, server, holder):
    page, (name, card) = keyboard.page, holder(only=True)
    words, sent = " ".join(card.words()), []
    page.on("request", lambda asked: sent.append(f"{asked.url} {asked.post_data or ''}".lower()))
    page.goto(server.address + "/decide/move/")
    page.get_by_text("Nothing stands in your name without a key of yours, and this browser has none.").wait_for()
    keyboard.check()
    keyboard.write("In one line", "A bench for the yard")
    keyboard.write("The motion and its reasons", "Old people stand there.")
    keyboard.press_here("Move this motion")
    page.get_by_role("alert").filter(has_text="Nothing was sent: nothing stands in your name").wait_for()
    keyboard.check()
    assert page.get_by_label("The motion and its reasons").input_value() == "Old people stand there."
    keyboard.press_here("Seal with my card")
    page.get_by_role("heading", name="Read your card").wait_for()
    keyboard.check()
    read(keyboard, words)
    page.get_by_role("heading", name="Your card is read").wait_for()
    keyboard.check()
    assert page.get_by_label(FIELD).input_value() == ""
    keyboard.press("Move this motion")
    page.get_by_role("heading", name="A bench for the yard").wait_for()
    entry = latest(server, name)
    assert (entry["act"]["kind"], entry["seal"]["key"]) == ("motion.move", key_id(card))
    whole = "\n".join(sent)
    assert key_id(card) in whole
    assert card.seed.hex() not in whole
    assert not re.search(r"\W+".join(card.words()[:2]), whole)
    kept = page.evaluate(KEPT)
    assert '"note":' in kept  # of the record it remembers what it saw
    assert not any(secret in kept for secret in ("a secret key", " ".join(card.words()[:2]), card.seed.hex()))
    page.goto(server.address + "/people/me/step-back/")
    keyboard.press_here("Step back")
    page.get_by_role("alert").filter(has_text="Nothing was sent").wait_for()  # it was gone with its page


def test_what_is_wrong_with_the_card_is_said_where_it_is_to_seal(keyboard, server, holder):
    page, (_, card) = keyboard.page, holder()
    page.goto(server.address + "/people/me/step-back/")
    keyboard.press_here("Seal with my card")
    words, other = list(card.words()), Card(secrets.token_bytes(SEED))
    said = {
        " ".join([*words[:4], "tabel", *words[5:]]): "on no card are words like these. Their numbers: 5.",
        card.line_for("other-club/record"): "This is a card of another organization. It does nothing here.",
        " ".join(other.words()): "This card is none of your keys here",
    }
    for typed, sentence in said.items():
        read(keyboard, typed)
        page.get_by_role("alert").filter(has_text=sentence).wait_for()
        keyboard.check()
    keyboard.press_here("Use the camera")
    page.get_by_role("alert").filter(has_text="Type the words instead").wait_for()
    keyboard.check()
    read(keyboard, card.line_for("hill-tenants/record"))
    page.get_by_role("heading", name="Your card is read").wait_for()
    keyboard.press("Step back")
    page.get_by_role("button", name="Return").first.wait_for()


def test_in_a_browser_that_keeps_nothing_a_card_seals(keyboard, server, holder):
    page, (name, card) = keyboard.page, holder(only=True)
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('blocked') }")
    page.goto(server.address + "/people/me/step-back/")
    keyboard.press_here("Seal with my card")
    read(keyboard, " ".join(card.words()))
    page.get_by_role("heading", name="Your card is read").wait_for()
    keyboard.press("Step back")
    page.get_by_role("button", name="Return").first.wait_for()
    assert latest(server, name)["seal"]["key"] == key_id(card)


FORMS = [
    "/decide/move/", "/people/me/step-back/", "/people/me/leave/", "/people/me/erase/", "/people/me/name/",
    "/enter/ways/", "/keys/requests/",
]  # fmt: skip
FIRST = """() => {
  const field = document.querySelector("main form[data-seals] :is(button, input:not([type=hidden]), textarea, select)");
  const said = document.querySelector("[data-cannot-seal]:not([hidden])");
  const before = !field || said.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
  return Boolean(said?.getClientRects().length && before);
}"""


def test_each_page_with_a_form_says_first_that_nothing_seals_here_and_what_would(keyboard, server, holder):
    page, _ = keyboard.page, holder(only=True)
    for path in FORMS:
        page.goto(server.address + path)
        page.get_by_role("button", name="Seal with my card").wait_for()
        assert page.evaluate(FIRST), path
        keyboard.check()


def test_only_with_my_keys_is_offered_where_a_key_that_can_say_it_is_at_hand(keyboard, server, holder):
    page, (name, card) = keyboard.page, holder()
    words = " ".join(card.words())
    page.goto(server.address + "/keys/")
    page.get_by_text("Only a card, a passkey or a key file of yours can say this").wait_for()
    assert not page.locator("[data-cannot-seal]").is_visible()  # it would lead to this very page
    page.evaluate("localStorage.clear()")
    page.goto(server.address + "/keys/card/use/")
    read(keyboard, words)
    keyboard.press_here("Keep a key in this browser")
    page.get_by_text("This browser has a key of yours from now on.").wait_for()
    for button, said in (
        ("Only with my keys", "From now on nothing stands in your name without a key of yours."),
        ("Let acts without a seal stand again, after 72 hours", "It is done. It can be taken back until that day."),
    ):
        page.goto(server.address + "/keys/")
        page.get_by_text("Only a card, a passkey or a key file of yours can say this").wait_for()
        assert not page.get_by_role("button", name=button).is_visible()
        keyboard.check()
        keyboard.press_here("Seal with my card")
        read(keyboard, words)
        page.get_by_role("heading", name="Your card is read").wait_for()
        keyboard.press(button)
        page.locator(":focus").get_by_text(said).wait_for()
        keyboard.check()
    assert latest(server, name)["act"]["kind"] == "key.loosen"
