"""Ballots in a file counted on the site: by whom, what is kept, what is seen before and after, and what is refused."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from frombelow.counting import count, read
from frombelow.polity.counts.state import Counts
from frombelow_site.counts import files
from frombelow_site.counts.counting import COUNTER
from frombelow_site.counts.models import Counted
from frombelow_site.door.models import Entry
from frombelow_site.operations.marks import compare
from tests.walking import content_of

BLT = b'4 2\n5 1 2 0\n2 2 1 0\n4 3 4 0\n1 4 0\n0\n"Ann <b>"\n"Bo"\n"Cy"\n"Di"\n"Committee"\n'
TIED = b'2 1\n10 1 0\n10 2 0\n0\n"Ann"\n"Bo"\n'


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What waits for a commit is done in the test's own transaction."""
    monkeypatch.setattr(transaction, "on_commit", lambda work, **_: work())


@pytest.fixture
def motion(site):
    return site.move(title="Elect a committee")


def send(site, motion, data=BLT, by=None, name="committee.blt", **said):
    said = {"rule": "scottish", "seats": 2, "seed": "", **said, "file": SimpleUploadedFile(name, data)}
    return site.browser(by or site.ada).post(f"/counts/of/{motion}/", said, follow=True)


def text(answer):
    return " ".join(content_of(answer).decode().split())


def enter(site, by=None):
    row = Counted.objects.get()
    return site.browser(by or site.ada).post(f"/counts/{row.count}/enter/", follow=True)


def nothing_is_kept():
    folder = files.place("x", files.FILE).parent
    return not (Counted.objects.exists() or (folder.is_dir() and any(folder.iterdir())))


def test_a_count_is_seen_before_it_is_entered_and_by_nobody_else(site, motion):
    said = text(send(site, motion))
    assert "Elected, in this order: Ann &lt;b&gt;, Cy." in said
    assert "Not in the record yet" in said
    assert not Entry.objects.filter(kind="counts.enter").exists()
    row = Counted.objects.get()
    assert site.browser(site.bo).get(f"/counts/{row.count}/").status_code == 404
    assert site.browser(site.bo).get(f"/counts/{row.count}/ballots").status_code == 404


def test_an_entered_count_stands_in_the_record_with_marks_of_the_file_and_of_what_came_of_it(site, motion):
    send(site, motion)
    assert "The count stands in the record." in text(enter(site))
    entry = json.loads(bytes(Entry.objects.get(kind="counts.enter").data))
    assert "Ann" not in json.dumps(entry)
    assert site.polity.part(Counts).of[motion][0].id == Counted.objects.get().count
    assert all(found.good for found in compare())
    assert "committee.blt, scottish" in text(site.browser(site.bo).get(f"/decide/{motion}/"))


def test_every_member_gets_the_file_and_the_count_and_counts_the_same(site, motion):
    send(site, motion)
    enter(site)
    row = Counted.objects.get()
    browser = site.browser(site.bo)
    assert "Elected, in this order" in text(browser.get(f"/counts/{row.count}/"))
    ballots = browser.get(f"/counts/{row.count}/ballots")
    assert content_of(ballots) == BLT
    assert "attachment" in ballots["Content-Disposition"]
    told = json.loads(content_of(browser.get(f"/counts/{row.count}/count.json")))["count"]
    assert told == json.loads(count("scottish", read(BLT, "b", ".blt"), 2).to_json())


@pytest.mark.parametrize("name", ["bo", "charlie"])
def test_who_may_not_take_paper_does_not_count(site, motion, name):
    said = text(send(site, motion, by=getattr(site, name)))
    assert "Elected, in this order" not in said
    assert nothing_is_kept()
    assert "Count ballots from a file" not in text(site.browser(site.bo).get(f"/decide/{motion}/"))


def test_what_was_counted_before_and_not_entered_makes_room(site, motion):
    send(site, motion)
    first = Counted.objects.get().count
    send(site, motion, seats=1)
    assert Counted.objects.get().seats == 1
    assert not files.place(first, files.FILE).exists()


def test_nobody_enters_what_another_counted(site, motion):
    send(site, motion)
    assert enter(site, site.eve).status_code == 404
    assert not Entry.objects.filter(kind="counts.enter").exists()


@pytest.mark.parametrize(
    ("data", "said", "words"),
    [
        (BLT.replace(b"5 1 2 0", b"5 1 9 0"), {}, "committee.blt, line 2"),
        (BLT, {"seats": 5}, "There are 5 seats, but only 4"),
        (b"\x00\x01", {}, "Nothing was stored."),
        (b"", {}, "The file is empty."),
        (TIED, {"seats": 1}, "needs a lot between Ann and Bo"),
        (BLT, {"rule": "empire"}, "empire"),
        (BLT, {"seats": 0}, "1"),
    ],
)
def test_a_file_that_cannot_be_counted_stores_nothing_and_the_page_says_why(site, motion, data, said, words):
    answer = send(site, motion, data, **said)
    assert answer.status_code == 400
    assert words in text(answer)
    assert nothing_is_kept()


def test_a_published_text_breaks_ties_and_stands_in_the_record(site, motion):
    said = text(send(site, motion, TIED, seats=1, seed="lottery of 1 May"))
    assert "was broken by the published seed" in said
    enter(site)
    assert b"lottery of 1 May" in bytes(Entry.objects.get(kind="counts.enter").data)


def test_counting_that_takes_too_long_is_given_up_and_stores_nothing(site, motion, monkeypatch):
    monkeypatch.setattr("frombelow_site.counts.counting.COUNTER", [COUNTER[0], "-c", "import time; time.sleep(9)"])
    monkeypatch.setattr("frombelow_site.counts.counting.SECONDS", 0.2)
    assert "more time or memory" in text(send(site, motion))
    assert nothing_is_kept()


def test_a_file_that_was_changed_beside_the_record_is_not_given_out(site, motion):
    send(site, motion)
    enter(site)
    row = Counted.objects.get()
    files.place(row.count, files.RESULT).write_bytes(files.place(row.count, files.RESULT).read_bytes() + b" ")
    files.place(row.count, files.FILE).write_bytes(b"other")
    browser = site.browser(site.bo)
    for page in ("", "ballots", "count.json"):
        assert browser.get(f"/counts/{row.count}/{page}").status_code == 404
    assert not all(found.good for found in compare())


def test_a_count_that_nobody_entered_is_gone_after_a_day(site, motion):
    send(site, motion)
    site.wait(2)
    from frombelow_site.counts.projections import forget_with_time

    forget_with_time(site.polity, [])
    assert not Counted.objects.exists()
