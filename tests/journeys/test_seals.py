"""What a member does in a browser is sealed by a key that is in it, over a record that the browser remembers."""

import time

import pytest
from msgspec import UNSET

from frombelow.keys import act_bytes, check_signature, fingerprint
from frombelow.keys.cards import SEED, Card
from frombelow.polity import decode, encode_act
from frombelow.polity.kernel.ids import encode_id

from .conftest import DESK, MEMBERS, a_union, asked, fresh_page, mail_of, sign_in_by_mail

pytestmark = pytest.mark.browser
MODULES = """
  const [signers, sealing, { here, post }] = await Promise.all(
    ["signers", "sealing", "here"].map((name) => import(`/static/ui/keys/${name}.js`)));
"""
MAKE = (
    "async () => {"
    + MODULES
    + """
  const signer = await signers.makeDevice();
  const answer = await post("bind/", await signers.newKey(signer));
  return [signer.key, signer.public, answer.status, (await signers.device()).key];
}"""
)
STEP_BACK = (
    "async () => {"
    + MODULES
    + """
  const sealed = await sealing.seal(await signers.device(), { kind: "member.step-back", by: here.person });
  return [sealed, await sealing.handIn(sealed)];
}"""
)
MAIL_KEPT = (
    "async () => {"
    + MODULES
    + """
  const signer = await signers.device();
  const acts = Array.from({ length: 5 }, async () => sealing.handIn(
    await sealing.seal(signer, { kind: "key.receive", by: here.person, recipient: `"""
    + Card(bytes(SEED)).recipient
    + """` })));
  return Promise.all(acts.map((each) => each.then(() => "entered", (error) => error.message)));
}"""
)
OTHER_HISTORY = (
    "async () => {"
    + MODULES
    + """
  const { memory } = await import("/static/records/memory.js");
  const store = await memory();
  const { note, ...kept } = await store.get("head");
  const [origin, size] = note.split("\\n");
  const root = btoa("x".repeat(32));
  await store.put("head", { ...kept, note: [origin, size, root].join("\\n") + note.slice(note.indexOf("\\n\\n")) });
  const act = { kind: "member.step-back", by: here.person };
  return sealing.seal(await signers.device(), act).then(() => [], (error) => [error.constructor.name, error.message]);
}"""
)
DATED = (
    "async () => {"
    + MODULES
    + """
  const act = { kind: "member.step-back", by: here.person };
  return (await sealing.seal(await signers.device(), act)).seal.until;
}"""
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_union(tmp_path_factory.mktemp("seals") / "data", MEMBERS[:16]) as started:
        yield started


@pytest.fixture
def page(chromium, server):
    with fresh_page(chromium, server.address, *DESK) as page:
        yield page


def test_a_browser_s_key_seals_over_what_the_browser_remembers(page, server, sign_in):
    sign_in(page, MEMBERS[0])
    key, public, status, kept = page.evaluate(MAKE)
    assert (status, kept) == (200, key)
    _, answer = page.evaluate(STEP_BACK)
    entry = decode(answer["entry"].encode())
    seal = entry.seal
    assert (seal.key, seal.n) == (key, 1)
    origin = asked(server, "SELECT note FROM door_signedcheckpoint")[0][0].decode().split("\n")[0]
    message = act_bytes(origin, key, 1, seal.until, seal.size, seal.root, encode_act(entry.act))
    check_signature("p256", public, message, seal.signature)
    assert seal.size == answer["index"]


def test_two_tabs_seal_one_after_the_other(page, server, sign_in):
    sign_in(page, MEMBERS[1])
    page.evaluate(MAKE)
    other = page.context.new_page()
    other.goto(server.address)
    for tab in (page, other):
        tab.evaluate(f"() => {{ window.told = ({MAIL_KEPT})() }}")
    assert [tab.evaluate("() => window.told") for tab in (page, other)] == [["entered"] * 5] * 2
    assert page.evaluate(MAIL_KEPT) == ["entered"] * 5


def test_a_seal_over_another_history_is_not_made(page, server, sign_in):
    sign_in(page, MEMBERS[1])
    page.evaluate(MAKE)
    page.goto(server.address + "/people/")
    page.locator("#remembered [data-say]:visible").wait_for()
    assert page.evaluate(OTHER_HISTORY) == ["OtherHistory", "other"]
    page.reload()
    page.get_by_role("heading", name="The history of this organization was changed").wait_for()


@pytest.mark.parametrize(("pressed", "off"), [("This device:", 7_200), ("The server:", 0)])
def test_where_the_dates_differ_the_member_says_which_is_right(page, server, sign_in, pressed, off):
    sign_in(page, MEMBERS[1])
    page.evaluate(MAKE)
    page.clock.install(time=time.time() + 7_200)
    page.goto(server.address + "/people/")
    page.evaluate(f"() => {{ window.told = ({DATED})() }}")
    question = page.get_by_role("alert").filter(has_text="Which date is right?")
    question.get_by_role("button", name=pressed).click()
    assert abs(page.evaluate("() => window.told") - off - 7_200 - time.time()) < 60
    assert not question.is_visible()


def enter(page, server, name):
    """They alone are signed in here."""
    page.context.clear_cookies()
    sign_in_by_mail(page, server, name)


def keys_of(server, name):
    """The keys that entries bound to this member."""
    (person,) = asked(server, f"SELECT person FROM people_card WHERE mail = '{mail_of(name)}'")[0]
    acts = asked(server, f"SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = 'key.bind' AND by = '{person}'")
    return [decode(act.encode()).act.key for (act,) in acts]


def test_at_the_first_visit_a_light_key_is_made_without_a_question(page, server):
    enter(page, server, MEMBERS[3])
    page.get_by_text("This browser keeps a key of yours.").wait_for()
    assert [key.kind for key in keys_of(server, MEMBERS[3])] == ["device"]
    page.reload()
    page.get_by_text("This browser keeps a key of yours.").wait_for()
    assert len(keys_of(server, MEMBERS[3])) == 1


def test_where_keys_live_no_other_is_made_without_a_question(chromium, page, server):
    enter(page, server, MEMBERS[4])
    with fresh_page(chromium, server.address, *DESK) as other:
        enter(other, server, MEMBERS[4])
        other.get_by_text("This browser keeps no key of yours.").wait_for()
    assert len(keys_of(server, MEMBERS[4])) == 1


def test_on_a_shared_computer_no_key_is_kept(page, server):
    page.goto(server.address + "/enter/")
    page.get_by_label("This is a shared computer: keep no key here").check()
    enter(page, server, MEMBERS[5])
    page.get_by_text("On this shared computer no key is kept.").wait_for()
    assert keys_of(server, MEMBERS[5]) == []
    page.goto(server.address + "/keys/")
    box = page.get_by_label("This is a shared computer: keep no key here")
    assert box.is_checked()
    with page.expect_navigation():  # the page opens anew
        box.uncheck()
    page.goto(server.address)
    page.get_by_text("This browser keeps a key of yours.").wait_for()


def test_who_came_by_a_sheet_gets_no_key_without_a_question(page, server, sign_in):
    sign_in(page, MEMBERS[6])
    page.goto(server.address)
    page.get_by_text("This browser keeps no key of yours.").wait_for()
    assert keys_of(server, MEMBERS[6]) == []


WITHOUT = {
    "This page came without https": "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })",
    "This browser lets the page keep nothing": "IDBFactory.prototype.open = () => { throw new Error('blocked') }",
    "its storage is full": "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') }",
}


@pytest.mark.parametrize("said", WITHOUT)
def test_where_no_key_can_be_kept_the_page_says_why(page, server, said):
    page.add_init_script(WITHOUT[said])
    enter(page, server, MEMBERS[7])
    page.get_by_text(said).wait_for()
    assert keys_of(server, MEMBERS[7]) == []


def test_one_browser_keeps_the_keys_of_two_people_apart(page, server):
    for name in (MEMBERS[8], MEMBERS[9]):
        enter(page, server, name)
        page.get_by_text("This browser keeps a key of yours.").wait_for()
        assert len(keys_of(server, name)) == 1
    enter(page, server, MEMBERS[8])
    page.get_by_text("This browser keeps a key of yours.").wait_for()


def last(server, name, kind):
    """The latest entry of this kind by this member."""
    (person,) = asked(server, f"SELECT person FROM people_card WHERE mail = '{mail_of(name)}'")[0]
    found = f"SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = '{kind}' AND by = '{person}' ORDER BY \"index\""
    return decode(asked(server, found)[-1][0].encode())


def test_a_form_is_sealed_and_its_button_works_as_before(page, server):
    enter(page, server, MEMBERS[10])
    page.goto(server.address + "/people/me/step-back/")
    page.get_by_role("button", name="Step back").click()
    page.get_by_text("You have stepped back.").first.wait_for()
    entry = last(server, MEMBERS[10], "member.step-back")
    (key,) = keys_of(server, MEMBERS[10])
    assert (entry.seal.key, entry.seal.n) == (encode_id(fingerprint("p256", key.public)), 1)
    page.get_by_role("button", name="Return").click()
    page.get_by_role("button", name="Return").wait_for(state="hidden")
    assert last(server, MEMBERS[10], "member.return").seal.n == 2


def test_where_the_storage_is_full_what_a_key_seals_stands_all_the_same(page, server):
    enter(page, server, MEMBERS[11])
    page.get_by_text("This browser keeps a key of yours.").wait_for()
    page.add_init_script(WITHOUT["its storage is full"])
    page.goto(server.address + "/people/me/step-back/")
    page.get_by_role("button", name="Step back").click()
    page.get_by_text("You have stepped back.").first.wait_for()
    assert last(server, MEMBERS[11], "member.step-back").seal.n == 1


def test_where_the_browser_keeps_nothing_a_form_goes_off_without_a_seal(page, server):
    page.add_init_script(WITHOUT["This browser lets the page keep nothing"])
    enter(page, server, MEMBERS[12])
    page.goto(server.address + "/people/me/step-back/")
    page.get_by_role("button", name="Step back").click()
    page.get_by_text("You have stepped back.").first.wait_for()
    assert last(server, MEMBERS[12], "member.step-back").seal is UNSET


def test_a_second_tab_that_is_pressed_in_the_same_second_seals_after_the_first(page, server):
    enter(page, server, MEMBERS[13])
    other = page.context.new_page()
    page.goto(server.address + "/people/me/name/")
    page.get_by_label("Name", exact=True).fill("Somebody Else")
    other.goto(server.address + "/people/me/step-back/")
    for tab, name in ((page, "Change my name"), (other, "Step back")):
        tab.get_by_role("button", name=name).evaluate("button => setTimeout(() => button.click())")
    other.get_by_text("You have stepped back.").first.wait_for()
    page.wait_for_url("**/people/me/")
    kinds = ("member.rename", "member.step-back")
    assert {last(server, MEMBERS[13], kind).seal.n for kind in kinds} == {1, 2}
