"""A new article is written in fields: its number, what it is called and what it says."""

import pytest

ADDRESS = "/decide/move/?effect=rules"


def send(browser, **changed):
    form = browser.get(ADDRESS)
    first = form.context["form"].fields["branch"].choices[0][0]  # as a browser does
    sent = {
        "number": form.context["form"]["number"].value(), "heading": "Minutes", "words": "Minutes are read aloud.",
        "title": "Read the minutes", "body": "Not everybody reads.", "branch": first,
        "on": str(form.context["form"]["on"].value()), "draft": form.context["draft"],
    }  # fmt: skip
    return browser.post(ADDRESS, sent | changed)


def effect(site, answer):
    assert answer.status_code == 302, answer.context["form"].errors
    return site.polity.motions[answer.url.split("/")[2]].effects[0]


def test_no_page_asks_for_a_new_article_as_a_program_reads_it(site):
    bo = site.browser(site.bo)
    page = bo.get(ADDRESS).content.decode()
    assert "[[article]]" not in page
    assert 'name="articles"' not in page
    assert f'href="{ADDRESS}"' in bo.get("/answerability/rules/").content.decode()


def test_a_new_article_is_its_number_its_name_and_its_words(site):
    change = effect(site, send(site.browser(site.bo), number="9.9", words=" Minutes \n are read. "))
    book = site.polity.book.changed(change.articles)
    found = book.articles["9.9"]
    assert (found.title, found.text, found.settings) == ("Minutes", "Minutes are read.", {})
    assert len(book.articles) == len(site.polity.book.articles) + 1


def test_a_free_number_stands_there(site):
    number = site.browser(site.bo).get(ADDRESS).context["form"]["number"].value()
    assert number not in site.polity.book.articles
    assert effect(site, send(site.browser(site.bo))).articles.count(f'number = "{number}"') == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("number", "4.6", "Article 4.6 is there already"), ("number", "four", "Write a number like 4.6"),
        ("number", "0.1", "Write a number like 4.6"), ("number", "٤.٦", "Write a number like 4.6"),
        ("words", "After {debate_days}.", "{debate_days} is what Article 4.6 sets"),
        ("words", "After {luck}.", "Nothing is called {luck}"), ("heading", "", "required"),
        ("words", "Un\u202eseen", "cannot be seen"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field_and_stores_nothing(site, field, value, said):
    before = site.polity.size
    answer = send(site.browser(site.bo), **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert "Not everybody reads." in page
    assert site.polity.size == before


def test_words_stay_words_whatever_they_look_like(site):
    words = 'x""" \\n [[article]] number = "4.6"'
    change = effect(site, send(site.browser(site.bo), number="9.9", words=words))
    book = site.polity.book.changed(change.articles)
    assert book.articles["9.9"].text == words
    assert book.articles["4.6"] == site.polity.book.articles["4.6"]


def test_a_setting_s_place_in_the_words_is_said_with_what_it_stands_for(site):
    page = site.browser(site.bo).get(f"{ADDRESS}&article=4.6").content.decode()
    assert "{debate_days}: Days of debate" in page
