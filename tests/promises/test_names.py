"""Who somebody is, how to reach them and what they wrote: at which places it stands, and at which it may."""

import pytest

from tests import acts as a

from .house import MIRA, NAMES, NOTHING, OF_MIRA, ON_THE_ROLL, ONCE, QUIET, WORDS
from .places import found, on_pages, stands

EVERYTHING = (*NAMES, *ONCE, *ON_THE_ROLL, *OF_MIRA, *WORDS)
ROLL, FILE = "/people/roll/", "/people/roll/import/"
MEMBER = "/people/roll/member/"


def test_whoever_reads_the_record_finds_no_name_no_address_and_no_words(seen):
    assert found(seen.record.items(), EVERYTHING) == []
    assert found(on_pages(page for page in seen.pages["quiet"] if page.address == "/record/download"), EVERYTHING) == []
    assert b'"kind":"member.rename"' in seen.record["the export"]


def test_the_copy_and_whatever_else_lies_beside_the_database_hold_no_name(seen):
    assert {"copy/entries", "copy/checkpoint"} <= set(seen.files)
    assert found(seen.files.items(), EVERYTHING) == []


def test_no_member_and_no_officer_reads_of_another_what_these_did_not_show(seen):
    for reader, theirs in (("quiet", OF_MIRA), ("ada", (*ON_THE_ROLL, *OF_MIRA)), ("dee", (*ON_THE_ROLL, *OF_MIRA))):
        assert found(on_pages(seen.pages[reader]), (*theirs, *ONCE)) == [], reader
    eves = {place for place, _ in found(on_pages(seen.pages["eve"]), (*ON_THE_ROLL, *OF_MIRA))}
    # Her own file's page quotes her file.
    assert {place for place in eves if not place.startswith((FILE, MEMBER))} == {ROLL}


def test_looking_at_the_roll_is_recorded_and_nobody_else_looked(seen):
    looks = [entry.act for entry in seen.entries.values() if isinstance(entry.act, a.LookAtRoll)]
    assert {look.person for look in looks} == {seen.house.site.eve}
    assert len([look for look in looks if not look.pages]) == 1  # the others say how many more pages she opened
    assert found(on_pages([seen.export]), ("quilla@quiet.example",))
    assert b'"kind":"roll.export"' in seen.record["the table"]
    for reader in ("quiet", "ada", "dee"):
        assert not [page for page in seen.pages[reader] if page.address.startswith(ROLL)]


def test_what_was_never_for_the_roll_is_not_in_its_export(seen):
    assert found(on_pages([seen.export]), ("Mira bakes", "Mira needs a ramp", "mira@second.example", *ONCE)) == []


def test_no_page_that_a_link_leads_to_names_a_member_who_did_nothing(seen):
    """Members see who holds an office, not a list of everybody."""
    assert found(on_pages(seen.pages["quiet"]), (NOTHING,)) == []
    for reader in ("ada", "dee"):
        assert found(on_pages(seen.pages[reader]), (QUIET, NOTHING)) == []
    assert found(on_pages(seen.pages["ada"]), ("Eve Two",))


def test_my_own_file_holds_what_is_mine_and_of_others_what_members_see(seen):
    assert (
        found(on_pages([seen.own]), (*ON_THE_ROLL, *OF_MIRA, *ONCE, MIRA, QUIET, "Body of Mira", "Reply of Ada")) == []
    )
    assert stands("bo@example.org", seen.own.content)


@pytest.mark.parametrize("value", [QUIET, *ON_THE_ROLL, "4 March 2019"])
def test_beside_each_thing_that_is_known_about_me_stands_who_sees_it(seen, value):
    (page,) = [page for page in seen.pages["quiet"] if page.address == "/people/me/"]
    (fact,) = [fact for fact in page.answer.context["facts"] if fact.value == value]
    assert fact.name
    assert fact.seen
    assert stands(fact.value, page.content)
    assert stands(fact.seen, page.content)


def test_the_log_holds_no_name_no_address_no_words_and_no_id(seen):
    assert "django.request" in seen.log
    assert found([("the log", seen.log.encode())], (*EVERYTHING, *seen.ids)) == []


def test_no_letter_names_the_organization_and_no_subject_names_anybody_or_what_is_voted_on(seen):
    """Whoever sees a screen must not learn who is a member of what."""
    assert len(seen.letters) > 20
    subjects = [(to, letter.partition(b"\n")[0]) for to, letter in seen.letters]
    assert found(subjects, (*NAMES, *ONCE, *ON_THE_ROLL, *WORDS, "hall", "chair")) == []
    assert found(seen.letters, (*ONCE, *ON_THE_ROLL, "tenants", "Tenants")) == []
