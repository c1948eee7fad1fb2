"""What a page asks of a form, and what follows for people, is owed where an act comes sealed too."""

import json

import pytest
from django.db import transaction

from frombelow.keys import to_text
from frombelow.polity.access.acts import AskAccess, Vouch
from frombelow.polity.members.acts import Rename
from frombelow.polity.motions.acts import Move
from frombelow_site.door import new_id, private
from frombelow_site.mail import sending
from frombelow_site.people.models import Card
from tests.site_keys import first_key, sealed, sent
from tests.site_mail import delivered


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What waits for a commit happens at once, and mail leaves before the test goes on."""
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_kinds: call())


def hand_in(site, person, key, act, *values):
    values = [{"of": each.of, "whose": each.whose, "value": each.value, "salt": to_text(each.salt)} for each in values]
    body = json.dumps(sent(act, sealed(site, key, act), values))
    return site.browser(person).post("/keys/act/", body, content_type="application/json")


def letters():
    return [letter.subject for letter in delivered() if letter.to == ["bo@example.org"]]


def test_a_member_is_told_when_an_officer_asks_by_a_sealed_act_to_come_in_as_them(site):
    key = first_key(site, site.eve)
    act = AskAccess(by=site.eve, under=site.mandate_of_eve, recovery=new_id(), person=site.bo)
    assert hand_in(site, site.eve, key, act).status_code == 200
    told = letters()
    site.wait(3)
    assert site.polity.recoveries[act.recovery].ended == "open"  # nobody stopped it: nobody knew
    assert told == ["Somebody asks to come in as you"]


def test_a_member_is_told_when_the_last_who_vouches_does_it_by_a_sealed_act(site):
    from frombelow_site.accounts import recovery

    keys = {person: first_key(site, person) for person in (site.ada, site.dee)}
    name = recovery.ask(site.bo, "http://testserver")
    delivered().clear()
    for person, key in keys.items():
        assert hand_in(site, person, key, Vouch(by=person, recovery=name, person=site.bo)).status_code == 200
    assert letters() == ["In 72 hours somebody comes in as you"]


NAMES = ["\u202eenO adA", "Ada\u200b One", "", "Ada One\n(chair)", "A" * 100_000]


@pytest.mark.parametrize("name", NAMES, ids=["turned", "unseen", "empty", "lines", "long"])
def test_a_name_that_comes_sealed_is_one_that_a_roll_can_hold(site, name):
    key, said = first_key(site, site.bo), private("name of", site.bo, name)
    hand_in(site, site.bo, key, Rename(by=site.bo, name=said.commitment), said)
    assert Card.objects.get(pk=site.bo).name == "Bo Four"


WORDS = [
    "Paint the hall",
    "P" * 201 + "\n\nIt is grey.",
    "Paint\u202e the hall\n\nIt is grey.",
    "\n\nIt is grey.",
    "One\nTwo\n\nIt is grey.",
]


@pytest.mark.parametrize("words", WORDS, ids=["no body", "long title", "turned title", "no title", "two lines"])
def test_words_that_come_sealed_are_refused_or_stand_as_they_were_moved(site, words):
    key, motion = first_key(site, site.bo), new_id()
    said = private("motion", motion, words)
    act = Move(by=site.bo, motion=motion, branch=site.polity.root, text=said.commitment, effects=())
    answer = hand_in(site, site.bo, key, act, said)
    page = site.browser(site.ada).get(f"/decide/{motion}/").content.decode()
    assert "somebody changed them since" not in page
    assert answer.status_code != 200 or (
        "\u202e" not in page
        and words.partition("\n\n")[0] in page
        and words[0] != "\n"
        and "\n" not in words.partition("\n\n")[0]
    )
