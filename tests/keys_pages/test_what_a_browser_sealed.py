"""What a browser sealed stands where the server says: asked for by the browser, which keeps it in case it is lost."""

import json

import pytest

from frombelow.keys import to_text
from frombelow.polity.members.acts import Admit, Return, StepBack
from frombelow.polity.motions.acts import Move
from frombelow_site.door import new_id, perform, private
from frombelow_site.door.models import Entry
from tests.site_keys import do, first_key, sealed, sent


@pytest.fixture
def bo(site):
    browser = site.browser(site.bo)
    browser.key = first_key(site, site.bo, "device")
    return browser


def post(browser, path, said):
    return browser.post(f"/keys/{path}/", json.dumps(said), content_type="application/json")


def told(browser, *acts):
    """What is said of these, as they were handed in."""
    answer = post(browser, "standing", [{"act": each["act"], "seal": each["seal"]} for each in acts])
    assert answer.status_code == 200
    return answer.json()["acts"]


def test_where_an_act_stands_is_told_and_not_what_it_is(site, bo):
    """Else a server that lost it could have another one sealed anew under its words."""
    act = sent(StepBack(by=site.bo), sealed(site, bo.key, StepBack(by=site.bo)))
    assert told(bo, act) == [{"index": None}]
    post(bo, "act", act)
    assert told(bo, act) == [{"index": site.polity.size - 1, "values": []}]


def test_the_words_that_its_person_wrote_are_told_with_their_salt(site, bo):
    motion, words = new_id(), "Paint the hall\n\nIt is grey."
    text = private("motion", motion, words)
    act = Move(by=site.bo, motion=motion, branch=site.polity.root, text=text.commitment, effects=())
    value = {"of": "motion", "whose": motion, "value": words, "salt": to_text(text.salt)}
    made = sent(act, sealed(site, bo.key, act), [value])
    post(bo, "act", made)
    [found] = told(bo, made)
    assert found["values"] == [value]


def test_the_names_of_others_are_not_told_to_be_kept_in_a_browser(site):
    """Whoever is erased would still stand there."""
    [mandate] = site.office("secretary").holders
    key, name = first_key(site, mandate.person), private("name of", new_id(), "Zoe Arnaud", mail="zoe@example.org")
    act = Admit(by=mandate.person, under=mandate.id, people=((name.whose, name.commitment),), branch=site.polity.root)
    seal = sealed(site, key, act)
    perform(act, name, seal=seal)
    [found] = told(site.browser(mandate.person), sent(act, seal))
    assert (found["index"], found["values"]) == (site.polity.size - 1, None)


def test_the_same_act_under_another_seal_stands_nowhere(site, bo):
    do(site, bo.key, StepBack(by=site.bo))
    do(site, bo.key, Return(by=site.bo))
    assert told(bo, sent(StepBack(by=site.bo), sealed(site, bo.key, StepBack(by=site.bo)))) == [{"index": None}]


def test_nobody_is_told_where_what_others_sealed_stands(site, bo):
    act = sent(StepBack(by=site.bo), sealed(site, bo.key, StepBack(by=site.bo)))
    post(bo, "act", act)
    assert told(site.browser(site.ada), act) == [{"index": None}]


@pytest.mark.parametrize("said", ["", "{}", [{}], [{"act": "{}", "seal": {}}], [None]])
def test_what_is_no_list_of_sealed_acts_is_refused_with_what_is_wrong(bo, said):
    before = Entry.objects.count()
    answer = post(bo, "standing", said)
    assert answer.status_code == 400
    assert answer.json()["why"]
    assert Entry.objects.count() == before
