"""Seals: which stand, and every way in which one can be wrong."""

import msgspec
import pytest
from msgspec import UNSET

from frombelow.keys import to_bytes, to_text
from frombelow.polity import Refused, decode, replay
from frombelow.polity.keys.making import id_of
from tests import acts as a
from tests.cast import DAY, Organization, breach

from .hiding import votes_in, without


@pytest.fixture
def org():
    return Organization(more=6)


def refused(org, act, seal):
    """Why it was not taken in; nothing changed."""
    before = len(org.record)
    with pytest.raises(Refused) as caught:
        org.hand_in(act, seal)
    assert len(org.record) == before
    assert caught.value.article in org.polity.book.articles
    return caught.value.message


def test_a_sealed_act_stands_and_is_replayed(org):
    key = org.first_key(org.bo)
    entry = org.do(a.StepBack, org.bo, sealed=key)
    assert entry.seal.key == id_of(key)
    assert replay(org.record).polity.keys == org.polity.keys


def test_each_seal_of_a_key_is_the_one_after_its_last(org):
    key = org.first_key(org.bo)
    org.do(a.StepBack, org.bo, sealed=key)
    act = a.Return(by=org.bo)
    assert refused(org, act, org.seal(key, act, n=1)) == "seal-next"  # again
    assert refused(org, act, org.seal(key, act, n=3)) == "seal-next"  # one was left out
    org.hand_in(act, org.seal(key, act, n=2))


def test_what_was_held_back_for_a_day_is_not_entered(org):
    key, act = org.first_key(org.bo), a.Leave(by=org.bo)
    seal = org.seal(key, act)
    org.clock += DAY
    assert refused(org, act, seal) == "seal-late"


def test_a_device_a_year_ahead_or_behind_is_told_so(org):
    key, act = org.first_key(org.bo), a.StepBack(by=org.bo)
    assert refused(org, act, org.seal(key, act, until=org.now + 365 * DAY)) == "seal-early"
    assert refused(org, act, org.seal(key, act, until=org.now - 365 * DAY)) == "seal-late"
    assert "clock" in Refused("0.0", "seal-early", until=org.now).sentence()
    assert "clock" in Refused("0.0", "seal-late", until=org.now).sentence()
    org.hand_in(act, org.seal(key, act, until=org.now + DAY))


def test_an_anchor_ahead_backwards_or_of_another_record_is_refused(org):
    key, act = org.first_key(org.bo), a.StepBack(by=org.bo)
    assert refused(org, act, org.seal(key, act, size=org.polity.size + 1, root=bytes(32))) == "anchor-ahead"
    assert refused(org, act, org.seal(key, act, size=org.polity.size - 1)) == "anchor-behind"  # before it was bound
    assert refused(org, act, org.seal(key, act, root=bytes(range(32)))) == "anchor-other"
    org.hand_in(act, org.seal(key, act))
    org.do(a.StepBack, org.ada)
    back = a.Return(by=org.bo)
    assert refused(org, back, org.seal(key, back, size=org.polity.size - 3)) == "anchor-behind"
    org.hand_in(back, org.seal(key, back, size=org.polity.size - 2))  # what it covered last, and no more


def test_a_seal_is_under_this_act_of_this_organization_alone(org):
    key, act = org.first_key(org.bo), a.StepBack(by=org.bo)
    assert refused(org, a.Leave(by=org.bo), org.seal(key, act)) == "signature-wrong"
    assert refused(org, act, org.seal(key, act, origin="other.example/record")) == "signature-wrong"
    for field, value in {"n": 1, "until": org.now + 5, "size": org.polity.size}.items():
        wrong = msgspec.structs.replace(org.seal(key, act, until=org.now + 6), **{field: value})
        found = refused(org, act, wrong) if field == "until" else None
        assert found in (None, "signature-wrong")


def test_the_key_of_another_person_seals_nothing_of_mine(org):
    key, act = org.first_key(org.bo), a.StepBack(by=org.ada)
    assert refused(org, act, org.seal(key, act)) == "seal-of-another"
    org.first_key(org.ada)
    assert refused(org, act, org.seal(key, act)) == "seal-of-another"


def test_time_and_the_server_have_no_keys(org):
    key = org.first_key(org.bo)
    act = a.Start(by=a.SERVER, version="1")
    assert refused(org, act, org.seal(key, act)) == "seal-of-another"


def test_a_bound_member_does_nothing_without_a_seal(org):
    key = org.first_key(org.bo)
    org.do(a.StepBack, org.bo)  # light or not, it stands until they say otherwise
    assert org.polity.keys.holders[org.bo].unsealed == 1
    org.do(a.OnlyWithKeys, org.bo, sealed=key)
    assert org.refused(a.Return, org.bo).message == "seal-needed"
    org.do(a.Return, org.bo, sealed=key)


def test_a_passkey_seals_at_the_hosts_of_the_organization_alone(org):
    org.do(a.SetHosts, org.dee, under=org.mandate(org.dee), hosts=("tenants.example",))
    key = org.first_key(org.bo, "passkey")
    org.do(a.StepBack, org.bo, sealed=key)
    evil, new = org.drawn_key(org.ada, "passkey", host="evil.example")
    assert org.refused(a.BindKey, org.ada, key=new).message == "client-host"
    act = a.Return(by=org.bo)
    assert refused(org, act, org.seal(key, act, n=1)) == "seal-next"
    seal = org.seal(key, act)
    bare = msgspec.structs.replace(seal, client=msgspec.UNSET, authenticator=msgspec.UNSET)
    assert refused(org, act, bare).startswith("client-")
    assert evil.host == "evil.example"


@pytest.mark.parametrize("algorithm", ["p256", "ed25519", "rs256"])
def test_a_passkey_of_each_algorithm_seals_within_its_bytes(org, algorithm):
    org.do(a.SetHosts, org.dee, under=org.mandate(org.dee), hosts=("tenants.example",))
    key = org.first_key(org.bo, "passkey", algorithm)
    org.do(a.StepBack, org.bo, sealed=key)
    org.do(a.StepBack, org.ada)
    more = len(org.record[-2]) - len(org.record[-1])
    assert more <= (800 if algorithm == "rs256" else 520)


@pytest.mark.parametrize("algorithm", ["p256", "ed25519"])
def test_the_seal_of_a_device_has_260_bytes_at_most(org, algorithm):
    key = org.first_key(org.bo, "device", algorithm)
    org.do(a.StepBack, org.bo, sealed=key)
    org.do(a.StepBack, org.ada)
    assert len(org.record[-2]) - len(org.record[-1]) <= 260


def test_another_encoding_of_a_signature_is_refused(org):
    key, act = org.first_key(org.bo, "device", "p256"), a.StepBack(by=org.bo)
    seal = org.seal(key, act)
    r, s = to_bytes(seal.signature)[:32], int.from_bytes(to_bytes(seal.signature)[32:])
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    high = to_text(r + (order - s).to_bytes(32))
    assert refused(org, act, msgspec.structs.replace(seal, signature=high)) == "signature-high"
    org.hand_in(act, seal)


def test_an_officer_seals_from_the_day_on_that_the_rules_name(org):
    org.do(a.SetHosts, org.dee, under=org.mandate(org.dee), hosts=("tenants.example",))
    people = ((org.new(), a_mark()),)
    office = {"under": org.mandate(org.eve), "people": people, "branch": org.id}
    org.do(a.Admit, org.eve, **office)
    key = org.first_key(org.eve)
    org.wait(15)
    assert (
        org.refused(a.Admit, org.eve, **office | {"people": ((org.new(), a_mark()),)}).message == "seal-needed-office"
    )
    org.do(a.Admit, org.eve, sealed=key, **office | {"people": ((org.new(), a_mark()),)})
    org.do(a.StepBack, org.eve)  # what is a member's own needs none


def test_no_number_of_a_seal_that_can_be_read_tells_who_answered_in_an_open_vote_and_how_often():
    org = Organization(more=6)
    key = org.first_key(org.bo)
    motion = org.to_vote()
    for choice in ("yes", "no"):
        org.do(a.CastVote, org.bo, sealed=key, poll=motion, choice=choice, nonce=org.new())
    org.do(a.StepBack, org.bo, sealed=key)
    unseen = set(votes_in(org.polity, org.record))
    seals = [decode(data).seal for n, data in enumerate(org.record) if n not in unseen]
    assert [seal.n for seal in seals if seal is not UNSET] == [1]
    found = replay(without(org.record, votes_in(org.polity, org.record)))
    assert found.unread.entries == 2
    assert found.polity.keys.keys[id_of(key)].n == 1


def test_of_the_sealed_answers_in_a_vote_none_is_left_out_of_the_middle():
    org = Organization(more=6)
    key = org.first_key(org.bo)
    motion = org.to_vote()
    for choice in ("yes", "no", "abstain"):
        org.do(a.CastVote, org.bo, sealed=key, poll=motion, choice=choice, nonce=org.new())
    assert "this key’s next seal is number 2; this one is number 3" in breach(org.record[:-2] + org.record[-1:]).why


def a_mark():
    return "A" * 43
