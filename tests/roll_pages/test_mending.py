"""Rows that need mending are mended on a page, or go along as a file that comes back; the others wait for neither."""

import csv
import io

from frombelow_site.people.models import Card
from frombelow_site.roll import files
from frombelow_site.roll.models import Import
from frombelow_site.roll.reader import rows_to_mend

from .files import batch_of, upload

FILE = (
    b"Name,Email,Phone,Shoe size,Branch\r\n"
    b"Fay Five,fay@example.org,0770,37,\r\n"
    b"Gus Six,gus at example.org,0771,44,North\r\n"
    b",nameless@example.org,,,\r\n"
    b"Hal,Nine,hal@example.org,0772,41,North\r\n"
)


def page_of(site, eve, batch, way=""):
    return eve.get(f"/people/roll/import/{batch}/{way}")


def written(page):
    """What the page's fields hold, by name."""
    form = page.context["form"]
    return {name: form[name].initial for name in form.fields}


def test_a_row_that_is_mended_on_the_page_comes_in_with_the_others(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    asked = page_of(site, eve, batch, "mend/")
    assert "has no @" in asked.content.decode()
    said = written(asked) | {"mail-3": "gus@example.org"}
    page = eve.post(f"/people/roll/import/{batch}/mend/", said, follow=True).content.decode()
    assert "2 people can be brought in" in page
    eve.post(f"/people/roll/import/{batch}/go/")
    card = Card.objects.get(name="Gus Six")
    assert (card.mail, card.phone, card.branch_text) == ("gus@example.org", "0771", "North")


def test_of_a_row_with_too_many_cells_nothing_is_taken_but_what_somebody_writes(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    said = written(page_of(site, eve, batch, "mend/")) | {"name-5": "Hal Nine", "mail-5": "hal@example.org\u200b"}
    eve.post(f"/people/roll/import/{batch}/mend/", said)
    eve.post(f"/people/roll/import/{batch}/go/")
    card = Card.objects.get(name="Hal Nine")
    assert (card.mail, card.phone) == ("hal@example.org", "")


def test_what_is_written_and_still_wrong_is_said_again_and_stays_out(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    said = written(page_of(site, eve, batch, "mend/")) | {"name-4": "#REF!"}
    page = eve.post(f"/people/roll/import/{batch}/mend/", said, follow=True).content.decode()
    assert "1 person can be brought in" in page
    assert "“#REF!” is no name" in page
    assert written(page_of(site, eve, batch, "mend/"))["name-4"] == "#REF!"


def test_reading_the_columns_otherwise_keeps_what_was_mended(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    said = written(page_of(site, eve, batch, "mend/")) | {"mail-3": "gus@example.org"}
    eve.post(f"/people/roll/import/{batch}/mend/", said)
    columns = {"column-0": "name", "column-1": "mail", "column-2": "", "column-3": "", "column-4": "branch"}
    page = eve.post(f"/people/roll/import/{batch}/columns/", columns, follow=True).content.decode()
    assert "2 people can be brought in" in page


def test_a_row_that_was_mended_is_read_in_the_encoding_that_is_chosen_after_it(site):
    eve = site.browser(site.eve)
    file = "Name,Email,Branch\nDvořák Ež,dvorak at example.org,Jiří\nAna Ruiz,ana@example.org,\n".encode("cp1250")
    batch = batch_of(site, eve, file)
    said = written(page_of(site, eve, batch, "mend/"))
    assert said["name-2"] != "Dvořák Ež"
    eve.post(f"/people/roll/import/{batch}/mend/", said | {"mail-2": "dvorak@example.org"})
    columns = {"column-0": "name", "column-1": "mail", "column-2": "branch", "encoding": "Windows-1250"}
    page = eve.post(f"/people/roll/import/{batch}/columns/", columns, follow=True).content.decode()
    assert "2 people can be brought in" in page
    eve.post(f"/people/roll/import/{batch}/go/")
    card = Card.objects.get(mail="dvorak@example.org")
    assert (card.name, card.branch_text) == ("Dvořák Ež", "Jiří")


def test_a_row_that_is_mended_twice_keeps_what_was_said_of_it_first(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"Name,Email\n,gus at example.org\nAna Ruiz,ana@example.org\n")
    for said in ({"name-2": "Gus Six"}, {"mail-2": "gus@example.org"}):
        page = eve.post(f"/people/roll/import/{batch}/mend/", written(page_of(site, eve, batch, "mend/")) | said)
    page = eve.get(page.url).content.decode()
    assert "2 people can be brought in" in page


def test_a_cell_of_a_row_to_mend_says_the_same_when_it_comes_back(site):
    eve = site.browser(site.eve)
    phones = ["'+34 600", "+34 600", "''=1", "'t 5", "0770", '"6""1"', "O’Hara"]
    rows = "".join(f"Gus {n} Six,gus at example.org,{phone}\n" for n, phone in enumerate(phones))
    batch = batch_of(site, eve, f"Name,Email,Phone\n{rows}".encode())
    raw = page_of(site, eve, batch, "to-mend/").content
    wanted = [each.row.phone for each in rows_to_mend(files.mending(batch))[1]]
    batch = upload(site, eve, raw).context["import"].id
    assert [each.row.phone for each in rows_to_mend(files.mending(batch))[1]] == wanted
    assert wanted[0] == "+34 600"


def test_the_rows_to_mend_go_along_as_they_are_with_the_reason_and_come_back_mended(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    raw = page_of(site, eve, batch, "to-mend/").content
    headings, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert headings == ["To mend", "Name", "Email", "Phone", "Shoe size", "Branch"]
    assert [row[1:] for row in rows] == [
        ["Gus Six", "gus at example.org", "'0771", "44", "North"],
        ["", "nameless@example.org", "", "", ""],
        ["Hal", "Nine", "hal@example.org", "'0772", "41", "North"],
    ]
    assert "has no @" in rows[0][0]
    eve.post(f"/people/roll/import/{batch}/go/")
    mended = (
        raw.replace(b"gus at", b"gus@").replace(b",nameless@", b"Ida Ten,nameless@").replace(b"@ example", b"@example")
    )
    again = upload(site, eve, mended.replace(b"Hal,Nine,", b"Hal Nine,")).content.decode()
    assert "3 people can be brought in" in again


def test_who_was_expelled_or_left_is_no_row_to_mend_on_a_page(site, monkeypatch):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    monkeypatch.setattr("frombelow_site.roll.mending.GONE", {"mail without at", "name missing", "too many cells"})
    assert "No row here can be mended" in page_of(site, eve, batch, "mend/").content.decode()


def test_rows_to_mend_are_there_for_nobody_else_and_kept_no_longer_than_the_file(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    for way in ("mend/", "to-mend/"):
        assert page_of(site, site.browser(site.bo), batch, way).status_code == 404
    eve.post(f"/people/roll/import/{batch}/go/")
    assert not files.mending(batch).exists()
    assert page_of(site, eve, batch, "mend/").status_code == 404
    assert "nameless@" not in Import.objects.get().reading


def many(count):
    """So many rows whose address is none, and one that is right."""
    rows = b"".join(b"P%d Q%d,p%d at example.org,North\r\n" % (n, n, n) for n in range(count))
    return b"Name,Email,Branch\r\n" + rows + b"Good One,good@example.org,\r\n"


def test_two_tabs_mend_their_rows_each_and_nothing_is_lost(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, many(45))
    url = f"/people/roll/import/{batch}/mend/"
    second, one = written(eve.get(url + "?from=20")), written(eve.get(url))
    eve.post(url, one | {f"mail-{n}": f"p{n}@example.org" for n in range(2, 7)})
    mended = second | {f"mail-{n}": f"p{n}@example.org" for n in range(22, 27)}
    page = eve.post(url + "?from=20", mended, follow=True).content.decode()
    names = written(eve.get(url)) | written(eve.get(url + "?from=20"))
    assert all(said for name, said in names.items() if name.startswith("name"))
    assert "11 people can be brought in" in page


def test_what_is_written_while_the_file_is_read_is_said_to_be_lost(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, many(3))
    said = written(page_of(site, eve, batch, "mend/")) | {"mail-2": "p@example.org"}
    Import.objects.filter(pk=batch).update(state=Import.State.READING)
    page = eve.post(f"/people/roll/import/{batch}/mend/", said, follow=True).content.decode()
    assert "what you wrote was not taken" in page
