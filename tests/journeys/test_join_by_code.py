"""A new member: admitted by hand by the secretary, in by the code that was mailed to them."""

import pytest

pytestmark = pytest.mark.browser


def test_somebody_admitted_by_hand_comes_in_by_a_mailed_code(keyboard, server, sign_in, enter_by_mail):
    page, main = keyboard.page, keyboard.main
    name, mail = f"Noor {keyboard.name} Vega", f"noor.{keyboard.name}@new.example"

    sign_in(page, "Eve Lindqvist")
    keyboard.follow("People")
    keyboard.follow("Admit a member")
    keyboard.check()
    keyboard.write("Name", name)
    keyboard.write("Mail address", mail)
    keyboard.press("Admit")
    assert f"{name} is a member." in main.inner_text()
    keyboard.check()
    keyboard.sign_out()
    assert "You are signed out." in main.inner_text()

    page.goto(server.address)  # whoever is not signed in is asked to
    enter_by_mail(keyboard, mail)
    keyboard.arrive(server.address + "/")
    assert page.get_by_role("heading", name="First steps").is_visible()
    keyboard.check()
    keyboard.follow("My membership")
    assert name in main.inner_text()
    keyboard.check()
