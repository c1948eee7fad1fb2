"""From the letter that reminds of a vote to the answer, in a browser in which its reader signed in before: two presses."""

import quopri
import re
import time

import pytest
from aiosmtpd.controller import Controller

from tests import ready
from tests.ports import free_port

from .conftest import ENVIRONMENT, RECALL, Server, run

pytestmark = pytest.mark.browser
BROWSERS = ["phone", "desktop-plain"]
NOTE = """
import os, django
django.setup()
from frombelow_site.door import the_door
from frombelow_site.mail.queue import write_round
the_door().tick()
for name in the_door().polity().voting:
    write_round("closing", name, motion=name)
"""


class Post:
    """A mail server that keeps what it takes."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        self.letters.append((envelope.rcpt_tos[0], quopri.decodestring(envelope.content).decode()))
        return "250 taken"

    def latest(self, words, to=None):
        """The address and the words of the latest letter with these words in it."""
        for _ in range(400):
            for address, letter in reversed(self.letters):
                if words in letter and to in (None, address):
                    return address, letter
            time.sleep(0.05)
        raise AssertionError(f"no letter says {words}")


@pytest.fixture(scope="module")
def post():
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    post.port = controller.port
    yield post
    controller.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory, post):
    folder, port = tmp_path_factory.mktemp("letters") / "data", free_port()
    run("demo", "--data", str(folder), "--port", str(port), "--only-make")
    mail = {"FROMBELOW_MAIL": f"smtp://127.0.0.1:{post.port}", "FROMBELOW_DATA": str(folder)}
    with pytest.MonkeyPatch.context() as patch:
        for key, value in (mail | {"FROMBELOW_MAIL_RATE": "1000"}).items():
            patch.setitem(ENVIRONMENT, key, value)
        django = ENVIRONMENT | {"DJANGO_SETTINGS_MODULE": "frombelow_site.settings"}
        assert ready.run("-c", NOTE, env=django).returncode == 0
        with Server(folder, port).running() as started:
            yield started


def test_from_the_letter_to_the_answer_it_is_two_presses_where_one_signed_in_before(keyboard, post):
    page = keyboard.page
    post.latest("You have not answered yet.")
    told = [to for to, words in post.letters if "You have not answered yet." in words and "/enter/letter/" in words]
    mail, letter = post.latest("You have not answered yet.", told[BROWSERS.index(keyboard.name)])  # another for each
    link = re.search(r"http://localhost:\d+/enter/letter/\S+", letter)[0]

    page.goto(link)  # nobody signed in here yet: it opens its page, which asks for a code
    keyboard.write("Your mail address", mail)
    keyboard.press("Send me a code")
    keyboard.write("The six digits", re.search(r"\d{6}", post.latest("Your code:", mail)[1])[0])
    keyboard.press("Sign in")
    assert RECALL in page.get_by_role("heading", level=1).inner_text()
    keyboard.sign_out()

    page.goto(link)
    keyboard.check()
    keyboard.press("Yes: open the page")  # the first press
    assert RECALL in page.get_by_role("heading", level=1).inner_text()
    keyboard.choose("No")
    keyboard.check()
    keyboard.press("Vote")  # the second
    page.get_by_role("status").wait_for()
    assert "Your answer is in the record." in keyboard.main.inner_text()
