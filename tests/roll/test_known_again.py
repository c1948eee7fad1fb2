"""Somebody is known again by what is theirs alone: not by a number that every list has, and not only where their name is
written with the same signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.roll import KnownPeople, Particulars, by_id, likes, met, read_roll, write_roll

from .test_roll_verdicts import TODAY, verdict

UUID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"


def on_the_roll(foreign_id, name, mail):
    """A member who came with this id."""
    called = likes(name)
    return KnownPeople({mail} - {""}, by_id(foreign_id, called, mail), set(called))


def gone(name, mail="", foreign_id="", how="expelled"):
    """Somebody who is a member no more."""
    return KnownPeople(**{how: met(likes(name), mail, foreign_id)})


def test_the_running_number_of_another_list_makes_nobody_a_member_already():
    found = verdict("1,Cleo Dahl,cleo@example.org,,", known=on_the_roll("1", "Ana Ruiz", "ana@example.org"))
    assert found.decision == "admit"
    assert "somebody else on the roll has the id “1” of another list" in found.sentence()


@pytest.mark.parametrize("row", ["1,Ana Ruiz,new@example.org,,", "1,Ana Dahl,ana@example.org,,"])
def test_an_id_with_the_same_name_or_address_is_the_same_person(row):
    known = on_the_roll("1", "Ana Ruiz", "ana@example.org")
    assert verdict(row, known=known).decision == "already a member"


def test_an_id_that_no_other_list_has_needs_nothing_beside_it():
    known = on_the_roll(UUID, "Ana Ruiz", "ana@example.org")
    assert verdict(f"{UUID},Ana Dahl,new@example.org,,", known=known).decision == "already a member"


def test_our_own_file_holds_people_of_two_lists_with_numbers_of_their_own():
    people = [("1", "Ana", "ana@example.org"), ("1", "Bo", "bo@example.org"), ("1", "Ana", "other@example.org")]
    raw = write_roll(Particulars(foreign_id=number, name=name, mail=mail) for number, name, mail in people)
    roll = read_roll(raw, today=TODAY)
    assert roll.counts() == {"admit": 2, "already a member": 0, "duplicate in this file": 1, "needs mending": 0}
    assert any("same id “1” as line" in each.sentence() for each in roll.verdicts)


def test_the_running_number_of_somebody_expelled_keeps_nobody_out():
    known = gone("Dee Three", "dee@example.org", "1")
    assert verdict("1,Cleo,cleo@example.org,,", known=known).decision == "admit"
    assert verdict("1,Dee Three,new@example.org,,", known=known).decision == "needs mending"


@pytest.mark.parametrize("written", [
    "Seán O’Hara", "Seán O'Hara", "Sean OHara", "SEÁN  OʼHARA", "Sеán O'Hara", "SЕÁN О'НARA", "Ѕeán O`Hara",
    "Ｓeán O'Hara",
])  # fmt: skip
def test_who_was_expelled_does_not_come_in_with_other_signs_in_their_name(written):
    known = gone("Seán O'Hara", "sean@example.org")
    for mail in ("sean@example.org", "other@example.org", ""):
        assert verdict(f"1,{written},{mail},,", known=known).decision == "needs mending"


@pytest.mark.parametrize(("one", "other"), [("Ana Ruiz", "Ana Ruis"), ("Нина", "Нана"), ("Dan Li", "Dav Li")])
def test_other_names_are_other_names(one, other):
    assert not set(likes(one)) & set(likes(other))


@given(st.text(max_size=30))
def test_a_name_is_known_again_in_capitals_and_in_small_letters(name):
    assert set(likes(name)) & set(likes(name.lower()))
    assert 1 <= len(likes(name)) <= 2


@given(st.text("abIlm01.- 'é", max_size=12))
def test_a_plain_name_is_known_by_the_same_forms_as_any_other(name):
    assert set(likes(name)) & set(likes(name.replace("a", "а").replace("'", "’")))


@pytest.mark.parametrize(("row", "left_with"), [
    ("1,Bo Four,,,", ""), ("1,Bo Four,,,", "bo@example.org"), ("1,Bo Four,new@example.org,,", ""),
])  # fmt: skip
def test_a_namesake_of_somebody_who_left_is_asked_about(row, left_with):
    found = verdict(row, known=gone("Bo Four", left_with, how="left"))
    assert found.decision == "needs mending"
    assert "somebody of this name left" in found.sentence()


def test_whom_an_address_tells_from_their_namesake_comes_in_with_a_note():
    found = verdict("1,Bo Four,new@example.org,,", known=gone("Bo Four", "bo@example.org", how="left"))
    assert found.decision == "admit"
    assert "somebody of this name or address left" in found.sentence()
