from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from frombelow.counting import as_html, as_sankey, as_text, count, why
from frombelow.counting.reports.sankey import bands

from .cast import ANN, BO, CY, DI, ballots

NASTY = ('<script>alert("x")</script>', "Bo & Co \u202etxt", "Cy\x00\x1b[31m", "[red]Di[/red]")
PROFILE = "45 Ann Bo\n30 Bo\n20 Cy Bo\n9 Cy\n6 Di Cy"


def nasty():
    return ballots("45 0 1\n30 1\n20 2 1\n9 2\n6 3 2", names=tuple("0123")), NASTY


@pytest.fixture(params=["scottish", "meek", "ers97", "exact"])
def hostile(request):
    profile, names = nasty()
    from dataclasses import replace

    return count(request.param, replace(profile, candidates=names, title="<i>title</i>"), 2)


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_nothing_of_a_name_becomes_markup_in_html(hostile):
    page = Tags(as_html(hostile))
    assert page.open == []
    assert not {"script", "i", "style"} & {tag for tag, _ in page.tags}
    assert not any(name == "style" or name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert "\u202e" not in as_html(hostile)


def test_the_picture_is_well_formed_whatever_the_names(hostile):
    root = ElementTree.fromstring(as_sankey(hostile))
    assert root.tag.endswith("svg")
    assert {each.tag.split("}")[1] for each in root.iter()} <= {"svg", "title", "path", "rect", "text"}


def test_text_holds_no_control_characters_and_no_lost_brackets(hostile):
    text = as_text(hostile)
    assert "[red]Di[/red]" in text
    assert not any(each in text for each in "\x00\x1b\u202e")


def test_why_says_how_many_fewer_and_where_the_votes_went():
    counted = count("scottish", ballots(PROFILE), 1)
    assert why(counted, DI) == (
        "Di was excluded in round 2 with 6 votes, 23 fewer than Cy. 6 of these 6 votes went on to Cy."
    )
    assert why(counted, BO) == (
        "Bo was excluded in round 3 with 30 votes, 5 fewer than Cy. "
        "30 of these 30 votes named nobody else who still stood."
    )
    assert why(counted, ANN) == "Ann was elected in round 4 with 45 votes." or "Ann was elected" in why(counted, ANN)


def test_why_speaks_of_those_who_were_left_over_and_withdrawn():
    counted = count("scottish", ballots("45 Ann\n30 Bo\n20 Cy\n6 Di", withdrawn=[DI]), 1)
    assert "Cy was excluded" in why(counted, CY) or "Cy still stood" in why(counted, CY)
    assert why(counted, DI) == "Di had withdrawn and was not counted."
    first = count("scottish", ballots("60 Ann\n30 Bo"), 1)
    assert why(first, BO) == (
        "Bo still stood when the last seat was filled in round 1, with 30 votes. "
        "That was 30 fewer than Ann, who was elected last."
    )


@pytest.mark.parametrize("rule", ["scottish", "meek", "warren", "ers97", "hare-clark", "senate", "cambridge"])
def test_the_bands_of_the_picture_add_up_to_the_bars(rule):
    counted = count(rule, ballots(PROFILE), 2)
    for before, after in zip(counted.rounds, counted.rounds[1:], strict=False):
        into = [0.0] * (len(counted.candidates) + 1)
        for band in bands(before, after):
            into[band.target] += band.votes
        for bar, votes in enumerate([*after.votes, after.exhausted]):
            assert into[bar] == pytest.approx(float(votes), abs=0.01)


def test_a_tie_stands_in_the_reports():
    counted = count("scottish", ballots("20 Ann\n10 Bo Ann\n11 Cy Ann\n1 Di Bo"), 1)
    assert "A tie among Bo and Cy was broken by the latest round in which they differed: Bo." in as_text(counted)
    assert "A tie among" in as_html(counted)


def test_a_difference_that_two_decimals_would_not_show_is_shown():
    counted = count("scottish", ballots("31 Ann Bo\n22 Bo Ann Di\n14 Cy Di\n9 Di Cy\n8 Eve Di\n3 Eve"), 2)
    assert "which is 0.00025 fewer than Cy" in as_text(counted)
