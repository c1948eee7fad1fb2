"""Who was erased is nowhere, and nothing says who they were."""

import re

import pytest
from django.core import mail
from django.test import Client

from frombelow_site.mail import sending
from frombelow_site.membership import actions
from tests.accounts.conftest import app_of
from tests.operations.conftest import club_of_ada, data, frombelow, python  # noqa: F401  fixtures

from .house import ATTACHED, MIRA, OF_MIRA, ON_THE_ROLL, ONCE, QUIET, ROLL
from .places import found, on_pages, tables

GONE = (QUIET, *ON_THE_ROLL, MIRA, *ONCE, *OF_MIRA, *ATTACHED)


def test_who_is_erased_is_in_no_table_any_more(seen):
    assert found(seen.tables.items(), [QUIET, MIRA])  # they were there
    assert found(seen.after.tables.items(), GONE) == []


def test_who_is_erased_stands_on_no_page_and_in_no_file_that_members_or_officers_take(seen):
    assert len(seen.after.pages["eve"]) > 150  # a member, who may see the roll too
    assert found(on_pages(seen.after.pages["eve"]), GONE) == []
    assert found(on_pages([seen.after.export, seen.after.own]), GONE) == []


def test_who_is_erased_is_neither_in_the_record_nor_beside_the_database(seen):
    assert found(seen.after.record.items(), GONE) == []
    assert len(found(seen.files.items(), ATTACHED[1:])) == 1  # it was there
    assert found(seen.after.files.items(), GONE) == []


def test_nobody_is_written_to_any_more_who_was_erased(seen):
    assert [to for to, _ in seen.after.letters if "mira" in to or "quilla" in to] == []


ERASED = """
from pathlib import Path
import os, sqlite3
from frombelow_site.door import polity, the_door
from frombelow_site.door.leftovers import leftovers
from frombelow_site.membership import actions
from frombelow_site.roll.actions import admit

def found():
    files = [each for each in Path(os.environ["FROMBELOW_DATA"]).rglob("*") if each.is_file()]
    return sorted(each.name for each in files if b"uetzalxochitl" in each.read_bytes())

ada = next(iter(polity().people))
under = next(held.id for held in polity().held[ada] if "admit-members" in polity().offices[held.office].powers)
for n in (1, 2):
    if n == 2:  # somebody reads meanwhile: it is done with a later look
        reader = sqlite3.connect(Path(os.environ["FROMBELOW_DATA"]) / "frombelow.sqlite3", isolation_level=None)
    who = admit(ada, under, polity().root, f"Quetzalxochitl {n}", f"quetzalxochitl{n}@example.org")
    print("before", found())
    if n == 2:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people_card").fetchone()
    actions.erase_and_leave(who)
    if n == 2:
        print("while somebody reads", leftovers.there)
        reader.close()
        the_door().writer.beat(now=True)
    print("after", found(), leftovers.there)
"""


def test_who_is_erased_is_in_no_file_of_the_database_while_the_server_runs(python):  # noqa: F811
    said, _errors = python(ERASED)
    log = "['frombelow.sqlite3-wal']"
    assert said.splitlines() == [
        f"before {log}", "after [] False", f"before {log}", "while somebody reads True", "after [] False",
    ]  # fmt: skip


def test_what_a_dry_run_quoted_goes_with_whom_it_could_be_about(seen):
    assert "roll_import" in seen.tables
    assert b"mira@mover.example" in seen.tables["roll_import"]  # "is on the roll already", of a list that came in
    assert b"mira@mover.example" not in seen.after.tables["roll_import"]


def test_of_a_list_that_came_in_no_more_is_kept_than_there_is_to_mend(seen):
    assert ROLL.splitlines()[1].startswith("no-quiet-7")  # whom a dry run shows as an example
    assert found([("roll_import", seen.tables["roll_import"])], [QUIET, *ON_THE_ROLL]) == []


@pytest.mark.parametrize("left", ["code", "second"])
def test_an_address_that_was_typed_to_sign_in_goes_with_its_person(site, left, monkeypatch):
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))
    app_of(site.bo)
    bo = Client()
    bo.post("/enter/", {"mail": "BO@example.org"})
    if left == "second":  # the first step is done
        bo.post("/enter/code/", {"code": re.search(r"\d{6}", mail.outbox[-1].body)[0]})
        assert bo.session["half"]["person"] == site.bo
    Client().post("/enter/", {"mail": "ada@example.org"})
    assert b"BO@example.org" in tables()["accounts_session"]
    actions.erase(site.bo)
    assert b"BO@example.org" not in tables()["accounts_session"]
    assert b"ada@example.org" in tables()["accounts_session"]
