"""What goes out comes back: export, fresh install, import, export gives the same bytes."""

import csv
import io
import random
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from script.make_roll import make_roll

from frombelow.roll import Particulars, RollError, read_roll, write_roll
from frombelow.roll.cells import guard, unguard

TODAY = date(2026, 11, 20)


def on_a_fresh_install(rows):
    """The people as the site would keep them: whoever comes without an id gets one of ours."""
    return [
        Particulars(
            row.foreign_id or f"ours-{row.line}",
            row.name,
            row.mail,
            row.phone,
            row.language,
            row.pronouns,
            row.branch,
            row.joined,
            row.tags,
            row.sex,
        )
        for row in rows
    ]


def again(exported):
    roll = read_roll(exported, today=TODAY)
    assert [found.sentence() for found in roll.verdicts if found.decision != "admit"] == []
    return write_roll(on_a_fresh_install(roll.rows))


def test_the_format_is_the_one_that_the_documentation_shows():
    people = [
        Particulars(
            "b", "Ana Ruiz", "ana@example.org", "+34 600", "es", "ella", "Norte", date(2020, 2, 29), "a, b", "woman"
        ),
        Particulars("a", "'t Hooft", phone="07700900123", tags="@hall"),
    ]
    assert write_roll(people).decode() == (
        "\ufeffuuid,name,email,phone,language,pronouns,branch,joined,tags,sex\r\n"
        "a,'t Hooft,,'07700900123,,,,,'@hall,\r\n"
        'b,Ana Ruiz,ana@example.org,\'+34 600,es,ella,Norte,2020-02-29,"a, b",woman\r\n'
    )


def test_the_order_in_which_people_came_does_not_show():
    people = on_a_fresh_install(read_roll(make_roll(50, 3), today=TODAY).rows)
    shuffled = random.Random(1).sample(people, len(people))
    assert write_roll(people) == write_roll(shuffled)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "'=", "''-", "＝"])
def test_no_cell_that_goes_out_begins_like_a_formula(start):
    text = write_roll([Particulars("1", start + "1", tags=start + "2", branch=start)]).decode()
    cells = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "＝")] == []


@given(st.text() | st.from_regex(r"\A'*[=+\-@\t\r'a].*\Z"))
def test_what_is_guarded_comes_back_as_it_was(text):
    assert unguard(guard(text)) == text


STARTS = st.sampled_from(["", "'", "''", "+", "-", "'+", "''-", "'=", "''@", "'t ", '"', ";"])
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="�"), max_size=12)
# Half the people have cells that a spreadsheet, a separator or an apostrophe could spoil.
CELLS = st.builds(lambda start, word: start + word, STARTS, WORDS)
PEOPLE = st.lists(
    st.builds(
        Particulars,
        st.builds(lambda number, start: f"{start}{number}", st.integers(0, 10**6), st.sampled_from("=+'@- \"")),
        CELLS,
        st.sampled_from(["", "bo@example.org", "BO@example.org", "=a@example.org", "'+x@example.org"]),
        CELLS,
        CELLS,
        CELLS,
        CELLS,
        st.none() | st.dates(date(1900, 1, 1), TODAY),
        CELLS,
        st.sampled_from(["", "woman", "man", "another"]),
    ),
    min_size=1,
    max_size=5,
)


@given(PEOPLE)
def test_export_import_export_gives_the_same_bytes(people):
    roll = read_roll(write_roll(people), today=TODAY)
    assert write_roll(on_a_fresh_install(roll.rows)) == write_roll(people)
    if admitted := roll.admitted():
        exported = write_roll(on_a_fresh_install(admitted))
        assert again(exported) == exported


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4))
def test_whatever_was_admitted_from_any_file_comes_back_the_same(rows):
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("name", "phone", "tags"), *rows])
    try:
        admitted = read_roll(file.getvalue().encode(), today=TODAY).admitted()
    except RollError:
        return
    exported = write_roll(on_a_fresh_install(admitted))
    if admitted:
        assert again(exported) == exported


def test_an_invented_roll_is_admitted_whole_and_comes_back_the_same():
    raw = make_roll(2_000, 7)
    assert raw == make_roll(2_000, 7)
    assert raw != make_roll(2_000, 8)
    roll = read_roll(raw, today=TODAY)
    assert (roll.source, roll.counts()["admit"]) == ("Action Network", 2_000)
    exported = write_roll(on_a_fresh_install(roll.rows))
    assert again(exported) == exported


def test_an_invented_roll_with_trouble_gets_every_verdict_of_a_first_import():
    counts = read_roll(make_roll(3_000, 7, trouble=True), today=TODAY).counts()
    assert counts["duplicate in this file"] > 0
    assert counts["needs mending"] > 10
    assert counts["admit"] > 2_900


@pytest.mark.parametrize("phone", ["07700900123", "447700900123456", "+34 600", "'05", "5"])
def test_no_figure_of_a_phone_is_lost_on_the_way_through_a_spreadsheet(phone):
    raw = write_roll([Particulars("a", "Bo", phone=phone)])
    assert raw.startswith(b"\xef\xbb\xbfuuid,name")
    assert not re.search(rb",(0[0-9]|[0-9]{12})", raw)
    assert read_roll(raw, today=TODAY).rows[0].phone == phone
