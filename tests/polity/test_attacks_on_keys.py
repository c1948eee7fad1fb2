"""Attacks on keys, each by its name: the server, officers and thieves want a key of somebody's, or an act in their
name."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frombelow.keys import Ed25519Key, to_bytes, to_text
from frombelow.keys.ed25519 import ORDER
from frombelow.polity import Refused, decode, encode, replay
from frombelow.polity.kernel.judging import why_not
from frombelow.polity.kernel.subject import PERSON, registry
from frombelow.polity.keys.binding import key_id
from frombelow.polity.keys.making import id_of
from tests import acts as a
from tests.cast import TENANTS, TEXT, Organization, breach, rules

from . import any_act
from .keyring import (
    about,
    add,
    ask,
    cannot_add,
    cannot_ask,
    cannot_bind,
    cannot_end,
    cannot_vouch,
    end,
    hours,
    key_of,
    lives,
    old_keys,
    on_word,
    over,
    stop,
    vouch,
)

OWN = [kind for kind in registry.kinds.values() if PERSON in kind.authors and not kind.for_office]
RECIPIENT = "age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh"


@pytest.fixture
def org():
    return Organization(more=6)


@pytest.fixture
def lost(org):
    """Bo has a card; Ada and Dee have keys that are known for long."""
    org.card = org.first_key(org.bo, "card")
    org.adas, org.dees = old_keys(org, org.ada, org.dee)
    return org


def refused(org, act, seal):
    """Why it was not taken in."""
    with pytest.raises(Refused) as caught:
        org.hand_in(act, seal)
    return caught.value.message


# --- around the wait ---


def test_a_light_key_on_the_servers_word_adds_no_durable_key_while_it_is_watched(org):
    word, _ = on_word(org, org.bo)
    assert cannot_add(org, org.bo, word, "card") == "key-watched"
    org.wait(29)
    assert cannot_add(org, org.bo, word, "card") == "key-watched"


def test_a_chain_of_light_keys_is_watched_as_long_as_its_first(org):
    word, _ = on_word(org, org.bo)
    org.wait(10)
    second = add(org, org.bo, word, "device")
    third = add(org, org.bo, second, "device")
    assert key_of(org, third).weak_until == key_of(org, word).weak_until
    assert cannot_add(org, org.bo, third, "card") == "key-watched"


def test_a_light_key_bound_after_all_ended_is_watched(org):
    first = org.first_key(org.bo, "device")
    end(org, first, first)
    word = org.first_key(org.bo, "device")
    assert cannot_add(org, org.bo, word, "card") == "key-watched"
    assert cannot_bind(org, org.bo, "card") == "durable-waits"


def test_no_rulebook_makes_a_light_key_the_shorter_way_to_a_durable_one():
    org = Organization(more=6, book=rules(TENANTS, server_word_days=7, recovery_hours=336))
    word, phone = on_word(org, org.bo)
    org.wait(13)
    assert cannot_add(org, org.bo, word, "card") == "key-watched"
    org.wait(1)
    assert cannot_add(org, org.bo, word, "card") == "key-of-word"  # there is one that never was on it
    end(org, phone, phone)
    add(org, org.bo, word, "card")


def test_what_the_server_asks_while_the_owner_sleeps_stands_only_after_the_wait_and_is_undone_by_the_owner(org):
    phone = org.first_key(org.bo, "device")
    _, theirs = ask(org, org.bo, "card")
    hours(org, 71)
    assert not lives(org, theirs)
    hours(org, 1)
    assert lives(org, theirs)  # Bo slept for three days
    assert org.refused(a.OnlyWithKeys, org.bo, sealed=theirs).message == "key-watched"
    assert cannot_end(org, phone, theirs) == "key-watched"
    extra = add(org, org.bo, theirs, "device")  # more of them does not help
    assert cannot_end(org, phone, extra) == "key-watched"
    org.wait(20)
    for secret in (theirs, extra):
        end(org, secret, phone)
    add(org, org.bo, phone, "card")


def test_asking_again_and_again_does_not_wear_the_owner_out(org):
    phone = org.first_key(org.bo, "device")
    one, two = (ask(org, org.bo)[0] for _ in range(2))
    assert cannot_ask(org, org.bo) == "keys-waiting"
    for request in (one, two):
        stop(org, request, phone)
    assert cannot_ask(org, org.bo) == "key-stopped-lately"
    org.wait(29)
    assert cannot_ask(org, org.bo) == "key-stopped-lately"


def test_asking_in_a_bound_members_name_uses_up_none_of_their_day():
    org = Organization(more=6, book=rules(TENANTS, acts_a_day=100))
    card = org.first_key(org.bo, "card")
    org.do(a.OnlyWithKeys, org.bo, sealed=card)
    (adas,) = old_keys(org, org.ada)
    request, _ = ask(org, org.bo)  # whoever runs the server, with one member who vouches and stops it
    vouch(org, request, adas)
    stop(org, request, adas)
    for _ in range(2):
        ask(org, org.bo)
    assert cannot_ask(org, org.bo) == "keys-waiting"
    sealed = org.polity.keys.sealed
    for n in range(98):
        org.do(a.StepBack if n % 2 == 0 else a.Return, org.bo, sealed=card)
    assert org.polity.keys.sealed == sealed + 98


# --- a key that nobody vouched for ---


def test_a_vouch_without_a_seal_is_none(lost):
    request, _ = ask(lost, lost.bo)
    assert cannot_vouch(lost, request, lost.ada) == "needs-a-key"


def test_a_young_key_vouches_for_nobody(lost):
    lost.wait(30)  # the record is not young any more
    young = lost.first_key(lost.eve)
    request, _ = ask(lost, lost.bo)
    assert cannot_vouch(lost, request, lost.eve, young) == "key-young"
    fresh = add(lost, lost.ada, lost.adas)
    assert cannot_vouch(lost, request, lost.ada, fresh) == "key-young"
    lost.do(a.StopKey, lost.bo, sealed=lost.card, **about(lost, request))
    lost.wait(31)
    request, _ = ask(lost, lost.bo)
    vouch(lost, request, young, fresh)


def test_in_a_young_record_keys_vouch_after_a_week_and_not_before(org):
    card = org.first_key(org.bo, "card")
    adas, dees = old_keys(org, org.ada, org.dee, days=6)
    request, key = ask(org, org.bo)
    assert cannot_vouch(org, request, org.ada, adas) == "key-young"
    org.wait(1)
    vouch(org, request, adas, dees)
    org.wait(3)
    assert lives(org, key)
    assert lives(org, card)


def test_a_key_that_counts_as_the_servers_word_vouches_for_nobody(org):
    org.first_key(org.bo, "card")
    org.wait(61)
    word, _ = on_word(org, org.ada)
    org.first_key(org.dee, "device")
    _, waited = ask(org, org.dee, "card")
    org.wait(29)
    request, _ = ask(org, org.bo)
    assert cannot_vouch(org, request, org.ada, word) == "key-young"
    assert cannot_vouch(org, request, org.dee, waited) == "key-young"


def test_where_the_word_is_watched_for_longer_than_keys_are_young_it_vouches_no_sooner():
    org = Organization(more=6, book=rules(TENANTS, server_word_days=90))
    org.first_key(org.bo, "card")
    word, _ = on_word(org, org.ada)
    org.wait(80)
    request, _ = ask(org, org.bo)
    assert cannot_vouch(org, request, org.ada, word) == "key-young"


def test_two_keys_of_one_member_are_one_who_vouches(lost):
    second = add(lost, lost.ada, lost.adas)
    lost.wait(31)
    request, _ = ask(lost, lost.bo)
    vouch(lost, request, second)
    assert cannot_vouch(lost, request, lost.ada, lost.adas) == "vouched-already"


def test_nobody_vouches_for_themselves(lost):
    lost.wait(31)
    request, _ = ask(lost, lost.bo)
    assert cannot_vouch(lost, request, lost.bo, lost.card) == "vouch-for-self"


def test_who_may_not_vote_yet_vouches_for_nobody(lost):
    lost.move()
    (new,) = lost.admit(1)
    key = lost.first_key(new)
    lost.wait(29)
    request, _ = ask(lost, lost.bo)
    assert cannot_vouch(lost, request, new, key) == "no-franchise"
    assert cannot_vouch(lost, request, lost.charlie, key) == "not-a-member"


def test_a_vouch_by_the_key_of_another_is_none(lost):
    request, _ = ask(lost, lost.bo)
    assert cannot_vouch(lost, request, lost.eve, lost.adas) == "seal-of-another"


def test_who_left_vouches_for_nobody(lost):
    request, _ = ask(lost, lost.bo)
    lost.do(a.Leave, lost.ada, sealed=lost.adas)
    assert cannot_vouch(lost, request, lost.ada, lost.adas) == "not-a-member"


def test_a_recovery_slips_no_second_key_in(lost):
    """The server asks for a key of its own beside the one that Bo asks for: who vouches for one did not for both."""
    (honest, bos), (_forged, theirs) = ask(lost, lost.bo), ask(lost, lost.bo)
    vouch(lost, honest, lost.adas, lost.dees)
    lost.wait(15)
    assert lives(lost, bos)
    assert not lives(lost, theirs)


def test_a_vouch_that_was_sealed_before_the_request_stood_is_good_for_its_key_alone(lost):
    """The server holds Bo's request back, lets Ada vouch for it, and enters one for its own key under the same id."""
    _, bos = lost.drawn_key(lost.bo)
    _, theirs = lost.drawn_key(lost.bo)
    request = lost.new()
    act = a.VouchKey(by=lost.ada, request=request, person=lost.bo, key=key_id(bos))
    seal = lost.seal(lost.adas, act)
    lost.do(a.AskKey, lost.bo, request=request, key=theirs)
    assert refused(lost, act, seal) == "other-key-asked"


def test_a_key_that_waits_seals_nothing(lost):
    request, waits = ask(lost, lost.bo)
    vouch(lost, request, lost.adas)
    _, new = lost.drawn_key(lost.bo)
    assert lost.refused(a.AddKey, lost.bo, sealed=waits, key=new).message == "seal-of-another"
    assert lost.refused(a.StopKey, lost.bo, sealed=waits, **about(lost, request)).message == "seal-of-another"
    stop(lost, request, lost.card)
    assert lost.refused(a.AddKey, lost.bo, sealed=waits, key=new).message == "seal-of-another"  # nor a stopped one
    lapsed, second = ask_later(lost)
    assert over(lost, lapsed) == "lapse"
    assert lost.refused(a.AddKey, lost.bo, sealed=second, key=new).message == "seal-of-another"  # nor one that lapsed


def ask_later(org):
    org.wait(31)
    found = ask(org, org.bo)
    org.wait(15)
    return found


# --- what the server's word gave before there was a durable key ---


@pytest.mark.parametrize("days", [0, 40])
def test_a_light_key_of_the_servers_word_is_never_more_to_who_has_a_card(org, days):
    word, phone = on_word(org, org.bo)
    card = add(org, org.bo, phone, "card")
    org.wait(days)
    assert cannot_add(org, org.bo, word, "device") == "key-of-word"
    assert cannot_add(org, org.bo, word, "card") == "durable-by-durable"
    for ends in (phone, card):
        assert cannot_end(org, ends, word) == ("key-of-word" if days else "key-watched")
    found = org.refused(a.BindReceiving, org.bo, sealed=word, recipient=RECIPIENT)
    assert found.message == "key-of-word"
    org.do(a.StepBack, org.bo, sealed=word)  # it seals, and counts as what it is
    end(org, word, word)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.name)
def test_no_mandate_stands_beside_what_is_a_members_own(org, kind, data):
    """Each kind of act says whether it is done for an office."""
    drawn = data.draw(any_act.drawn(kind.act, [org.eve]))
    act = msgspec.structs.replace(drawn, by=org.eve, under=org.mandate(org.eve))
    assert why_not(org.polity, act, org.now).message == "under-no-office"


def test_nobody_does_what_is_a_members_own_for_an_office(org):
    key = org.first_key(org.eve)
    under = {"under": org.mandate(org.eve)}
    assert org.refused(a.BindReceiving, org.eve, sealed=key, recipient=RECIPIENT, **under).message == "under-no-office"
    assert org.refused(a.OnlyWithKeys, org.eve, sealed=key, **under).message == "under-no-office"


def test_an_officers_act_with_a_members_key_and_without_a_mandate_is_refused(org):
    key = org.first_key(org.bo)
    people = ((org.new(), TEXT),)
    assert org.refused(a.Admit, org.bo, sealed=key, people=people, branch=org.id).message == "no-mandate"
    found = org.refused(a.Admit, org.bo, sealed=key, under=org.mandate(org.eve), people=people, branch=org.id)
    assert found.message == "unknown-mandate"


def test_the_administrator_does_not_switch_the_seals_of_officers_off(org):
    org.do(a.SetHosts, org.dee, under=org.mandate(org.dee), hosts=("tenants.example",))
    assert org.refused(a.SetHosts, org.dee, under=org.mandate(org.dee), hosts=()).message == "no-host"


# --- order ---


def test_what_a_key_did_before_it_ended_is_not_moved_behind_that(lost):
    phone = add(lost, lost.bo, lost.card, "device")
    seen = lost.polity.size
    lost.do(a.StepBack, lost.bo, sealed=phone)
    act = a.EndKey(by=lost.bo, key=id_of(phone))
    lost.hand_in(act, lost.seal(lost.card, act, size=seen))  # the card's device had not seen what the phone did
    *before, use, revocation = lost.record
    found = breach([*before, revocation, use])
    assert found.index == len(before) + 1
    assert "the key of this seal ended" in found.why


def test_an_end_that_covers_what_the_key_did_is_not_moved_before_it(lost):
    phone = add(lost, lost.bo, lost.card, "device")
    lost.do(a.StepBack, lost.bo, sealed=phone)
    end(lost, phone, lost.card)
    *before, use, revocation = lost.record
    found = breach([*before, revocation, use])
    assert found.index == len(before)
    assert "the seal covers" in found.why


def test_what_is_sealed_after_its_key_ended_is_not_entered_as_if_before_once_anybody_saw_that(lost):
    """A thief has the phone, and the server with them; Bo's card ended the phone, and Ada acted later."""
    phone = add(lost, lost.bo, lost.card, "device")
    act = a.StepBack(by=lost.bo)
    held = lost.seal(phone, act)
    end(lost, phone, lost.card)
    assert refused(lost, act, held) == "seal-ended"
    lost.do(a.StepBack, lost.ada, sealed=lost.adas)
    *before, revocation, adas = lost.record
    slipped = encode(msgspec.structs.replace(decode(revocation), act=act, seal=held))
    replay([*before, slipped, revocation])  # between an anchor and its entry the order is the server's
    found = breach([*before, slipped, revocation, adas])
    assert found.index == len(before) + 2
    assert "covers other entries" in found.why


# --- the seal itself ---


def test_the_second_spelling_of_a_signature_is_none(org):
    key, act = org.first_key(org.bo), a.StepBack(by=org.bo)
    seal = org.seal(key, act)
    raw = to_bytes(seal.signature)
    more = to_text(raw[:32] + (int.from_bytes(raw[32:], "little") + ORDER).to_bytes(32, "little"))
    assert refused(org, act, msgspec.structs.replace(seal, signature=more)) == "signature-range"


def test_a_seal_over_the_record_as_it_was_before_the_key_is_refused_even_for_the_first_act(org):
    key, act = org.first_key(org.bo), a.StepBack(by=org.bo)
    for size in (0, org.polity.size - 1):
        assert refused(org, act, org.seal(key, act, size=size)) == "anchor-behind"


def test_a_burnt_number_is_burnt(org):
    key = org.first_key(org.bo)
    org.do(a.StepBack, org.bo, sealed=key)
    act = a.Return(by=org.bo)
    for n in (0, 1, 3, 2**53 - 1):
        assert refused(org, act, org.seal(key, act, n=n)) == "seal-next"


def test_one_act_sealed_twice_is_entered_once(org):
    key, act = org.first_key(org.bo), a.Rename(by=org.bo, name=TEXT)
    one, two = org.seal(key, act), org.seal(key, act)
    org.hand_in(act, one)
    assert refused(org, act, two) == "seal-next"


def test_a_key_of_another_organization_seals_nothing_here(org):
    other = Organization(drawn="elsewhere")
    key = other.first_key(other.bo)
    act = a.StepBack(by=org.bo)
    assert refused(org, act, org.seal(key, act)) == "seal-of-another"
    assert lives(other, key)
    other.polity.origin = "another.example/record"
    _, foreign = other.drawn_key(org.bo)
    assert org.refused(a.BindKey, org.bo, key=foreign).message == "signature-wrong"


def test_time_and_the_server_bind_no_keys(org):
    _, new = org.drawn_key(org.bo)
    for by in (a.SERVER, a.TIME, a.DECISION):
        assert org.refused(a.BindKey, by, key=new).message in ("not-due", "not-a-member")


def test_a_record_of_one_key_does_not_go_on_in_a_fork_of_it(org):
    """Bo's seal covers what Bo saw: in a record that went another way before, it holds nowhere."""
    key = org.first_key(org.bo)
    org.do(a.StepBack, org.ada)
    act = a.StepBack(by=org.bo)
    seal = org.seal(key, act)
    *before, last = org.record
    org.hand_in(act, seal)
    other = encode(msgspec.structs.replace(decode(last), act=a.StepBack(by=org.dee)))
    assert "covers other entries" in breach([*before, other, org.record[-1]]).why
    replay(org.record)


def test_keys_that_nobody_bound_seal_nothing_and_leave_nothing(org):
    act = a.StepBack(by=org.bo)
    for n in range(100):
        secret = Ed25519Key.from_seed(bytes([n]) * 32)
        assert refused(org, act, org.seal(secret, act)) == "seal-of-another"
    assert org.polity.keys.keys == {}


def test_a_seal_of_a_watched_key_is_a_seal(org):
    word, _ = on_word(org, org.bo)
    entry = org.do(a.StepBack, org.bo, sealed=word)
    assert key_of(org, word).weak(entry.at)
    org.wait(30)
    assert not key_of(org, word).weak(org.clock)
