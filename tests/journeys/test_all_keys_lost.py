"""Who lost every key comes back: they ask in a new browser, and two members who know them vouch, by their cards."""

import json
import re
import secrets
import subprocess
import sys
from contextlib import ExitStack

import pytest

from frombelow.cli.cards import key_id
from frombelow.keys.cards import SEED, Card
from tests.ports import free_port

from .access import accessible
from .cards import SHARED, read
from .conftest import ENVIRONMENT, MEMBERS, PHONE, Server, asked, fresh_page, mail_of
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
NAMES = MEMBERS[:6]
CARDS = {name: Card(secrets.token_bytes(SEED)) for name in NAMES}
OLD = """
import json, os, sys, time
from pathlib import Path
import django
from frombelow_site.door.key import make_keys
data = Path(os.environ["FROMBELOW_DATA"])
make_keys(data, "hill-tenants/record")
django.setup()
from frombelow.keys.cards import Card
from frombelow.polity.keys.acts import BindKey
from frombelow.polity.keys.making import new_key
from frombelow.polity.rulebook.templates import template
from frombelow_site.door.founding import Founder, found
people, clock = json.loads(sys.argv[1]), [int(time.time()) - 40 * 86_400]
door, ids = found(
    data, data / "copy", name="Hill Tenants", rulebook=template("tenants-union", zone="Europe/London"),
    founders=[Founder(name, mail) for name, mail, _ in people], clock=lambda: clock[0],
)
for person, (_, _, seed) in zip(ids, people):
    new = new_key(Card(bytes.fromhex(seed)).signing, "card", origin=door.polity().origin, person=person)
    door.perform(BindKey(by=person, key=new))
while clock[0] < time.time() - 3_600:
    clock[0] += 3_600
    door.tick()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A union of forty days, whose members have had cards from its first hour on."""
    folder = tmp_path_factory.mktemp("lost") / "data"
    people = [[name, mail_of(name), card.seed.hex()] for name, card in CARDS.items()]
    subprocess.run(
        [sys.executable, "-c", OLD, json.dumps(people)],
        env={**ENVIRONMENT, "FROMBELOW_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings"},
        check=True,
    )
    with Server(folder, free_port()).running() as started:
        yield started


@pytest.fixture
def browser(chromium, server, enter_by_mail):
    """A browser that never was here, in which this member signs in by mail."""
    with ExitStack() as open_:

        def begin(name, size):
            page = open_.enter_context(fresh_page(chromium, server.address, *size))
            page.goto(server.address + "/enter/")
            page.evaluate(SHARED)
            enter_by_mail(Keyboard(page), mail_of(name), check=False)
            page.locator("#keys-here[data-found]").wait_for(state="attached")
            return Keyboard(page, accessible)

        yield begin


@pytest.mark.parametrize(("size", "names"), [(PHONE, NAMES[:3])], ids=["phone"])
def test_who_lost_every_key_asks_and_two_members_vouch_by_their_cards(server, browser, size, names):
    lost, *vouchers = names
    asks = browser(lost, size)
    asks.page.evaluate("localStorage.clear()")  # it is a device of their own
    asks.page.goto(server.address + "/keys/")
    asks.press("None of my keys is at hand: ask the members for one")
    begins = asks.page.locator("[data-begins]")
    begins.filter(has_text=re.compile(r"\w")).wait_for()
    asks.check()
    assert "0 of 2 members vouched" in asks.main.inner_text()
    for voucher in vouchers:
        vouches = browser(voucher, size)
        vouches.page.goto(server.address + "/keys/requests/")
        vouches.press_here("Seal with my card")
        read(vouches, " ".join(CARDS[voucher].words()))
        vouches.page.get_by_role("heading", name="Your card is read").wait_for()
        line = vouches.page.get_by_role("listitem").filter(has_text=lost)
        assert line.locator("[data-groups]").inner_text() == begins.inner_text()
        vouches.check()
        vouches.press("It is them: vouch")
    assert "It is bound on " in vouches.main.inner_text()
    asks.page.goto(server.address + "/keys/")
    assert re.search(r"It is bound on \d+ \w+ \d{4}", asks.main.inner_text())
    asks.check()
    query = "SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = 'key.vouch'"
    vouched = [json.loads(entry)["seal"]["key"] for (entry,) in asked(server, query)]
    assert {key_id(CARDS[voucher]) for voucher in vouchers} <= set(vouched)
