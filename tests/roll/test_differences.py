"""What a row says of somebody who is on the roll, and the roll does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.roll import Difference, Particulars, differences, normalised_mail

BO = Particulars(
    name="Bo Li", mail="bo@example.org", phone="600 111 222", language="en", pronouns="they", tags="a, b", sex="woman"
)
TEXTS = st.sampled_from(["", "a", "A", "x@example.org", "X@Example.org", "600 1", "6001", "en, es"])
PEOPLE = st.builds(
    Particulars, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.none() | st.just(date(2020, 1, 2)), TEXTS
)  # fmt: skip


def test_what_is_missing_and_what_differs_is_told_with_old_and_new():
    row = Particulars(name="Bo Li", mail="bo@new.example", phone="600", foreign_id="7", joined=date(2020, 1, 2))
    assert differences(row, BO) == [
        Difference("mail", "bo@example.org", "bo@new.example"), Difference("phone", "600 111 222", "600"),
        Difference("joined", "", "2020-01-02"), Difference("foreign_id", "", "7"),
    ]  # fmt: skip


@pytest.mark.parametrize("row", [
    Particulars(name="Robert Li", branch="North"),
    Particulars(mail="BO@EXAMPLE.org", phone="(600) 111-222", language="EN", tags="A,  b"),
    Particulars(pronouns="he"),
    Particulars(sex="man"),
    Particulars(),
])  # fmt: skip
def test_a_name_a_branch_other_groups_and_other_pronouns_are_no_news(row):
    assert differences(row, BO) == []


def test_a_further_address_of_the_same_person_is_no_news():
    row = Particulars(mail="Bo@Home.example")
    assert differences(row, BO, {normalised_mail("bo@home.example")}) == []


def test_an_id_of_another_list_does_not_take_the_place_of_the_one_they_have():
    assert differences(Particulars(foreign_id="8"), Particulars(foreign_id="7")) == []


@given(PEOPLE, PEOPLE)
def test_a_row_is_no_news_to_who_has_all_of_it_and_never_takes_anything_away(row, kept):
    assert differences(row, row) == []
    assert differences(Particulars(), kept) == []
    for each in differences(row, kept):
        assert each.new
        assert each.old == kept.texts()[each.field]
