"""Keys end: at once by one that is as good, after a wait where a lesser one says so."""

import pytest

from frombelow.polity import Breach, Stage, replay
from frombelow.polity.kernel.words import tell
from frombelow.polity.keys.making import id_of
from tests import acts as a
from tests.cast import Organization, acts_in, rules

from .keyring import add, ask, cannot_end, end, hours, key_of, lives, on_word, over, stop


@pytest.fixture
def org():
    return Organization(more=6)


@pytest.fixture
def both(org):
    """Bo has a card, and a phone that gets stolen."""
    org.card = org.first_key(org.bo, "card")
    org.phone = add(org, org.bo, org.card, "device")
    return org


def keep(org, secret):
    org.do(a.KeepKey, org.bo, sealed=secret, key=id_of(secret))


@pytest.mark.parametrize("kind", ["card", "file", "device"])
def test_a_durable_key_ends_any_at_once(both, kind):
    other = add(both, both.bo, both.card, kind)
    end(both, other, both.card)
    assert not lives(both, other)
    act = a.StepBack(by=both.bo)
    assert both.refused(a.StepBack, both.bo, sealed=other).message == "seal-ended"
    both.hand_in(act, both.seal(both.card, act))


def test_a_device_ends_devices_and_itself_at_once(both):
    other = add(both, both.bo, both.phone, "device")
    end(both, other, both.phone)
    end(both, both.phone, both.phone)
    assert not lives(both, other)
    assert not lives(both, both.phone)


def test_a_stolen_phone_does_not_end_its_owners_card(both):
    end(both, both.card, both.phone)
    assert both.refused(a.StepBack, both.bo, sealed=both.card).message == "seal-suspended"
    keep(both, both.card)
    assert key_of(both, both.card).suspended == 0
    end(both, both.phone, both.card)
    both.wait(10)
    assert lives(both, both.card)
    assert not lives(both, both.phone)
    assert replay(both.record).polity.keys == both.polity.keys


def test_a_card_that_goes_on_has_the_time_to_end_the_phone(both):
    """Else who has the phone, and whoever runs the server with them, suspends it again before each thing it does."""
    end(both, both.card, both.phone)
    keep(both, both.card)
    assert cannot_end(both, both.card, both.phone) == "kept-lately"
    both.do(a.StepBack, both.bo, sealed=both.card)
    hours(both, 72)
    end(both, both.card, both.phone)


def test_a_stolen_card_that_says_nothing_ends_after_three_days(both):
    end(both, both.card, both.phone)
    hours(both, 71)
    assert lives(both, both.card)
    hours(both, 1)
    assert not lives(both, both.card)
    assert a.kind_of(acts_in(both)[-1]) == "key.expire"
    assert replay(both.record).polity.keys == both.polity.keys


def test_a_suspended_key_waits_as_long_as_its_person_said(both):
    both.do(a.OnlyWithKeys, both.bo, sealed=both.card, hours=20 * 24)
    end(both, both.card, both.phone)
    both.wait(19)
    assert lives(both, both.card)
    both.wait(1)
    assert not lives(both, both.card)


def test_a_key_is_suspended_once_at_a_time_and_a_durable_one_ends_it_at_once(both):
    file = add(both, both.bo, both.card, "file")
    end(both, both.card, both.phone)
    assert cannot_end(both, both.card, both.phone) == "suspended-already"
    end(both, both.card, file)
    assert not lives(both, both.card)
    both.wait(4)
    assert replay(both.record).polity.keys == both.polity.keys


def test_only_the_suspended_key_says_that_it_goes_on(both):
    file = add(both, both.bo, both.card, "file")
    end(both, both.card, both.phone)
    for other in (file, both.phone):
        assert both.refused(a.KeepKey, both.bo, sealed=other, key=id_of(both.card)).message == "keep-itself"
    assert both.refused(a.KeepKey, both.bo, key=id_of(both.card)).message == "needs-a-key"
    keep(both, both.card)
    assert both.refused(a.KeepKey, both.bo, sealed=both.card, key=id_of(both.card)).message == "not-suspended"


def test_all_else_a_suspended_key_could_do_it_cannot(both):
    end(both, both.card, both.phone)
    _, new = both.drawn_key(both.bo)
    assert both.refused(a.AddKey, both.bo, sealed=both.card, key=new).message == "seal-suspended"
    assert cannot_end(both, both.phone, both.card) == "seal-suspended"
    assert both.refused(a.OnlyWithKeys, both.bo, sealed=both.card).message == "seal-suspended"


def test_whoever_is_bound_does_not_end_their_last_durable_key_by_themselves(both):
    end_it = {"key": id_of(both.card)}
    both.do(a.OnlyWithKeys, both.bo, sealed=both.card)
    assert both.refused(a.EndKey, both.bo, sealed=both.card, **end_it).message == "last-durable"
    file = add(both, both.bo, both.card, "file")
    end(both, file, both.phone)  # a suspended one is none to rely on
    assert both.refused(a.EndKey, both.bo, sealed=both.card, **end_it).message == "last-durable"
    both.do(a.KeepKey, both.bo, sealed=file, key=id_of(file))
    end(both, both.card, file)


def test_a_key_is_ended_by_its_person_alone_with_a_seal_and_once(both):
    adas = both.first_key(both.ada)
    assert both.refused(a.EndKey, both.ada, sealed=adas, key=id_of(both.card)).message == "unknown-key"
    assert both.refused(a.EndKey, both.bo, sealed=both.card, key=both.new()).message == "unknown-key"
    assert both.refused(a.EndKey, both.bo, key=id_of(both.phone)).message == "needs-a-key"
    end(both, both.phone, both.card)
    assert cannot_end(both, both.phone, both.card) == "key-over"
    eves = both.first_key(both.eve)
    under = {"under": both.mandate(both.eve)}
    assert both.refused(a.EndKey, both.eve, sealed=eves, key=id_of(eves), **under).message == "under-no-office"


def test_nobody_does_what_time_does(both):
    end(both, both.card, both.phone)
    for by in (both.bo, both.dee, a.TIME):
        assert both.refused(a.ExpireKey, by, key=id_of(both.card), person=both.bo).message == "not-due"
        assert both.refused(a.FreeKeys, by, person=both.bo).message == "not-due"


def test_a_record_that_held_the_end_of_a_key_back_is_found_out(both):
    end(both, both.card, both.phone)
    both.wait(4)
    both.do(a.StepBack, both.ada)
    with pytest.raises(Breach, match="key expire"):
        replay([entry for entry in both.record if b'"kind":"key.expire"' not in entry])


def test_who_left_still_ends_their_keys(both):
    both.do(a.Leave, both.bo, sealed=both.phone)
    end(both, both.phone, both.card)
    end(both, both.card, both.card)
    assert list(both.polity.keys.holders[both.bo].live()) == []


def test_after_the_end_keys_still_end_go_on_and_stop_what_was_asked_for():
    org = Organization(20, book=rules(dissolution_days=30))
    card = org.first_key(org.bo, "card")
    phone = add(org, org.bo, card, "device")
    adas = org.first_key(org.ada, "device")
    motion = org.to_vote(a.Dissolve())
    org.vote(motion, yes=org.voters(motion))
    org.until(motion, Stage.RESTING)
    org.clock = org.polity.motions[motion].deadline - 3600
    request, other = ask(org, org.ada, "card")
    hours(org, 2)
    assert org.polity.ended
    stop(org, request, adas)
    assert over(org, request) == "stop"
    end(org, card, phone)
    keep(org, card)
    end(org, phone, card)
    _, new = org.drawn_key(org.bo)
    assert org.refused(a.AddKey, org.bo, sealed=card, key=new).message == "dissolved"
    org.wait(10)
    assert lives(org, card)
    assert not lives(org, other)
    assert replay(org.record).polity.keys == org.polity.keys


# --- what stands on the server's word ---


def test_what_the_servers_word_gave_any_other_key_ends_at_once(org):
    phone = org.first_key(org.bo, "device")
    _, theirs = ask(org, org.bo, "card")
    org.wait(5)
    assert lives(org, theirs)
    end(org, theirs, phone)
    assert not lives(org, theirs)
    assert not org.polity.keys.holders[org.bo].durable
    add(org, org.bo, phone, "card")
    assert replay(org.record).polity.keys == org.polity.keys


def test_what_the_servers_word_gave_ends_nothing_that_was_there_before(org):
    word, phone = on_word(org, org.bo)
    assert cannot_end(org, phone, word) == "key-watched"
    _, theirs = ask(org, org.bo, "card")
    org.wait(5)
    assert cannot_end(org, phone, theirs) == "key-watched"
    assert cannot_end(org, theirs, word) == "key-watched"
    assert cannot_end(org, word, theirs) == "key-watched"
    end(org, word, phone)


def test_a_light_key_on_the_servers_word_ends_no_other_one_before_its_days_are_over(org):
    org.first_key(org.bo, "device")  # lost
    phone, theirs = org.first_key(org.bo, "device"), org.first_key(org.bo, "device")
    assert cannot_end(org, phone, theirs) == "key-watched"
    assert cannot_end(org, theirs, phone) == "key-watched"
    end(org, theirs, theirs)


def test_each_end_is_told_in_words(both):
    end(both, both.card, both.phone)
    keep(both, both.card)
    hours(both, 100)
    end(both, both.card, both.phone)
    both.wait(4)
    kinds = ("key.end", "key.keep", "key.expire")
    assert [tell(both.polity, act, {both.bo: "Bo"}.get) for act in acts_in(both) if a.kind_of(act) in kinds] == [
        "Bo said that a key of theirs ends.",
        "Bo said with a suspended key that it goes on.",
        "Bo said that a key of theirs ends.",
        "A suspended key of Bo ended.",
    ]
