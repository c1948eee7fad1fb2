"""A card that a page hands in is bound where the rules allow it on the server's word, and waits where they do not."""

import json
import re

import msgspec
import pytest

from frombelow.keys.card_words import LANGUAGES, listed
from frombelow.keys.cards import Card
from frombelow.polity.keys.acts import BindKey, EndKey, OnlyWithKeys
from frombelow.polity.keys.making import id_of, new_key
from frombelow_site.door import perform
from tests.site_keys import do, first_key, pages_stand

CARD = Card(bytes(16))


def handed_in(site, person, secret=CARD.signing, kind="card"):
    """What the server answers to a card of this person."""
    new = new_key(secret, kind, origin=site.polity.origin, person=person)
    fields = {"kind": new.kind, "algorithm": new.algorithm, "public": new.public, "signature": new.signature}
    answer = site.browser(person).post("/keys/card/bind/", json.dumps(fields), "application/json")
    return answer.status_code, answer.json()


def test_who_never_had_a_key_has_a_card_at_once(site):
    code, said = handed_in(site, site.bo)
    assert (code, said["stands"]) == (200, True)
    assert site.polity.keys.keys[id_of(CARD.signing)].person == site.bo


def test_the_card_of_who_has_a_light_key_waits_and_the_page_says_until_when(site):
    first_key(site, site.bo, "device")
    code, said = handed_in(site, site.bo)
    assert (code, said["stands"]) == (200, False)
    assert said["said"] == ("Your card waits. It is bound on 5 March 2026, 12:00, unless a key of yours stops it.")
    [request] = site.polity.keys.running(site.bo)
    assert request.key.public == CARD.signing.public


def test_the_card_of_who_had_a_durable_key_waits_for_members_who_vouch(site):
    first_key(site, site.bo)
    code, said = handed_in(site, site.bo)
    assert (code, said["stands"]) == (200, False)
    assert "waits for 2 members who vouch for you by keys of theirs, until " in said["said"]


def test_a_card_is_bound_once(site):
    handed_in(site, site.bo)
    code, said = handed_in(site, site.bo)
    assert (code, said["message"]) == (409, "key-known")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"kind":"card"}', b"\xff", b"[" * 100_000])
def test_what_is_no_card_is_refused_and_nothing_is_stored(site, body):
    before = site.polity.size
    assert site.browser(site.bo).post("/keys/card/bind/", body, "application/json").status_code == 400
    assert handed_in(site, site.bo, kind="file")[0] == 400
    assert site.polity.size == before


def test_a_card_in_the_name_of_another_is_refused(site):
    new = new_key(CARD.signing, "card", origin=site.polity.origin, person=site.ada)
    fields = {"kind": new.kind, "algorithm": new.algorithm, "public": new.public, "signature": new.signature}
    answer = site.browser(site.bo).post("/keys/card/bind/", json.dumps(fields), "application/json")
    assert answer.status_code == 409
    assert id_of(CARD.signing) not in site.polity.keys.keys


def test_two_devices_in_two_languages_compare_words_of_one_list(site):
    browser, lists = site.browser(site.bo), set()
    for language in ("en", "es"):
        page = browser.get("/keys/", headers={"accept-language": language}).content.decode()
        lists |= set(re.findall(r'data-list="([^"]+)"', page))
    assert lists == {"/keys/words/en.json"}
    assert tuple(browser.get("/keys/words/en.json").json()) == listed("en")
    assert browser.get("/keys/words/xx.json").status_code == 404


def test_the_lists_of_words_are_the_library_s_that_of_the_page_s_language_first(site):
    browser = site.browser(site.bo)
    assert browser.get("/keys/card/words.json").json() == [list(listed(language)) for language in LANGUAGES]
    spanish = browser.get("/keys/card/words.json", headers={"accept-language": "es"}).json()
    assert spanish == [list(listed("es")), list(listed("en"))]


def test_a_page_with_a_card_is_kept_by_no_browser(site):
    for address in ("/keys/card/", "/keys/card/use/"):
        assert "no-store" in site.browser(site.bo).get(address)["Cache-Control"]


def test_the_page_on_which_a_card_is_used_names_the_keys_that_live(site):
    secret = first_key(site, site.bo)
    page = site.browser(site.bo).get("/keys/card/use/").content.decode()
    assert f'data-key="{id_of(secret)}"' in page
    assert "Only with my keys" in page
    do(site, secret, OnlyWithKeys(by=site.bo))
    assert "Only with my keys" not in site.browser(site.bo).get("/keys/card/use/").content.decode()


def test_a_key_that_ended_is_not_offered_to_be_ended(site):
    secret = first_key(site, site.bo)
    do(site, secret, EndKey(by=site.bo, key=id_of(secret)))
    assert f'data-key="{id_of(secret)}"' not in site.browser(site.bo).get("/keys/card/use/").content.decode()


def test_an_officer_is_asked_to_make_a_card_before_what_they_do_has_to_be_sealed(site):
    def home():
        return " ".join(re.sub(r"<[^>]+>", " ", site.browser(site.ada).get("/").content.decode()).split())

    assert "Make a card:" not in home()  # no address is known at which keys can be used
    pages_stand(site)
    assert "Make a card: as Chair you will have to seal what you do" in home()
    assert "Make a card:" not in site.browser(site.bo).get("/").content.decode()
    first_key(site, site.ada, "device")
    assert "Make a card:" in home()
    first_key(site, site.eve, "card")
    assert "Make a card:" not in site.browser(site.eve).get("/").content.decode()


def test_a_card_made_at_a_table_is_told_as_one(site):
    new = new_key(CARD.signing, "card", origin=site.polity.origin, person=site.bo)
    perform(BindKey(by=site.bo, key=msgspec.structs.replace(new, made="table")))
    assert "A card, made at a table" in site.browser(site.bo).get("/keys/").content.decode()


@pytest.mark.parametrize(
    ("asked", "n"), [("", 30), ("2", 2), ("0", 1), ("9999", 300), ("-1", 30), ("x", 30), ("²", 30)]
)
def test_empty_cards_are_as_many_as_were_asked_for(site, asked, n):
    page = site.browser(site.bo).get("/keys/card/frames/", {"n": asked}).content.decode()
    assert page.count('class="keycard"') == n
    assert page.count("<li></li>") == 12 * n
    assert "data-qr" not in page


def test_a_card_says_where_it_is_used_and_that_it_is_no_way_to_sign_in(site):
    page = " ".join(site.browser(site.bo).get("/keys/card/").content.decode().split())
    assert "sign in at testserver as always, then Your keys, “I have a card”" in page
    assert "also when every device of yours is lost. It is no way to sign in." in page
    assert "coming back" not in page
    assert "brings you back" not in page
