"""A union from an empty folder, in real browsers: founded with a card, thirty empty cards as one PDF, ten members who
make theirs on their phones and two at the table, and a motion that they carry by sealed votes. Then a thief of the
server's folder tries to tell it otherwise, and ``frombelow verify`` says what stands sealed."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import UNSET
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from tests.ports import free_port

from frombelow.cli.verify import check
from frombelow.polity import decode
from frombelow.polity.votes.acts import CastVote
from frombelow.record import read_export

from .forge.taken import forge

PHONE, DESK, DAY = (360, 740), (1280, 900), 86_400
FRAMES, WORDS = 30, 12
FOUNDER, TOUCHES, DAYS = "Ada Okafor", "Bo Lund", 60
PHONES = ("Cleo Adair", "Dov Barak", "Elif Demir", "Femi Eze", "Gita Rao", "Hugo Lima", "Iris Moor", "Jan Novak",
          "Kim Park", "Lea Sand")  # fmt: skip
AT_THE_TABLE = ("Mo Tan", "Nell Udo")
KEEP = PHONES[:5]  # whose phones keep a key beside the card
CODE = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2}")
FROMBELOW = [sys.executable, "-m", "frombelow"]
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
FINGER = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
BY_CARD = """async ([words, poll]) => {
  const load = (name) => import(`/static/ui/keys/${name}.js`);
  const [{ here }, card, { read }, { seal, handIn }, { base32 }] =
    await Promise.all(["here", "card", "card_words", "sealing", "drawing"].map(load));
  const lists = await (await fetch(`${here.keys}card/words.json`)).json();
  const signer = await card.open(await read(words, lists, here.origin));
  const nonce = base32(crypto.getRandomValues(new Uint8Array(16)));
  await handIn(await seal(signer, { kind: "vote.cast", by: here.person, poll, choice: "yes", nonce }));
}"""


class Union:
    """The served folder and its browsers: one for each person, and one on the table."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.folder, self.data, self.ahead = folder, folder / "data", folder / "ahead"
        self.browser, self.port = browser, free_port()
        self.pages: dict[str, Page] = {}
        self.codes: dict[str, str] = {}
        self.cards: dict[str, str] = {}
        self.ahead.write_text("0")

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address that it printed, while it runs."""
        serve = [sys.executable, "-m", "drills.later", "serve", "--data", str(self.data), "--port", str(self.port)]
        environment = os.environ | {"LATER": str(self.ahead)}
        process = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            for _ in range(600):
                with suppress(OSError), socket.create_connection(("localhost", self.port), 1):
                    break
                time.sleep(0.1)
            yield line.partition(" on ")[2].strip().replace("127.0.0.1", "localhost")
        finally:
            process.terminate()
            process.wait(30)
            process.stdout.close()

    def page(self, name: str, size: tuple[int, int] = PHONE) -> Page:
        """The page of this person's own browser."""
        if name not in self.pages:
            viewport: Any = dict(zip(("width", "height"), size, strict=True))
            self.pages[name] = self.browser.new_context(
                viewport=viewport, locale="en-GB", timezone_id="Europe/Berlin"
            ).new_page()
        return self.pages[name]

    def goto(self, name: str, path: str) -> Page:
        page = self.page(name)
        page.goto(f"http://localhost:{self.port}{path}")
        return page

    def sign_in(self, name: str, browser: str = "") -> Page:
        """By the code on the sheet of this person."""
        page = self.goto(browser or name, "/enter/printed/")
        page.get_by_label("The printed code").fill(self.codes.pop(name))
        press(page, "Sign in")
        return page

    def later(self, days: float) -> None:
        """So much time goes by, here and in every browser."""
        shifted = int(self.ahead.read_text()) + int(days * DAY)
        fresh = self.ahead.with_suffix(".new")
        fresh.write_text(str(shifted))
        fresh.rename(self.ahead)  # whole, for who reads it meanwhile
        for page in self.pages.values():
            page.context.clock.set_fixed_time(time.time() + shifted)


def press(page: Page, name: str, role: Any = "button") -> None:
    """What has this name leads to another page, or to this one again."""
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).first.click()


def drill(_times: int) -> bool:
    """Whether all of it came to its end, each vote sealed, and nothing of it could be told otherwise."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        union = Union(Path(place), browser)
        with union.served() as address:
            found(union, address)
            wrong = frames(union)
            keys(union)
            wrong += vote(union)
        browser.close()
        wrong += verified(union)
        right = forge(union.folder / "record.zip", union.data / "record.key")
    for each in wrong:
        print(each)
    return right and not wrong


def found(union: Union, address: str) -> None:
    """The founder has a card, which seals the founding; everybody else has a sheet with a code."""
    page = union.page(FOUNDER, DESK)
    page.goto(address)
    page.wait_for_function("() => document.querySelector('main input[name=code]')?.value")  # its script writes it
    press(page, "Go on")
    page.get_by_label("Its name", exact=True).fill("Lindenhof Tenants")
    press(page, "Go on")
    press(page, "Go on")
    page.get_by_label("Your name", exact=True).fill(FOUNDER)
    page.get_by_label("Name", exact=True).first.fill(TOUCHES)
    press(page, "Go on")
    for office in ("Chair", "Secretary", "Treasurer", "Server administrator"):
        page.get_by_role("group", name=office).get_by_label(FOUNDER, exact=True).check()
    press(page, "Go on")
    union.cards[FOUNDER] = make_card(page)
    page.get_by_role("heading", name="Your card is ready").wait_for()
    press(page, "Found Lindenhof Tenants")
    press(page, "Show the codes")
    sheets(union, page)
    press(page, "Go on", "link")
    bring_in(page)
    press(page, "People", "link")
    press(page, "See the roll", "link")
    press(page, "Make the sheets")
    sheets(union, page)
    print(f"Founded by {FOUNDER} with a card; {len(PHONES + AT_THE_TABLE)} more were brought in by a file.")


def bring_in(page: Page) -> None:
    """Everybody else is a member, without a mail address."""
    others = PHONES + AT_THE_TABLE
    rows = "\n".join(["Name,Phone", *(f"{name},020 7946 {n:04}" for n, name in enumerate(others))])
    press(page, "Bring in your members", "link")
    page.get_by_label("The file").set_input_files({"name": "roll.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    for button, said in (
        ("Read the file", "people can be brought in"),
        ("Bring in {n} people", "people are members now"),
    ):
        press(page, button.format(n=len(others)))
        page.get_by_role("heading", name=f"{len(others)} {said}").wait_for()


def sheets(union: Union, page: Page) -> None:
    """The codes that are shown, by whose they are."""
    names = page.get_by_role("heading", name="A way in for").all_inner_texts()
    for name, sheet in zip(names, page.locator(".sheet").all_inner_texts(), strict=True):
        union.codes[name.removeprefix("A way in for ")] = CODE.search(sheet)[0]  # type: ignore[index]


def make_card(page: Page) -> str:
    """Drawn and written down, three of its words typed; its words."""
    page.get_by_role("button", name="Make my card").click()
    page.get_by_role("heading", name="Print it, or copy it by hand").wait_for()
    words = [word.strip() for word in page.locator(".keycard [data-words] li").all_inner_texts()]
    page.get_by_role("button", name="I have it").click()
    page.get_by_role("heading", name="Three words of your card").wait_for()
    for label in page.locator("#card label:visible").all():
        place = label.inner_text()
        page.get_by_label(place, exact=True).fill(words[int(place.split()[-1]) - 1])
    page.locator("#card form[data-step] .main").click()
    return " ".join(words)


def frames(union: Union) -> list[str]:
    """Thirty empty cards are one document, with no word of anybody's on it; what is wrong with it."""
    page, place = union.goto(FOUNDER, f"/keys/card/frames/?n={FRAMES}"), union.folder / "frames.pdf"
    page.pdf(path=place, prefer_css_page_size=True)
    read = subprocess.run(["pdftotext", "-layout", str(place), "-"], capture_output=True, text=True, check=True).stdout
    print(f"Frames: {read.count('Card of a member')} on {read.count(chr(12))} pages.")
    found = set(re.findall(r"\w+", read.lower()))
    wrong = [] if read.count("Card of a member") == FRAMES else ["There are not thirty frames."]
    return wrong + (["The frames hold a card’s words."] if set(union.cards[FOUNDER].split()) <= found else [])


def keys(union: Union) -> None:
    """Each has what they will vote with; passkeys need the record to say at which address they are used."""
    command(union, "hosts", "localhost", "--key", "card", typed=union.cards[FOUNDER])
    keep_a_key(union, FOUNDER)
    for name in PHONES:
        page = union.sign_in(name)
        union.goto(name, "/keys/card/")
        union.cards[name] = make_card(page)
        page.get_by_role("heading", name="Your card is bound to you").wait_for()
        if name in KEEP:
            keep_a_key(union, name)
    for name in AT_THE_TABLE:
        union.page("the table", DESK)
        page = union.sign_in(name, "the table")
        union.goto("the table", "/keys/card/")
        page.get_by_label("This device is not mine: it makes cards at a table, under my eyes").check()
        union.cards[name] = make_card(page)
        page.get_by_role("heading", name="Your card is bound to you").wait_for()
        press(page, "Sign out here")
        if page.get_by_role("button", name="Sign out all the same").count():
            press(page, "Sign out all the same")
    passkey(union)
    print(f"Cards: {len(PHONES)} by phones, {len(AT_THE_TABLE)} at the table; a key in {len(KEEP)} phones; a passkey.")


def keep_a_key(union: Union, name: str) -> None:
    """Their card lets their browser keep a key."""
    page = union.goto(name, "/keys/card/use/")
    page.get_by_label("The twelve words of your card").fill(union.cards[name])
    page.get_by_role("button", name="Read this card").click()
    page.get_by_role("button", name="Keep a key in this browser").click()
    page.get_by_text("This browser has a key of yours from now on.").wait_for()


def passkey(union: Union) -> None:
    """A passkey of who has nothing else."""
    page = union.sign_in(TOUCHES)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    union.goto(TOUCHES, "/enter/ways/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey was added").wait_for()
    union.goto(TOUCHES, "/keys/")
    page.get_by_role("button", name="Let it seal too").click()
    page.locator("#keys-here[data-passkeys][data-found=passkey]").wait_for(state="attached")


def vote(union: Union) -> list[str]:
    """The motion is moved, seconded, debated, voted on and carried; what is wrong."""
    page = union.goto(FOUNDER, "/decide/move/")
    page.get_by_label("In one line", exact=True).fill("Write to the landlord about the heating")
    page.get_by_label("The motion and its reasons", exact=True).fill("It has been cold since October.")
    press(page, "Move this motion")
    path = page.url.partition(str(union.port))[2]
    for name in KEEP:
        if union.goto(name, path).get_by_role("button", name="Second this motion").count():
            press(union.page(name), "Second this motion")
    if not until(union, path, lambda: page.get_by_role("button", name="Vote", exact=True).count() > 0):
        return ["The vote does not open."]
    for name in (FOUNDER, *KEEP, TOUCHES):
        page = union.goto(name, path)
        page.get_by_role("radio", name="Yes", exact=True).check()
        press(page, "Vote")
        page.get_by_text("You answered yes on").wait_for()
    for name in (*PHONES[len(KEEP) :], *AT_THE_TABLE):
        vote_by_card(union, name, path)
    main = union.page(FOUNDER).locator("main")
    if not until(union, path, lambda: re.search("^Carried", main.inner_text(), re.MULTILINE) is not None):
        return [f"The motion is not carried: {main.inner_text()}"]
    for name in KEEP[:2]:  # whose seals are over all that was
        union.goto(name, "/people/me/step-back/")
        press(union.page(name), "Step back")
    return []


def vote_by_card(union: Union, name: str, path: str) -> None:
    """In a browser that keeps no key of theirs."""
    if name in AT_THE_TABLE:
        union.codes[name] = CODE.search(command(union, "sign-in-code", name))[0]  # type: ignore[index]
        union.page("the table").context.clear_cookies()
        union.sign_in(name, "the table")
    browser = "the table" if name in AT_THE_TABLE else name
    page = union.goto(browser, path)
    page.evaluate(BY_CARD, [union.cards[name], path.strip("/").rpartition("/")[2]])


def until(union: Union, path: str, so: Any) -> bool:
    """Day after day, until it is so on the motion's page."""
    for _ in range(DAYS):
        union.goto(FOUNDER, path)
        if so():
            return True
        union.later(2)
        time.sleep(0.2)  # the writer looks at the clock
    return False


def verified(union: Union) -> list[str]:
    """What the library alone says of the record."""
    place = str(union.folder / "record.zip")
    command(union, "record", "export", place)
    done = subprocess.run([*FROMBELOW, "verify", place], capture_output=True, text=True, check=False)
    print(done.stdout)
    return [done.stderr] if done.returncode else unsealed(Path(place))


def unsealed(export: Path) -> list[str]:
    """The answers that no key sealed; a line says which keys sealed the others."""
    known = check(read_export(export), "", None, Console(stderr=True)).polity.keys.keys
    votes = [entry for entry in map(decode, read_export(export).entries()) if isinstance(entry.act, CastVote)]
    sealed = Counter(known[entry.seal.key].kind for entry in votes if entry.seal is not UNSET)
    print(f"{len(votes)} votes, sealed by: {', '.join(f'{n} {kind}' for kind, n in sorted(sealed.items()))}.")
    wrong = [] if sealed.total() == len(votes) else ["Not every vote is sealed."]
    return wrong if set(sealed) == {"card", "device", "passkey"} else [*wrong, "A kind of key sealed no vote."]


def command(union: Union, *words: str, typed: str = "") -> str:
    """What this command of ``frombelow`` prints; it ended well."""
    asked = [*FROMBELOW, *words, "--data", str(union.data)]
    return subprocess.run(asked, capture_output=True, text=True, check=True, input=typed + "\n").stdout
