"""A real server with the demo organization, and a real Chromium."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """Starts the demo organization on a free port; gives its address and a way to sign in as each of its cast."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    frombelow = [sys.executable, "-m", "frombelow"]
    environment = {key: value for key, value in os.environ.items() if key != "FROMBELOW_DATABASE"}
    made = subprocess.run(
        [*frombelow, "demo", "--data", str(folder), "--port", str(port), "--only-make"],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    server = subprocess.Popen(
        [*frombelow, "serve", "--data", str(folder), "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    address = f"http://localhost:{port}"
    try:
        _wait(address)
        yield address, [line.strip() for line in made.stdout.splitlines() if "/link/" in line]
    finally:
        server.terminate()
        server.wait(20)


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


@pytest.fixture(params=[(360, 740), (1280, 900)], ids=["phone", "desktop"])
def page(chromium, served, request):
    """A page that has never been anywhere; fails the test if it asks another host or an error shows on its console."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    page = context.new_page()
    elsewhere, errors = [], []
    page.on("request", lambda asked: None if asked.url.startswith(served[0]) else elsewhere.append(asked.url))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert elsewhere == []
    assert errors == []
