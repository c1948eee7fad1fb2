"""Woman, man, another, or nothing said: theirs to say, on a page of its own."""

import json
import zipfile
from io import BytesIO

import pytest

from frombelow_site.membership import actions as membership
from frombelow_site.people.models import Card, OwnWord
from frombelow_site.people.own_words import own_words
from frombelow_site.subject import take_out
from tests.walking import content_of

ADDRESS = "/people/me/counted/"


def text(answer):
    return " ".join(content_of(answer).decode().split())


def say(site, sex, who=None):
    return site.browser(who or site.bo).post(ADDRESS, {"sex": sex}, follow=True)


def test_a_member_says_it_and_takes_it_back(site):
    say(site, "woman")
    assert Card.objects.get(pk=site.bo).sex == "woman"
    assert "woman" in text(site.browser(site.bo).get("/people/me/"))
    say(site, "")
    assert Card.objects.get(pk=site.bo).sex == ""


def test_the_page_says_what_it_is_for_and_that_nobody_has_to(site):
    said = text(site.browser(site.bo).get(ADDRESS))
    assert "What panels may count of you" in said
    assert "You need not say anything: then you are counted as “not said”" in said
    assert "who knows you can guess which mark is yours" in said


def test_it_says_what_was_said(site):
    say(site, "man")
    assert 'value="man"' in text(site.browser(site.bo).get(ADDRESS)).split("checked")[0][-60:]


@pytest.mark.parametrize("sex", ["pentagon", "Woman", "not said", "=1"])
def test_another_word_is_refused_and_changes_nothing(site, sex):
    assert site.browser(site.bo).post(ADDRESS, {"sex": sex}).status_code == 400
    assert Card.objects.get(pk=site.bo).sex == ""


def test_none_of_it_is_in_the_record(site):
    size = site.polity.size
    say(site, "another")
    assert site.polity.size == size


def test_who_said_it_or_that_they_say_nothing_said_it_themselves(site):
    say(site, "")
    assert own_words([site.bo]) == {(site.bo, "sex")}
    say(site, "woman", site.eve)
    assert OwnWord.objects.filter(field="sex").count() == 2


def test_no_other_member_sees_it_and_who_sees_the_roll_does(site):
    say(site, "another")
    for who in (site.dee, site.charlie):
        assert "another</" not in text(site.browser(who).get(f"/people/{site.bo}/"))
    assert "<dt>Sex</dt> <dd> another" not in text(site.browser(site.dee).get(f"/people/{site.bo}/"))
    assert site.browser(site.bo).get(f"/people/roll/{site.eve}/").status_code in (403, 404)
    assert "another" in text(site.browser(site.eve).get(f"/people/roll/{site.bo}/"))


def test_it_stands_in_my_own_file_and_goes_when_i_am_erased(site):
    say(site, "woman")
    assert take_out(site.polity, site.polity.people[site.bo])["card"]["sex"] == "woman"
    file = site.browser(site.bo).post("/people/me/data/")
    held = zipfile.ZipFile(BytesIO(content_of(file)))
    assert any(json.loads(held.read(name)).get("card", {}).get("sex") == "woman"
               for name in held.namelist() if name.endswith(".json") and b"card" in held.read(name))  # fmt: skip
    membership.erase(site.bo)
    assert not Card.objects.filter(sex="woman").exists()
    assert not OwnWord.objects.filter(person=site.bo).exists()


def test_who_can_see_what_names_it(site):
    said = text(site.browser(site.bo).get("/answerability/who-can-see/"))
    assert "who is a woman, a man or another, as far as it is said" in said
