"""A card is made, printed, bound and used in a browser; of its words nothing leaves the page."""

import re
import secrets

import pytest

from frombelow.cli.cards import key_id
from frombelow.keys.cards import SEED, Card

from .access import accessible
from .cards import FIELD, film, filming, part_bound, read
from .conftest import MEMBERS, PHONE, a_union, asked, fresh_page, run
from .keyboard import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_union(tmp_path_factory.mktemp("card") / "data", MEMBERS[:48]) as started:
        yield started


@pytest.fixture(params=[PHONE], ids=["phone"])
def keyboard(chromium, server, request):
    with fresh_page(chromium, server.address, *request.param) as page:
        yield Keyboard(page, accessible, request.node.callspec.id)


_fresh = iter(MEMBERS[:48])


@pytest.fixture
def member(sign_in, keyboard):
    """Somebody who never had a card is signed in."""
    name = next(_fresh)
    sign_in(keyboard.page, name)
    return name


def shown(page):
    return [word.strip() for word in page.locator(".keycard [data-words] li").all_inner_texts()]


def draw(keyboard, server):
    """A card is drawn on the page; its words."""
    keyboard.page.goto(server.address + "/keys/card/")
    keyboard.press_here("Make my card")
    keyboard.page.get_by_role("heading", name="Print it, or copy it by hand").wait_for()
    return shown(keyboard.page)


def bind(keyboard, words):
    """The words that the page asks for are typed."""
    keyboard.press_here("I have it")
    keyboard.page.get_by_role("heading", name="Three words of your card").wait_for()
    for label in keyboard.page.locator("#card label:visible").all_inner_texts():
        keyboard.write(label, words[int(label.split()[-1]) - 1])
    keyboard.press_here("Bind this card to me")


def keys_of(server, kind="key.bind"):
    return [act for (act,) in asked(server, f"SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = '{kind}'")]


def test_a_card_is_made_and_bound_and_nothing_of_it_is_sent(keyboard, server, member):
    page = keyboard.page
    page.locator("body").wait_for()
    sent = []
    page.on("request", lambda asked: sent.append(f"{asked.url} {asked.headers} {asked.post_data or ''}".lower()))
    words = draw(keyboard, server)
    keyboard.check()
    card = Card.read(" ".join(words))
    bind(keyboard, words)
    page.get_by_role("heading", name="Your card is bound to you").wait_for()
    keyboard.check()
    keyboard.press_here("Only with my keys")
    page.get_by_text("From now on nothing stands in your name").wait_for()
    assert any(card.signing.public in act for act in keys_of(server) + keys_of(server, "key.add"))
    assert len(keys_of(server, "key.only")) > 0
    whole = "\n".join(sent)
    assert card.line.rpartition(":")[2] not in whole
    assert card.seed.hex() not in whole
    assert not re.search(r"\b" + r"\W+".join(words[:2]) + r"\b", whole)
    assert "bind" in whole
    kept = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await caches.keys(), history.state])"
    )
    assert kept == "[{},{},[],null]"
    assert shown(page) == [""] * 12


def test_a_card_is_gone_from_the_page_that_somebody_comes_back_to(keyboard, server, member):
    draw(keyboard, server)
    keyboard.page.goto(server.address + "/people/")
    keyboard.page.go_back()
    keyboard.page.get_by_role("button", name="Make my card").wait_for()
    assert shown(keyboard.page) == [""] * 12


def test_a_card_fits_a_bank_card_on_paper(keyboard, server, member, tmp_path):
    words = draw(keyboard, server)
    place = tmp_path / "card.pdf"
    keyboard.page.pdf(path=place, prefer_css_page_size=True)
    keyboard.page.emulate_media(media="print")
    sides = keyboard.page.locator(".keycard .side")
    for side in sides.all():
        box = side.bounding_box()
        assert abs(box["width"] / 96 * 25.4 - 85.6) < 0.5
        assert abs(box["height"] / 96 * 25.4 - 54) < 0.5
        assert side.evaluate("side => side.scrollHeight <= side.clientHeight && side.scrollWidth <= side.clientWidth")
    assert keyboard.page.locator("h1, header, footer, button").evaluate_all(
        "all => all.every((each) => !each.getClientRects().length)"
    )
    assert len(words) == 12


BROKEN = """() => [...document.querySelectorAll("[data-words] li")].filter((word) => {
  const range = document.createRange();
  range.selectNodeContents(word);
  return range.getClientRects().length !== 1;
}).map((word) => word.textContent)"""


def test_no_word_of_a_card_is_broken_where_text_is_more_than_twice_as_large(keyboard, server, member):
    draw(keyboard, server)
    page = keyboard.page
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    page.evaluate("document.querySelectorAll('[data-words] li').forEach((word) => (word.textContent = 'tomorrow'))")
    assert page.evaluate(BROKEN) == []
    keyboard.check()


def test_a_mistyped_word_is_named_and_binds_nothing(keyboard, server, member):
    words = draw(keyboard, server)
    before = len(keys_of(server))
    bind(keyboard, [*words[:3], *["zoo" if word != "zoo" else "zone" for word in words[3:]]])
    said = keyboard.page.get_by_role("alert").filter(has_text="these words are others")
    said.wait_for()
    places = set(re.findall(r"\d+", said.inner_text()))
    asked_for = {label.split()[-1] for label in keyboard.page.locator("#card label:visible").all_inner_texts()}
    assert places == {place for place in asked_for if int(place) > 3}
    keyboard.check()
    assert len(keys_of(server)) == before


def test_a_card_is_saved_as_a_file_that_is_read_again(keyboard, server, member):
    words = draw(keyboard, server)
    keyboard.reach(keyboard.page.get_by_role("link", name="Save it as a file"))
    with keyboard.page.expect_download() as download:
        keyboard.page.keyboard.press("Enter")
    text = download.value.path().read_text()
    assert [line.partition(" ")[2] for line in text.splitlines()[:12]] == words
    [line] = re.findall("^frombelow-card-1.*$", text, re.M)
    assert line == Card.read(" ".join(words)).line_for("hill-tenants/record")
    assert key_id(Card.read(line)) in text


def made(keyboard, server):
    """Who is signed in has a card from now on; its words."""
    words = draw(keyboard, server)
    bind(keyboard, words)
    keyboard.page.get_by_role("heading", name="Your card is bound to you").wait_for()
    return words


@pytest.fixture
def elsewhere(chromium, server, sign_in, member, request):
    """Another browser, in which the same member is signed in."""
    with fresh_page(chromium, server.address, *PHONE) as page:
        sign_in(page, member)
        page.goto(server.address + "/keys/card/use/")
        yield Keyboard(page, accessible)


def test_a_card_acts_in_a_browser_that_never_saw_it(keyboard, server, elsewhere):
    words = made(keyboard, server)
    page = elsewhere.page
    page.reload()
    elsewhere.check()
    elsewhere.reach(page.get_by_label(FIELD))
    for word in words:
        page.keyboard.type(word[:4] + " ")
        page.wait_for_function("word => document.querySelector('textarea').value.endsWith(word + ' ')", arg=word)
    page.get_by_text("Words so far: 12").wait_for()
    elsewhere.press_here("Read this card")
    page.get_by_role("heading", name="What shall this card do?").wait_for()
    elsewhere.check()
    elsewhere.press_here("Keep a key in this browser")
    page.get_by_text("This browser has a key of yours from now on.").wait_for()
    assert any('"kind":"device"' in act for act in keys_of(server, "key.add"))
    page.reload()
    page.get_by_label(FIELD).wait_for()
    read(elsewhere, " ".join(words))
    page.get_by_role("heading", name="What shall this card do?").wait_for()
    assert page.get_by_role("button", name="Keep a key in this browser").is_hidden()
    lost = page.get_by_role("listitem").filter(has_text="A device")
    before = lost.count()
    elsewhere.reach(lost.first.get_by_role("button", name="End this key"))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Press again: it ends for good").wait_for()
    page.keyboard.press("Enter")  # too soon: it was one press
    page.wait_for_timeout(1_000)
    assert lost.count() == before
    page.keyboard.press("Enter")
    page.locator(":focus").get_by_text("It is done: this key has ended.").wait_for()
    assert page.evaluate("document.activeElement.getBoundingClientRect().bottom < innerHeight + 1")
    assert lost.count() == before - 1
    assert keys_of(server, "key.end")


def test_what_is_wrong_with_a_card_that_was_typed_is_said(elsewhere, server):
    page, card = elsewhere.page, Card(secrets.token_bytes(SEED))
    words = list(card.words())
    said = {
        " ".join([*words[:2], "tabel", *words[3:]]): "on no card are words like these. Their numbers: 3.",
        " ".join(words[:11]): "Typed are: 11.",
        card.line[:-1]: "is not whole",
        card.line_for(
            "other-club/record"
        ): "This is a card of another organization. It does nothing here. Its record is called: other-club/record",
    }
    for typed, sentence in said.items():
        read(elsewhere, typed)
        page.get_by_role("alert").filter(has_text=sentence).wait_for()
    elsewhere.check()
    read(elsewhere, " ".join(words))
    page.get_by_role("heading", name="This card is none of your keys here").wait_for()
    elsewhere.check()
    elsewhere.press_here("Bind this card to me")
    page.get_by_role("heading", name="Your card was handed in").wait_for()
    assert any(card.signing.public in act for act in keys_of(server) + keys_of(server, "key.add"))


def test_while_a_word_is_typed_it_is_said_which_begin_so(elsewhere):
    page = elsewhere.page
    elsewhere.write(FIELD, "zo")
    page.get_by_role("status").filter(has_text="Words that begin so: zone, zoo").wait_for()
    elsewhere.write(FIELD, "zone zx")
    page.get_by_role("status").filter(has_text="On no card is there a word like number 2").wait_for()


def test_of_the_twelfth_word_too_the_first_letters_are_enough(elsewhere):
    *words, last = Card(secrets.token_bytes(SEED)).words()
    read(elsewhere, " ".join([*words, last[:4]]))
    elsewhere.page.get_by_role("heading", name="This card is none of your keys here").wait_for()


def test_where_the_camera_is_refused_it_is_said_what_else_works(elsewhere):
    page = elsewhere.page
    elsewhere.press_here("Use the camera")
    page.get_by_role("alert").filter(has_text="Type the words instead").wait_for()
    assert page.locator("video").is_hidden()
    elsewhere.check()


def test_a_card_is_read_by_the_camera(chromium, server, tmp_path):
    card = Card(secrets.token_bytes(SEED))
    said = run("sign-in-code", next(_fresh), "--data", str(server.folder))
    film(tmp_path / "camera.y4m", card.line_for("hill-tenants/record"))
    with filming(chromium, tmp_path / "camera.y4m") as browser, fresh_page(browser, server.address, *PHONE) as page:
        keyboard = Keyboard(page, accessible)
        page.goto(server.address + "/enter/printed/")
        keyboard.write("The printed code", re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", said)[0])
        keyboard.press("Sign in")
        page.goto(server.address + "/keys/card/use/")
        keyboard.press_here("Use the camera")
        page.get_by_role("heading", name="This card is none of your keys here").wait_for()
        assert page.locator("code[data-key]:visible").inner_text() == key_id(card)
        assert page.locator("video").is_hidden()
        assert not page.evaluate("document.querySelector('video').srcObject")


def test_a_card_is_made_at_a_table_and_its_member_signed_out(keyboard, server, member):
    page = keyboard.page
    page.goto(server.address + "/keys/card/")
    keyboard.tick("This device is not mine: it makes cards at a table, under my eyes")
    keyboard.press_here("Make my card")
    page.get_by_role("heading", name="Print it, or copy it by hand").wait_for()
    bind(keyboard, shown(page))
    page.get_by_role("heading", name="Your card is bound to you").wait_for()
    keyboard.check()
    keyboard.press("Sign out here")  # at once, though they came by a printed code: the next member sits down
    assert not page.locator("header .mine").count()
    assert any('"made":"table"' in act for act in keys_of(server) + keys_of(server, "key.add"))


def test_empty_cards_for_thirty_people_are_one_document_without_a_secret(keyboard, server, member, tmp_path):
    page, place = keyboard.page, tmp_path / "frames.pdf"
    page.goto(server.address + "/keys/card/frames/?n=30")
    keyboard.check()
    page.pdf(path=place, prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type /Page\b", place.read_bytes()))
    assert pages == 8  # four on each
    page.emulate_media(media="print")
    for side in page.locator(".keycard .side").all()[:4]:
        assert side.evaluate("side => side.scrollHeight <= side.clientHeight && side.scrollWidth <= side.clientWidth")


def test_a_card_is_the_part_in_secret_votes_of_who_wants_one_and_nobody_else_is_offered_it(keyboard, elsewhere, server):
    words = made(keyboard, server)
    elsewhere.page.reload()
    read(elsewhere, " ".join(words))
    elsewhere.page.get_by_role("heading", name="What shall this card do?").wait_for()
    assert not elsewhere.page.get_by_role("heading", name="Secret votes").count()  # no vote is secret yet
    part_bound(elsewhere.page, Card.read(" ".join(words)), Card(secrets.token_bytes(SEED)))
    elsewhere.page.reload()
    read(elsewhere, " ".join(words))
    elsewhere.press_here("Vote in secret with this card")
    elsewhere.page.get_by_text("In secret votes this card is your part").wait_for()
    assert any(Card.read(" ".join(words)).ballot.public in act for act in keys_of(server, "key.ballot"))
