"""Files that officers bring in, and how they do it."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from frombelow.roll import Row
from frombelow_site.roll import actions as roll
from frombelow_site.roll.models import Import

FILE = (
    b"Name,Email,Phone,Joined,Born,Branch\r\n"
    b"Fay Five,fay@example.org,+34 600 111 222,2020-12-31,1990-01-01,North\r\n"
    b"Gus Six,,,,,\r\n"
    b"Bo Again,bo@example.org,,,,\r\n"
    b",nameless@example,,,,\r\n"
)


def upload(site, browser, raw=FILE, name="roll.csv"):
    file = SimpleUploadedFile(name, raw)
    return browser.post("/people/roll/import/", {"file": file, "branch": site.polity.root}, follow=True)


def row(**more):
    blank = dict.fromkeys(("foreign_id", "name", "mail", "phone", "language", "pronouns", "branch", "tags"), "")
    return Row(line=2, joined=None, **{**blank, **more})


def bring_in(site, raw=FILE):
    return roll.import_roll(raw, site.eve, site.mandate_of_eve, site.polity.root)


def batch_of(site, browser, raw):
    upload(site, browser, raw)
    return Import.objects.get().id


def go(browser, batch):
    """The button is pressed as the page has it."""
    page = browser.get(f"/people/roll/import/{batch}/").content.decode()
    found = re.search(r'name="ticked" value="([^"]*)"', page)
    return browser.post(f"/people/roll/import/{batch}/go/", {"ticked": found[1] if found else ""}, follow=True)
