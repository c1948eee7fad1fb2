"""A file is read in a process of its own, within its bounds, and nobody else waits for it."""

import os
import subprocess
import sys
import time
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from frombelow.polity.kernel.act import SERVER
from frombelow.polity.server.acts import Start
from frombelow.roll import KnownPeople, RollError
from frombelow.roll.bounds import BYTES
from frombelow_site.door import perform
from frombelow_site.membership import actions as membership
from frombelow_site.roll import actions, apart, files, importing, reading
from frombelow_site.roll.dry_run import Asked
from frombelow_site.roll.models import Import
from frombelow_site.roll.reader import Known, Marked, marks

from .files import FILE, batch_of, upload

TODAY = date(2026, 11, 26)
MANY = b"name,email\n" + b"".join(b"Person %d,p%d@example.org\n" % (n, n) for n in range(5_000))


def uploaded_but_not_read(site, monkeypatch, browser, raw=FILE):
    with monkeypatch.context() as patched:
        patched.setattr(importing, "_start", lambda work, _batch: None)
        return batch_of(site, browser, raw)


def page_of(browser, batch):
    return browser.get(f"/people/roll/import/{batch}/").content.decode()


# --- the page while a file is read ---


def test_a_file_is_not_read_in_the_request(site, monkeypatch):
    monkeypatch.setattr(reading, "read", lambda *_: pytest.fail("it was read"))
    eve = site.browser(site.eve)
    page = page_of(eve, uploaded_but_not_read(site, monkeypatch, eve))
    assert "The file is being read" in page
    assert "It is looked through first." in page


def test_who_has_no_javascript_sees_how_far_it_is_by_a_page_that_comes_again(site, monkeypatch):
    eve = site.browser(site.eve)
    batch = uploaded_but_not_read(site, monkeypatch, eve)
    Import.objects.update(rows=5_000, done=2_000)
    page = page_of(eve, batch)
    assert "2,000 of 5,000 rows." in page
    assert '<progress max="5000" value="2000"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "Look again" in page


def test_what_the_reader_says_stands_on_the_page(site, monkeypatch):
    told = []
    monkeypatch.setattr(importing, "OFTEN", 0)
    real = importing._tell
    monkeypatch.setattr(importing, "_tell", lambda *of, **news: told.append(news) or real(*of, **news))
    upload(site, site.browser(site.eve), MANY)
    assert {"done": 4_000, "rows": 5_000} in told


def test_a_file_that_cannot_be_used_is_refused_on_its_page_and_not_kept(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b'name,email\nBo,"bo@example.org\n')
    page = page_of(eve, batch)
    assert "This file cannot be brought in" in page
    assert "a quotation mark here has no partner" in page
    assert not files.place(batch).exists()
    eve.post(f"/people/roll/import/{batch}/go/")
    assert site.polity.members == 4
    assert "roll.csv" not in eve.get("/people/roll/import/").content.decode()


def test_columns_that_cannot_be_read_so_leave_the_dry_run_as_it_was(site, monkeypatch):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    before = Import.objects.get().reading

    def broken(*_):
        raise RollError("file unreadable")

    monkeypatch.setattr(reading, "read", broken)
    eve.post(f"/people/roll/import/{batch}/columns/", {"column-0": "name"})
    found = Import.objects.get()
    assert (found.state, found.reading, found.rows, found.done) == ("read", before, 2, 0)
    assert "Something broke while this file was read" in page_of(eve, batch)


# --- who sees it ---


def test_who_lost_the_power_sees_no_import_any_more(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    site.wait(800)  # the mandate is over
    assert eve.get(f"/people/roll/import/{batch}/").status_code == 404
    for button in ("go", "columns", "undo"):
        assert eve.post(f"/people/roll/import/{batch}/{button}/").status_code == 404


# --- a server that stops ---


def test_a_reading_that_was_cut_off_says_so_at_the_next_start_and_nothing_is_left(site, monkeypatch):
    eve = site.browser(site.eve)
    batch = uploaded_but_not_read(site, monkeypatch, eve)
    files.people(batch).write_bytes(b"{}")
    perform(Start(by=SERVER, version="0.1.0"))
    page = page_of(eve, batch)
    assert "The reading was cut off" in page
    assert "Hand the file in again." in page
    assert not list(files.place(batch).parent.iterdir())
    assert "2 people can be brought in" in upload(site, eve).content.decode()


def test_a_reading_that_says_nothing_for_a_minute_was_cut_off(site, monkeypatch):
    eve = site.browser(site.eve)
    batch = uploaded_but_not_read(site, monkeypatch, eve)
    Import.objects.update(touched="2026-01-01T00:00Z")
    assert "The reading was cut off" in page_of(eve, batch)


def test_a_file_that_waits_to_be_brought_in_outlives_a_start(site):
    batch = batch_of(site, site.browser(site.eve), FILE)
    perform(Start(by=SERVER, version="0.1.0"))
    assert files.place(batch).exists()
    assert Import.objects.get().state == "read"


def test_a_file_that_nobody_has_a_row_of_is_removed(site):
    files.keep("a" * 26, [b"name\n"])
    actions.forget_old_files()
    assert not files.place("a" * 26).exists()


def test_a_file_of_somebody_who_is_erased_goes_with_them(site):
    batch = batch_of(site, site.browser(site.eve), FILE)
    membership.erase_and_leave(site.eve)
    assert not Import.objects.exists()
    assert not files.place(batch).exists()


# --- what an officer does meanwhile ---


def test_another_file_ends_the_reading_of_the_one_before(site, monkeypatch):
    eve = site.browser(site.eve)
    first = uploaded_but_not_read(site, monkeypatch, eve)
    second = actions.keep_file([FILE], "other.csv", site.eve, "", site.polity.root)
    assert [found.id for found in Import.objects.all()] == [second.id]
    assert not files.place(first).exists()
    assert importing._tell(first) is False


def test_a_reading_that_nobody_waits_for_is_given_up_and_its_process_ended(tmp_path, monkeypatch):
    (tmp_path / "roll.csv").write_bytes(MANY)
    started = []
    real = subprocess.Popen

    def noting(*args, **more):
        started.append(real(*args, **more))
        return started[-1]

    monkeypatch.setattr(apart.subprocess, "Popen", noting)
    with pytest.raises(apart.GivenUpError):
        apart.read_apart(tmp_path / "roll.csv", Asked(), Known(), TODAY, lambda _done, _rows: False)
    assert started[0].returncode is not None


def test_a_disk_without_room_is_said_on_the_form_and_nothing_waits(site, monkeypatch):
    def full(_batch, _parts):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "keep", full)
    answer = upload(site, site.browser(site.eve))
    assert answer.status_code == 400
    assert "There is no room for this file here." in answer.content.decode()
    assert not Import.objects.exists()


# --- the bounds of the process ---


def refused(path, mapping=None):
    with pytest.raises(RollError) as found:
        apart.read_apart(path, Asked(mapping or {}), Known(), TODAY, reading.on_and_on)
    return str(found.value)


def test_a_file_that_takes_more_memory_than_may_be_is_refused_with_the_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "MEGABYTES", 40)
    rows = b"".join(b"Person %d,p%d@example.org\n" % (n, n) for n in range(200_000))
    (tmp_path / "roll.csv").write_bytes(b"name,email\n" + rows)
    assert refused(tmp_path / "roll.csv").startswith("Reading this file takes more than 40 MB of memory.")


def test_a_file_that_takes_longer_than_may_be_is_refused_with_the_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 1)
    os.mkfifo(tmp_path / "roll.csv")  # whoever reads it waits for ever
    assert refused(tmp_path / "roll.csv").startswith("Reading this file takes more than 1 seconds.")


def test_a_process_that_dies_is_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "READER", [sys.executable, "-c", "import sys; sys.stdin.read(); sys.exit(3)"])
    assert refused(tmp_path).startswith("Something broke while this file was read.")


def test_a_file_that_went_meanwhile_is_said_in_a_sentence(tmp_path):
    assert refused(tmp_path / "gone.csv").startswith("The file is kept no longer.")


def test_the_process_knows_no_database_and_no_django():
    code = "import sys, frombelow_site.roll.reader; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_who_is_known_is_told_apart_by_eight_bytes_each():
    texts = {f"p{n}@example.org" for n in range(1_000)} | {"\ud800", ""}
    kept = marks(texts)
    assert len(kept) == 8 * len(texts)
    known = KnownPeople(mails=Marked(kept))
    assert all(text in known.mails for text in texts)
    assert "q@example.org" not in known.mails
    assert "a" not in Marked(b"")


def test_nothing_is_left_of_people_who_were_brought_in(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    eve.post(f"/people/roll/import/{batch}/go/")
    assert site.polity.members == 6
    assert not list(files.place(batch).parent.iterdir())


def test_a_file_waits_where_its_owner_alone_reads_it(site):
    place = files.place(batch_of(site, site.browser(site.eve), FILE))
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_larger_than_may_be_is_refused_before_it_is_kept(site, monkeypatch):
    monkeypatch.setattr("frombelow_site.roll.forms.MOST", 10)
    answer = upload(site, site.browser(site.eve))
    assert "The file has more than 50 MB. Bring it in in parts." in answer.content.decode()
    assert not Import.objects.exists()
    assert settings.FILE_MOST == BYTES


def test_one_file_is_read_at_a_time_and_who_waits_says_that_they_still_do(site, monkeypatch):
    monkeypatch.setattr(importing, "PATIENCE", 0.01)
    batch = uploaded_but_not_read(site, monkeypatch, site.browser(site.eve))
    with importing._one_at_a_time:
        waits = []

        def tell(*_state, **_news):
            waits.append(time.monotonic())
            return len(waits) < 3

        monkeypatch.setattr(importing, "_tell", tell)
        importing.read(batch)
    assert len(waits) == 3


def test_a_file_that_somebody_sends_under_another_name_is_a_file(site):
    sent = {"file": SimpleUploadedFile("../../x\u202ecsv", FILE), "branch": site.polity.root}
    answer = site.browser(site.eve).post("/people/roll/import/", sent, follow=True)
    assert "2 people can be brought in" in answer.content.decode()
