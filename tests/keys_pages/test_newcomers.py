"""Whom a motion would admit, under an id that another motion names too."""

import json

from frombelow.keys import to_text
from frombelow.polity.members.acts import AdmitPeople
from frombelow.polity.motions.acts import Move
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id, perform, private
from frombelow_site.people.models import Card
from tests.site_keys import first_key, sealed, sent


def test_a_motion_changes_nothing_of_what_is_known_of_a_person_whom_another_motion_is_about_to_admit(site):
    root, kim, motion, other = site.polity.root, new_id(), new_id(), new_id()
    name = private("name of", kim, "Kim Five", mail="kim@example.org")
    words = private("motion", motion, "Admit Kim\n\nShe lives here.")
    effects = (AdmitPeople(people=((kim, name.commitment),), branch=root),)
    perform(Move(by=site.bo, motion=motion, branch=root, text=words.commitment, effects=effects), words, name)
    assert Card.objects.get(pk=kim).mail == "kim@example.org"

    key = first_key(site, site.ada)
    false, said = private("name of", kim, "Landlord’s Spy"), private("motion", other, "Paint\n\nGrey.")
    effects = (AdmitPeople(people=((kim, false.commitment),), branch=root),)
    act = Move(by=site.ada, motion=other, branch=root, text=said.commitment, effects=effects)
    values = [{"of": v.of, "whose": v.whose, "value": v.value, "salt": to_text(v.salt)} for v in (said, false)]
    body = json.dumps(sent(act, sealed(site, key, act), values))
    site.browser(site.ada).post("/keys/act/", body, content_type="application/json")

    site.second(motion)
    site.wait(6)
    while site.polity.motions[motion].stage != "voting":
        site.wait(1)
    for person in (site.ada, site.bo, site.dee, site.eve):
        decide.vote(person, motion, "yes")
    site.wait(8)
    assert site.polity.people[kim].active
    card = Card.objects.get(pk=kim)
    assert (card.name, card.mail) == ("Kim Five", "kim@example.org")
