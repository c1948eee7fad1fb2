"""What somebody wrote is never lost: in any script, when the session has ended, without cookies, and after going back."""

import pytest

from .access import accessible, fits
from .conftest import PHONE, another, fresh_page
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
WRITTEN = {
    "arabic": "السقف", "devanagari": "छत", "emoji": "🏚️💧", "chinese": "屋顶漏水我们问过两次", "english": "Roof",
    "sentences": "The roof leaks.\n\nWe asked twice: “when?”",
}  # fmt: skip


@pytest.fixture(scope="module")
def somebody(server, motions):
    return another(server, motions)


@pytest.fixture
def member(chromium, server, sign_in, somebody):
    """Somebody signed in on a phone whose browser may be refused: its console says so."""
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en-GB")
    page = context.new_page()
    sign_in(page, somebody)
    yield Keyboard(page, accessible)
    context.close()


@pytest.fixture(params=sorted(WRITTEN))
def words(request):
    return WRITTEN[request.param]


def write(member, server, words):
    member.page.goto(server.address + "/decide/move/")
    member.page.get_by_label("In one line").fill(words.partition("\n")[0])
    member.page.get_by_label("The motion and its reasons").fill(words)


def stands(member, words):
    """All of it can be copied off the page."""
    assert words in [each.inner_text() for each in member.page.locator("p.words").all()]
    assert "it is kept nowhere" in member.main.inner_text()
    member.check()


def test_when_the_session_has_ended(member, server, words):
    write(member, server, words)
    member.page.context.clear_cookies(name="frombelow")
    member.press("Move this motion")
    stands(member, words)
    assert member.page.get_by_role("link", name="Sign in").count() == 1


def test_when_all_cookies_are_cleared(member, server, words):
    write(member, server, words)
    member.page.context.clear_cookies()
    member.press("Move this motion")
    assert member.page.get_by_role("heading", level=1).inner_text() == "This form is too old"
    stands(member, words)


def test_after_back_and_other_words_in_the_form_that_made_a_motion(chromium, member, server, words):
    """In a browser that runs no scripts the form's own draft says which motion it makes."""
    kept = member.page.context.storage_state()
    context = chromium.new_context(storage_state=kept, java_script_enabled=False, locale="en-GB")
    plain = Keyboard(context.new_page(), fits)
    write(plain, server, words)
    draft = plain.page.locator("[name=draft]").input_value()
    plain.press("Move this motion")
    first = plain.address
    write(plain, server, words + "!")
    # As a browser does that kept the page: the same form, and what was written since.
    plain.page.evaluate("draft => { document.querySelector('[name=draft]').value = draft }", draft)
    plain.press("Move this motion")
    assert "This form made a motion already." in plain.page.get_by_role("alert").inner_text()
    assert plain.page.get_by_label("The motion and its reasons").input_value() == words + "!"
    plain.check()
    plain.page.goto(first)
    plain.press("Withdraw this motion")
    plain.press("Withdraw this motion")
    context.close()


def test_no_other_site_writes_onto_a_page_of_ours(chromium, server):
    with fresh_page(chromium, server.address, *PHONE) as page:
        answer = page.request.post(
            server.address + "/decide/move/", form={"body": "Call this number at once"},
            headers={"Origin": "https://elsewhere.example"},
        )  # fmt: skip
        assert answer.status == 403
        assert "Call this number" not in answer.text()
