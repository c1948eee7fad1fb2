"""The secretary brings a roll in from a file, sees what happens to each row, and takes it all back."""

import pytest

from .test_member import accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


LAST = ["Duarte", "Ek", "Rao"]


def on_the_roll(page, server, width):
    """Who of these people is found on the roll."""
    page.goto(f"{server.address}/people/roll/?name=Sol+{width}")
    return sorted(page.locator("main .lines strong").all_inner_texts())


def a_roll(width):
    """Three people who can come in, one of them twice; no name, a broken address, and the chair."""
    rows = [
        "Name,Email,Phone",
        f"Sol {width} Duarte,duarte.{width}@quayside.example,020 7946 0001",
        f"Sol {width} Ek,ek.{width}@quayside.example,020 7946 0002",
        f"Sol {width} Rao,rao.{width}@quayside.example,",
        f"Sol {width} Ek,ek.{width}@quayside.example,020 7946 0002",
        f",nobody.{width}@quayside.example,",
        f"Sol {width} Holm,holm at quayside,",
        "Ada Okafor,ada@demo.example,",
    ]
    return {"name": f"roll-{width}.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}


def test_a_roll_is_read_brought_in_and_undone(page, server, sign_in):
    width, main = page.viewport_size["width"], page.locator("main")
    heading = page.get_by_role("heading", level=1)
    sign_in(page, "Eve Lindqvist")
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Bring in a roll").click()
    accessible(page)

    page.get_by_label("The file").set_input_files(a_roll(width))
    page.get_by_role("button", name="Read the file").click()
    assert heading.inner_text() == "3 people can be brought in"
    table = page.locator("table").first.get_by_role("row")
    said = main.inner_text()
    assert f"roll-{width}.csv has 7 rows." in said
    assert "Nothing is stored yet." in said
    verdicts = {row.get_by_role("rowheader").inner_text(): row.get_by_role("cell").inner_text() for row in table.all()}
    assert verdicts == {"admit": "3", "already a member": "1", "duplicate in this file": "1", "needs mending": "2"}
    assert "Line 6: there is no name." in said
    accessible(page)

    page.get_by_role("button", name="Bring in 3 people").click()
    page.get_by_role("heading", name="3 people are members now").wait_for()  # the page looks again by itself
    assert page.locator("progress").count() == 0
    accessible(page)
    this_import = page.url
    assert on_the_roll(page, server, width) == [f"Sol {width} {last}" for last in LAST]

    page.goto(server.address + "/people/roll/import/")
    page.get_by_role("link", name=f"roll-{width}.csv").click()
    page.wait_for_url(this_import)
    page.get_by_role("button", name="Undo this import").click()
    assert heading.inner_text() == "This import is undone"
    assert "Who had acted as a member by now stays." in main.inner_text()
    assert page.get_by_role("button", name="Undo this import").count() == 0
    accessible(page)
    assert on_the_roll(page, server, width) == []
