"""Whose words are they? The page that a motion is written on commits to them; the page that it is answered on compares."""

import json
import sqlite3
from contextlib import closing
from urllib.parse import parse_qs

import pytest

from .access import accessible
from .conftest import MEMBERS, a_union, asked
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
BODY = "It leaks.\n\nWe asked twice."


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A union of its own, whose words can be changed."""
    with a_union(tmp_path_factory.mktemp("union") / "data", MEMBERS[:25]) as started:
        yield started


@pytest.fixture
def member(page, server, sign_in):
    sign_in(page, MEMBERS[3])
    return Keyboard(page, accessible)


def moved(member, server, title):
    """The address of a motion that this member moved, and what the browser sent for it."""
    sent, page = [], member.page
    page.on("request", lambda asked: sent.append(asked.post_data) if asked.method == "POST" else None)
    page.goto(server.address + "/decide/move/")
    member.write("In one line", title)
    page.get_by_label("The motion and its reasons").fill(BODY)
    member.press("Move this motion")
    member.arrive("*/decide/*/")
    fields = {name: values[0] for name, values in parse_qs(sent[-1]).items()}
    return member.address, fields


def change(server, query, *values):
    """What whoever holds the disk does to a table."""
    with closing(sqlite3.connect(server.folder / "frombelow.sqlite3")) as database, database:
        database.execute(query, values)


def looked(page):
    """The page's script has compared what it can."""
    page.wait_for_load_state("networkidle")


def test_the_browser_that_moves_a_motion_draws_its_id_and_commits_to_its_words(member, server):
    address, fields = moved(member, server, f"The roof of {member.page.viewport_size['width']}")
    name = address.rstrip("/").rpartition("/")[2]
    assert fields["drawn-id"] == name
    ((data,),) = asked(server, f"SELECT data FROM door_entry WHERE kind = 'motion.move' AND about = '{name}'")
    act = json.loads(data)["act"]
    assert (act["motion"], act["text"]) == (name, fields["drawn-commitment"])
    looked(member.page)
    assert member.page.get_by_role("alert").count() == 0
    assert member.main.get_by_role("button").first.is_enabled()
    member.check()


def test_words_that_are_not_those_in_the_record_are_not_answered(member, server, sign_in):
    address, _ = moved(member, server, f"The stairs of {member.page.viewport_size['width']}")
    name = address.rstrip("/").rpartition("/")[2]
    sign_in(member.page, MEMBERS[4])
    member.page.goto(address)
    looked(member.page)
    assert member.page.get_by_role("button", name="Second this motion").is_enabled()
    change(server, "UPDATE decide_wording SET body = 'We sell the house.' WHERE motion = ?", name)
    member.page.goto(address)
    member.page.get_by_role("alert").wait_for()
    said = member.page.get_by_role("alert").inner_text()
    assert "The words on this page are not the words in the record" in said
    assert "Do not answer here." in said
    assert member.page.get_by_role("button", name="Second this motion").is_disabled()
    member.check()


def test_words_that_change_on_their_way_to_the_server_are_refused(chromium, server, sign_in):
    with closing(chromium.new_context()) as context:
        page = context.new_page()
        sign_in(page, MEMBERS[5])

        def swap(route):
            data = (route.request.post_data or "").replace("It+leaks", "We+sell")
            route.continue_(post_data=data) if route.request.method == "POST" else route.continue_()

        page.route("**/decide/move/", swap)
        page.goto(server.address + "/decide/move/")
        page.get_by_label("In one line").fill("The cellar")
        page.get_by_label("The motion and its reasons").fill(BODY)
        page.get_by_role("button", name="Move this motion").click()
        page.get_by_role("alert").wait_for()
        said = page.get_by_role("alert").inner_text()
    assert "the words that came with this act are not those that it commits to" in said
    assert asked(server, "SELECT count(*) FROM decide_wording WHERE title = 'The cellar'") == [(0,)]
