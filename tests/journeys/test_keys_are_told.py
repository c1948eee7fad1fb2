"""What the server tells of a member's keys is held against what their browser knew."""

import re

import pytest

from .access import accessible
from .conftest import MEMBERS, PHONE, a_union, asked, fresh_page, sign_in_by_mail
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
OTHER = "b" * 26
KNEW = """async (other) => {
  const { change } = await import("/static/ui/keys/kept.js");
  await change("told", (told) => [...told, other]);
}"""
ADDED, ENDED = "A key was added to yours that this browser has not seen before", "A key of yours ended since"
HIDDEN = "This browser knew a key of yours that the record does not tell of any more"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_union(tmp_path_factory.mktemp("told") / "data", MEMBERS[:9]) as started:
        yield started


@pytest.fixture
def page(chromium, server, request):
    """A member whose browser has a key, and has looked once."""
    name = MEMBERS[int(request.node.callspec.params["who"])] if hasattr(request.node, "callspec") else MEMBERS[0]
    with fresh_page(chromium, server.address, *PHONE) as page:
        sign_in_by_mail(page, server, name, "has")
        for _ in range(2):  # at the second visit it knows what it made at the first
            page.goto(server.address + "/people/")
            page.wait_for_load_state("networkidle")
        yield page


def tells(page, pattern, words):
    """From now on the server tells otherwise of the keys."""

    def swap(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(pattern, words, answer.text()))

    page.unroute_all()
    page.route("**/people/", swap)


def visit(page, server):
    page.goto(server.address + "/people/")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("who", [1])
def test_a_key_that_came_and_went_between_two_visits_is_told(page, server, who):
    tells(page, r'data-ended="[^"]*"', f'data-ended="{OTHER}"')
    visit(page, server)
    page.get_by_role("alert").get_by_text(ADDED).wait_for()
    visit(page, server)
    assert not page.get_by_text(ADDED).is_visible()


@pytest.mark.parametrize("who", [2])
def test_a_key_that_the_server_hides_is_missed_until_its_owner_read_it(page, server, who):
    page.evaluate(KNEW, OTHER)
    for _ in range(2):
        visit(page, server)
        page.get_by_role("alert").get_by_text(HIDDEN).wait_for()
    accessible(page)
    Keyboard(page).press_here("I read it")
    page.get_by_text(HIDDEN).wait_for(state="hidden")
    visit(page, server)
    assert not page.get_by_text(HIDDEN).is_visible()


@pytest.mark.parametrize("who", [3])
def test_a_key_that_ended_elsewhere_is_told_once(page, server, who):
    tells(page, r'data-live="([^"]*)"', rf'data-live="\g<1> {OTHER}:0"')
    visit(page, server)
    tells(page, r'data-ended="[^"]*"', f'data-ended="{OTHER}"')
    visit(page, server)
    page.get_by_role("alert").get_by_text(ENDED).wait_for()
    visit(page, server)
    assert not page.get_by_text(ENDED).is_visible()


@pytest.mark.parametrize("who", [4])
def test_a_key_that_its_owner_ends_here_is_no_news(page, server, who):
    page.goto(server.address + "/keys/")
    page.get_by_label("This is a shared computer: keep no key here").check()
    page.locator("#no-key button").click()
    page.get_by_text("On this shared computer no key is kept.").wait_for()
    visit(page, server)
    assert not page.get_by_text(ENDED).is_visible()
    assert asked(server, "SELECT count(*) FROM door_entry WHERE kind = 'key.end'") == [(1,)]
