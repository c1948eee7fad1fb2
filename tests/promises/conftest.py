"""A house in which something of each kind happened, walked through once; each test looks at what was seen there."""

from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils.translation import deactivate

from frombelow.polity import decode
from frombelow_site.door import new_id, use
from frombelow_site.door.models import Entry
from frombelow_site.mail import sending
from frombelow_site.roll import importing
from tests.site_cast import Site, site  # noqa: F401  a fixture, for what is not seen in the house
from tests.site_mail import delivered
from tests.walking import addresses, seen_at, walk

from . import places
from .house import House

READERS = ("quiet", "ada", "eve", "dee")  # who did nothing yet, the chair, the secretary, the administrator

# The form that changes a rule, twice for each article: the first reader goes through all of them.
SAME_FORM = ("/decide/move/?effect=rules&article=",)


@pytest.fixture
def seen(db, walked):
    """What was seen in the house; "db" has the database made for the walk."""
    return walked


@pytest.fixture(scope="package")
def walked(django_db_setup, django_db_blocker, tmp_path_factory):
    """What everybody was shown, sent, or could read, and then ``after`` two of them were erased. Of it all nothing is
    in the database any more."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "data").mkdir()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, places.logged() as log:
        # Letters leave, and files are read, in the request: the transaction is seen by its own thread alone.
        patch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))
        patch.setattr(importing, "_start", lambda work, _batch: work())
        patch.setattr(transaction, "on_commit", lambda work, **_: work())
        cache.clear()
        mail.outbox.clear()
        with transaction.atomic():
            here = Site(folder / "data")
            try:
                return look_at(House(here), folder, log)
            finally:
                transaction.set_rollback(True)
                deactivate()
                here.door.election.lose()
                use(None)


def look_at(house, folder, log):
    """Everything that tests of promises ask about."""
    here, found = house.site, SimpleNamespace(house=house, folder=folder)
    who = {"quiet": house.quiet} | {name: getattr(here, name) for name in READERS[1:]}
    found.ids, found.size = {str(each) for each in here.polity.people}, here.polity.size
    found.tables, found.letters, found.files = places.tables(), places.letters(), places.files_in(folder / "data")
    found.pages, found.changed = {}, {}
    for name, person in who.items():
        browser, before = here.browser(person), places.tables()
        found.pages[name] = list(walk(browser, but=SAME_FORM if found.pages else ()))
        found.changed[name] = [table for table, rows in places.tables().items() if rows != before[table]]
    found.entries = {entry.index: decode(bytes(entry.data)) for entry in Entry.objects.all()}
    found.bytes = {entry.index: bytes(entry.data) for entry in Entry.objects.all()}
    found.own = seen_at("/people/me/data/", here.browser(here.bo).post("/people/me/data/"))
    found.export = seen_at("/people/roll/export/", here.browser(here.eve).post("/people/roll/export/"))
    found.record = places.record(folder)
    before = places.tables()
    found.real, found.unknown = real_ids(house), unknown_ids()
    found.asked, found.guessed = asked_by_a_stranger(found.real), asked_by_a_stranger(found.unknown)
    found.stranger = [*walk(Client()), *found.asked]
    found.by_strangers = [table for table, rows in places.tables().items() if rows != before[table]]
    found.after = after_erasing(house, folder)
    found.log = log.getvalue()
    return found


def real_ids(house):
    """What can stand in an address, of things that are there."""
    polity = house.site.polity
    return {
        "person": house.quiet, "motion": house.ruled_out, "mandate": house.site.holds(house.site.ada, "chair").id,
        "office": house.site.office("chair").id, "branch": polity.root, "batch": house.batch, "index": 3, "old": 3,
        "new": 5, "path": "entries/000.p/5", "number": "4.6", "name": next(iter(polity.recoveries)),
        "passkey": house.site.bo, "n": 0, "token": "guessed", "attachment": house.attached,
    }  # fmt: skip


def unknown_ids():
    """The same of things that are not there."""
    ids = {
        name: new_id()
        for name in ("person", "motion", "mandate", "office", "branch", "batch", "name", "passkey", "attachment")
    }
    return ids | {
        "index": 7777,
        "old": 7777,
        "new": 8888,
        "path": "entries/000.p/77",
        "number": "77.7",
        "n": 7777,
        "token": "guessed",
    }


def asked_by_a_stranger(ids):
    """What a stranger gets at each address."""
    browser, asked = Client(), [(method, path) for path, _ in addresses(ids) for method in ("GET", "POST")]
    return [seen_at(f"{method} {path}", browser.generic(method, path)) for method, path in asked]


def after_erasing(house, folder):
    """Where somebody could come across those who were erased."""
    known = len(delivered())
    house.erase()
    here = house.site
    pages = {name: list(walk(here.browser(getattr(here, name)), but=SAME_FORM)) for name in ("eve",)}
    return SimpleNamespace(
        pages=pages, tables=places.tables(), record=places.record(folder), files=places.files_in(folder / "data"),
        export=seen_at("/people/roll/export/", here.browser(here.eve).post("/people/roll/export/")),
        own=seen_at("/people/me/data/", here.browser(here.bo).post("/people/me/data/")),
        letters=places.letters()[known:],
    )  # fmt: skip
