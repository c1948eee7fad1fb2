"""Rules are written by one hand: what is written is read back the same, and what nobody touched stays to the letter."""

import re
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from frombelow.counting.thresholds import PRESETS
from frombelow.polity import RulebookError, read_rulebook
from frombelow.polity.rulebook.book import as_read
from frombelow.polity.rulebook.parameters import (
    MAJORITY,
    OF_ALL,
    PARAMETERS,
    QUORUM_ROOT,
    SECONDERS,
    SECONDERS_ROOT,
    SECONDERS_SHARE,
    Whole,
    fraction,
)
from frombelow.polity.rulebook.templates import template, templates
from frombelow.polity.rulebook.writing import article_text, article_to_edit, difference, with_settings, with_words
from frombelow.signs import LINE, UNSEEN
from tests.cast import TENANTS

BOOK = read_rulebook(TENANTS)
COMMENTED = """# Ours since 1911.
format = 1
title = "T" # for now

[[article]] # the first
number = "1"  # one

# what it says
title = 'Debate'
text = '''
For {debate_days} days.
debate_days = 3
'''
debate_days = 14 # two weeks
# until here

[[office]]
key = "chair" # kept
title = "Chair" # changes
term_months = 5
"""


def shares(bounds):
    """Shares within the bounds, as people write them."""
    low, high = fraction(bounds.low), fraction(bounds.high)
    parts = st.fractions(low, high, max_denominator=999)
    percents = st.integers(int(low * 100) + (low * 100 % 1 > 0), int(high * 100)).map("{}%".format)
    return st.one_of(parts.map(str), percents)


def numbers(bounds):
    return st.integers(bounds.low, bounds.high)


def thresholds():
    parts = {
        "share": shares(MAJORITY), "of": st.sampled_from(["yes+no", "cast", "eligible"]), "more_than": st.just(True),
        "yes_of_eligible": shares(OF_ALL),
    }  # fmt: skip
    return st.one_of(st.sampled_from(sorted(PRESETS)), st.fixed_dictionaries(parts))


def values(key):
    """Anything that the parameter can be, as rules write it."""
    read = PARAMETERS[key].read
    if isinstance(read, Whole):
        return numbers(read)
    match key:
        case "zone":
            return st.sampled_from(["Etc/UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires"])
        case "language":
            return st.sampled_from(["en", "es", "es-MX"])
        case "stepped_back_in_quorum" | "letters_named":
            return st.booleans()
        case "seconders":
            return st.one_of(
                st.fixed_dictionaries({"count": numbers(SECONDERS), "share": shares(SECONDERS_SHARE)}),
                st.fixed_dictionaries({"count": numbers(SECONDERS), "root": shares(SECONDERS_ROOT)}),
            )
        case "quorum":
            return st.one_of(
                st.fixed_dictionaries({"participating": shares(OF_ALL), "knowingly": st.just(True)}),
                st.fixed_dictionaries({"yes_of_eligible": shares(OF_ALL), "yes_root": shares(QUORUM_ROOT)}),
            )
        case key if key.endswith("majority"):
            return thresholds()
    return shares(read)


SEEN = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"], exclude_characters="{}").filter(
    lambda sign: not re.match(f"[{UNSEEN}]", sign)
)
LINES = st.text(SEEN, min_size=1, max_size=200).filter(lambda words: re.search(LINE, words))
WORDS = st.text(st.one_of(SEEN, st.sampled_from("\"'\\#=[]\n\t")), min_size=1).filter(str.strip)


def without_figures(words):
    return not any(unicodedata.category(sign).startswith("N") for sign in words)


@st.composite
def articles(draw):
    """An article of the tenants' rules in any words, with any values of its parameters."""
    article = draw(st.sampled_from(list(BOOK.articles.values())))
    places = "".join(f" and {{{key}}}" for key in article.settings)  # a word between two, and before the first
    own = {key: draw(values(key)) for key in article.settings}
    may = without_figures if article.settings else bool  # what sets something reads no other number
    words = {"title": draw(LINES.filter(may)), "text": draw(WORDS.filter(may)) + places}
    return BOOK.source[article.number] | words | own


@given(articles())
@pytest.mark.many
def test_an_article_of_any_values_is_read_back_the_same(table):
    written = article_text(table)
    assert repr(as_read(written)["article"][0]) == repr(table)
    try:
        book = BOOK.changed(written)
    except RulebookError as error:
        assume("majority" not in str(error) and "recall_days" not in str(error))  # they do not stand beside the others
        raise
    article = book.articles[table["number"]]
    assert article.settings == {key: PARAMETERS[key].read(table[key]) for key in article.settings}
    assert (article.title, article.text) == (table["title"], table["text"].strip())


@given(st.text())
def test_any_words_at_all_are_read_back(words):
    table = {"number": "1", "title": words, "text": words}
    assert as_read(article_text(table)) == {"article": [table]}
    assert as_read(with_words(article_text(table | {"text": ""}), {"article": {"1": {"text": words}}})) == {
        "article": [table]
    }


@settings(max_examples=40)  # a whole rulebook each
@given(st.data())
@pytest.mark.many
def test_settings_put_differently_are_read_back_and_all_else_stays(data):
    kind = data.draw(st.sampled_from(templates()))
    before = template(kind)
    keys = data.draw(st.sets(st.sampled_from(sorted(PARAMETERS)), max_size=5))
    settings = {key: data.draw(values(key)) for key in sorted(keys)}
    after = with_settings(before, settings)
    expected = as_read(before)
    for table in expected["article"]:
        table.update({key: value for key, value in settings.items() if key in table})
    assert repr(as_read(after)) == repr(expected)
    assert len(before.splitlines()) == len(after.splitlines())
    changed = [one for one, two in zip(before.splitlines(), after.splitlines(), strict=True) if one != two]
    assert {line.partition(" = ")[0] for line in changed} <= keys


@pytest.mark.parametrize("kind", templates())
def test_every_article_can_be_written_and_is_what_it_was(kind):
    book = read_rulebook(template(kind))
    for number in book.articles:
        assert book.changed(article_to_edit(book, number)).articles == book.articles


def test_an_article_that_is_not_there_starts_empty():
    assert as_read(article_to_edit(BOOK, "99")) == {"article": [{"number": "", "title": "", "text": ""}]}


def test_number_title_and_text_stand_first():
    lines = article_text({"debate_days": 3, "text": "{debate_days}", "title": "T", "number": "4.6"}).splitlines()
    assert [line.partition(" = ")[0] for line in lines] == ["[[article]]", "number", "title", "text", "debate_days"]


def test_comments_and_order_stay_where_a_setting_is_put_differently():
    assert with_settings(COMMENTED, {"debate_days": 21}) == COMMENTED.replace("debate_days = 14", "debate_days = 21")


def test_comments_and_order_stay_where_words_are_put_differently():
    words = {"title": "U", "article": {"1": {"title": "Say"}}, "office": {"chair": {"title": "Silla"}}}
    expected = COMMENTED.replace('title = "T"', 'title = "U"').replace("'Debate'", '"Say"')
    assert with_words(COMMENTED, words) == expected.replace('"Chair"', '"Silla"')


def test_an_office_s_months_are_no_setting_of_an_article():
    with pytest.raises(RulebookError, match="set by 0 articles"):
        with_settings(COMMENTED, {"term_months": 6})


def test_what_stands_twice_is_put_nowhere():
    with pytest.raises(RulebookError, match="set by 2 articles"):
        with_settings("[[article]]\ndebate_days = 3\n[[article]]\ndebate_days = 4\n", {"debate_days": 6})


@pytest.mark.parametrize("words", [{"article": {"9": {"text": "?"}}}, {"office": {"pope": {"title": "?"}}}])
def test_words_for_what_is_not_there_are_refused(words):
    with pytest.raises(RulebookError, match="there is no"):
        with_words(COMMENTED, words)


def test_a_table_of_its_own_is_put_on_one_line():
    text = '[[article]]\nnumber = "5.6"\n[article.quorum]\nyes_of_eligible = "10%"\n'
    assert as_read(with_settings(text, {"quorum": {"yes_root": "3/2"}})) == {
        "article": [{"number": "5.6", "quorum": {"yes_root": "3/2"}}]
    }


def test_articles_written_out_become_the_change_that_they_make():
    full = article_to_edit(BOOK, "5.4").replace("voting_days = 7", "voting_days = 9")
    assert as_read(difference(BOOK, full)) == {"article": [{"number": "5.4", "voting_days": 9}]}
    gone = "".join(line for line in article_to_edit(BOOK, "5.3").splitlines(True) if "opening_days =" not in line)
    assert as_read(difference(BOOK, gone)) == {"article": [{"number": "5.3", "drops": ["opening_days"]}]}
    part = '[[article]]\nnumber = "5.3"\nopening_days = 3\n'
    assert as_read(difference(BOOK, part)) == as_read(part)
    new = '[[article]]\nnumber = "9.9"\ntitle = "Tea"\ntext = "There is tea."\n'
    assert as_read(difference(BOOK, new)) == as_read(new)
