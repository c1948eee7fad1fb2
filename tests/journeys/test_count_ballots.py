"""An officer counts a file of ballots for a motion, looks at what came of it, and enters it; another member reads it."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
BLT = '5 2\n31 1 2 0\n22 2 1 4 0\n14 3 4 0\n9 4 3 0\n8 5 4 0\n3 5 0\n0\n"Ann Achterberg"\n"Bo"\n"Cy"\n"Di"\n"Eve"\n"Committee"\n'


def test_a_count_is_looked_at_entered_and_read_by_others(keyboard, server, sign_in, tmp_path):
    page, main = keyboard.page, keyboard.main
    file = tmp_path / "committee.blt"
    file.write_text(BLT)
    sign_in(page, "Eve Lindqvist")
    page.goto(server.address + "/decide/?stage=decided")
    keyboard.follow(page.locator("main .lines .what").first.inner_text())
    motion = keyboard.address
    keyboard.follow("Count ballots from a file")
    keyboard.check()
    keyboard.write("How many are elected", "2")
    keyboard.attach("The file of ballots", file)
    keyboard.press("Count it")
    assert "Elected, in this order: Ann Achterberg, Cy." in main.inner_text()
    assert "Not in the record yet" in main.inner_text()
    keyboard.check()
    keyboard.press("Enter this count")
    assert "The count stands in the record." in main.inner_text()
    assert page.get_by_role("button", name="Enter this count").count() == 0
    keyboard.check()
    count = keyboard.address

    sign_in(page, "Bo Marchetti")
    page.goto(motion)
    keyboard.follow(page.get_by_role("link", name="committee.blt, scottish").first.inner_text())
    assert "Elected, in this order: Ann Achterberg, Cy." in main.inner_text()
    page.goto(count)
    keyboard.check()
