"""A column that says woman, man or another, in the words of many lists."""

from datetime import date

import pytest

from frombelow.roll import read_roll
from frombelow.roll.faults import field_fault
from frombelow.roll.headings import OWN_EXPORT

TODAY = date(2026, 11, 20)


def read(*cells, heading="sex"):
    people = "".join(f"Person {n},person{n}@example.org,{cell}\n" for n, cell in enumerate(cells))
    return read_roll(f"name,email,{heading}\n{people}".encode(), today=TODAY)


def said(*cells, **more):
    return [row.sex for row in read(*cells, **more).rows]


@pytest.mark.parametrize("heading", ["Sex", "gender", "Género", "genero", "SEXO", "Identidad de género"])
def test_the_column_is_known_by_its_heading(heading):
    assert said("woman", heading=heading) == ["woman"]


def test_words_of_both_languages_are_read():
    assert said("Woman", "mujer", "FEMALE", "Femenina", "w") == ["woman"] * 5
    assert said("man", "Hombre", "male", "masculino", "varón") == ["man"] * 5
    assert said("another", "non-binary", "No binaria", "otre", "X") == ["another"] * 5


def test_who_said_nothing_has_nothing():
    roll = read("", "prefer not to say", "NS/NC", "no consta")
    assert [row.sex for row in roll.rows] == [""] * 4
    assert [verdict.reasons for verdict in roll.verdicts] == [()] * 4


def test_m_is_man_beside_f_and_woman_beside_h():
    assert said("M", "F", "m") == ["man", "woman", "man"]
    assert said("M", "H", "m") == ["woman", "man", "woman"]


@pytest.mark.parametrize("cells", [("M", "M"), ("M", "F", "H")])
def test_an_m_that_may_be_either_costs_the_cell_and_is_told(cells):
    roll = read(*cells)
    assert roll.rows[0].sex == ""
    assert roll.verdicts[0].decision == "admit"
    assert "the sex “M” can be read in two ways and is left out." in roll.verdicts[0].sentence()


def test_an_unknown_word_costs_the_cell_and_not_the_person():
    roll = read("pentagon")
    assert (roll.rows[0].sex, roll.verdicts[0].decision) == ("", "admit")
    assert "the sex “pentagon” cannot be read and is left out." in roll.verdicts[0].sentence()


def test_a_roll_holds_no_other_word():
    assert field_fault("sex", "another") is field_fault("sex", "") is None
    assert field_fault("sex", "pentagon").message_id == "sex unknown"


def test_an_export_from_before_there_was_the_column_is_still_our_own():
    headings = "uuid,name,email,phone,language,pronouns,branch,joined,tags"
    roll = read_roll(f"{headings}\n1,Bo Li,bo@example.org,,,,,,\n".encode(), today=TODAY)
    assert (roll.source, roll.rows[0].sex) == (OWN_EXPORT, "")
