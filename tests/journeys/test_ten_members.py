"""From an empty folder to ten members who came in, without a mail server: by sheets that the secretary printed."""

import pytest

from .conftest import DESK
from .test_beginning import found, server  # noqa: F401  the fixture
from .test_import_and_undo import came

pytestmark = pytest.mark.browser
NAMES = ["Cleo Adair", "Dov Barak", "Elif Demir", "Femi Eze", "Gita Rao", "Hugo Lima", "Iris Moor", "Jan Novak"]


def sheets(page):
    """The codes on the sheets that are shown, by whose they are."""
    names = page.get_by_role("heading", name="A way in for").all_inner_texts()
    codes = page.locator(".sheet").all_inner_texts()
    return {name.removeprefix("A way in for "): code for name, code in zip(names, codes, strict=True)}


def bring_in(keyboard):
    """Eight people without a mail address are members."""
    rows = "\n".join(["Name,Phone", *(f"{name},020 7946 000{n}" for n, name in enumerate(NAMES))])
    keyboard.attach("The file", {"name": "roll.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    keyboard.press("Read the file")
    came(keyboard, keyboard.page.get_by_role("heading", name="8 people can be brought in"))
    keyboard.press("Bring in 8 people")
    came(keyboard, keyboard.page.get_by_role("heading", name="8 people are members now"))
    keyboard.check()


@pytest.mark.parametrize("keyboard", [(DESK, True)], ids=["desktop"], indirect=True)
def test_ten_members_come_in_and_no_mail_was_sent(keyboard, server):  # noqa: F811
    page, main = keyboard.page, keyboard.main
    page.goto(server.said[0].partition(" on ")[2].replace("127.0.0.1", "localhost"))
    found(keyboard, server.said)
    keyboard.press("Show the codes")
    ways_in = sheets(page)
    keyboard.follow("Go on")
    keyboard.follow("Bring in your members")
    bring_in(keyboard)
    keyboard.follow("People")
    keyboard.follow("See the roll")
    keyboard.press("Make the sheets")
    keyboard.check()
    ways_in |= sheets(page)
    assert set(ways_in) == {"Ada Okafor", "Bo Lund", *NAMES}
    for name, code in ways_in.items():
        page.context.clear_cookies()
        page.goto(server.address + "/enter/printed/")
        keyboard.write("The printed code", code)
        keyboard.press("Sign in")
        keyboard.follow("My membership")
        assert name in main.inner_text()
