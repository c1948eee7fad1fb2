"""Each setting of the rules as fields, and back as rules write it."""

import pytest

from frombelow.polity import RulebookError, read_rulebook
from frombelow.polity.rulebook.parameters import PARAMETERS
from frombelow.polity.rulebook.templates import template, templates
from frombelow_site.rules import fields
from tests.cast import rules


@pytest.mark.parametrize("name", templates())
def test_every_setting_of_every_template_is_asked_and_written_back_as_it_was(name):
    book = read_rulebook(template(name))
    for article in book.articles.values():
        for key, value in article.settings.items():
            asked = fields.fields(key, value)
            data = {field: each.clean(each.initial) for field, each in asked.items()}
            assert list(fields.faults(key, value, data)) == []
            assert PARAMETERS[key].read(fields.written(key, value, data)) == value, key


def test_every_parameter_has_a_name():
    assert set(fields.NAMES) == set(PARAMETERS)


def test_a_mistake_in_the_rules_names_its_setting():
    with pytest.raises(RulebookError) as raised:
        read_rulebook(rules(voting_days=99))
    assert fields.key_at_fault(raised.value) == "voting_days"
    assert fields.key_at_fault(RulebookError("there are two articles with this number")) == ""
