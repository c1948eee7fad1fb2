"""A spreadsheet is brought in as a CSV file is: which of its sheets, the page says and asks."""

from datetime import date

from frombelow_site.people.models import Card
from frombelow_site.roll.models import Import
from tests.spreadsheets.books import xlsx

from .files import upload

MEMBERS = ("Members", [["Name", "Email", "Joined"], ["Fay Five", "fay@example.org", date(2019, 3, 4)]])
FORMER = ("Former", [["Full name", "E-Mail"], ["Gus Six", "gus@example.org"]])


def test_the_sheet_that_is_shown_first_comes_in_and_the_page_says_so(site):
    eve = site.browser(site.eve)
    page = upload(site, eve, xlsx(MEMBERS, FORMER), "roll.xlsx").content.decode()
    assert "The sheet “Members” was taken. Not taken: “Former”." in page
    assert "The file’s encoding" not in page
    eve.post(f"/people/roll/import/{Import.objects.get().id}/go/")
    assert Card.objects.get(name="Fay Five").joined == date(2019, 3, 4)


def test_another_sheet_is_read_with_headings_of_its_own(site):
    eve = site.browser(site.eve)
    upload(site, eve, xlsx(MEMBERS, FORMER), "roll.xlsx")
    batch = Import.objects.get().id
    asked = {"sheet": "Former", "column-0": "name", "column-1": "mail", "column-2": "joined", "dates": ""}
    page = eve.post(f"/people/roll/import/{batch}/columns/", asked, follow=True).content.decode()
    assert "The sheet “Former” was taken. Not taken: “Members”." in page
    eve.post(f"/people/roll/import/{batch}/go/")
    assert Card.objects.get(name="Gus Six").mail == "gus@example.org"


def test_a_sheet_without_known_headings_offers_the_others(site):
    page = upload(site, site.browser(site.eve), xlsx(("Read me", [["Hello"], ["there"]]), MEMBERS), "r.xlsx")
    assert '<option value="Members">' in page.content.decode()


def test_a_damaged_spreadsheet_stores_nothing(site):
    page = upload(site, site.browser(site.eve), b"PK\x03\x04 and no more", "roll.xlsx").content.decode()
    assert "This spreadsheet is damaged" in page
    assert site.polity.members == 4
