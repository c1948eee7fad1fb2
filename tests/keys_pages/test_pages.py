"""What a person's page of keys says in each state, and the page on which it is seen who asks for one."""

import html
import re
from html import unescape

import msgspec
import pytest

from frombelow.polity.access.acts import AskAccess
from frombelow.polity.keys.acts import AddKey, AskKey, EndKey, LoosenKeys, OnlyWithKeys, VouchKey
from frombelow.polity.keys.binding import key_id
from frombelow.polity.keys.making import id_of
from frombelow.polity.members.acts import StepBack
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id, perform
from tests.site_keys import added, do, drawn, first_key, pages_stand


def read(site, person, address="/keys/"):
    """The page as words: its lead, what it says in all."""
    text = site.browser(person).get(address).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.partition("<main")[2])).split())


def ask(site, person, kind="file"):
    """A key that nobody has sealed is asked for in this person's name."""
    request, (_secret, new) = new_id(), drawn(site, person, kind)
    perform(AskKey(by=person, request=request, key=new))
    return site.polity.keys.requests[request]


def vouch(site, secret, person, found):
    from frombelow.polity.keys.binding import key_id

    do(site, secret, VouchKey(by=person, request=found.id, person=found.person, key=key_id(found.key)))


def test_who_has_no_key_reads_on_whose_word_they_act_and_how_to_make_one(site):
    page = read(site, site.bo)
    assert "You have no key. What you do here stands on the word of the server." in page
    assert "A card is a key on paper: it stays, and acts on any device. It is bound to you at once." in page
    assert 'href="/keys/card/"' in site.browser(site.bo).get("/keys/").content.decode()
    assert "Each of your keys" not in page


def test_who_has_a_key_in_a_device_alone_reads_that_acts_without_it_stand_too(site):
    first_key(site, site.bo, "device")
    page = read(site, site.bo)
    assert "You have a key in a device." in page
    assert "not known for long, after 72 hours; your device can stop it until then" in page
    assert "A device Bound on 2 March 2026, 12:00, on the server’s word." in page


def test_who_has_a_durable_key_reads_how_to_act_only_with_it(site):
    secret = first_key(site, site.bo)
    page = read(site, site.bo)
    assert "What is done in your name without one stands too, and is counted apart." in page
    assert "Only with my keys" in page
    assert id_of(secret) in page


def test_who_is_bound_reads_that_nobody_acts_for_them_and_how_it_is_taken_back(site):
    do(site, first_key(site, site.bo), OnlyWithKeys(by=site.bo))
    page = read(site, site.bo)
    assert "Nothing stands in your name without a key of yours" in page
    assert "Let acts without a seal stand again, after 72 hours" in page
    assert "It sealed one act: Entry 2" in page
    assert "Only with my keys" not in page


def test_who_ended_their_last_key_reads_how_another_one_comes(site):
    secret = first_key(site, site.bo)
    do(site, secret, EndKey(by=site.bo, key=id_of(secret)))
    page = read(site, site.bo)
    assert "All your keys have ended." in page
    assert "It is bound when 2 members vouched for you by keys of theirs, and 72 hours later." in page
    assert "A key file Ended on 2 March 2026" in page


def test_a_key_that_waits_is_asked_about_first_and_can_be_stopped(site):
    first_key(site, site.bo)
    ask(site, site.bo)
    page = read(site, site.bo)
    assert page.index("Was it you? A key was asked for in your name.") < page.index("What you seal with a key")
    assert "0 of 2 members vouched. Without them it lapses on" in page
    assert "That was not me: stop it" in page


def test_a_key_for_which_enough_vouched_says_when_it_is_bound(site):
    first_key(site, site.bo)
    keys = {person: first_key(site, person) for person in (site.ada, site.dee)}
    site.wait(8)
    found = ask(site, site.bo)
    vouch(site, keys[site.ada], site.ada, found)
    assert "1 of 2 members vouched." in read(site, site.bo)
    vouch(site, keys[site.dee], site.dee, found)
    assert "It is bound on 13 March 2026, 12:00." in read(site, site.bo)


def test_a_suspended_key_says_until_when_it_can_say_that_it_goes_on(site):
    durable = first_key(site, site.bo)
    device = added(site, durable, site.bo, "device")
    do(site, device, EndKey(by=site.bo, key=id_of(durable)))
    page = read(site, site.bo)
    assert "Was it you? A device of yours suspended another key." in page
    assert "It ends on 5 March 2026, 12:00, unless it says itself that it goes on" in page
    assert "A key file Suspended; it ends on 5 March 2026, 12:00." in page


def test_who_wants_acts_without_a_seal_again_reads_when_that_is(site):
    secret = first_key(site, site.bo)
    do(site, secret, OnlyWithKeys(by=site.bo))
    do(site, secret, LoosenKeys(by=site.bo))
    assert "They do from 5 March 2026, 12:00 on." in read(site, site.bo)


def test_a_key_on_the_servers_word_alone_says_for_how_long_it_counts_as_that(site):
    first_key(site, site.bo, "device")
    ask(site, site.bo)
    site.wait(3)
    page = read(site, site.bo)
    assert "Until 4 April 2026, 13:00 it counts as the server’s word." in page
    assert "From 4 April 2026, 13:00 on it can say that nobody acts for you without it" in page
    assert "Only with my keys" not in page


def test_acts_without_a_seal_of_who_has_a_key_are_counted_and_all_that_was_done_is_a_link_away(site):
    first_key(site, site.bo)
    perform(StepBack(by=site.bo))
    page = site.browser(site.bo).get("/keys/").content.decode()
    assert "One act in your name has no seal since you have a key." in page
    assert f'href="/record/?by={site.bo}"' in page


def test_an_officer_reads_from_when_on_the_office_asks_for_seals(site):
    assert "What your offices ask" not in read(site, site.ada)
    pages_stand(site)
    assert "Chair: from 16 March 2026, 12:00 on, whatever you do for it has to be sealed." in read(site, site.ada)
    site.wait(15)
    assert "Chair: whatever you do for it has to be sealed." in read(site, site.ada)


# --- who asks ---


def test_nobody_asks_and_the_figures_are_those_of_the_record(site):
    assert "Nobody does now." in read(site, site.bo, "/keys/requests/")
    do(site, first_key(site, site.bo), OnlyWithKeys(by=site.bo))
    first_key(site, site.eve, "device")
    decide.move(site.eve, new_id(), site.polity.root, "Paint", "Grey.", ())
    page = read(site, site.ada, "/keys/requests/")
    for words in (
        "Members with a key 2", "with a card, a passkey or a key file 1", "who act only with their keys 1",
        "Keys bound on the server’s word in the last 30 days 2", "Sealed acts 1",
        "Acts without a seal of members who have a key, beside answers in votes 1",
    ):  # fmt: skip
        assert words in page


def test_who_asks_stands_there_with_a_name_and_what_members_can_do(site):
    first_key(site, site.bo)
    found = ask(site, site.bo)
    page = read(site, site.ada, "/keys/requests/")
    assert "Bo Four asks for a key 0 of 2 members vouched." in page
    button = f'"request":"{found.id}","person":"{site.bo}", "key":"{key_id(found.key)}"'
    assert button in " ".join(unescape(site.browser(site.ada).get("/keys/requests/").content.decode()).split())


def test_who_asks_for_a_way_in_stands_beside_who_asks_for_a_key(site):
    first_key(site, site.bo)
    name = new_id()
    site.door.perform(AskAccess(by=site.bo, recovery=name, person=site.bo))
    site.door.perform(AskAccess(by=site.dee, recovery=new_id(), person=site.dee))
    page = site.browser(site.ada).get("/keys/requests/").content.decode()
    assert page.count("asks for a way to sign in") == 2
    assert f"frombelow key vouch {name} --key FILE" in page
    assert "Vouch for a member" in page
    vouching = site.browser(site.ada).get(f"/enter/vouch/{name}/").content.decode()
    assert f"frombelow key vouch {name} --key FILE" in vouching
    assert "Vouch for Bo Four" not in vouching


def test_while_the_record_is_young_the_page_says_that_young_keys_vouch(site):
    assert "The record is young: until 1 May 2026, 13:00, who has had a key for 7 days can vouch." in read(
        site, site.bo, "/keys/requests/"
    )
    site.wait(61)
    assert "The record is young" not in read(site, site.bo, "/keys/requests/")


def test_where_no_host_is_known_the_page_says_that_no_office_needs_a_seal(site):
    assert "so no office needs a seal yet" in read(site, site.bo, "/keys/requests/")
    pages_stand(site)
    assert "so no office needs a seal yet" not in read(site, site.bo, "/keys/requests/")


def test_a_flood_of_requests_is_shown_by_the_page(site, django_assert_max_num_queries):
    site.admit(30)
    for person in site.people:
        first_key(site, person)
        ask(site, person)
    with django_assert_max_num_queries(8):
        first = site.browser(site.bo).get("/keys/requests/")
    assert first.content.decode().count("It is them: vouch") == 25
    assert site.browser(site.bo).get("/keys/requests/?page=2").content.decode().count("It is them: vouch") == 5


@pytest.mark.parametrize("address", ["/keys/", "/keys/requests/"])
def test_the_pages_are_for_members_and_in_spanish_too(site, client, address):
    assert client.get(address).status_code == 302
    text = site.browser(site.bo).get(address, headers={"accept-language": "es"}).content.decode()
    assert '<html lang="es"' in text
    assert "llave" in text


def test_my_own_file_holds_my_keys(site):
    import json
    import zipfile

    from frombelow_site.membership import own_file

    secret = first_key(site, site.bo, "device")
    with zipfile.ZipFile(own_file.write(site.polity, site.polity.people[site.bo])) as archive:
        mine = json.loads(archive.read("about me.json"))
    assert [(key["id"], key["kind"], key["on whose word"]) for key in mine["keys"]] == [
        (id_of(secret), "device", "server")
    ]
    assert (mine["acts sealed"], mine["acts without a seal since"]) == (0, 0)


def test_who_can_see_what_tells_of_keys(site):
    assert "The secret half of a key never comes here." in read(site, site.bo, "/answerability/who-can-see/")


def held_out(site, person):
    """Another browser of this person holds a new key out; the browser, and what would bind the key."""
    other, (_secret, new) = site.browser(person), drawn(site, person, "device")
    assert other.post("/keys/pair/", msgspec.json.encode(new), "application/json").status_code == 200
    return other, new


def test_a_key_that_was_added_does_not_ask_to_be_added_any_more(site):
    first = first_key(site, site.bo)
    _other, new = held_out(site, site.bo)
    page = site.browser(site.bo)
    assert "Another browser, signed in as you" in page.get("/keys/").content.decode()
    do(site, first, AddKey(by=site.bo, key=new))
    assert "Another browser, signed in as you" not in page.get("/keys/").content.decode()
    do(site, first, EndKey(by=site.bo, key=key_id(new)))
    assert "Another browser, signed in as you" not in page.get("/keys/").content.decode()


def test_who_did_not_ask_for_a_key_signs_out_the_browser_that_did(site):
    first_key(site, site.bo)
    other, _new = held_out(site, site.bo)
    mine = site.browser(site.bo)
    page = mine.get("/keys/").content.decode()
    assert "They differ, or it is not me: sign that browser out" in page
    [device] = re.findall(r'name="device" value="([^"]+)"', page)
    mine.post("/enter/ways/end/", {"device": device})
    assert other.get("/keys/").status_code == 302
    assert "Another browser, signed in as you" not in mine.get("/keys/").content.decode()


def test_who_is_bound_reads_nowhere_that_what_they_do_stands_on_the_word_of_the_server(site):
    do(site, first_key(site, site.bo), OnlyWithKeys(by=site.bo))
    for address in ("/keys/", "/"):
        page = read(site, site.bo, address)
        assert "This browser keeps no key of yours. From this browser nothing stands in your name." in page
        assert "on the word of the server" not in page


def test_who_has_a_key_in_a_device_reads_not_both_that_nobody_and_that_somebody_can_act_for_them(site):
    first_key(site, site.bo, "device")
    page = read(site, site.bo)
    assert "What is done in your name without it stands too." in page
    assert "What you do here is sealed, and nobody can change it." in page
    assert "nobody can do it for you" not in page


def test_a_lost_device_is_known_by_its_browser_and_its_button_names_it(site):
    first = first_key(site, site.bo)
    phone, new = held_out(site, site.bo)
    session = phone.session
    session.update({"browser": "Chrome", "system": "Android"})
    session.save()
    do(site, first, AddKey(by=site.bo, key=new))
    page = read(site, site.bo)
    assert "A device: Chrome on Android" in page
    assert "End this key : a device: Chrome on Android," in page


def test_beside_the_button_that_ends_a_key_stands_the_one_that_signs_a_lost_device_out(site):
    first_key(site, site.bo)
    phone, mine = site.browser(site.bo), site.browser(site.bo)
    page = mine.get("/keys/").content.decode()
    assert "A device that is lost stays signed in when its key ends:" in page
    assert re.search(r'<form method="post" action="/enter/ways/end/">.*name="others" value="1"', page, re.DOTALL)
    mine.post("/enter/ways/end/", {"others": "1"})
    assert phone.get("/keys/").status_code == 302


def test_your_keys_are_in_the_menu_of_each_page_and_a_card_is_offered_once(site):
    page = site.browser(site.bo).get("/keys/").content.decode()
    header, _, main = page.partition("<main")
    assert 'href="/keys/">Your keys</a>' in header
    assert main.count('href="/keys/card/"') == main.count('href="/keys/card/use/"') == 1


def test_who_lost_the_device_with_their_only_key_reads_that_a_card_is_the_way_back_and_when(site):
    first_key(site, site.bo, "device")
    assert "or that forgot it? Make a card: it is bound after 72 hours." in read(site, site.bo)


def test_beside_only_with_my_keys_stands_what_it_costs_and_how_one_comes_back(site):
    first_key(site, site.bo)
    for address in ("/keys/", "/keys/card/", "/keys/card/use/"):
        page = read(site, site.bo, address)
        price = page.index("Its price: if you lose all your keys, you cannot act here either.")
        assert "2 members vouch for you by keys of theirs, and 72 hours later it is bound" in page
        assert price < page.index("Only with my keys", price)


def test_a_second_device_is_offered_on_home_while_the_only_key_is_in_one(site):
    offered = "Your only key is in one device, and is gone with it."
    assert offered not in read(site, site.bo, "/")
    secret = first_key(site, site.bo, "device")
    assert offered in read(site, site.bo, "/")
    assert "A second device" in read(site, site.bo)
    added(site, secret, site.bo, "device")
    assert offered not in read(site, site.bo, "/")
    assert "A second device" not in read(site, site.bo)


def test_where_no_key_is_at_hand_the_page_says_how_a_lost_one_is_ended(site):
    first_key(site, site.bo, "device")
    page = read(site, site.bo)
    assert "To end a key that is lost: a key of yours says so, and this browser has none." in page
    assert "“Let this browser seal for me” gives it a key of its own at once" in page
    first_key(site, site.ada)
    assert "2 members vouch by keys of theirs, and 72 hours later it is bound and ends what is lost" in read(
        site, site.ada
    )
