"""A recall begun where power is answered for: one member says why and signs first, another signs after reading it."""

import re

import pytest

from .conftest import MEMBERS, a_union, mail_of

pytestmark = pytest.mark.browser
WHY = "The minutes of three meetings are missing. We asked twice, and had no answer."
# Whose mandate, by whom: a mandate is recalled once.
RECALLS = {
    "phone": ("Chair", 17, 18), "desktop": ("Treasurer", 19, 20),
    "phone-plain": ("Secretary", 21, 22), "desktop-plain": ("Server administrator", 23, 24),
}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A union of its own: other journeys need the demo's mandates."""
    with a_union(tmp_path_factory.mktemp("union") / "data", MEMBERS[:25]) as started:
        yield started


def test_a_recall_is_begun_from_answerability_and_signed_by_another(keyboard, server, enter_by_mail):
    page, main = keyboard.page, keyboard.main
    office, *places = RECALLS[keyboard.name]
    starter, signer = (MEMBERS[place] for place in places)
    page.goto(server.address + "/enter/")
    enter_by_mail(keyboard, mail_of(starter), check=False)
    keyboard.follow("Answerability")
    keyboard.check()
    keyboard.follow(office)
    keyboard.check()
    assert page.get_by_role("heading", level=1).inner_text() == office
    keyboard.follow(re.compile("^Start a recall"))
    keyboard.check()
    assert "Any mandate can be recalled." in main.inner_text()
    keyboard.write("In one line", f"Recall whoever is {office}")
    keyboard.write("Why", WHY)
    keyboard.press("Start the recall and sign it")
    keyboard.arrive("*/decide/*/")
    motion, said = keyboard.address, main.inner_text()
    assert "The recall can be signed now. Your signature is the first." in said
    assert WHY in said
    assert "Signed so far: 1. Needed: 3." in said
    assert page.get_by_role("button", name="Sign this recall").count() == 0
    keyboard.check()

    keyboard.sign_out()
    page.goto(motion)
    enter_by_mail(keyboard, mail_of(signer), check=False)
    keyboard.arrive(motion)
    assert WHY in main.inner_text()
    keyboard.press("Sign this recall")
    assert "You signed this recall." in main.inner_text()
    assert "Signed so far: 2. Needed: 3." in main.inner_text()
    assert starter in main.inner_text()
    keyboard.check()
    keyboard.follow("Answerability")
    assert page.get_by_role("link", name="A recall is running").first.is_visible()
    keyboard.check()
    keyboard.follow("A recall is running")
