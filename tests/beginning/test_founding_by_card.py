"""The founding is sealed by a card that who founds made on the last page."""

import json

import pytest

from frombelow.keys.cards import Card
from frombelow.polity import decode_act
from frombelow.polity.keys.making import id_of, new_key, seal
from frombelow.record import EMPTY_ROOT
from tests.site_cast import NOON
from tests.site_keys import sent

CARD, ORIGIN = Card(bytes(16)), "lindenhof-tenants/record"


def first(client):
    """The id that the founder will have, and what the record will be called, as the page tells its script."""
    page = client.get("/begin/look/").content.decode()
    assert f'data-vkey="{ORIGIN}+"' in page
    return page.partition('data-person="')[2][:26]


def prepared(beginning, client, card=CARD):
    """The founding as the server would enter it with this card."""
    new = new_key(card.signing, "card", origin=ORIGIN, person=first(client))
    fields = {"kind": "card", "algorithm": new.algorithm, "public": new.public, "signature": new.signature}
    answer = beginning.post("look", press=beginning.press(), card=json.dumps(fields))
    assert answer.status_code == 200
    return decode_act(answer.json()["act"].encode())


def mark(act, card=CARD):
    made = seal(card.signing, act, origin=ORIGIN, n=1, until=NOON + 3600, size=0, root=EMPTY_ROOT)
    return json.dumps(sent(act, made)["seal"])


def test_a_card_seals_the_founding(beginning, client):
    beginning.up_to("look")
    act = prepared(beginning, client)
    assert beginning.door.polity().rules is None  # nothing is founded yet
    beginning.post("look", press=beginning.press(), seal=mark(act))
    found = beginning.door.polity()
    key = found.keys.keys[id_of(CARD.signing)]
    assert (key.person, key.word, key.kind, found.keys.sealed) == (act.by, "founding", "card", 1)
    assert found.name == "Lindenhof Tenants"


@pytest.mark.parametrize("bad", ["x", "{}", "[]", '{"key":"a"}'])
def test_what_is_no_seal_founds_nothing(beginning, client, bad):
    beginning.up_to("look")
    prepared(beginning, client)
    assert beginning.post("look", press=beginning.press(), seal=bad).status_code == 302
    assert beginning.door.polity().rules is None


@pytest.mark.parametrize("bad", ["x", "{}", "[]", '{"kind":"card"}'])
def test_what_is_no_card_is_refused(beginning, client, bad):
    beginning.up_to("look")
    client.get("/begin/look/")
    assert beginning.post("look", press=beginning.press(), card=bad).status_code == 400


def test_a_seal_by_another_card_founds_nothing(beginning, client):
    beginning.up_to("look")
    act = prepared(beginning, client)
    other = Card(b"another card ...")
    assert beginning.post("look", press=beginning.press(), seal=mark(act, other)).status_code != 302
    assert beginning.door.polity().rules is None


def test_what_was_typed_after_the_sealing_is_not_founded_under_the_seal(beginning, client):
    beginning.up_to("look")
    act = prepared(beginning, client)
    beginning.post("founders", rows="2", name0="Eve Other", mail0="eve@example.org")
    assert beginning.post("look", press=beginning.press(), seal=mark(act)).status_code == 302
    assert beginning.door.polity().rules is None


def test_a_founding_without_a_card_stands_as_before(beginning):
    beginning.found()
    assert beginning.door.polity().keys.sealed == 0
