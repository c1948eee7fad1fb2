"""What counts as written: words in any script; what was chosen, and marks of ours, do not."""

import pytest
from django.http import QueryDict
from django.test import Client

from frombelow_site.ui.forms import written


def sent(**fields):
    form = QueryDict(mutable=True)
    form.update(fields)
    return written(form)


@pytest.mark.parametrize("words", ["السقف", "छत", "🏚️", "屋顶漏水", "หลังคา", "Roof", "The roof leaks."])
def test_words_in_any_script_are_written(words):
    assert sent(body=words) == [words]
    assert sent(title=words) == [words]


@pytest.mark.parametrize(
    "field", [{"choice": "yes"}, {"branch": "a" * 26}, {"csrfmiddlewaretoken": "a b"}, {"draft": "a b"}, {"seats": "3"}]
)
def test_what_is_chosen_is_not(field):
    assert sent(**field) == []


@pytest.mark.parametrize(("origin", "shown"), [("http://testserver", True), ("https://elsewhere.example", False)])
def test_a_form_of_ours_that_is_too_old_gives_its_words_back_and_no_other_site_s(site, origin, shown):
    browser = Client(enforce_csrf_checks=True, headers={"Origin": origin})
    page = browser.post("/decide/move/", {"body": "السقف"})
    assert page.status_code == 403
    assert ("السقف" in page.content.decode()) == shown


def test_a_page_that_names_where_it_was_is_one_of_ours(site):
    browser = Client(enforce_csrf_checks=True, headers={"Referer": "http://testserver/decide/move/"})
    assert "Roof" in browser.post("/decide/move/", {"body": "Roof"}).content.decode()
    assert "Roof" not in Client(enforce_csrf_checks=True).post("/decide/move/", {"body": "Roof"}).content.decode()
