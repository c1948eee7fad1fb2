"""What members alone see, what nobody is told who asks as a stranger, and that no page asks another host."""

import re
from urllib.parse import unquote

from .house import MIRA, NAMES, OF_MIRA, ON_THE_ROLL, ONCE, WORDS
from .places import found, on_pages

KEPT = {"private", "no-store"}
OPEN = {"/record/checkpoint"}


def masked(page, ids):
    """An answer without what is drawn for each request, and without what was asked for."""
    text = page.content.decode() + unquote(page.answer.get("Location", ""))
    # Roots and signatures: any letters follow each other there.
    text = re.sub(r"(^|— \S+ |\+[0-9a-f]{8}\+)[A-Za-z0-9+/]{40,}=*", "", text, flags=re.MULTILINE)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|"challenge": ?"[^"]*"', "", text)
    for name in sorted(map(str, ids.values()), key=len, reverse=True):
        text = text.replace(f"/{name}", "/")
    return page.answer.status_code, text


def test_nobody_but_members_learns_who_is_a_member_or_what_they_do(seen):
    told = on_pages(seen.stranger)
    assert len(told) > 150
    assert found(told, (*NAMES, *ONCE, *ON_THE_ROLL, *OF_MIRA, *WORDS, *seen.ids, "4.6", "Paint the hall")) == []


def test_a_stranger_gets_the_same_answer_for_what_is_there_and_what_is_not(seen):
    for there, guessed in zip(seen.asked, seen.guessed, strict=True):
        assert masked(there, seen.real) == masked(guessed, seen.unknown), there.address
    assert len(seen.asked) > 150


def test_no_entry_of_the_record_is_for_strangers(seen):
    entries = [line.decode() for line in seen.record["the table"].splitlines()]
    assert len(entries) > 20
    assert found(on_pages(seen.stranger), [entry[:60] for entry in entries]) == []


def test_a_stranger_who_tries_every_address_changes_nothing(seen):
    assert set(seen.by_strangers) <= {"accounts_session", "accounts_limit", "accounts_code"}


def test_whoever_looks_changes_nothing_but_that_they_looked(seen):
    for reader, tables in seen.changed.items():
        looked = {"door_entry", "door_signedcheckpoint", "roll_rolllook", "roll_pagesopened"}
        assert set(tables) <= {"accounts_session", "home_visit"} | (looked if reader == "eve" else set()), reader


def test_no_page_that_anybody_gets_asks_another_host(seen):
    for page in [each for pages in (*seen.pages.values(), seen.stranger) for each in pages]:
        policy = page.answer["Content-Security-Policy"]
        sources = {source for part in policy.split(";") for source in part.split()[1:]}
        attached = "/attached/" in page.address and page.answer.status_code == 200  # which needs nothing at all
        assert sources == ({"'none'"} if attached else {"'none'", "'self'"}), page.address
        assert not re.findall(rb"""(?:src|href|action|srcset|poster)=["'](?:https?:)?//""", page.content), page.address


def test_what_a_member_sees_is_kept_by_no_browser_wherever_it_is(seen):
    for reader, pages in seen.pages.items():
        for page in pages:
            if page.address not in OPEN:
                kept = set(page.answer["Cache-Control"].split(", "))
                assert kept >= KEPT, (reader, page.address)


def test_every_page_that_a_link_leads_to_is_there(seen):
    for reader, pages in seen.pages.items():
        wrong = [(page.address, page.answer.status_code) for page in pages if page.answer.status_code >= 400]
        assert [(address, status) for address, status in wrong if not address.endswith("/recall/")] == [], reader


def test_a_walk_finds_what_stands_on_a_page(seen):
    """If walks saw nothing, every promise would seem kept."""
    for reader, pages in seen.pages.items():
        assert len(pages) > 150, reader
        assert {words for _, words in found(on_pages(pages), [*WORDS, MIRA])} == {*WORDS, MIRA}, reader
