"""The rulebooks to start from say the same in every language, and an organization lives the same by them."""

import re
import tomllib
from collections import Counter

import pytest

from frombelow.polity import Stage, read_rulebook, replay
from frombelow.polity.rulebook.templates import language_tag, languages, template, templates, words_for
from frombelow.polity.rulebook.writing import article_text
from tests import acts as a
from tests.cast import TEMPLATES
from tests.polity.test_templates import Life

OTHERS = [language for language in languages() if language != "en"]
SHARED = {"Debate", "Veto"}  # titles that are the same word in both languages
PLACE = re.compile(r"\{\w+\}")
every_one = pytest.mark.parametrize(("name", "language"), [(n, l) for n in templates() for l in OTHERS])  # noqa: E741


def documents(name, language):
    """The rulebook as parsed in English and in another language."""
    return tomllib.loads(template(name)), tomllib.loads(template(name, language=language))


def without_words(document):
    """All of a rulebook that is not words: its order, numbers, topics, parameters, offices."""
    bare = {key: value for key, value in document.items() if key != "title"}
    for part in ("article", "office"):
        bare[part] = [{k: v for k, v in each.items() if k not in ("title", "text")} for each in document[part]]
    return bare


def test_there_is_spanish():
    assert "es" in OTHERS


@every_one
def test_only_the_words_differ(name, language):
    english, other = map(without_words, documents(name, language))
    home = next(each for each in other["article"] if "language" in each)
    assert home["language"] == language
    home["language"] = "en"
    assert [list(each) for each in other["article"]] == [list(each) for each in english["article"]]
    assert other == english


@every_one
def test_every_article_speaks_of_the_same_settings(name, language):
    english, other = documents(name, language)
    for one, two in zip(english["article"], other["article"], strict=True):
        assert Counter(PLACE.findall(two["text"])) == Counter(PLACE.findall(one["text"])), one["number"]
        assert re.findall(r"\d+", two["text"]) == re.findall(r"\d+", one["text"]), one["number"]


@every_one
def test_no_words_are_left_in_english(name, language):
    english, other = documents(name, language)
    assert other["title"] != english["title"]
    for one, two in zip(english["article"], other["article"], strict=True):
        assert two["text"] != one["text"], one["number"]
        assert two["title"] != one["title"] or one["title"] in SHARED, one["number"]
    for one, two in zip(english["office"], other["office"], strict=True):
        assert two["title"] != one["title"], one["key"]


@every_one
def test_the_words_are_for_what_there_is_and_nothing_else(name, language):
    english = tomllib.loads(template(name))
    words = tomllib.loads((TEMPLATES / language / f"{name}.toml").read_text())
    assert set(words) == {"title", "article", "office"}
    assert list(words["article"]) == [each["number"] for each in english["article"]]
    assert list(words["office"]) == [each["key"] for each in english["office"]]
    assert {key for each in words["article"].values() for key in each} == {"title", "text"}
    assert {key for each in words["office"].values() for key in each} == {"title"}


@every_one
def test_every_article_reads_as_sentences(name, language):
    for article in read_rulebook(template(name, language=language)).articles.values():
        sentence = article.sentence()
        assert sentence.endswith(".")
        assert not re.search(r"\s\s|\{|\}|\s[.,;:]", sentence), article.number


@pytest.mark.parametrize("language", OTHERS)
def test_the_blank_rulebook_is_the_shortest_in_every_language(language):
    lengths = {name: len(template(name, language=language)) for name in templates()}
    assert min(lengths, key=lengths.get) == "blank"


@pytest.mark.parametrize(
    ("asked", "kept", "words"),
    [("es", "es", "es"), ("es-MX", "es-MX", "es"), ("es_AR", "es-AR", "es"), ("ES", "ES", "es"), ("es-419", "es-419", "es"),
     ("en-GB", "en-GB", "en"), ("fr", "fr", "en"), ("est", "est", "en")],
)  # fmt: skip
def test_a_region_has_its_language_s_words_and_a_language_without_words_has_english_ones(asked, kept, words):
    book = read_rulebook(template("club", language=asked))
    assert words_for(asked) == words
    assert book["language"] == language_tag(asked) == kept
    assert book.title == ("Estatutos de un club" if words == "es" else "Rules of a club")


@pytest.mark.parametrize(
    "wrong", ["", "e", "español", "es-", "-es", "es--MX", 'es"', "es\n", "es mx", "12", "../es", "es-MX-x-very"]
)
def test_what_is_no_language_is_refused(wrong):
    with pytest.raises(ValueError, match="a language is written like"):
        template("club", language=wrong)


class Lives:
    """One organization in each of two languages, in which the same things are done."""

    def __init__(self, name, language):
        self.both = Life(template(name)), Life(template(name, language=language))

    def decided(self, yes, no=0):
        """A motion goes its way in both, with so many yes and no; returns how it ended."""
        ends = []
        for org in self.both:
            motion = org.to_vote()
            voters = org.voters(motion)
            org.vote(motion, yes=voters[:yes], no=voters[yes : yes + no])
            ends.append(org.until(motion, Stage.DECIDED, Stage.ADJOURNED))
        one, two = ends
        assert (one.stage, one.outcome, one.yes, one.no) == (two.stage, two.outcome, two.yes, two.no)
        return two.outcome


@every_one
def test_an_organization_lives_the_same_by_it(name, language):
    """Carried, lost, too few: each motion ends as in English, and the record is the same but for the rules' words."""
    lives = Lives(name, language)
    assert lives.decided(yes=4) == "carried"
    assert lives.decided(yes=1, no=3) == ("" if name == "general-resolution" else "lost")  # there, no quorum
    lives.decided(yes=0)
    english, other = lives.both
    assert other.record[1:] == english.record[1:]
    assert other.record[0] != english.record[0]
    replay(other.record, until=other.clock)


@every_one
def test_its_rules_can_be_changed_in_its_own_words(name, language):
    org = Life(template(name, language=language))
    number = org.polity.book.article("debate_days")
    table = org.polity.book.source[number] | {"title": "Debate", "debate_days": 6}
    org.carry(a.ChangeRules(article_text(table)))
    assert "6" in org.polity.book.articles[number].sentence()
    assert org.polity.book.title == read_rulebook(template(name, language=language)).title
    replay(org.record, until=org.clock)
