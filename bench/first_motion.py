"""From an empty folder to the first motion, without a mail server: a real browser, and a person reckoned by models.

Typing, pointing and thinking are reckoned by the keystroke-level model (Card, Moran and Newell, CACM 23(7), 1980):
0.28 s a key of an average typist, 1.1 s to point, 0.2 s to press, 1.35 s to think before each. Reading is reckoned at
238 words a minute, the mean of silent reading of English prose (Brysbaert, Journal of Memory and Language 109, 2019),
of 28 of 100 words that a page shows and no page before it did: as many as people read on the web at most, by the visits
that Weinreich, Obendorf, Herder and Mayer logged (ACM Transactions on the Web 2(1), 2008; Nielsen, 2008). What it takes
to read every word is told beside it. The server's and the browser's own time is measured. Once it is done without a
card, and once with one, which is printed (the printer's own time is not reckoned) and seals the founding.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from .served import free_port

KEY, POINT, PRESS, THINK, WORD, READ = 0.28, 1.1, 0.2, 1.35, 60 / 238, 0.28
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
FROMBELOW = [sys.executable, "-m", "frombelow"]


class Person:
    """Somebody at the pages: what they do is done in the browser, and how long it takes a person is reckoned."""

    def __init__(self, page: Page) -> None:
        self.page, self.seen = page, set[str]()
        self.pages: list[tuple[str, int, int, float]] = []  # heading, new words, keys, seconds to think and press
        self.words = self.keys = 0
        self.seconds = 0.0

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)
        self.keys += len(text)
        self.seconds += THINK + POINT + PRESS + KEY * len(text)

    def tick(self, question: str, answer: str) -> None:
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
        self.seconds += THINK + POINT + PRESS

    def press(self, name: str, role: str = "button") -> None:
        """The page was read by now; the next one is there."""
        self._read()
        self.seconds += THINK + POINT + PRESS
        heading = self.page.get_by_role("heading", level=1).inner_text()
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.pages.append((heading, self.words, self.keys, self.seconds))
        self.words = self.keys = 0
        self.seconds = 0.0

    def press_here(self, name: str) -> None:
        """The page was read by now, and shows something else."""
        self._read()
        self.seconds += THINK + POINT + PRESS
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def _read(self) -> None:
        """Lines that stood on an earlier page too are not read again."""
        lines = [line for line in self.page.locator("main").inner_text().splitlines() if line not in self.seen]
        self.seen.update(lines)
        self.words += sum(len(line.split()) for line in lines)


def measure() -> dict[str, float]:
    """Seconds from starting the server on an empty folder until the first motion is moved; and with a card."""
    return {
        "first motion seconds": _measured(with_card=False),
        "first motion with a card seconds": _measured(with_card=True),
    }


def _measured(*, with_card: bool) -> float:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        command = [*FROMBELOW, "serve", "--data", str(Path(folder) / "data"), "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        try:
            said = [server.stdout.readline() for _ in range(2)]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
            person = Person(browser.new_page(locale="en-GB", timezone_id="Europe/Berlin"))
            walk(person, said[0].partition(" on ")[2].strip(), with_card=with_card)
            assert "You moved this motion." in person.page.locator("main").inner_text()
            machine = time.perf_counter() - start
            browser.close()
        finally:
            server.terminate()
            server.wait(30)
            server.stdout.close()
    acting = machine + sum(seconds for *_, seconds in person.pages)
    reading = WORD * sum(words for _, words, _, _ in person.pages)
    show(person, machine, with_card=with_card)
    every_word = f"Reading every word: {acting + reading:.0f} s. Reading none: {acting:.0f} s."
    Console(width=110).print(every_word)
    return acting + READ * reading


def walk(person: Person, address: str, *, with_card: bool) -> None:
    """From the address that the server printed: two founders, the second without mail; rules as they are offered."""
    for tries in range(200):
        try:
            person.page.goto(address)
            break
        except Exception:
            if tries == 199:
                raise
            time.sleep(0.1)
    person.press("Go on")
    person.write("Its name", "Lindenhof Tenants")
    person.press("Go on")
    person.press("Go on")
    person.write("Your name", "Ada Okafor")
    person.write("Name", "Bo Lund")
    person.press("Go on")
    person.tick("Chair", "Bo Lund")
    for office in ("Secretary", "Treasurer", "Server administrator"):
        person.tick(office, "Ada Okafor")
    person.press("Go on")
    if with_card:
        make_card(person)
    person.press("Found Lindenhof Tenants")
    person.press("Show the codes")
    person.press("Go on", "link")
    person.press("Move the first motion", "link")
    person.write("In one line", "Write to the landlord about the heating")
    person.write("The motion and its reasons", "It has been cold since October.")
    person.press("Move this motion")


def make_card(person: Person) -> None:
    """Drawn and printed; three of its words typed from the paper."""
    page = person.page
    page.evaluate("() => { globalThis.print = () => {}; }")
    person.press_here("Make my card")
    page.get_by_role("heading", name="Print it, or copy it by hand").wait_for()
    words = [word.strip() for word in page.locator(".keycard [data-words] li").all_inner_texts()]
    person.press_here("Print it")
    person.press_here("I have it")
    page.get_by_role("heading", name="Three words of your card").wait_for()
    for label in page.locator("#card label:visible").all_inner_texts():
        person.write(label, words[int(label.split()[-1]) - 1])
    person.press_here("Go on")
    page.get_by_role("heading", name="Your card is ready").wait_for()


def show(person: Person, machine: float, *, with_card: bool) -> None:
    table = Table(title=f"From an empty folder to the first motion{' with a card' if with_card else ''}")
    for heading in ("page", "new words", "keys", "seconds to think and press"):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for heading, words, keys, seconds in person.pages:
        table.add_row(heading, str(words), str(keys), f"{seconds:.1f}")
    table.add_row("the server and the browser, measured", "", "", f"{machine:.1f}")
    Console(width=110).print(table)
