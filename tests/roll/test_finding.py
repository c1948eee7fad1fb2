"""Finding a person by part of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.roll import parts_of, typed_parts


def finds(typed, name):
    parts = parts_of(name)
    return all(any(part.startswith(key) for part in parts for key in keys) for keys in typed_parts(typed))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("jose", "José García"), ("garc", "José García"), ("garcia jo", "José García"), ("JOSÉ", "Jose"),
        ("obrien", "Siobhán O’Brien"), ("o'brien", "Siobhán OʼBrien"), ("O’Brien", "Siobhan O'Brien"),
        ("brien", "Siobhán O'Brien"), ("jones", "Anna Smith-Jones"), ("smith-jo", "Anna Smith-Jones"),
        ("oyvind", "Øyvind"), ("lukasz", "Łukasz"), ("strasse", "Straße"), ("aesop", "Æsop"), ("istanbul", "İstanbul"),
        ("андр", "Андрей"), ("محمد", "محمد عبد الله"), ("عبد", "محمد عبد الله"), ("王", "王小明"), ("ñ", "Ñ" * 200),
        ("ａｄａ", "Ada"), ("nguyen", "Nguyễn"),
    ],
)  # fmt: skip
def test_a_person_is_found_by_the_beginning_of_any_part_of_the_name(typed, name):
    assert finds(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("andrei", "Аndrei"), ("Ada", "Аdа"), ("ada", "АDA"), ("Bepa", "Вера"), ("Ivan", "lvan Petrov"), ("olga", "0lga"),
        ("Nikos", "Νikos"),
    ],
)  # fmt: skip
def test_a_name_that_looks_the_same_is_found_too(typed, name):
    assert finds(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"), [("ana", "Anna"), ("arcia", "García"), ("ada b", "Ada One"), ("marla", "Maria")]
)
def test_whose_name_has_no_such_part_is_not_found(typed, name):
    assert not finds(typed, name)


def test_of_what_is_no_letter_nobody_is_found():
    assert typed_parts(" ’ - . ") == []


@given(st.text(max_size=80))
def test_every_name_is_found_by_all_of_itself(name):
    assert finds(name, name)
