"""What a member does in a browser is sealed by a key that is in it, over a record that the browser remembers."""

import time

import pytest

from frombelow.keys import act_bytes, check_signature
from frombelow.keys.cards import SEED, Card
from frombelow.polity import decode, encode_act

from .conftest import DESK, MEMBERS, a_union, asked, fresh_page, mail_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
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
    with a_union(tmp_path_factory.mktemp("seals") / "data", MEMBERS[:3]) as started:
        yield started


@pytest.fixture
def page(chromium, server):
    with fresh_page(chromium, server.address, *DESK) as page:
        yield page


def test_a_browser_s_key_seals_over_what_the_browser_remembers(page, server, sign_in):
    sign_in(page, MEMBERS[0])
    key, public, status, kept = page.evaluate(MAKE)
    assert (status, kept) == (200, key)
    sealed, answer = page.evaluate(STEP_BACK)
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
