"""A new member: admitted by hand by the secretary, in by the code that was mailed to them."""

import pytest

from .test_member import accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def test_somebody_admitted_by_hand_comes_in_by_a_mailed_code(page, server, sign_in, enter_by_mail):
    width = page.viewport_size["width"]
    name, mail = f"Noor {width} Vega", f"noor.{width}@quayside.example"
    main = page.locator("main")

    sign_in(page, "Eve Lindqvist")
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Admit a member").click()
    accessible(page)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Mail address", exact=True).fill(mail)
    page.get_by_role("button", name="Admit", exact=True).click()
    assert f"{name} is a member." in main.inner_text()
    accessible(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    assert "You are signed out." in main.inner_text()

    page.goto(server.address)  # whoever is not signed in is asked to
    enter_by_mail(page, mail, accessible)
    page.wait_for_url(server.address + "/")
    assert page.get_by_role("heading", level=1).inner_text() in ("What needs you", "Nothing needs you. Rest.")
    accessible(page)
    page.get_by_role("link", name="My membership").click()
    assert name in main.inner_text()
    accessible(page)
