"""The secretary brings in a list that knows more of members than the roll: looks at old and new, ticks, and undoes it."""

import pytest

from .test_import_and_undo import came
from .test_keep_the_roll import admit

pytestmark = pytest.mark.browser


def phone_of(keyboard, name):
    """The phone on the member's page of the roll."""
    keyboard.follow("People")
    keyboard.follow("See the roll")
    keyboard.write("Name or mail address", name)
    keyboard.enter()
    keyboard.follow(name)
    facts = keyboard.main.locator("dl.facts")
    return facts.locator("dt", has_text="Phone").locator("xpath=following-sibling::dd[1]").inner_text()


def test_a_list_updates_members_and_is_undone(keyboard, sign_in):
    page, main = keyboard.page, keyboard.main
    sign_in(page, "Eve Lindqvist")
    ola, kim = (f"{name} {keyboard.name} Brandt" for name in ("Ola", "Kim"))
    mails = [f"{name}.{keyboard.name}@new.example" for name in ("ola", "kim")]
    for name, mail in zip((ola, kim), mails, strict=True):
        admit(keyboard, name, mail)
    rows = f"Name,Email,Phone\n{ola},{mails[0]},020 7946 0001\n{kim},{mails[1]},020 7946 0002\n"
    keyboard.follow("People")
    keyboard.follow("Bring in a roll")
    file = {"name": f"again-{keyboard.name}.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    keyboard.attach("The file", file)
    keyboard.press("Read the file")
    came(keyboard, page.get_by_role("heading", name="Nobody new, but more of members"))
    assert "As it is ticked now, 2 members are updated." in main.inner_text()
    keyboard.check()

    keyboard.follow("Look at old and new, and tick")
    rows = page.locator("tbody tr")
    assert rows.count() == 2
    assert rows.first.get_by_role("cell").all_inner_texts() == ["–", "020 7946 0001"]
    assert page.get_by_role("checkbox", checked=True).count() == 2
    keyboard.check()
    keyboard.tick(f"Phone, {kim}")
    keyboard.press("Keep this choice")
    assert "As it is ticked now, 1 member is updated." in main.inner_text()

    keyboard.press("Update 1 member")
    came(keyboard, page.get_by_role("heading", name="1 member is updated"))
    keyboard.check()
    this_import = keyboard.address
    assert phone_of(keyboard, ola) == "020 7946 0001"
    assert phone_of(keyboard, kim) == "–"

    keyboard.follow("People")
    keyboard.follow("Bring in a roll")
    keyboard.follow(f"again-{keyboard.name}.csv")
    keyboard.arrive(this_import)
    keyboard.press("Undo this import")
    assert "What it changed of members is as it was again" in main.inner_text()
    keyboard.check()
    keyboard.press("Undo this import")
    assert "The import is undone." in main.inner_text()
    assert phone_of(keyboard, ola) == "–"
