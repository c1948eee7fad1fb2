"""The secretary gives another address for whom no mail reaches, and an office goes to one of two namesakes."""

import pytest

from .access import accessible
from .conftest import PHONE
from .keyboard import Keyboard

pytestmark = pytest.mark.browser


def admit(keyboard, name, mail):
    keyboard.follow("People")
    keyboard.follow("Admit a member")
    keyboard.write("Name", name)
    keyboard.write("Mail address", mail)
    keyboard.press("Admit")
    assert f"{name} is a member." in keyboard.main.inner_text()


def test_a_letter_comes_back_and_the_secretary_gives_another_address(keyboard, sign_in):
    page, main, name = keyboard.page, keyboard.main, f"Ola {keyboard.name} Brandt"
    sign_in(page, "Eve Lindqvist")
    admit(keyboard, name, f"ola.{keyboard.name}@wrong.example")
    keyboard.follow("People")
    keyboard.follow("See the roll")
    keyboard.write("Name or mail address", name)
    keyboard.enter()
    keyboard.follow(name)
    keyboard.check()
    keyboard.follow("Give another mail address")
    keyboard.check()
    keyboard.write("Mail address", f"ola.{keyboard.name}@right.example")
    keyboard.press("Give this address")
    assert "The address waits." in main.inner_text()
    assert f"ola.{keyboard.name}@right.example was given for them." in main.inner_text()
    keyboard.check()


def test_an_office_is_given_to_one_of_two_namesakes(chromium, server, sign_in):
    """The form is answered with 400 until one is chosen, which a browser's console tells as an error."""
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en-GB")
    page, name = context.new_page(), "Kai Moreau"
    keyboard = Keyboard(page, accessible, "phone")
    sign_in(page, "Eve Lindqvist")
    admit(keyboard, name, "kai1@new.example")
    keyboard.follow("People")
    keyboard.follow("Admit a member")
    keyboard.write("Name", name)
    keyboard.write("Mail address", "kai2@new.example")
    keyboard.press("Admit")
    keyboard.check()
    keyboard.tick("This is another person")
    keyboard.press("Admit")
    assert f"{name} is a member." in keyboard.main.inner_text()
    page.goto(server.address + "/decide/move/?effect=grant")
    keyboard.check()
    keyboard.write("The person’s name", "kai mor")
    keyboard.write("In one line", "Give Kai the office")
    keyboard.write("The motion and its reasons", "They keep the books well.")
    keyboard.press("Move this motion")
    keyboard.check()
    which = page.get_by_role("radio")
    told = [page.locator(f"label[for={each.get_attribute('id')}]").inner_text() for each in which.all()]
    assert len(set(told)) == len(told) == 2
    keyboard.reach(which.first)
    page.keyboard.press("Space")
    keyboard.press("Move this motion")
    assert name in page.get_by_role("heading", level=1).inner_text()
    context.close()
