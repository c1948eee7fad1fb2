"""Keys as people come by them and use them: the first, further ones, what hangs on them, and the end of them."""

from pathlib import Path

import msgspec
import pytest

from frombelow.keys import SENTENCES, Ed25519Key, to_text
from frombelow.keys.ballot_keys import BallotKey
from frombelow.polity import Polity, Refused, possible, replay
from frombelow.polity.kernel.subject import registry
from frombelow.polity.kernel.words import tell
from frombelow.polity.keys.making import id_of, new_key, seal
from frombelow.record import Tree
from tests import acts as a
from tests.cast import DAY, NOON, TENANTS, TEXT, Organization, acts_in

from .keyring import add, ask, cannot_add, cannot_bind, end, hours, key_of, on_word

RECIPIENT = "age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh"


@pytest.fixture
def org():
    return Organization(more=6)


# --- the first key ---


@pytest.mark.parametrize("kind", ["card", "file", "device"])
def test_the_first_key_stands_at_once_on_the_servers_word(org, kind):
    key = org.first_key(org.bo, kind)
    found = key_of(org, key)
    assert (found.kind, found.word, found.weak(org.clock), found.ended) == (kind, "server", False, 0)
    org.do(a.StepBack, org.bo, sealed=key)
    assert replay(org.record).polity.keys == org.polity.keys


def test_whoever_founds_seals_the_founding_with_their_first_key():
    org = Organization.__new__(Organization)
    secret = Ed25519Key.generate()
    founded(org, secret)
    assert key_of(org, secret).word == "founding"
    add(org, org.ada, secret, "card")
    assert replay(org.record).polity.keys == org.polity.keys


def founded(org, secret, *, sealed=True, other=None):
    """An organization that Ada founds with this key."""
    org.polity, org.record, org.clock, org.tree = Polity(), [], NOON, Tree()
    org._drawn, org._source = 0, "drawn"
    org.id, org.ada = org.new(), org.new()
    new = new_key(secret, "file", origin="tenants.example/record", person=org.ada)
    act = a.Found(
        by=org.ada, organization=org.id, name="Tenants", origin="tenants.example/record", key="k", rulebook=TENANTS,
        founders=((org.ada, TEXT),), founder_key=new,
    )  # fmt: skip
    made = seal(other or secret, act, origin=act.origin, n=1, until=NOON + DAY, size=0, root=org.tree.root(0))
    org.hand_in(act, made if sealed else msgspec.UNSET)


def test_a_founding_that_brings_a_key_is_sealed_by_it_and_by_no_other():
    org = Organization.__new__(Organization)
    with pytest.raises(Refused) as caught:
        founded(org, Ed25519Key.generate(), sealed=False)
    assert caught.value.message == "founding-sealed"
    with pytest.raises(Refused) as caught:
        founded(org, Ed25519Key.generate(), other=Ed25519Key.generate())
    assert caught.value.message == "seal-of-another"


def test_who_has_a_light_key_gets_another_light_one_at_once_and_it_is_watched(org):
    word, first = on_word(org, org.bo)
    assert key_of(org, word).weak_until == org.clock + 30 * DAY
    assert not key_of(org, first).weak(org.clock)
    assert cannot_bind(org, org.bo, "card") == "durable-waits"


def test_who_ever_had_a_durable_key_gets_none_on_the_servers_word(org):
    key = org.first_key(org.bo, "card")
    assert cannot_bind(org, org.bo, "device") == "keys-by-keys"
    end(org, key, key)
    assert cannot_bind(org, org.bo, "device") == "keys-by-keys"
    assert cannot_bind(org, org.bo, "card") == "keys-by-keys"


def test_a_binding_is_not_sealed_by_a_key_that_is_there(org):
    key = org.first_key(org.bo, "device")
    _, new = org.drawn_key(org.bo, "device")
    assert org.refused(a.BindKey, org.bo, sealed=key, key=new).message == "add-instead"


def test_keys_are_of_members_and_their_own(org):
    _, new = org.drawn_key(org.charlie)
    assert org.refused(a.BindKey, org.charlie, key=new).message == "not-a-member"
    _, new = org.drawn_key(org.eve)
    assert org.refused(a.BindKey, org.eve, under=org.mandate(org.eve), key=new).message == "under-no-office"
    org.do(a.Leave, org.bo)
    assert cannot_bind(org, org.bo) == "not-a-member"


def test_one_person_has_five_keys_at_a_time(org):
    first = org.first_key(org.bo, "card")
    keys = [add(org, org.bo, first, "device") for _ in range(4)]
    assert cannot_add(org, org.bo, first) == "keys-enough"
    end(org, keys[0], first)
    add(org, org.bo, first)


def test_the_server_binds_no_more_light_keys_than_one_person_has(org):
    for _ in range(5):
        org.first_key(org.bo, "device")
    assert cannot_bind(org, org.bo) == "keys-enough"


# --- what a key must be ---


def test_a_key_is_bound_once_by_one_person(org):
    secret, new = org.drawn_key(org.bo, "device")
    org.do(a.BindKey, org.bo, key=new)
    assert org.refused(a.BindKey, org.bo, key=new).message == "key-known"
    again = org.drawn_key(org.ada)[1]
    theirs = msgspec.structs.replace(again, public=secret.public)
    assert org.refused(a.BindKey, org.ada, key=theirs).message == "key-known"
    end(org, secret, secret)
    assert org.refused(a.BindKey, org.bo, key=new).message == "key-known"  # what ended never comes again


def test_nobody_binds_a_key_whose_secret_they_do_not_have(org):
    _, new = org.drawn_key(org.bo)  # what Bo's device handed in, held back and taken by Ada
    assert org.refused(a.BindKey, org.ada, key=new).message == "signature-wrong"


def test_a_key_of_small_order_is_none(org):
    _, new = org.drawn_key(org.bo)
    for point in (bytes([1]) + bytes(31), bytes(32)):
        assert (
            org.refused(a.BindKey, org.bo, key=msgspec.structs.replace(new, public=to_text(point))).message
            == "key-weak"
        )


@pytest.mark.parametrize(
    ("kind", "algorithm"), [("card", "p256"), ("file", "rs256"), ("device", "rs256"), ("card", "rs256")]
)
def test_a_thing_signs_with_what_it_can(org, kind, algorithm):
    _, new = org.drawn_key(org.bo, "device", "p256")
    wrong = msgspec.structs.replace(new, kind=kind, algorithm=algorithm)
    assert org.refused(a.BindKey, org.bo, key=wrong).message == "key-of-no-kind"


def test_what_a_browser_says_comes_with_a_passkey_and_with_nothing_else(org):
    org.do(a.SetHosts, org.dee, under=org.mandate(org.dee), hosts=("tenants.example",))
    _, device = org.drawn_key(org.bo, "device")
    _, passkey = org.drawn_key(org.bo, "passkey")
    bare = {"client": msgspec.UNSET, "authenticator": msgspec.UNSET}
    both = {"client": passkey.client, "authenticator": passkey.authenticator}
    wrong = [
        msgspec.structs.replace(device, **both), msgspec.structs.replace(passkey, **bare),
        msgspec.structs.replace(passkey, client=msgspec.UNSET), msgspec.structs.replace(device, client=passkey.client),
    ]  # fmt: skip
    assert {org.refused(a.BindKey, org.bo, key=each).message for each in wrong} == {"beside-passkeys"}
    org.do(a.BindKey, org.bo, key=passkey)


def test_the_record_says_of_a_card_that_it_was_made_at_a_table(org):
    card = msgspec.structs.replace(org.drawn_key(org.bo, "card")[1], made="table")
    entry = org.do(a.BindKey, org.bo, key=card)
    [found] = org.polity.keys.holders[org.bo].keys
    assert found.table
    assert "a card, made at a table" in tell(org.polity, entry.act)
    assert not key_of(org, org.first_key(org.eve, "card")).table
    assert replay(org.record).polity.keys == org.polity.keys


def test_only_cards_are_made_at_a_table(org):
    for kind in ("device", "file"):
        new = msgspec.structs.replace(org.drawn_key(org.bo, kind)[1], made="table")
        assert org.refused(a.BindKey, org.bo, key=new).message == "cards-at-tables"


def test_a_passkey_of_another_host_is_bound_nowhere(org):
    assert org.refused(a.BindKey, org.bo, key=org.drawn_key(org.bo, "passkey")[1]).message == "client-host"
    org.do(a.SetHosts, org.dee, under=org.mandate(org.dee), hosts=("tenants.example",))
    evil = org.drawn_key(org.bo, "passkey", host="evil.example")[1]
    assert org.refused(a.BindKey, org.bo, key=evil).message == "client-host"


# --- further keys ---


@pytest.mark.parametrize("kind", ["card", "file", "device"])
@pytest.mark.parametrize("by", ["card", "file"])
def test_a_durable_key_adds_any_at_once(org, by, kind):
    first = org.first_key(org.bo, by)
    key = add(org, org.bo, first, kind)
    assert (key_of(org, key).word, key_of(org, key).weak_until) == ("key", 0)
    org.do(a.StepBack, org.bo, sealed=key)


def test_a_device_adds_a_device_at_once(org):
    first = org.first_key(org.bo, "device")
    second = add(org, org.bo, first, "device", algorithm="p256")
    org.do(a.StepBack, org.bo, sealed=second)
    assert [key.kind for key in org.polity.keys.holders[org.bo].live()] == ["device", "device"]


def test_the_first_durable_key_is_added_by_a_device_at_once(org):
    first = org.first_key(org.bo, "device")
    card = add(org, org.bo, first, "card")
    org.do(a.OnlyWithKeys, org.bo, sealed=card)
    assert org.polity.keys.bound(org.bo)


def test_a_device_adds_no_durable_key_to_who_ever_had_one(org):
    card = org.first_key(org.bo, "card")
    device = add(org, org.bo, card, "device")
    assert cannot_add(org, org.bo, device, "card") == "durable-by-durable"
    end(org, card, card)
    assert cannot_add(org, org.bo, device, "card") == "durable-by-durable"
    add(org, org.bo, device, "device")


def test_nothing_is_added_without_a_seal_or_by_the_key_of_another(org):
    org.first_key(org.bo)
    ada = org.first_key(org.ada)
    _, new = org.drawn_key(org.bo)
    assert org.refused(a.AddKey, org.bo, key=new).message == "needs-a-key"
    assert org.refused(a.AddKey, org.bo, sealed=ada, key=new).message == "seal-of-another"


def test_nobody_adds_a_key_for_an_office(org):
    key = org.first_key(org.eve)
    _, new = org.drawn_key(org.eve)
    assert org.refused(a.AddKey, org.eve, sealed=key, under=org.mandate(org.eve), key=new).message == "under-no-office"


# --- what a person says of their own ---


def test_a_receiving_key_is_bound_by_any_key_and_not_without(org):
    key = org.first_key(org.bo, "device")
    assert org.refused(a.BindReceiving, org.bo, recipient=RECIPIENT).message == "needs-a-key"
    org.do(a.BindReceiving, org.bo, sealed=key, recipient=RECIPIENT)
    assert org.polity.keys.holders[org.bo].recipient == RECIPIENT


def test_a_ballot_key_comes_with_a_proof_of_its_secret(org):
    key, made = org.first_key(org.bo), BallotKey.from_seed(bytes(range(64)), bytes(32))
    right = {"public": made.public, "proof": made.prove(org.polity.origin, org.bo)}
    assert org.refused(a.BindBallotKey, org.bo, **right).message == "needs-a-key"
    anothers = right | {"proof": made.prove(org.polity.origin, org.ada)}
    assert org.refused(a.BindBallotKey, org.bo, sealed=key, **anothers).message == "ballot-proof-wrong"
    org.do(a.BindBallotKey, org.bo, sealed=key, **right)
    assert org.polity.keys.holders[org.bo].ballot == made.public


def test_whoever_has_a_durable_key_says_only_with_my_keys(org):
    device = org.first_key(org.ada, "device")
    assert org.refused(a.OnlyWithKeys, org.ada, sealed=device).message == "durable-needed"
    card = org.first_key(org.bo, "card")
    assert org.refused(a.OnlyWithKeys, org.bo).message == "needs-a-key"
    phone = add(org, org.bo, card, "device")
    assert org.refused(a.OnlyWithKeys, org.bo, sealed=phone).message == "durable-needed"
    org.do(a.OnlyWithKeys, org.bo, sealed=card)
    assert org.polity.keys.bound(org.bo)
    assert not org.polity.keys.bound(org.ada)
    assert org.refused(a.StepBack, org.bo).message == "seal-needed"


def test_who_wants_acts_without_a_seal_to_stand_again_waits(org):
    card = org.first_key(org.bo, "card")
    assert org.refused(a.LoosenKeys, org.bo, sealed=card).message == "not-bound"
    org.do(a.OnlyWithKeys, org.bo, sealed=card)
    assert org.refused(a.LoosenKeys, org.bo).message == "needs-a-key"
    org.do(a.LoosenKeys, org.bo, sealed=card)
    assert org.refused(a.LoosenKeys, org.bo, sealed=card).message == "loosened-already"
    hours(org, 71)
    assert org.refused(a.StepBack, org.bo).message == "seal-needed"
    hours(org, 1)
    org.do(a.StepBack, org.bo)
    assert replay(org.record).polity.keys == org.polity.keys


def test_who_thinks_better_of_it_stays_bound(org):
    card = org.first_key(org.bo, "card")
    org.do(a.OnlyWithKeys, org.bo, sealed=card)
    org.do(a.LoosenKeys, org.bo, sealed=card)
    hours(org, 10)
    org.do(a.OnlyWithKeys, org.bo, sealed=card)
    org.wait(10)
    assert org.polity.keys.bound(org.bo)


def test_each_lengthens_their_own_wait_to_thirty_days_and_shortens_it_never(org):
    card = org.first_key(org.bo, "card")
    for wrong in (71, 30 * 24 + 1):
        assert org.refused(a.OnlyWithKeys, org.bo, sealed=card, hours=wrong).message == "wait-between"
    org.do(a.OnlyWithKeys, org.bo, sealed=card, hours=30 * 24)
    assert org.refused(a.OnlyWithKeys, org.bo, sealed=card, hours=72).message == "wait-between"
    org.do(a.LoosenKeys, org.bo, sealed=card)
    org.wait(29)
    assert org.polity.keys.bound(org.bo)
    org.wait(1)
    assert not org.polity.keys.bound(org.bo)


def test_who_holds_an_office_acts_as_a_member_without_a_key(org):
    """Nobody is locked out by a key that they never asked for."""
    org.do(a.SetHosts, org.dee, under=org.mandate(org.dee), hosts=("tenants.example",))
    org.wait(15)
    org.do(a.StepBack, org.eve)
    mandate = org.polity.mandates[org.mandate(org.eve)]
    org.do(a.Resign, org.eve, mandate=mandate.id)
    assert mandate.ended


def test_where_no_host_can_use_keys_officers_act_without(org):
    org.wait(15)
    newcomer = org.new()
    org.do(a.Admit, org.eve, under=org.mandate(org.eve), people=((newcomer, TEXT),), branch=org.id)
    assert org.polity.people[newcomer].active


# --- what pages offer ---


def offered(org, person):
    answers = possible(org.polity, person, "", "", org.clock)
    return {verb for verb, refused in answers.items() if "key" in verb and refused is None}


def test_what_a_member_can_do_about_keys_is_offered_and_the_rest_is_not(org):
    assert offered(org, org.bo) == {"bind-key"}
    device = org.first_key(org.bo, "device")
    assert offered(org, org.bo) == {"bind-key", "add-key", "ask-key"}
    card = add(org, org.bo, device, "card")
    org.do(a.OnlyWithKeys, org.bo, sealed=card)
    assert offered(org, org.bo) == {"add-key", "ask-key", "only-with-keys", "loosen-keys"}
    assert offered(org, org.charlie) == set()


def offered_about(org, person, about, thing):
    answers = possible(org.polity, person, about, thing, org.clock)
    return {verb for verb, refused in answers.items() if refused is None}


def test_whoever_has_a_key_is_offered_to_end_it_and_to_keep_it_while_it_is_suspended(org):
    card = org.first_key(org.bo, "card")
    phone = add(org, org.bo, card, "device")
    assert offered_about(org, org.bo, "key", id_of(card)) == {"end-key"}
    end(org, card, phone)
    assert offered_about(org, org.bo, "key", id_of(card)) == {"end-key", "keep-key"}
    assert offered_about(org, org.eve, "key", id_of(card)) == set()


def test_others_are_offered_to_vouch_for_who_asks_for_a_key_and_the_person_to_stop_it(org):
    org.first_key(org.bo)
    request, _ = ask(org, org.bo)
    assert offered_about(org, org.bo, "key request", request) == {"stop-key"}
    assert offered_about(org, org.eve, "key request", request) == {"vouch-key"}
    refused = possible(org.polity, org.eve, "key request", org.new(), org.clock)
    assert {each.message for each in refused.values()} == {"unknown-key-request"}


# --- words ---


def test_each_kind_about_keys_is_told_in_words(org):
    card = org.first_key(org.bo, "card")
    device = add(org, org.bo, card, "device")
    org.do(a.OnlyWithKeys, org.bo, sealed=card, hours=100)
    org.do(a.LoosenKeys, org.bo, sealed=card)
    end(org, device, device)
    told = [tell(org.polity, act, {org.bo: "Bo"}.get) for act in acts_in(org) if a.kind_of(act).startswith("key.")]
    assert told == [
        "Bo has a key: a card. It stands on the server’s word.",
        "Bo added a key: a device.",
        "From now on nothing stands in the name of Bo without their key; a key that none of theirs sealed waits 100 hours.",
        "Bo wants acts without a seal to stand again; that waits.",
        "Bo said that a key of theirs ends.",
    ]


HERE = [*Path(__file__).parent.glob("test_*keys*.py"), Path(__file__).with_name("test_seals.py")]
MET = "".join(path.read_text() for path in sorted(HERE))


@pytest.mark.parametrize("message", sorted(registry.subjects["key"].refusals.keys() - SENTENCES.keys()))
def test_each_refusal_about_keys_is_met_by_a_test(message):
    assert f'"{message}"' in MET


@pytest.mark.parametrize("recipient", ["age1" + "q" * 58, "age1" + "z" * 58])
def test_nothing_is_to_be_sealed_to_what_no_age_program_reads(org, recipient):
    key = org.first_key(org.bo)
    assert org.refused(a.BindReceiving, org.bo, sealed=key, recipient=recipient).message == "no-recipient"
