"""The pictures in docs/explanation: each page at the width of a phone and of a desk, in few colours.

Everybody in them is invented. The demo's four months end today, so its days differ from one run to the next.
"""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "explanation"
WIDTHS = {"phone": (360, 960), "desktop": (1280, 860)}
TALLER = {  # for pages of which the top alone says too little
    "recall": (1700, 1200),
    "rule-change": (1600, 1000),
    "mandate": (1500, 1100),
    "import": (1150, 1000),
}
COLOURS = 24
FROMBELOW = [sys.executable, "-m", "frombelow"]
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
ROLL = """First name,Last name,Email,Phone,Joined
Noor,Haddad,noor@example.org,+44 20 7946 0011,2024-03-01
Tom,Reyes,tom@example,,2023-11-20
Noor,Haddad,noor@example.org,+44 20 7946 0011,2024-03-01
Agnes,Weir,,+44 20 7946 0012,2025-01-15
"""
Go = Callable[[Page, str], None]


def visit(path: str) -> Go:
    return lambda page, address: _open(page, address + path)


def follow(path: str, words: str) -> Go:
    """From a page, by the first link with these words."""

    def go(page: Page, address: str) -> None:
        _open(page, address + path)
        place = page.get_by_role("link", name=words).first.get_attribute("href")
        _open(page, address + str(place))

    return go


def newest_entry(kind: str) -> Go:
    def go(page: Page, address: str) -> None:
        _open(page, f"{address}/record/?kind={kind}")
        _open(page, address + str(page.locator("main a[href*='/record/entry/']").first.get_attribute("href")))

    return go


def dry_run(page: Page, address: str) -> None:
    _open(page, address + "/people/roll/import/")
    page.get_by_label("The file").set_input_files(
        [{"name": "roll.csv", "mimeType": "text/csv", "buffer": ROLL.encode()}]
    )
    page.locator("button.main").click()
    page.get_by_role("heading", name="can be brought in").wait_for()


def what_they_did(page: Page, address: str) -> None:
    follow("/answerability/", "Chair")(page, address)
    page.get_by_role("link", name="What they did with it").click()
    page.wait_for_load_state()


def ask_the_rules(page: Page, address: str) -> None:
    _open(page, address + "/answerability/rules/what-stops-me/?act=recall")
    option = page.locator("select option").filter(has_text="Ada Okafor").first.get_attribute("value")
    page.locator("select").select_option(option)
    page.get_by_role("button", name="Ask the rules").click()
    page.wait_for_load_state()


# name of the picture -> who looks (a line of the demo's cast), and how they get there
BO, EVE = 0, 2
PAGES: dict[str, tuple[int, Go]] = {
    "home": (BO, visit("/")),
    "recall": (BO, follow("/decide/", "Recall Ada Okafor from the office Chair")),
    "rule-change": (BO, follow("/decide/", "The rules change: Article 4.2, Seconders")),
    "office": (BO, follow("/answerability/", "Chair")),
    "mandate": (BO, what_they_did),
    "article": (BO, visit("/answerability/rules/4.2/")),
    "what-stops-me": (BO, ask_the_rules),
    "server-acts": (BO, visit("/answerability/server/")),
    "who-can-see": (BO, visit("/answerability/who-can-see/")),
    "entry": (BO, newest_entry("vote.close")),
    "people": (BO, visit("/people/")),
    "me": (BO, visit("/people/me/")),
    "import": (EVE, dry_run),
}


def main(chosen: list[str]) -> None:
    """The chosen pictures, or all, are fresh."""
    if unknown := set(chosen) - {*PAGES, "changed-history", "beginning"}:
        raise SystemExit(f"There is no picture {', '.join(sorted(unknown))}.")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        said = subprocess.run(
            [*FROMBELOW, "demo", "--data", str(folder / "data"), "--only-make"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        shutil.copytree(folder / "data", folder / "before")
        back_up(folder / "data", folder / "backup.age")
        links = re.findall(r"http://[^/]+(/enter/link/\S+)", said)
        with served(folder / "data") as address:
            rooms(browser, address, links, chosen)
        if not chosen or "changed-history" in chosen:
            changed_history(browser, folder, links)
        if not chosen or "beginning" in chosen:
            beginning(browser, folder)
        browser.close()


def rooms(browser: Browser, address: str, links: list[str], chosen: list[str]) -> None:
    kept = {who: _signed_in(browser, address + links[who]) for who in (BO, EVE)}
    for width in WIDTHS:
        for name, (who, go) in PAGES.items():
            if not chosen or name in chosen:
                with _page(browser, width, kept[who]) as page:
                    go(page, address)
                    take(page, f"{name}-{width}")


def changed_history(browser: Browser, folder: Path, links: list[str]) -> None:
    """A member saw a record; then the same key signs another one, as after a backup without its copy."""
    contexts: dict[str, BrowserContext] = {}
    port = _free_port()
    with served(folder / "data", port) as address:
        kept = _signed_in(browser, address + links[1])
        for width, (across, down) in WIDTHS.items():
            contexts[width] = browser.new_context(
                viewport={"width": across, "height": down}, locale="en-GB", storage_state=kept
            )
            page = contexts[width].new_page()
            _open(page, address + "/decide/")
            page.locator("#remembered [data-say]:visible").wait_for()
    other = folder / "before"
    for n in range(4):  # each is an entry, and the other history is to be the longer one
        back_up(other, folder / f"other-{n}.age")
    with served(other, port) as address:
        kept = _signed_in(browser, address + links[2])
        for width, context in contexts.items():
            context.clear_cookies()
            context.add_cookies(kept["cookies"])
            page = context.pages[0]
            page.clock.set_fixed_time(int(time.time() * 1000) + 120_000)
            page.goto(address + "/decide/")
            page.locator("#changed:visible").wait_for()
            take(page, f"changed-history-{width}")
            context.close()


def beginning(browser: Browser, folder: Path) -> None:
    """The pages that found an organization, at the rules."""
    for width in WIDTHS:
        printed: list[str] = []
        with served(folder / f"new-{width}", printed=printed) as address, _page(browser, width, None) as page:
            _open(page, address + "/begin/")
            page.get_by_label("The founding code").fill(printed[1].partition("code: ")[2].strip())
            page.locator("button.main").click()
            page.wait_for_url("**/kind/")
            page.get_by_label("Its name").fill("Lindenhof Tenants")
            page.get_by_label("Time zone").fill("Europe/Berlin")
            page.get_by_role("radio").first.check()
            page.locator("button.main").click()
            page.wait_for_url("**/rules/")
            take(page, f"beginning-{width}")


def back_up(data: Path, file: Path) -> None:
    subprocess.run(
        [*FROMBELOW, "backup", str(file), "--data", str(data)], check=True, capture_output=True,
        env={**os.environ, "FROMBELOW_PASSPHRASE": "four words are enough"},
    )  # fmt: skip


def take(page: Page, name: str) -> None:
    """The top of the page as a small file in few colours."""
    what, _, width = name.rpartition("-")
    across, most = WIDTHS[width]
    most = dict(zip(WIDTHS, TALLER.get(what, (most, most)), strict=True))[width]
    page.evaluate("document.activeElement && document.activeElement.blur()")
    down = min(most, page.evaluate("Math.ceil(document.body.getBoundingClientRect().bottom)"))
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    few = picture.convert("RGB").crop((0, 0, across, down)).quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)
    print(f"{name}.png  {(PICTURES / f'{name}.png').stat().st_size:,}")


@contextmanager
def served(data: Path, port: int = 0, printed: list[str] | None = None) -> Iterator[str]:
    """``frombelow serve`` on the folder; gives its address."""
    port = port or _free_port()
    address = f"http://localhost:{port}"
    command = [*FROMBELOW, "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            (printed if printed is not None else []).append(line)
            if line.startswith(("Serving", "The founding code")):
                break
        for _ in range(200):
            try:
                urllib.request.urlopen(address + "/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def _signed_in(browser: Browser, link: str) -> dict[str, object]:
    """What a browser keeps of whoever followed their link."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(link)
    if page.locator("form button.main").count() and "/link/" in page.url:
        page.locator("form button.main").click()
        page.wait_for_load_state()
    kept = context.storage_state()
    context.close()
    return dict(kept)


@contextmanager
def _page(browser: Browser, width: str, kept: dict[str, object] | None) -> Iterator[Page]:
    across, down = WIDTHS[width]
    context = browser.new_context(viewport={"width": across, "height": down}, locale="en-GB", storage_state=kept)
    yield context.new_page()
    context.close()


def _open(page: Page, address: str) -> None:
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address} answered {answer and answer.status}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(sys.argv[1:])
