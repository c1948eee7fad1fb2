"""A real server with the demo organization, and a real Chromium."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest

from frombelow.polity import kind_of
from frombelow.polity.keys.acts import OnlyWithKeys
from frombelow.polity.members.acts import Leave, Return, StepBack, Transfer
from frombelow.polity.motions.acts import Move, Second
from frombelow.polity.votes.acts import CastVote
from frombelow_site.demo import FIRST, LAST
from tests import ready
from tests.ports import free_port, wait_for

from .access import DESK, PHONE, accessible, fits
from .keyboard import Keyboard

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
FROMBELOW = [sys.executable, "-m", "frombelow"]
OURS = ("FROMBELOW_DATABASE", "FROMBELOW_MAIL", "FROMBELOW_DATA")
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in OURS}
FUND, RECALL = "A fund for heating that fails", "Recall Ada Okafor from the office Chair"


def run(*arguments):
    """What the command prints."""
    done = ready.run("-m", "frombelow", *arguments, env=ENVIRONMENT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Server:
    """``frombelow serve`` on a folder; without a mail server its letters stand in what it prints."""

    def __init__(self, folder, port, links=()):
        self.folder, self.links, self.address = folder, list(links), f"http://localhost:{port}"
        self.printed = folder.parent / "printed"
        self.port, self.read = port, {}

    @contextmanager
    def running(self):
        with self.printed.open("w") as out:
            command = [*FROMBELOW, "serve", "--data", str(self.folder), "--port", str(self.port)]
            process = subprocess.Popen(command, env=ENVIRONMENT, stdout=out)
        try:
            wait_for(self.address)
            yield self
        finally:
            process.terminate()
            process.wait(20)

    def mailed_code(self, mail):
        """The code in the next letter to this address that nobody has read yet."""
        seen = self.read.get(mail, 0)
        for _ in range(600):
            letters = re.findall(r"^Subject: Your code: (\d{6})\n(?:\S.*\n)*?To: (.+)$", self.printed.read_text(), re.M)
            codes = [code for code, to in letters if to == mail]
            if len(codes) > seen:
                self.read[mail] = seen + 1
                return codes[seen]
            time.sleep(0.05)
        raise AssertionError(f"no code was mailed to {mail}")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The demo organization on a free port. A module that needs another organization has a fixture of this name."""
    folder, port = tmp_path_factory.mktemp("demo") / "data", free_port()
    made = run("demo", "--data", str(folder), "--port", str(port), "--only-make")
    with Server(folder, port, [line.strip() for line in made.splitlines() if "/link/" in line]).running() as started:
        yield started


MEMBERS = [f"{first} {last}" for first, last in zip(FIRST * 2, LAST * 2, strict=False)]  # of unlike lengths


def mail_of(member):
    return f"{member.lower().replace(' ', '.')}@quayside.example"


def sign_in_by_mail(page, server, name, found=""):
    """They are signed in, and what this browser keeps of keys was looked for: ``found`` is what has to be there."""
    page.goto(server.address + "/enter/")
    page.get_by_label("Your mail address").fill(mail_of(name))
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The six digits").fill(server.mailed_code(mail_of(name)))
    page.get_by_role("button", name="Sign in").click()
    page.locator(f"#keys-here[data-found={found}]" if found else "#keys-here[data-found]").wait_for(state="attached")


@contextmanager
def a_union(folder, members):
    """A union of these members alone; the first of them hold its offices."""
    founders = [part for name in members for part in ("--founder", f"{name} <{mail_of(name)}>")]
    run("init", str(folder), "--template", "tenants-union", "--name", "Hill Tenants", "--no-key", *founders)
    with Server(folder, free_port()).running() as started:
        yield started


@pytest.fixture(scope="session")
def served(server):
    """The demo organization's address, and a way to sign in as each of its cast."""
    return server.address, server.links


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def fresh_page(chromium, address, width, height, script=True):
    """A page that has never been anywhere; fails the test if it asks another host or an error shows on its console."""
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", java_script_enabled=script
    )
    page = context.new_page()
    elsewhere, errors = [], []
    page.on("request", lambda asked: None if asked.url.startswith(address) else elsewhere.append(asked.url))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert elsewhere == []
    assert errors == []


@pytest.fixture(params=[PHONE], ids=["phone"])
def page(chromium, server, request):
    with fresh_page(chromium, server.address, *request.param) as page:
        yield page


@pytest.fixture(
    params=[(PHONE, True), (DESK, False)],
    ids=["phone", "desktop-plain"],
)
def keyboard(chromium, server, request):
    """A page used by keyboard alone: with scripts, where axe looks at it; and in a browser that runs none."""
    size, script = request.param
    with fresh_page(chromium, server.address, *size, script=script) as page:
        # axe waits for promises, which a browser without scripts never keeps.
        yield Keyboard(page, accessible if script else fits, request.node.callspec.id)


_signed_in = {}  # server and name -> what a browser keeps of who signed in


@pytest.fixture
def sign_in(server):
    """Signs somebody of the demo in on a page, by name or mail address: with a printed code, and as long as they do not
    sign out, by what their browser kept."""

    def enter(page, name):
        page.context.clear_cookies()
        if kept := _signed_in.get((server.address, name)):
            page.context.add_cookies(kept)
            page.goto(server.address + "/")
            if page.locator("header .mine").count():
                return
        said = run("sign-in-code", name, "--data", str(server.folder))
        page.context.clear_cookies()
        page.goto(server.address + "/enter/printed/")
        keyboard = Keyboard(page)
        keyboard.write("The printed code", re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", said)[0])
        keyboard.press("Sign in")
        keyboard.arrive(server.address + "/")
        _signed_in[server.address, name] = page.context.cookies()

    return enter


@pytest.fixture
def enter_by_mail(server):
    """Signs in, on the page that asks for the mail address, with the code that is mailed there."""

    def enter(keyboard, mail, check=True):
        for page, label, words, go_on in (
            ("*/enter/", "Your mail address", lambda: mail, "Send me a code"),
            ("*/enter/code/", "The six digits", lambda: server.mailed_code(mail), "Sign in"),
        ):
            keyboard.arrive(page + "*")
            if check:
                keyboard.check()
            keyboard.write(label, words())
            keyboard.press(go_on)

    return enter


@pytest.fixture(scope="session")
def motions(server):
    """The addresses of the motions, as letters about them name them."""
    found = asked(server, "SELECT title, motion FROM decide_wording")
    headlines = {"Recall Ada Okafor as chair": RECALL}  # what a motion does, where its mover called it otherwise
    return {headlines.get(title, title): f"{server.address}/decide/{motion}/" for title, motion in found}


_had = set()


@pytest.fixture
def quiet(server, motions):
    """The mail address of a member who did nothing about the demo's open motions yet; each time another's."""
    return another(server, motions)


def another(server, motions):
    """A mail address that no other test had, of a member who did nothing about the demo's open motions yet."""
    bound = OnlyWithKeys  # these pages do not seal
    busy_kinds = (Second, Move, StepBack, Return, Leave, Transfer, CastVote, bound)
    kinds = ", ".join(f"'{kind_of(kind)}'" for kind in busy_kinds)
    acts = asked(server, f"SELECT CAST(data AS TEXT) FROM door_entry WHERE kind IN ({kinds})")
    recall = motions[RECALL].split("/")[-2]
    busy = {
        re.search(r'"by":"(\w+)"', act)[1] for (act,) in acts if f'"{kind_of(CastVote)}"' not in act or recall in act
    }
    cards = asked(server, "SELECT person, mail FROM people_card WHERE mail LIKE '%.%@quayside.example'")
    mails = sorted(mail for person, mail in cards if person not in busy and not re.search(r"\d", mail))
    mail = next(mail for mail in mails if mail not in _had)
    _had.add(mail)
    return mail


def asked(server, query):
    """What the database of a server that runs says."""
    with closing(sqlite3.connect(f"file:{server.folder / 'frombelow.sqlite3'}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()
