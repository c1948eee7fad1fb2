"""A recall begun where power is answered for: one member says why and signs first, another signs after reading it."""

import pytest

from frombelow_site.demo import FIRST, LAST

from .conftest import Server, free_port, run
from .test_member import accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
MEMBERS = [f"{first} {last}" for first, last in zip(FIRST, LAST, strict=False)]
WHY = "The minutes of three meetings are missing. We asked twice, and had no answer."


def address_of(name):
    return f"{name.lower().replace(' ', '.')}@quayside.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A union of its own, of 25: a mandate is recalled once, and other journeys need the demo's."""
    folder, port = tmp_path_factory.mktemp("union") / "data", free_port()
    founders = [part for name in MEMBERS for part in ("--founder", f"{name} <{address_of(name)}>")]
    run("init", str(folder), "--template", "tenants-union", "--name", "Hill Tenants", *founders)
    with Server(folder, port).running() as started:
        yield started


def a_recall_is_begun_and_signed(page, server, enter_by_mail, office, members, check):
    main, (starter, signer) = page.locator("main"), members
    page.goto(server.address + "/enter/")
    enter_by_mail(page, address_of(starter))
    page.get_by_role("navigation", name="Rooms").get_by_role("link", name="Answerability", exact=True).click()
    check(page)
    page.get_by_role("link", name=office, exact=True).first.click()
    check(page)
    assert page.get_by_role("heading", level=1).inner_text() == office
    page.get_by_role("link", name="Start a recall").click()
    check(page)
    assert "Any mandate can be recalled." in main.inner_text()
    page.get_by_label("In one line", exact=True).fill(f"Recall whoever is {office}")
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_role("button", name="Start the recall and sign it").click()
    page.wait_for_url("**/decide/*/")
    motion, said = page.url, main.inner_text()
    assert "The recall has begun, with your signature as the first." in said
    assert WHY in said
    assert "Signed so far: 1. Needed: 3." in said
    assert page.get_by_role("button", name="Sign this recall").count() == 0
    check(page)

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(motion)
    enter_by_mail(page, address_of(signer))
    page.wait_for_url(motion)
    assert WHY in main.inner_text()
    page.get_by_role("button", name="Sign this recall").click()
    assert "You signed this recall." in main.inner_text()
    assert "Signed so far: 2. Needed: 3." in main.inner_text()
    assert starter in main.inner_text()
    check(page)
    page.goto(server.address + "/answerability/")
    assert page.get_by_role("link", name="A recall is running").first.is_visible()
    check(page)


def test_a_recall_is_begun_from_answerability_and_signed_by_another(page, server, enter_by_mail):
    office, members = ("Chair", MEMBERS[20:22]) if page.viewport_size["width"] < 500 else ("Treasurer", MEMBERS[22:24])
    a_recall_is_begun_and_signed(page, server, enter_by_mail, office, members, accessible)


def test_the_same_without_javascript(page_without_script, server, enter_by_mail):
    a_recall_is_begun_and_signed(
        page_without_script, server, enter_by_mail, "Secretary", MEMBERS[18:20], lambda page: None
    )
