"""A page whose form was refused begins with what is wrong, and each field says it beside itself."""

import re

import pytest

from tests.pages import read

EMPTY = [
    "/decide/move/",
    *(f"/decide/move/?effect={effect}" for effect in ("grant", "rules", "branch", "office", "expel")),
]


def first_of(page):
    """What the main part begins with."""
    main = page.partition("<main")[2].partition(">")[2]
    return main.lstrip()[:2000].partition("</div>")[0]


def ids(page):
    return re.findall(r'\sid="([^"]+)"', page)


@pytest.fixture
def refused(site):
    def send(address, **fields):
        bo = site.browser(site.bo)
        draft = bo.get(address).context["draft"]
        answer = bo.post(address, {"draft": draft, **fields})
        assert answer.status_code == 400
        return answer.content.decode()

    return send


@pytest.mark.parametrize("address", EMPTY)
def test_the_page_of_a_refused_form_begins_with_what_is_wrong_and_has_the_focus_there(refused, address):
    page = refused(address)
    said = first_of(page)
    assert re.match(r'<div class="refusal" role="alert" tabindex="-1" autofocus>', said)
    standing = re.sub(r"<template\b.*?</template>", "", page.partition("</main")[0], flags=re.DOTALL)
    assert standing.count(" autofocus") == 1
    assert "Nothing was changed." in said
    linked = re.findall(r'<a href="#([^"]+)">', said)
    assert "id_title" in linked
    assert "id_body" in linked
    assert set(linked) <= set(ids(page))


@pytest.mark.parametrize("address", EMPTY)
def test_each_field_of_a_refused_form_is_told_by_its_own_fault(refused, address):
    page = refused(address)
    wrong = re.findall(r'<(?:input|select|textarea)\b[^>]*aria-invalid="true"[^>]*>', page)
    assert wrong
    for control in wrong:
        (told,) = re.findall(r'aria-describedby="([^"]+)"', control)
        assert set(told.split()) <= set(ids(page))
        assert any(each.endswith("_error") for each in told.split())


def test_a_choice_that_is_missing_is_gone_to_at_its_first_button(site):
    bo, motion = site.browser(site.bo), site.voting()
    answer = bo.post(f"/decide/{motion}/vote/", {})
    page = answer.content.decode()
    assert '<a href="#id_choice_0">' in first_of(page)
    assert "id_choice_0" in ids(page)
    (told,) = re.findall(r'<fieldset class="answers" aria-describedby="([^"]+)"', page)
    assert told.split() == ["who-sees", "id_choice_error"]
    assert set(told.split()) <= set(ids(page))


def test_what_was_written_is_said_to_be_kept_only_where_something_was(refused):
    assert "What you wrote is still here." not in first_of(refused("/decide/move/"))
    assert "What you wrote is still here." in first_of(refused("/decide/move/", body="We need a new boiler."))


def test_a_page_that_nobody_sent_anything_to_begins_with_nothing_of_the_kind(site):
    answer = site.browser(site.bo).get("/decide/move/")
    assert 'role="alert"' not in first_of(answer.content.decode())
    assert "needs a look" not in read(answer)
