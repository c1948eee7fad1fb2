"""What a draw can count of members."""

from datetime import date

from frombelow.roll.sexes import SEXES
from frombelow_site.people.groups import CATEGORIES, SEX, YEARS, counted, groups
from frombelow_site.people.models import Card
from frombelow_site.people.sexes import WORDS


def told(site, *categories):
    everybody = [site.ada, site.eve, site.dee, site.bo]
    return groups(site.polity, site.polity.root, everybody, categories, site.at)


def test_who_said_nothing_is_counted_as_not_said_and_everybody_else_as_they_said(site):
    for person, sex in ((site.ada, "woman"), (site.bo, "man"), (site.eve, "another")):
        Card.objects.filter(pk=person).update(sex=sex)
    assert told(site, SEX) == {site.ada: ("woman",), site.bo: ("man",), site.eve: ("another",), site.dee: ("not said",)}


def test_quotas_name_each_group_also_one_that_nobody_is_in(site):
    Card.objects.filter(pk=site.ada).update(sex="woman")
    found = counted(site.polity, site.polity.root, told(site, SEX), [SEX])
    assert found == [(SEX, "woman", 1), (SEX, "man", 0), (SEX, "another", 0), (SEX, "not said", 3)]


def test_who_has_no_card_any_more_is_in_a_group_all_the_same(site):
    Card.objects.filter(pk=site.ada).delete()
    assert told(site, *CATEGORIES)[site.ada] == ("Tenants", "0–1", "not said")


def test_years_are_those_since_the_day_of_joining(site):
    Card.objects.filter(pk=site.bo).update(joined=date(2022, 1, 1))
    assert told(site, YEARS)[site.bo] == ("2–4",)


def test_each_sex_that_a_roll_can_hold_has_its_words():
    assert set(WORDS) == {*SEXES, "not said"}
