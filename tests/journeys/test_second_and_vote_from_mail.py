"""A letter's link leads a member who is not signed in to the motion it is about, by way of a code: to second, to vote."""

import re

import pytest

from .conftest import FUND, RECALL

pytestmark = pytest.mark.browser


def test_a_member_comes_from_a_letter_and_seconds_and_votes(keyboard, motions, quiet, enter_by_mail):
    page, main = keyboard.page, keyboard.main
    page.goto(motions[FUND])
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
    enter_by_mail(keyboard, quiet)
    keyboard.arrive(motions[FUND])
    keyboard.check()
    have = int(re.search(r"(\d) of the 5 that it needs", main.inner_text())[1])
    keyboard.press("Second this motion")
    assert page.get_by_role("status").inner_text() == "You second this motion."
    assert f"{have + 1} of the 5 that it needs." in main.inner_text()
    keyboard.check()
    keyboard.press("Take my second back", key="Space")  # the next member finds it as this one did
    page.get_by_text("You took your second back.").wait_for()
    keyboard.sign_out()
    page.get_by_text("You are signed out.").wait_for()

    page.goto(motions[RECALL])
    enter_by_mail(keyboard, quiet, check=False)
    keyboard.arrive(motions[RECALL])
    keyboard.choose("No")
    keyboard.check()
    keyboard.press("Vote")
    page.get_by_role("status").wait_for()
    assert "Your answer is in the record." in main.inner_text()
    assert "You answered no on " in main.inner_text()
    keyboard.unfold("Change it")
    assert page.get_by_role("radio", name="No", exact=True).is_checked()
    keyboard.check()
