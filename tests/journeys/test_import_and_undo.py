"""The secretary brings a roll in from a file, sees what happens to each row, and takes it all back."""

import pytest

pytestmark = pytest.mark.browser
LAST = ["Duarte", "Ek", "Rao"]


def on_the_roll(keyboard):
    """Who of these people is found on the roll."""
    keyboard.follow("People")
    keyboard.follow("See the roll")
    keyboard.write("Name or mail address", f"Sol {keyboard.name}")
    keyboard.enter()
    return sorted(keyboard.main.locator(".lines .what").all_inner_texts())


def a_roll(name):
    """Three people who can come in, one of them twice; no name, a broken address, and the chair."""
    rows = [
        "Name,Email,Phone",
        f"Sol {name} Duarte,duarte.{name}@new.example,020 7946 0001",
        f"Sol {name} Ek,ek.{name}@new.example,020 7946 0002",
        f"Sol {name} Rao,rao.{name}@new.example,",
        f"Sol {name} Ek,ek.{name}@new.example,020 7946 0002",
        f",nobody.{name}@new.example,",
        f"Sol {name} Holm,holm at quayside,",
        "Ada Okafor,ada@demo.example,",
    ]
    return {"name": f"roll-{name}.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}


def came(keyboard, told):
    """The page looks again by itself, or by its link where there are no scripts."""
    for _ in range(300 if keyboard.name.endswith("plain") else 0):
        if told.count():
            break
        keyboard.follow("Look again")
    told.wait_for()


def test_a_roll_is_read_brought_in_and_undone(keyboard, sign_in):
    name, page, main = keyboard.name, keyboard.page, keyboard.main
    heading = page.get_by_role("heading", level=1)
    sign_in(page, "Eve Lindqvist")
    keyboard.follow("People")
    keyboard.follow("Bring in a roll")
    keyboard.check()

    keyboard.attach("The file", a_roll(name))
    keyboard.press("Read the file")
    came(keyboard, page.get_by_role("heading", name="3 people can be brought in"))
    table = page.locator("table").first.get_by_role("row")
    said = main.inner_text()
    assert f"roll-{name}.csv has 7 rows." in said
    assert "Nobody is brought in yet." in said
    verdicts = {row.get_by_role("rowheader").inner_text(): row.get_by_role("cell").inner_text() for row in table.all()}
    assert verdicts == {"admit": "3", "already a member": "1", "duplicate in this file": "1", "needs mending": "2"}
    assert "Line 6: there is no name." in said
    keyboard.check()
    keyboard.follow("Mend rows here")
    keyboard.check()
    keyboard.follow("Back to what would happen")

    keyboard.press("Bring in 3 people")
    came(keyboard, page.get_by_role("heading", name="3 people are members now"))
    assert page.locator("progress").count() == 0
    keyboard.check()
    this_import = keyboard.address
    assert on_the_roll(keyboard) == [f"Sol {name} {last}" for last in LAST]

    keyboard.follow("People")
    keyboard.follow("Bring in a roll")
    keyboard.follow(f"roll-{name}.csv")
    keyboard.arrive(this_import)
    keyboard.press("Undo this import")
    keyboard.check()
    keyboard.press("Undo this import")
    assert heading.inner_text() == "This import is undone"
    assert "The import is undone." in main.inner_text()
    assert page.get_by_role("button", name="Undo this import").count() == 0
    keyboard.check()
    assert on_the_roll(keyboard) == []
