"""An act as somebody writes it down, and the words that it commits to."""

import pytest

from frombelow.keys import to_text
from frombelow.polity.kernel.commitments import check_commitment
from frombelow.polity.kernel.ids import is_id
from frombelow_site.operations.saying import SayingError, read

SOME = "a" * 26
MOVE = {"kind": "motion.move", "by": SOME, "motion": {"new": "motion"}, "branch": SOME, "text": {"private": "words"}}


def test_words_get_a_salt_of_their_own_and_what_they_are_of_from_the_act():
    first, second = (read(MOVE, {"words": "A\r\nB"}) for _ in range(2))
    (words,) = first.privates
    assert (words.of, words.whose, words.value) == ("motion", first.act.motion, "A\nB")
    check_commitment(first.act.text, words.salt, words.value)
    assert words.salt != second.privates[0].salt


def test_a_new_id_is_drawn_once_for_each_name():
    said = {"kind": "motion.appeal", "by": SOME, "motion": {"new": "one"}, "appeal": {"new": "two"}}
    one = {**said, "appeal": {"new": "one"}}
    found, same = read(said, {}), read(one, {})
    assert is_id(found.act.motion)
    assert found.act.motion != found.act.appeal
    assert found.ids == {"one": found.act.motion, "two": found.act.appeal}
    assert same.act.motion == same.act.appeal


def test_commitments_in_effects_are_made_too():
    people = [[{"new": "kim"}, {"private": "kim"}]]
    act = {**MOVE, "effects": [{"do": "admit", "people": people, "branch": SOME}]}
    found = read(act, {"words": "A", "kim": {"value": "Kim", "beside": {"mail": "kim@example.org"}}})
    kim = next(each for each in found.privates if each.of == "name of")
    assert (kim.whose, kim.value, dict(kim.beside)) == (found.ids["kim"], "Kim", {"mail": "kim@example.org"})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "The field $.text commits to the words “words”, which nothing gives"),
        ({"words": "A", "more": "B"}, "The act does not commit to the words “more”."),
        ({"words": 5}, "The words “words” are a text, or an object with a value and a salt"),
        ({"words": {"value": "A", "pepper": "B"}}, "The words “words” are a text, or an object"),
        ({"words": {"value": "A", "salt": to_text(bytes(31))}}, "The salt of “words” is not 32 bytes"),
        ({"words": {"value": "A", "salt": "?"}}, "The salt of “words” is not 32 bytes"),
        ({"words": "\ud800"}, "In the words “words” stands half a letter"),
    ],
)
def test_words_that_cannot_be_are_named(values, words):
    with pytest.raises(SayingError) as error:
        read(MOVE, values)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({**MOVE, "text": 10**40}, "the field $.text is of the wrong type"),
        ({**MOVE, "kind": ["motion.move"]}, "There is no act of the kind “['motion.move']”."),
        ({**MOVE, "kind": "x" * 99}, f"There is no act of the kind “{'x' * 40}”."),
        ({**MOVE, "branch": {"private": "words", "more": 1}}, "the field $.branch is of the wrong type"),
        ({**MOVE, "effects": [{"do": "fly"}]}, "the field $.effects[0].do is not what it must be"),
    ],
)
def test_what_is_no_act_is_told_with_its_place(said, words):
    with pytest.raises(SayingError) as error:
        read(said, {"words": "A"})
    assert words in str(error.value)
