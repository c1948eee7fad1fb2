"""A browser keeps a member's part in secret votes: nothing of it stands there in the clear, and it goes when they say so."""

import secrets

import pytest

from frombelow.keys.ballot_keys import check_ballot_key
from frombelow.keys.cards import SEED, Card

from .access import accessible
from .cards import bound, part_bound, read
from .conftest import ARGUMENTS, DESK, MEMBERS, PHONE, a_union, fresh_page
from .keyboard import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_union(tmp_path_factory.mktemp("ballot") / "data", MEMBERS[:8]) as started:
        yield started


@pytest.fixture(params=[DESK], ids=["desktop"])
def keyboard(chromium, server, request):
    with fresh_page(chromium, server.address, *request.param) as page:
        yield Keyboard(page, accessible, request.node.callspec.id)


STORED = """async () => {
  const told = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((good) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => good(opening.result);
    });
    for (const store of database.objectStoreNames)
      told.push(...(await new Promise((good) => {
        const all = database.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => good(all.result);
      })));
    database.close();
  }
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const plainly = (_, value) =>
    value instanceof CryptoKey ? `a key, readable: ${value.extractable}`
      : value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? hex(value.buffer ?? value) : value;
  return JSON.stringify([told, { ...localStorage }, { ...sessionStorage }], plainly);
}"""
BALLOT = """async () => {
  const { keptBallot } = await import("/static/ui/keys/kept_ballot.js");
  return (await keptBallot()).prove("hill-tenants/record", "a".repeat(26));
}"""


def secrets_of(card):
    """Each run of bytes that would give the card's part in secret votes away."""
    seed, drawing = card._derived("ballot", 64), card._derived("ballot-proof", 32)
    return [card.seed, seed[:32], seed[32:], drawing, card.ballot._secret]


@pytest.mark.parametrize("size", [DESK], ids=["desktop"])
def test_a_browser_that_keeps_the_ballot_key_stores_nothing_of_it_in_the_clear_and_takes_it_away(
    chromium, server, sign_in, tmp_path, size
):
    def browser():
        viewport = {"width": size[0], "height": size[1]}
        return chromium.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path="/usr/bin/chromium", args=ARGUMENTS, viewport=viewport, locale="en-GB"
        )

    card, name = Card(secrets.token_bytes(SEED)), MEMBERS[size == PHONE]
    with browser() as context:
        keyboard = Keyboard(context.pages[0], accessible)
        page = keyboard.page
        sign_in(page, name)
        bound(page, card)
        part_bound(page, card)
        page.goto(server.address + "/keys/card/use/")
        read(keyboard, " ".join(card.words()))
        page.get_by_role("heading", name="What shall this card do?").wait_for()
        keyboard.check()
        keyboard.press_here("Keep my part in this browser")
        page.get_by_text("Your part in secret votes is kept here.").wait_for()
        keyboard.check()
        stored = page.evaluate(STORED)
        assert f'"public":"{card.ballot.public}"' in stored
        assert "readable: true" not in stored
        assert "readable: false" in stored
        assert not [each for each in secrets_of(card) if each.hex() in stored]
    files = [place.read_bytes() for place in (tmp_path / "profile").rglob("*") if place.is_file()]
    assert any(card.ballot.public.encode() in each for each in files)
    assert not [each for each in files for secret in secrets_of(card) if secret in each]
    with browser() as context:
        keyboard = Keyboard(context.pages[0], accessible)
        page = keyboard.page
        sign_in(page, name)
        page.goto(server.address + "/keys/")
        page.get_by_text("This browser keeps your part in secret votes").wait_for()
        keyboard.check()
        check_ballot_key("hill-tenants/record", "a" * 26, card.ballot.public, page.evaluate(BALLOT))
        keyboard.press("Take it away from this browser")
        page.get_by_role("heading", name="This browser").wait_for()
        assert page.get_by_text("This browser keeps your part in secret votes").is_hidden()
        assert card.ballot.public not in page.evaluate(STORED)


def test_a_kept_ballot_key_that_is_another_by_now_or_cannot_be_opened_is_said_to_be_so(keyboard, server, sign_in):
    page, card = keyboard.page, Card(secrets.token_bytes(SEED))
    sign_in(page, MEMBERS[2 if keyboard.name == "phone" else 3])
    bound(page, card)
    part_bound(page, card)
    page.goto(server.address + "/keys/card/use/")
    read(keyboard, " ".join(card.words()))
    page.get_by_role("heading", name="What shall this card do?").wait_for()
    keyboard.press_here("Keep my part in this browser")
    page.get_by_text("Your part in secret votes is kept here.").wait_for()
    page.evaluate(
        """async () => {
          const { get, put } = await import("/static/ui/keys/kept.js");
          const kept = await get("ballot");
          new Uint8Array(kept.wrapped)[5] ^= 1;
          await put("ballot", kept);
        }"""
    )
    page.goto(server.address + "/keys/")
    page.get_by_text("that it cannot open any more").wait_for()
    keyboard.check()
    page.evaluate(
        """async () => (await import("/static/ui/keys/kept_ballot.js"))
          .keepBallot([new Uint8Array(64).fill(7), new Uint8Array(32)])"""
    )
    page.reload()
    page.get_by_text("that the record does not know as yours any more").wait_for()
    with page.expect_navigation():
        page.get_by_label("This is a shared computer: keep no key here").check()  # which takes it away, too
    assert page.evaluate(STORED).count("readable") == 0
