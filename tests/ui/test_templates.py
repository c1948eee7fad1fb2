"""What holds for every template: no style or script of its own, links with words, and one heading that says what it is."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import frombelow_site

SITE = Path(frombelow_site.__file__).parent
TEMPLATES = sorted(SITE.rglob("templates/**/*.html"))
PAGES = [place for place in TEMPLATES if place.read_text().startswith("{% extends")]
FRAME = SITE / "templates/page.html"
# Pages for other pages to fill in: a heading is theirs to bring.
FRAMES = {"page.html", "step.html"}


def called(place):
    return str(place).partition("/templates/")[2]


def under(place):
    """The pages that this one fills in, nearest first."""
    found = re.match(r'{%\s*extends "([^"]+)"', place.read_text())
    if found is None:
        return []
    parent = next(each for each in TEMPLATES if called(each) == found[1])
    return [parent, *under(parent)]


def test_there_are_templates():
    assert len(PAGES) > 30


@pytest.mark.parametrize("place", TEMPLATES, ids=called)
def test_where_a_page_puts_an_act_together_the_window_is_there_that_shows_it_before_it_is_sealed(place):
    text = place.read_text()
    assert ("data-composes" in text) == ("data-rules=" in text) == ('{% alike "rules/_read_again.html" %}' in text)


@pytest.mark.parametrize("place", TEMPLATES, ids=called)
def test_every_template_can_be_read(place):
    get_template(called(place))


@pytest.mark.parametrize("place", TEMPLATES, ids=called)
def test_no_line_of_a_template_is_longer_than_120_columns(place):
    assert [line for line in place.read_text().splitlines() if len(line) > 120] == []


@pytest.mark.parametrize("place", TEMPLATES, ids=called)
def test_no_template_has_style_or_script_of_its_own(place):
    text = place.read_text()
    assert not re.findall(r"<style\b", text)
    assert not re.findall(r"""\s(?:style|on[a-z]+)\s*=\s*["']""", text)
    assert not re.findall(r"<script(?![^>]*\ssrc=)", text)
    assert not re.findall(r"javascript:", text)


@pytest.mark.parametrize("place", TEMPLATES, ids=called)
def test_every_link_and_button_has_words(place):
    text = place.read_text()
    for tag in ("a", "button"):
        for inside in re.findall(rf"<{tag}\b(?:[^>{{]|{{{{.*?}}}}|{{%.*?%}})*>(.*?)</{tag}>", text, re.DOTALL):
            said = re.sub(r"<[^>]*>|{%\s*(?:if|else|elif|endif|for|endfor|with|endwith|load)\b.*?%}", "", inside)
            assert re.search(r"\w", said), inside
            assert not re.search(r'"(?:here|click here|more|read more)"', said, re.IGNORECASE), inside


@pytest.mark.parametrize("place", [each for each in PAGES if each.name not in FRAMES], ids=called)
def test_every_page_has_a_heading_and_a_title(place):
    chain = [place, *under(place)]
    assert chain[-1] == FRAME
    assert any(re.search(r"<h1\b", each.read_text()) for each in chain)
    assert any("{% block title %}" in each.read_text() for each in chain[:-1])


@pytest.mark.parametrize("place", TEMPLATES, ids=called)
def test_every_picture_has_words(place):
    for tag in re.findall(r"<(?:img|svg)\b(?:[^>{]|{{.*?}}|{%.*?%})*>", place.read_text()):
        assert re.search(r"\salt=|aria-label=|aria-hidden=", tag), tag


@pytest.mark.parametrize("place", TEMPLATES, ids=called)
def test_words_that_pages_never_say(place):
    said = re.findall(r'{%\s*translate\s+("[^"]*"|\'[^\']*\')', place.read_text())
    said += re.findall(r"{%\s*blocktranslate.*?%}(.*?){%\s*endblocktranslate", place.read_text(), re.DOTALL)
    for words in said:
        assert not re.search(r"\b(?:submit|invalid|users?|items?)\b", re.sub(r"{{.*?}}", "", words), re.IGNORECASE)
