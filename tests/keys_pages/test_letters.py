"""Who hears what became of their keys: each address of the person, in their language, and of no organization."""

import re

import pytest
from django.db import transaction

from frombelow.keys import BallotKey
from frombelow.polity.kernel.subject import registry
from frombelow.polity.keys.acts import (
    AddKey,
    AskKey,
    BindBallotKey,
    BindReceiving,
    EndKey,
    KeepKey,
    LoosenKeys,
    OnlyWithKeys,
    StopKey,
    VouchKey,
)
from frombelow.polity.keys.binding import key_id
from frombelow.polity.keys.making import id_of
from frombelow_site.door import new_id, perform
from frombelow_site.keys import letters
from frombelow_site.mail import sending
from frombelow_site.mail.queue import write
from frombelow_site.people.language import set_letters_in
from frombelow_site.people.models import Card, OtherMail
from tests.site_keys import added, do, drawn, first_key
from tests.site_mail import delivered

RECIPIENT = "age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Mail leaves before the test goes on, and what waits for a commit happens at once: a test has none."""
    monkeypatch.setattr(sending._post, "submit", lambda send, *letter: send(*letter))
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_kinds: call())


class Bo:
    """What is done with Bo's keys; after each step, what the latest letter to him says."""

    def __init__(self, site):
        self.site = site
        self.file = first_key(site, site.bo)
        self.heard()
        self.device = added(site, self.file, site.bo, "device")

    def heard(self):
        letters = delivered()
        said, letters[:] = [letter.body.partition("\n\n")[0].replace("\n", " ") for letter in letters], []
        return said

    def do(self, act, secret=None):
        do(self.site, secret or self.file, act)
        return self.heard()

    def ask(self):
        self.request, (_, self.new) = new_id(), drawn(self.site, self.site.bo)
        perform(AskKey(by=self.site.bo, request=self.request, key=self.new))
        return self.heard()


@pytest.fixture
def bo(site):
    return Bo(site)


def test_each_kind_of_act_about_keys_has_a_letter():
    assert set(letters.SAID) == {kind.act for kind in registry.subjects["key"].kinds}


def test_a_key_that_is_bound_or_added_is_told(site, bo):
    assert bo.heard() == ["A key of yours added another key to yours."]
    first_key(site, site.ada)
    assert bo.heard() == ["A key was bound to you on the server’s word. What it seals stands in your name."]


def test_a_request_is_told_at_each_step_until_time_binds_the_key(site, bo):
    keys = [(person, first_key(site, person)) for person in (site.ada, site.dee)]
    site.wait(8)
    bo.heard()
    lapses = "Unless members vouch for it, nothing comes of it after 25 March 2026, 00:00, London time."
    asked = "Somebody asks that a key be bound to you. Until then any key of yours can stop it."
    assert bo.ask() == [f"{asked} {lapses}"]
    said = []
    for person, secret in keys:
        said += bo.do(VouchKey(by=person, request=bo.request, person=site.bo, key=key_id(bo.new)), secret)
    vouched = "A member vouched that it is you who asks for a key. Any key of yours can stop it."
    assert said == [f"{vouched} {lapses}", f"{vouched} That happens on 13 March 2026, 12:00, London time."]
    site.wait(4)
    assert bo.heard() == ["The wait is over, and the key that was asked for you is bound to you."]


def test_a_request_that_is_stopped_or_lapses_is_told(site, bo):
    bo.ask()
    site.wait(16)
    assert bo.heard() == ["The key that was asked for you was not bound: its time is over."]
    bo.ask()
    stopped = bo.do(StopKey(by=site.bo, request=bo.request, person=site.bo))
    assert stopped == ["The key that was asked for you was stopped. Your keys are as they were."]


def test_a_key_that_ends_is_suspended_goes_on_or_expires_is_told(site, bo):
    bo.heard()
    ends_file = EndKey(by=site.bo, key=id_of(bo.file))
    assert bo.do(ends_file, bo.device) == [f"{letters.SUSPENDED} That happens on 5 March 2026, 12:00, London time."]
    assert bo.do(KeepKey(by=site.bo, key=id_of(bo.file))) == ["A suspended key of yours said that it goes on."]
    site.wait(4)
    bo.do(ends_file, bo.device)
    site.wait(4)
    assert bo.heard() == ["A suspended key of yours has ended: it did not say that it goes on."]
    assert bo.do(EndKey(by=site.bo, key=id_of(bo.device)), bo.device) == ["A key of yours was ended by a key of yours."]


def test_who_binds_and_loosens_themselves_is_told(site, bo):
    bo.heard()
    assert bo.do(OnlyWithKeys(by=site.bo)) == ["From now on nothing stands in your name without a key of yours."]
    assert bo.do(LoosenKeys(by=site.bo)) == [
        "A key of yours asked that acts without a seal stand again in your name. That happens on 5 March 2026, 12:00, London time."
    ]
    site.wait(4)
    assert bo.heard() == ["Acts without a seal stand again in your name."]


def test_keys_for_what_is_sealed_to_a_person_and_for_ballots_are_told(site, bo):
    bo.heard()
    assert "goes to a new key" in bo.do(BindReceiving(by=site.bo, recipient=RECIPIENT))[0]
    ballot = BallotKey.from_seed(bytes(range(64)), bytes(range(64, 128)))
    proof = ballot.prove(site.polity.origin, site.bo)
    assert "secret ballots" in bo.do(BindBallotKey(by=site.bo, public=ballot.public, proof=proof))[0]


def whole():
    """The latest letter as it says itself, in one line."""
    return " ".join(delivered()[-1].body.partition("-- ")[0].split())


def test_the_letter_about_a_key_says_which_device_when_and_where_it_is_looked_at(site, bo):
    secret, new = drawn(site, site.bo, "device")
    session = site.browser(site.bo).session
    session.update({"browser": "Firefox", "system": "Android", "own-key": key_id(new)})
    session.save()
    do(site, bo.file, AddKey(by=site.bo, key=new))
    said = whole()
    assert "The key is a device: Firefox on Android." in said
    assert "It was entered on 2 March 2026, 12:00, London time." in said
    assert "Any other key of yours can end it there, at any time." in said
    assert re.search(r"https?://[^\s/]+/keys/$", said)  # and no button that signs in
    do(site, bo.file, EndKey(by=site.bo, key=id_of(secret)))
    assert "The key is a device: Firefox on Android." in whole()


def test_the_letter_about_a_key_that_is_asked_for_says_until_when_that_was_not_me_works(site, bo):
    keys = [(person, first_key(site, person)) for person in (site.ada, site.dee)]
    site.wait(8)
    new = drawn(site, site.bo)[1]
    request = new_id()
    perform(AskKey(by=site.bo, request=request, key=new))
    assert "“That was not me” works there until it is bound, which is not before 13 March 2026, 12:00" in whole()
    for person, secret in keys:
        do(site, secret, VouchKey(by=person, request=request, person=site.bo, key=key_id(new)))
    assert "“That was not me” works there until 13 March 2026, 12:00, London time." in whole()
    assert "The key is a key file." in whole()


def test_a_letter_that_an_earlier_version_noted_still_leaves(site, bo):
    write("keys", [site.bo], what=letters.SAID[EndKey], when=0, then=letters.HAPPENS)
    assert whole().startswith("A key of yours was ended by a key of yours. If this was not you,")


def test_every_address_of_the_person_hears_of_it_in_their_language(site, bo):
    OtherMail.objects.create(person=site.bo, mail="bo@other.example")
    set_letters_in(site.bo, "es")
    delivered()[:] = []
    do(site, bo.file, OnlyWithKeys(by=site.bo))
    assert sorted(letter.to for letter in delivered()) == [["bo@example.org"], ["bo@other.example"]]
    assert {letter.subject for letter in delivered()} == {"Tus llaves"}
    assert all("sin una llave tuya" in letter.body for letter in delivered())


def test_no_letter_names_the_organization(site, bo):
    do(site, bo.file, OnlyWithKeys(by=site.bo))
    assert len(delivered()) == 2
    assert not any("Tenants" in letter.subject + letter.body for letter in delivered())


def test_who_has_no_address_hears_nothing_and_the_act_stands(site, bo):
    bo.heard()
    Card.objects.filter(pk=site.bo).update(mail="")
    assert bo.do(OnlyWithKeys(by=site.bo)) == []
