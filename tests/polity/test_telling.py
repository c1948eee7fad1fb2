"""What entries say of a change of rules."""

import pytest

from frombelow.polity import read_rulebook
from frombelow.polity.rulebook.effects import changed_articles
from tests import acts as a
from tests.cast import TENANTS

BOOK = read_rulebook(TENANTS)
TEXT = '[[article]]\n{}\ntitle = "Debate"\ntext = {}\ndebate_days = 21\n'


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ('number = "4.6"', '"For {debate_days} days."'),
        ("number = '4.6'", "'For {debate_days} days.'"),
        ('"number" = "4.6"', '"For {debate_days} days."'),
        ('number="4.6" # once 4.5', '"For {debate_days} days."'),
        ('# number = "4.5"\nnumber = "4.6"', '"For {debate_days} days."'),
        ('number = "\\u0034.6"', '"For {debate_days} days."'),
    ],
)
def test_the_articles_that_a_change_is_said_to_touch_are_those_that_it_touches(number, text):
    patch = TEXT.format(number, text)
    changed = BOOK.changed(patch)
    touched = [each for each, article in changed.articles.items() if article != BOOK.articles.get(each)]
    assert changed_articles(a.ChangeRules(articles=patch)) == touched == ["4.6"]


def test_a_text_in_which_another_articles_number_stands_touches_its_own_article():
    patch = '[[article]]\nnumber = "3.1"\ntext = """\nOffices.\nnumber = "4.5"\nis another article."""\n'
    changed = BOOK.changed(patch)
    touched = [each for each, article in changed.articles.items() if article != BOOK.articles.get(each)]
    assert changed_articles(a.ChangeRules(articles=patch)) == touched == ["3.1"]


def test_an_article_that_is_struck_out_is_touched_too():
    assert changed_articles(a.ChangeRules(articles="", repeal=("8.1",))) == ["8.1"]
