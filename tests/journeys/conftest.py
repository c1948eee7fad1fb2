"""A real server with the demo organization, and a real Chromium."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
FROMBELOW = [sys.executable, "-m", "frombelow"]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in ("FROMBELOW_DATABASE", "FROMBELOW_MAIL")}


def run(*arguments):
    """What the command prints."""
    return subprocess.run([*FROMBELOW, *arguments], env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
            _wait(self.address)
            yield self
        finally:
            process.terminate()
            process.wait(20)

    def mailed_code(self, mail):
        """The code in the next letter to this address that nobody has read yet."""
        seen = self.read.get(mail, 0)
        for _ in range(100):
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


@pytest.fixture(scope="session")
def served(server):
    """The demo organization's address, and a way to sign in as each of its cast."""
    return server.address, server.links


def _wait(address):
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


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


@pytest.fixture(params=[(360, 740), (1280, 900)], ids=["phone", "desktop"])
def page(chromium, server, request):
    with fresh_page(chromium, server.address, *request.param) as page:
        yield page


@pytest.fixture
def page_without_script(chromium, server):
    with fresh_page(chromium, server.address, 360, 740, script=False) as page:
        yield page


@pytest.fixture
def sign_in(server):
    """Signs somebody of the demo in on a page, by name, with a printed code."""

    def enter(page, name):
        said = run("sign-in-code", name, "--data", str(server.folder))
        page.context.clear_cookies()
        page.goto(server.address + "/enter/printed/")
        page.get_by_label("The printed code").fill(re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", said)[0])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(server.address + "/")

    return enter


@pytest.fixture
def enter_by_mail(server):
    """Signs in, on the page that asks for the mail address, with the code that is mailed there."""

    def enter(page, mail, check=lambda page: None):
        check(page)
        page.get_by_label("Your mail address", exact=True).fill(mail)
        page.get_by_role("button", name="Send me a code").click()
        page.wait_for_url("**/enter/code/")
        check(page)
        page.get_by_label("The six digits", exact=True).fill(server.mailed_code(mail))
        page.get_by_role("button", name="Sign in").click()

    return enter
