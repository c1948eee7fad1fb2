"""A member's browser remembers the record. Honest visits go on; after a changed history, each visit blocks."""

import shutil
import sqlite3
import subprocess
import time
from contextlib import contextmanager

import pytest

from frombelow.record import Checkpoint, Signer, Tree, Verifier, open_evidence, read_checkpoint, sign_checkpoint

from .access import accessible
from .conftest import DESK, ENVIRONMENT, FROMBELOW, free_port, run, wait_for
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
MINUTES = 60_000


class Organization:
    """The demo organization in a folder of its own, whose administrator has the database and the key."""

    def __init__(self, folder, link):
        self.folder, self.port = folder, free_port()
        self.address = f"http://localhost:{self.port}"
        self.link, self.bo = self.address + link, []
        self.start()

    def start(self):
        command = [*FROMBELOW, "serve", "--data", str(self.folder), "--port", str(self.port)]
        self.server = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        wait_for(self.address)

    def stop(self):
        self.server.terminate()
        self.server.wait(20)

    def signer(self):
        name, _, seed = (self.folder / "record.key").read_text().strip().partition(" ")
        return Signer.from_seed(name, bytes.fromhex(seed))

    def rewrite(self, how):
        """The administrator turns a vote round, and signs everything again; or takes an act out, one that no member's seal
        covers yet: else the door would find it."""
        self.stop()
        database = sqlite3.connect(self.folder / "frombelow.sqlite3")
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        found = (
            'SELECT "index", data FROM door_entry WHERE kind = ? AND CAST(data AS TEXT) LIKE ? ORDER BY "index" DESC'
        )
        act = ("motion.second", "%") if how == "delete" else ("vote.cast", '%"choice":"yes"%')
        index, data = database.execute(found, act).fetchone()
        if how == "delete":
            database.execute('DELETE FROM door_entry WHERE "index" = ?', (index,))
            database.execute('UPDATE door_entry SET "index" = "index" - 1 WHERE "index" > ?', (index,))
        else:
            turned = bytes(data).replace(b'"choice":"yes"', b'"choice":"no"')
            database.execute('UPDATE door_entry SET data = ? WHERE "index" = ?', (turned, index))
        tree, signer = Tree(), self.signer()
        tree.extend(bytes(row[0]) for row in database.execute('SELECT data FROM door_entry ORDER BY "index"'))
        database.execute("DELETE FROM door_signedcheckpoint")
        note = sign_checkpoint(Checkpoint(signer.name, tree.size, tree.root()), signer)
        database.execute("INSERT INTO door_signedcheckpoint VALUES (?, ?)", (tree.size, note))
        database.commit()
        database.close()
        shutil.rmtree(self.folder / "copy")
        self.start()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A demo organization that is never served, and Bo's sign-in link to it: what each test takes a copy of."""
    folder = tmp_path_factory.mktemp("made") / "data"
    said = run("demo", "--data", str(folder), "--only-make")
    return folder, next(line for line in said.split() if "/link/" in line).partition(":8000")[2]


@contextmanager
def a_copy(made, folder):
    """The demo organization, served from a folder of its own."""
    shutil.copytree(made[0], folder)
    served = Organization(folder, made[1])
    yield served
    served.stop()


@pytest.fixture(scope="module")
def organization(tmp_path_factory, made):
    """One for all who only read its record, or start it again."""
    with a_copy(made, tmp_path_factory.mktemp("read") / "data") as served:
        yield served


@pytest.fixture
def rewritable(tmp_path, made):
    """One to rewrite."""
    with a_copy(made, tmp_path / "data") as served:
        yield served


@contextmanager
def signed_in(chromium, organization, width, height):
    """Bo's browser, which remembers nothing yet and whose clock tests turn on; no page of it breaks the policy or
    throws."""
    context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    if organization.bo:
        context.add_cookies(organization.bo)
        page.goto(organization.address)
    else:
        page.goto(organization.link)  # good once
        Keyboard(page).press("Sign in")
        organization.bo = context.cookies()
    page.minutes = 0
    yield page
    context.close()
    assert errors == []


SIZES = pytest.mark.parametrize("size", [DESK], ids=["desktop"])


@pytest.fixture(params=[DESK], ids=["desktop"])
def member(chromium, organization, request):
    with signed_in(chromium, organization, *request.param) as page:
        yield page


@pytest.fixture
def reader(chromium, organization):
    """A member's browser that remembers the record already."""
    with signed_in(chromium, organization, *DESK) as page:
        page.goto(organization.address + "/people/")
        assert "found unchanged" in remembered(page)
        yield page


def later(page):
    """Two minutes pass on the member's clock: the next visit looks at the record again."""
    page.minutes += 2
    page.clock.set_fixed_time(int(time.time() * 1000) + page.minutes * MINUTES)


def remembered(page):
    """What the page says that this browser remembers."""
    line = page.locator("#remembered [data-say]:visible")
    line.wait_for()
    return line.inner_text()


def blocked(page):
    page.get_by_role("heading", name="The history of this organization was changed").wait_for()
    assert not page.locator("#content").is_visible()
    assert not page.get_by_role("navigation").is_visible()
    return page.locator("#changed")


@pytest.mark.parametrize("how", ["delete", "turn round"])
@SIZES
def test_a_changed_history_blocks_each_visit_until_the_evidence_is_kept(chromium, rewritable, how, size, tmp_path):
    with signed_in(chromium, rewritable, *size) as member:
        old, new = meet_a_changed_history(member, rewritable, how, tmp_path / "evidence")
        assert old.size <= new.size
        assert "found unchanged" in remembered(member)


def meet_a_changed_history(member, organization, how, evidence):
    """The member comes, comes back, is blocked, keeps the evidence and goes on; returns both heads that it holds."""
    keyboard = Keyboard(member)
    keyboard.follow("Decide")
    first = remembered(member)
    assert "found unchanged" in first

    organization.stop()
    organization.start()  # an honest restart is an entry
    later(member)
    keyboard.follow("Decide")
    assert "found unchanged" in remembered(member)
    assert remembered(member) != first
    kept = member.request.get(organization.address + "/record/checkpoint").body()

    organization.rewrite(how)
    later(member)
    keyboard.follow("Decide")
    page = blocked(member)
    assert "Somebody changed them, or took them out." in page.inner_text()
    assert page.locator("[data-old]:not(:empty)").text_content() == kept.decode()
    accessible(member)

    member.goto(organization.address + "/people/")  # at once, and on every page
    page = blocked(member)
    said = page.get_by_role("button", name="I kept the file")
    assert not said.is_visible()
    with member.expect_download() as download:
        keyboard.press_here("Download what was signed then and now", role="link")
    download.value.save_as(evidence)
    verifier = Verifier.from_vkey(organization.signer().vkey)
    old, new = open_evidence(evidence.read_bytes(), verifier)
    assert old == read_checkpoint(kept)

    keyboard.press_here(said.inner_text())
    member.locator("#content").wait_for()
    assert "found unchanged" in remembered(member)
    keyboard.follow("Record")
    member.get_by_text("This browser keeps evidence of a changed history.").wait_for()
    accessible(member)
    return old, new


def test_honest_visits_are_never_blocked_and_ask_once_a_minute(member, organization):
    member.goto(organization.address + "/")
    remembered(member)
    asked = []
    member.on("request", lambda request: asked.append(request.url) if "/record/c" in request.url else None)
    keyboard = Keyboard(member)
    for room in ("Home", "Decide", "People", "Record", "The record’s latest signature, to keep and to compare"):
        keyboard.follow(room)
        assert "found unchanged" in remembered(member)
        assert member.locator("#content").is_visible()
        accessible(member)
    assert asked == []
    later(member)
    member.goto(organization.address + "/")
    assert "found unchanged" in remembered(member)
    assert [url.endswith("/record/checkpoint") for url in asked].count(True) == 1


def test_two_members_compare_their_checkpoints(member, organization):
    keyboard = Keyboard(member, accessible)
    keyboard.follow("Record")
    keyboard.follow("The record’s latest signature, to keep and to compare")
    theirs = member.locator("pre.checkpoint").first.inner_text()
    organization.stop()
    organization.start()
    keyboard.follow("Record")
    keyboard.follow("The record’s latest signature, to keep and to compare")
    keyboard.write("The other member’s checkpoint", theirs)
    keyboard.press("Compare")
    member.get_by_role("heading", name="The same history").wait_for()
    keyboard.check()
    keyboard.write("The other member’s checkpoint", "hello")
    keyboard.press("Compare")
    member.get_by_role("heading", name="This is no checkpoint").wait_for()
    assert member.get_by_label("The other member’s checkpoint").input_value() == "hello"


def answered(page, path, **answer):
    """From now on the server answers so at this address."""
    page.unroute("**" + path)
    page.route("**" + path, lambda route: route.fulfill(**answer) if answer else route.abort())


def test_what_says_nothing_about_the_record_blocks_nobody(reader, organization):
    for answer in ({}, {"status": 500, "body": "broken"}, {"body": "<!doctype html><title>Hotel</title>"}) * 2:
        answered(reader, "/record/checkpoint", **answer)
        later(reader)
        reader.goto(organization.address + "/people/")
        assert "could not compare the record" in remembered(reader)
        assert reader.locator("#content").is_visible()
    reader.unroute("**/record/checkpoint")
    later(reader)
    reader.goto(organization.address + "/people/")
    assert "found unchanged" in remembered(reader)


def test_a_server_that_never_shows_a_proof_is_called_out_at_the_third_time(reader, organization):
    organization.stop()
    organization.start()
    answered(reader, "/record/consistency/**", status=503)
    for _ in range(2):
        later(reader)
        reader.goto(organization.address + "/people/")
        assert "could not compare the record" in remembered(reader)
    later(reader)
    reader.goto(organization.address + "/people/")
    assert "does not show that the record still begins" in blocked(reader).inner_text()


@pytest.mark.parametrize(("what", "words"), [("key", "signed with another key"), ("shorter", "shorter than it was")])
def test_another_key_and_a_shorter_record_block(reader, organization, what, words):
    signer, size = organization.signer(), 3
    if what == "key":
        signer, size = Signer.from_seed(signer.name, b"1" * 32), 2_000
    note = sign_checkpoint(Checkpoint(signer.name, size, bytes(32)), signer)
    answered(reader, "/record/checkpoint", body=note, content_type="text/plain; charset=utf-8")
    later(reader)
    reader.goto(organization.address + "/people/")
    page = blocked(reader)
    assert words in page.inner_text()
    page.locator("[data-fresh]").filter(has_text=f"{size}").wait_for(state="attached")  # it comes after the words
    assert page.locator("[data-fresh]").text_content() == note.decode()
