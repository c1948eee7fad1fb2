"""An article is changed field by field: no member has to write what a program reads."""

from fractions import Fraction

import pytest

ADDRESS = "/decide/move/?effect=rules&article={}"


def asked(browser, number):
    """The form for this article, and what it sends if nobody changes anything."""
    form = browser.get(ADDRESS.format(number))
    fields = form.context["form"]
    data = {name: fields[name].value() for name in fields.fields}
    sent = {name: value for name, value in data.items() if value not in (None, False)}
    first = fields.fields["branch"].choices[0][0]  # as a browser does
    return form, sent | {"body": "Because.", "branch": first, "draft": form.context["draft"]}


def send(browser, number, **changed):
    data = asked(browser, number)[1] | changed
    return browser.post(ADDRESS.format(number), {name: value for name, value in data.items() if value is not None})


def moved(site, answer):
    assert answer.status_code == 302, answer.context["form"].errors
    return site.polity.motions[answer.url.split("/")[2]].effects[0]


def after(site, answer):
    """The rules as they would be."""
    return site.polity.book.changed(moved(site, answer).articles)


def test_a_number_is_changed(site):
    bo = site.browser(site.bo)
    form, _ = asked(bo, "4.6")
    assert "Days of debate" in form.content.decode()
    assert "[[article]]" not in form.content.decode()
    assert after(site, send(bo, "4.6", debate_days="21"))["debate_days"] == 21


def test_words_and_settings_that_nobody_touched_stay(site):
    bo = site.browser(site.bo)
    before = site.polity.book
    book = after(site, send(bo, "5.6", quorum_share="15%"))
    assert book["quorum"].yes_of_eligible == Fraction(15, 100)
    assert book.articles["5.6"].text == before.articles["5.6"].text
    assert {k: v for k, v in book.values.items() if k != "quorum"} == {
        k: v for k, v in before.values.items() if k != "quorum"
    }
    assert book.articles["6.2"].topics == before.articles["6.2"].topics


def test_a_share_is_taken_with_a_space_in_it_as_people_write_it(site):
    book = after(site, send(site.browser(site.bo), "5.6", quorum_share=" 15 %"))
    assert book["quorum"].yes_of_eligible == Fraction(15, 100)


def test_the_words_alone_are_changed(site):
    book = after(site, send(site.browser(site.bo), "6.2", words="What is decided happens.\r\n  At once."))
    assert book.articles["6.2"].text == "What is decided happens. At once."
    assert book.articles["6.2"].topics == site.polity.book.articles["6.2"].topics


def test_a_majority_is_changed_part_by_part(site):
    book = after(site, send(site.browser(site.bo), "6.3", rulebook_majority_share="3/4", rulebook_majority_of="cast"))
    assert book["rulebook_majority"].share == Fraction(3, 4)
    assert book["rulebook_majority"].base == "cast"


@pytest.mark.parametrize(
    ("number", "changed", "told"),
    [
        ("4.6", {"debate_days": "91"}, "A whole number from 3 to 90"),
        ("4.2", {"seconders_share": "21%"}, "A share from 1% to 20%"),
        ("5.6", {"quorum_share": "76%"}, "A share from 0% to 75%"),
        ("5.6", {"quorum_how": "participating"}, "Tick this, or choose"),
        ("5.6", {"quorum_how": "yes_root", "quorum_share": "4"}, "A share from 0 to 3"),
        ("6.3", {"rulebook_majority_share": "1/3"}, "A share from 1/2 to 9/10"),
        ("4.6", {"words": "We debate for {eons} days."}, "eons"),
        ("4.6", {"words": " "}, "required"),
        ("7.4", {"recall_days": "3"}, "time to reply"),
        ("4.6", {}, "This is the article as it stands"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_moved(site, number, changed, told):
    answer = send(site.browser(site.bo), number, **changed)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "Because." in answer.content.decode()
    assert not site.polity.motions


def test_an_article_that_is_none_starts_a_new_one_of_that_number(site):
    page = site.browser(site.bo).get(ADDRESS.format("99.9")).content.decode()
    assert 'value="99.9"' in page
    assert "[[article]]" not in page
