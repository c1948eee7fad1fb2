"""Run by test_a_new_subject in a process of its own, whose settings have the app: pytest --ds tests.site.tearoom.settings
tests/site/tearoom/whole.py"""

import json
import zipfile

import pytest
from django.test import Client
from django.utils.translation import override

from frombelow.polity import replay, schema
from frombelow.polity.kernel.subject import registry
from frombelow_site import subject
from frombelow_site.door import tables
from frombelow_site.door.models import Entry
from frombelow_site.membership import actions, own_file
from frombelow_site.operations import marks
from tests.polity.tea import Brew, Tea

from .models import Pot


@pytest.fixture
def pot(site):
    """Bo brewed, on the page."""
    browser = site.browser(site.bo)
    assert browser.post("/tea/", {"cups": "2", "recipe": "mint, hot"}).status_code == 302
    return Pot.objects.get(person=site.bo).pot


def page(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_its_act_goes_through_the_door_and_time_does_the_rest(site, pot):
    assert site.polity.part(Tea).pots == {pot: "hot"}
    site.at += 700
    site.door.tick()
    assert site.polity.part(Tea).pots == {pot: "cold"}


def test_it_is_replayed_and_in_the_schema(site, pot):
    replayed = replay([data for _, data in tables.read()])
    assert replayed.polity.part(Tea).pots == {pot: "hot"}
    assert "tea.brew" in json.dumps(schema())
    assert "buy-kettle" in json.dumps(schema())


@pytest.mark.parametrize(
    ("language", "hot", "cold"),
    [("en", "brewed 2 cups.", "A pot went cold."), ("es", "preparó 2 tazas.", "Una tetera se enfrió.")],
)
def test_the_record_tells_it_in_both_languages(site, pot, language, hot, cold):
    site.at += 700
    site.door.tick()
    browser = site.browser(site.bo)
    browser.cookies["language"] = language
    found = page(browser, "/record/?lang=" + language)
    with override(language):
        assert hot in found
        assert cold in found


def test_it_is_a_room_of_the_navigation_for_members_alone(site, pot):
    assert ">Tea room<" in page(site.browser(site.bo), "/")
    assert Client().get("/tea/").status_code == 302


def test_what_needs_me_stands_on_home(site, pot):
    assert "Drink" in page(site.browser(site.bo), "/")
    assert "Drink" not in page(site.browser(site.ada), "/")


def test_who_can_see_it_is_told(site, pot):
    assert "How members brew their tea." in page(site.browser(site.bo), "/answerability/who-can-see/")


def test_it_is_in_my_own_file_and_in_nobody_elses(site, pot):
    def recipes(person):
        with zipfile.ZipFile(own_file.write(site.polity, site.polity.people[person])) as archive:
            return json.loads(archive.read("about me.json"))["recipes"]

    assert recipes(site.bo) == ["mint, hot"]
    assert recipes(site.ada) == []


def test_it_goes_when_i_am_erased(site, pot):
    actions.erase(site.bo)
    assert not Pot.objects.exists()


def test_the_doctor_finds_a_recipe_that_was_changed_and_an_act_whose_row_lies(site, pot):
    assert [found.good for found in marks.compare()] == [True]
    Pot.objects.update(recipe="milk first")
    assert [found.name for found in marks.compare()] == ["words"]
    assert Entry.objects.get(kind="tea.brew").about == pot


def test_without_one_of_its_parts_it_is_not_registered():
    from dataclasses import replace

    from .subject import SUBJECT

    for part, words in (
        ("held", "Pot.person"),
        ("take_out", "takes nothing out"),
        ("pages", "has a room and no pages"),
    ):
        empty = replace(SUBJECT, **{part: getattr(subject.Subject("nothing"), part)})
        with pytest.raises(subject.Incomplete, match=words):
            subject.register(empty)
    assert registry.by_act[Brew].label == "tea"
