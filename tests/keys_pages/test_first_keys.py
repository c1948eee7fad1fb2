"""A server can bind a first key to a member who sleeps: that is counted, and told to every address."""

import json

from frombelow.keys import Ed25519Key
from frombelow.polity.keys.making import new_key
from frombelow_site.people.models import OtherMail
from tests.site_cast import DAY
from tests.site_keys import first_key
from tests.site_mail import delivered


def test_how_many_keys_the_servers_word_bound_within_a_week_stands_on_a_page_of_answerability(site):
    for person in (site.bo, site.eve, site.ada):
        site.at += 8 * DAY
        first_key(site, person)
    page = " ".join(site.browser(site.dee).get("/keys/requests/").content.decode().split())
    for words, n in (("Keys bound on the server’s word in the last 30 days", 3), ("of these in the last 7 days", 1)):
        assert f'<th scope="row">{words}</th><td class="number">{n}</td>' in page
    assert 'href="/keys/requests/"' in site.browser(site.dee).get("/answerability/").content.decode()


def test_a_first_key_is_told_to_every_address_of_its_person(site):
    OtherMail.objects.create(person=site.bo, mail="bo@other.example")
    delivered()[:] = []
    first_key(site, site.bo)
    assert sorted(letter.to for letter in delivered()) == [["bo@example.org"], ["bo@other.example"]]
    assert all("A key was bound to you on the server’s word." in letter.body for letter in delivered())


def test_a_page_that_was_left_before_it_heard_that_its_key_stands_hears_it_when_it_asks_again(site):
    secret, browser = Ed25519Key.from_seed(bytes(32)), site.browser(site.bo)
    new = new_key(secret, "device", origin=site.polity.origin, person=site.bo)
    fields = {"kind": new.kind, "algorithm": new.algorithm, "public": new.public, "signature": new.signature}
    first, again = (browser.post("/keys/bind/", json.dumps(fields), "application/json") for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["index"] == again.json()["index"]
    assert len(list(site.polity.keys.holders[site.bo].live())) == 1
    other = site.browser(site.ada).post("/keys/bind/", json.dumps(fields), "application/json")
    assert other.status_code != 200
