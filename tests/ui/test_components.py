"""The page of all components, and names that are hard to show."""

import re

import pytest
from django.template import Context, Template
from django.utils.translation import override

from frombelow_site.ui.components import NAMES
from frombelow_site.ui.templatetags.site import in_tenths


def shown(name, language="en"):
    with override(language):
        return Template("{% load site %}{{ name|apart }}").render(Context({"name": name}))


@pytest.fixture
def page(site, client, settings):
    settings.DEBUG = True
    answer = client.get("/ui/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_nobody_sees_it_where_members_are(site, client, settings):
    settings.DEBUG = False
    assert client.get("/ui/").status_code == 404
    assert site.browser(site.bo).get("/ui/").status_code == 404


def test_it_shows_every_component(page):
    for piece in (
        'class="main"', 'class="grave"', 'class="plain"', "<h1>", "<h2>", "<h3>", 'class="errorlist"', 'class="helptext"',
        'type="radio"', "<select", "<textarea", 'type="file"', 'type="checkbox"', "<progress", 'class="shares"',
        'class="refusal"', 'class="said"', 'class="stages"', 'class="lines"', 'class="pages"', "<details", "<pre>",
        'class="qr"', 'class="tree"', 'class="facts"', 'class="sheet"', "<caption>", 'aria-current="step"',
    ):  # fmt: skip
        assert piece in page, piece
    assert len(NAMES["long"]) == 300
    assert NAMES["long"] in page


def test_every_id_is_there_once_and_every_label_has_its_field(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\sfor="([^"]+)"', page)) <= set(ids)


@pytest.mark.parametrize("key", ["arabic", "hebrew", "turned"])
def test_a_name_that_turns_the_line_stands_apart(key):
    assert shown(NAMES[key]) == f"<bdi>{NAMES[key]}</bdi>"


@pytest.mark.parametrize("key", ["long", "chinese", "emoji", "short"])
def test_a_name_that_turns_nothing_stays_as_it_is(key):
    assert shown(NAMES[key]) == NAMES[key]


def test_on_a_page_from_right_to_left_every_name_stands_apart():
    assert shown("Bo", "ar") == "<bdi>Bo</bdi>"


def test_a_name_is_text_and_nothing_else():
    assert shown("<b>Bo</b>") == "&lt;b&gt;Bo&lt;/b&gt;"
    assert shown("<b>\u202eBo") == "<bdi>&lt;b&gt;\u202eBo</bdi>"


@pytest.mark.parametrize(("language", "way"), [("ar", ' dir="rtl"'), ("en", "")])
def test_the_page_says_which_way_it_is_written(site, rf, language, way):
    from django.template.loader import render_to_string

    with override(language):
        assert f'<html lang="{language}"{way}>' in render_to_string("page.html", {})


@pytest.mark.parametrize(
    "counts", [(90, 0, 0, 213), (60, 0, 0, 243), (40, 0, 0, 263), (1, 1, 1, 0), (2, 1, 0, 0), (7, 0, 0, 0)]
)
def test_the_shares_of_a_vote_make_the_whole_and_yes_is_never_rounded_up(counts):
    of = sum(counts)
    found = in_tenths(list(counts), of)
    assert sum(found) == 1000
    assert found[0] * of <= counts[0] * 1000
    assert all(abs(share * of - count * 1000) < of for share, count in zip(found, counts, strict=True))


@pytest.mark.parametrize("asked", ['"id"', '"" "text"', '"id" "title body"', '"nonce"'])
def test_what_is_drawn_in_the_page_is_fields_and_a_script_and_never_shown_as_text(asked):
    made = Template("{% load site %}{% drawn " + asked + " %}").render(Context())
    assert "&lt;" not in made
    assert made.count("<script") == 1
    assert ("drawn-id" in made) == (not asked.startswith('""'))
    assert ("drawn-commitment" in made) == (asked.count('"') == 4)
