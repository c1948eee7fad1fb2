"""A key that no key of the person could seal: asked for, vouched for, waited for, stopped."""

import msgspec
import pytest

from frombelow.polity import Breach, replay
from frombelow.polity.kernel.words import tell
from tests import acts as a
from tests.cast import DAY, TENANTS, TEXT, Organization, acts_in, article, rules

from .keyring import (
    about,
    add,
    ask,
    cannot_add,
    cannot_ask,
    cannot_bind,
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
    vouching,
)


@pytest.fixture
def org():
    return Organization(more=6)


@pytest.fixture
def lost(org):
    """Bo had a card, and lost it; Ada and Dee have keys that are known for long."""
    org.card = org.first_key(org.bo, "card")
    org.adas, org.dees = old_keys(org, org.ada, org.dee)
    return org


# --- who ever had a durable key ---


def test_two_vouch_by_their_keys_and_three_days_later_the_key_is_bound(lost):
    request, key = ask(lost, lost.bo)
    vouch(lost, request, lost.adas)
    hours(lost, 100)
    assert not lives(lost, key)
    vouch(lost, request, lost.dees)
    hours(lost, 71)
    assert not lives(lost, key)
    hours(lost, 1)
    found = key_of(lost, key)
    assert (over(lost, request), found.word, found.weak_until) == ("take", "vouched", 0)
    lost.do(a.OnlyWithKeys, lost.bo, sealed=key)
    end(lost, lost.card, key)
    assert replay(lost.record).polity.keys == lost.polity.keys


@pytest.mark.parametrize("kind", ["device", "card", "file"])
def test_no_key_of_any_kind_comes_to_them_without_vouches(lost, kind):
    assert cannot_bind(lost, lost.bo, kind) == "keys-by-keys"
    request, key = ask(lost, lost.bo, kind)
    vouch(lost, request, lost.adas)
    lost.wait(40)
    assert over(lost, request) == "lapse"
    assert not lives(lost, key)


def test_the_word_of_an_officer_counts_as_one(lost):
    eve = lost.first_key(lost.eve)
    lost.wait(31)
    request, key = ask(lost, lost.bo)
    for_office = lost.refused(a.VouchKey, lost.eve, sealed=eve, under=lost.mandate(lost.eve), **vouching(lost, request))
    assert for_office.message == "under-no-office"
    lost.do(a.VouchKey, lost.eve, sealed=eve, **vouching(lost, request))
    lost.wait(4)
    assert not lives(lost, key)
    vouch(lost, request, lost.adas)
    lost.wait(4)
    assert lives(lost, key)


def test_whoever_said_only_with_my_keys_asks_without_one(lost):
    lost.do(a.OnlyWithKeys, lost.bo, sealed=lost.card)
    request, key = ask(lost, lost.bo)
    vouch(lost, request, lost.adas, lost.dees)
    lost.wait(3)
    assert lives(lost, key)


def test_the_wait_is_as_long_as_the_person_made_it(lost):
    lost.do(a.OnlyWithKeys, lost.bo, sealed=lost.card, hours=240)
    request, key = ask(lost, lost.bo)
    vouch(lost, request, lost.adas, lost.dees)
    hours(lost, 239)
    assert not lives(lost, key)
    hours(lost, 1)
    assert lives(lost, key)


def test_any_key_of_the_person_stops_it_and_then_it_is_not_asked_again_for_thirty_days(lost):
    device = add(lost, lost.bo, lost.card, "device")
    for secret in (lost.card, device):
        request, key = ask(lost, lost.bo)
        vouch(lost, request, lost.adas, lost.dees)
        stop(lost, request, secret)
        lost.wait(4)
        assert over(lost, request) == "stop"
        assert not lives(lost, key)
        assert cannot_ask(lost, lost.bo) == "key-stopped-lately"
        lost.wait(30)


def test_who_vouched_stops_it_and_makes_nobody_wait(lost):
    request, _ = ask(lost, lost.bo)
    vouch(lost, request, lost.adas)
    stop(lost, request, lost.adas)
    assert over(lost, request) == "stop"
    ask(lost, lost.bo)


def test_a_request_is_stopped_by_no_stranger_and_not_without_a_seal(lost):
    request, _ = ask(lost, lost.bo)
    assert (
        lost.refused(a.StopKey, lost.dee, sealed=lost.dees, **about(lost, request)).message == "not-yours-to-stop-key"
    )
    assert lost.refused(a.StopKey, lost.bo, **about(lost, request)).message == "needs-a-key"
    under = {"under": lost.mandate(lost.ada)}
    vouch(lost, request, lost.adas)
    found = lost.refused(a.StopKey, lost.ada, sealed=lost.adas, **about(lost, request), **under)
    assert found.message == "under-no-office"


def test_who_got_their_card_back_meanwhile_binds_the_key_by_it(lost):
    secret, new = lost.drawn_key(lost.bo)
    request = lost.new()
    lost.do(a.AskKey, lost.bo, request=request, key=new)
    vouch(lost, request, lost.adas, lost.dees)
    lost.do(a.AddKey, lost.bo, sealed=lost.card, key=new)
    lost.wait(4)
    assert over(lost, request) == "lapse"
    assert lives(lost, secret)


def test_who_left_meanwhile_gets_no_key(lost):
    request, key = ask(lost, lost.bo)
    vouch(lost, request, lost.adas, lost.dees)
    lost.do(a.Leave, lost.bo)
    lost.wait(4)
    assert over(lost, request) == "lapse"
    assert not lives(lost, key)


def test_whoever_has_five_keys_and_none_at_hand_gets_one_and_the_light_one_ends_that_was_bound_first(lost):
    """Not the one that was used least: a seal of an answer in a vote is hidden, and whoever replays could not tell."""
    devices = [add(lost, lost.bo, lost.card, "device") for _ in range(4)]
    lost.do(
        a.BindReceiving,
        lost.bo,
        sealed=devices[0],
        recipient="age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh",
    )
    request, key = ask(lost, lost.bo)
    vouch(lost, request, lost.adas, lost.dees)
    lost.wait(3)
    assert lives(lost, key)
    assert [lives(lost, secret) for secret in (lost.card, *devices)] == [True, False, True, True, True]
    assert replay(lost.record).polity.keys == lost.polity.keys


# --- who had light keys only ---


def test_a_first_durable_key_that_no_key_sealed_waits_three_days_and_is_watched(org):
    org.first_key(org.bo, "device")
    request, card = ask(org, org.bo, "card")
    hours(org, 71)
    assert not lives(org, card)
    hours(org, 1)
    found = key_of(org, card)
    assert (over(org, request), found.word, found.weak_until) == ("take", "waited", org.clock + 30 * DAY)
    assert org.refused(a.OnlyWithKeys, org.bo, sealed=card).message == "key-watched"
    org.wait(30)
    org.do(a.OnlyWithKeys, org.bo, sealed=card)
    assert replay(org.record).polity.keys == org.polity.keys


@pytest.mark.parametrize("which", [0, 1])
def test_any_live_key_stops_it(org, which):
    keys = on_word(org, org.bo)
    request, card = ask(org, org.bo, "card")
    stop(org, request, keys[which])
    org.wait(4)
    assert not lives(org, card)


def test_nobody_vouches_where_nobody_has_to(org):
    adas = old_keys(org, org.ada)[0]
    org.first_key(org.bo, "device")
    request, _ = ask(org, org.bo, "card")
    assert cannot_vouch(org, request, org.ada, adas) == "nobody-vouches"


def test_who_got_a_durable_key_meanwhile_has_to_be_vouched_for(org):
    device = org.first_key(org.bo, "device")
    request, theirs = ask(org, org.bo, "card")
    add(org, org.bo, device, "card")
    org.wait(4)
    assert over(org, request) == "lapse"
    assert not lives(org, theirs)


def test_of_two_requests_that_wait_one_is_bound(org):
    org.first_key(org.bo, "device")
    (one, first), (two, second) = ask(org, org.bo, "card"), ask(org, org.bo, "file")
    org.wait(4)
    assert [over(org, one), over(org, two)] == ["take", "lapse"]
    assert [lives(org, first), lives(org, second)] == [True, False]


def test_what_can_be_bound_at_once_is_not_asked_for(org):
    assert cannot_ask(org, org.bo, "card") == "no-need-to-ask"
    org.first_key(org.bo, "device")
    assert cannot_ask(org, org.bo, "device") == "no-need-to-ask"


def test_whose_browser_forgot_five_keys_gets_another_after_the_wait(org):
    keys = [org.first_key(org.bo, "device") for _ in range(5)]
    request, key = ask(org, org.bo, "device")
    org.wait(2)
    assert not lives(org, key)
    org.wait(1)
    assert over(org, request) == "take"
    assert key_of(org, key).weak(org.clock)
    assert [lives(org, secret) for secret in keys] == [True, False, True, True, True]


def test_a_key_for_which_nobody_vouched_ends_none_but_one_on_the_servers_word(org):
    phone = org.first_key(org.bo, "device")
    theirs = [org.first_key(org.bo, "device") for _ in range(4)]
    _, more = ask(org, org.bo, "device")
    org.wait(3)
    assert lives(org, phone)
    assert [lives(org, secret) for secret in (*theirs, more)] == [False, True, True, True, True]
    org.wait(31)
    end(org, theirs[1], phone)
    assert cannot_add(org, org.bo, theirs[2], "card") == "key-of-word"
    assert lives(org, add(org, org.bo, phone, "file"))


def test_where_no_key_on_the_servers_word_makes_room_members_vouch(org):
    phone = org.first_key(org.bo, "device")
    others = [add(org, org.bo, phone, "device") for _ in range(4)]
    adas, dees = old_keys(org, org.ada, org.dee)
    request, key = ask(org, org.bo, "device")
    org.wait(4)
    assert not lives(org, key)
    vouch(org, request, adas, dees)
    org.wait(3)
    assert [lives(org, secret) for secret in (key, phone, *others)] == [True, False, True, True, True, True]


def test_for_who_has_a_durable_key_no_light_one_of_the_servers_word_stops_what_members_vouch_for(org):
    phone, theirs = org.first_key(org.bo, "device"), org.first_key(org.bo, "device")
    add(org, org.bo, phone, "card")
    end(org, phone, phone)
    adas, dees = old_keys(org, org.ada, org.dee)
    request, _ = ask(org, org.bo, "file")
    vouch(org, request, adas, dees)
    found = org.refused(a.StopKey, org.bo, sealed=theirs, **about(org, request))
    assert found.message == "key-of-word"


# --- what a request is ---


def test_two_keys_of_one_person_wait_at_a_time(lost):
    ask(lost, lost.bo)
    ask(lost, lost.bo)
    assert cannot_ask(lost, lost.bo) == "keys-waiting"


def test_a_key_waits_once_and_a_bound_one_not_at_all(lost):
    _, new = lost.drawn_key(lost.bo)
    lost.do(a.AskKey, lost.bo, request=lost.new(), key=new)
    assert lost.refused(a.AskKey, lost.bo, request=lost.new(), key=new).message == "key-known"
    _, device = lost.drawn_key(lost.bo)
    lost.do(a.AddKey, lost.bo, sealed=lost.card, key=device)
    assert lost.refused(a.AskKey, lost.bo, request=lost.new(), key=device).message == "key-known"


def test_a_request_has_an_id_of_its_own(lost):
    _, new = lost.drawn_key(lost.bo)
    for taken in (lost.bo, lost.id, "1" * 26):
        assert lost.refused(a.AskKey, lost.bo, request=taken, key=new).message == "bad-id"
    request, _ = ask(lost, lost.bo)
    assert lost.refused(a.AskKey, lost.bo, request=request, key=new).message == "bad-id"
    found = lost.refused(a.Admit, lost.eve, under=lost.mandate(lost.eve), people=((request, TEXT),), branch=lost.id)
    assert found.message == "bad-id"


def test_who_asks_has_the_keys_secret_and_asks_for_themselves(lost):
    _, new = lost.drawn_key(lost.ada)
    assert lost.refused(a.AskKey, lost.bo, request=lost.new(), key=new).message == "signature-wrong"
    _, new = lost.drawn_key(lost.eve)
    lost.first_key(lost.eve)
    under = {"under": lost.mandate(lost.eve)}
    assert lost.refused(a.AskKey, lost.eve, request=lost.new(), key=new, **under).message == "under-no-office"


def test_what_is_said_of_a_request_is_said_of_one_that_runs_for_this_person(lost):
    request, _ = ask(lost, lost.bo)
    what = vouching(lost, request)
    for wrong in ({"request": lost.new()}, {"person": lost.dee}):
        assert lost.refused(a.VouchKey, lost.ada, sealed=lost.adas, **what | wrong).message == "unknown-key-request"
    stop(lost, request, lost.card)
    assert lost.refused(a.VouchKey, lost.ada, sealed=lost.adas, **what).message == "key-request-over"


@pytest.mark.parametrize("kind", [a.TakeKey, a.LapseKey])
def test_nobody_does_what_time_does(lost, kind):
    request, _ = ask(lost, lost.bo)
    vouch(lost, request, lost.adas, lost.dees)
    for by in (lost.bo, lost.dee, a.TIME):
        assert lost.refused(kind, by, **about(lost, request)).message == "not-due"


def test_a_record_that_held_the_binding_back_is_found_out(lost):
    request, _ = ask(lost, lost.bo)
    vouch(lost, request, lost.adas, lost.dees)
    lost.wait(4)
    lost.do(a.StepBack, lost.people[-1])
    short = [entry for entry in lost.record if b'"kind":"key.take"' not in entry]
    with pytest.raises(Breach, match="key take"):
        replay(short)


def test_a_request_keeps_the_rules_it_began_under():
    org = Organization(20, book=rules(TENANTS, debate_days=3))
    org.first_key(org.bo, "card")
    adas, dees = old_keys(org, org.ada, org.dee)
    motion = org.to_vote(a.ChangeRules(article("2.6", recovery_hours=240, recovery_vouches=5)))
    org.vote(motion, yes=org.voters(motion))
    org.clock = org.polity.motions[motion].deadline - 3600
    request, key = ask(org, org.bo)
    hours(org, 2)
    while org.polity.book["recovery_hours"] != 240:  # what rests on the server's word takes some days more
        org.wait()
    vouch(org, request, adas, dees)
    hours(org, 72)
    assert lives(org, key)


def test_each_step_is_told_in_words(lost):
    request, _ = ask(lost, lost.bo)
    vouch(lost, request, lost.adas, lost.dees)
    lost.wait(3)
    other, _ = ask(lost, lost.bo, "device")
    stop(lost, other, lost.card)
    lost.wait(31)
    ask(lost, lost.bo, "device")
    lost.wait(15)
    names = {lost.bo: "Bo", lost.ada: "Ada", lost.dee: "Dee"}
    kinds = ("key.ask", "key.vouch", "key.take", "key.stop", "key.lapse")
    assert [tell(lost.polity, act, names.get) for act in acts_in(lost) if a.kind_of(act) in kinds] == [
        "Bo asked that a key be bound: a key file.",
        "Ada vouched that it is Bo who asks for a key.",
        "Dee vouched that it is Bo who asks for a key.",
        "The key that Bo asked for is bound.",
        "Bo asked that a key be bound: a device.",
        "Bo stopped a request for a key of theirs.",
        "Bo asked that a key be bound: a device.",
        "The request of Bo for a key lapsed.",
    ]


def test_a_vouch_names_the_key_that_is_asked_for(lost):
    request, _ = ask(lost, lost.bo)
    other, _ = ask(lost, lost.bo)
    mixed = vouching(lost, request) | {"key": vouching(lost, other)["key"]}
    assert lost.refused(a.VouchKey, lost.ada, sealed=lost.adas, **mixed).message == "other-key-asked"
    assert msgspec.structs.asdict(lost.polity.keys.requests[request])["vouchers"] == ()
