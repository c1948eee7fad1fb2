"""A ballot key is bound by who knows its secret, for one person of one organization, and is a point of the group."""

from hashlib import sha512

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import bindings

from frombelow.keys import KeyFault, to_bytes, to_text
from frombelow.keys.ballot_keys import BallotKey, check_ballot_key
from frombelow.keys.ed25519 import ORDER
from frombelow.keys.signed import ballot_bytes

G = bindings.crypto_scalarmult_ed25519_base_noclamp((1).to_bytes(32, "little"))
ADA = BallotKey.from_seed(sha512(b"ada").digest(), b"drawn by ada")
BO = BallotKey.from_seed(sha512(b"bo").digest(), b"drawn by bo")
PROOF = ADA.prove("union.example", "ada")
ORDER_8 = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")


def refused(key, proof=PROOF, origin="union.example", person="ada"):
    with pytest.raises(KeyFault) as told:
        check_ballot_key(origin, person, key, proof)
    assert str(told.value).endswith(".")
    return told.value.message


def put(proof, at, number):
    raw = bytearray(to_bytes(proof))
    raw[at : at + 32] = number.to_bytes(32, "little")
    return to_text(bytes(raw))


@given(st.binary(min_size=64, max_size=64).filter(lambda seed: int.from_bytes(seed, "little") % ORDER))
def test_who_knows_the_secret_can_bind_the_key(seed):
    key = BallotKey.from_seed(seed, b"drawn")
    check_ballot_key("union.example", "ada", key.public, key.prove("union.example", "ada"))


def test_the_public_key_is_the_base_point_times_the_secret():
    seed = (5 + 7 * ORDER).to_bytes(64, "little")
    five = G
    for _ in range(4):
        five = bindings.crypto_core_ed25519_add(five, G)
    assert to_bytes(BallotKey.from_seed(seed, b"").public) == five


@pytest.mark.parametrize("seed", [bytes(64), ORDER.to_bytes(64, "little"), (3 * ORDER).to_bytes(64, "little")])
def test_nought_is_no_ballot_key(seed):
    with pytest.raises(ValueError, match="make no ballot key"):
        BallotKey.from_seed(seed, b"")


@pytest.mark.parametrize("length", [0, 32, 63, 65])
def test_nothing_but_64_bytes_makes_a_ballot_key(length):
    with pytest.raises(ValueError, match=f"not {length}"):
        BallotKey.from_seed(b"\1" * length, b"")


def test_a_proof_of_another_person_or_organization_does_not_bind():
    assert refused(ADA.public, person="bo") == "ballot-proof-wrong"
    assert refused(ADA.public, origin="tenants.example") == "ballot-proof-wrong"


def test_nobody_binds_the_key_of_another():
    assert refused(ADA.public, BO.prove("union.example", "ada")) == "ballot-proof-wrong"
    assert refused(BO.public) == "ballot-proof-wrong"


def test_nobody_binds_a_sum_with_the_key_of_another_in_it():
    rogue = bindings.crypto_core_ed25519_sub(to_bytes(BO.public), to_bytes(ADA.public))
    assert refused(to_text(rogue), BO.prove("union.example", "ada")) == "ballot-proof-wrong"


def test_a_proof_with_one_bit_changed_does_not_bind():
    raw = to_bytes(PROOF)
    for bit in range(0, 512, 7):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        assert refused(ADA.public, to_text(bytes(changed))) in {"ballot-proof-wrong", "ballot-proof-range"}


@pytest.mark.parametrize("number", [0, ORDER, ORDER + 1, 2**256 - 1])
@pytest.mark.parametrize("at", [0, 32])
def test_a_number_of_a_proof_lies_between_nought_and_the_order(number, at):
    assert refused(ADA.public, put(PROOF, at, number)) == "ballot-proof-range"


def test_a_proof_has_no_second_spelling():
    raw = to_bytes(PROOF)
    response = int.from_bytes(raw[32:], "little")
    assert refused(ADA.public, put(PROOF, 32, response + ORDER)) == "ballot-proof-range"
    assert refused(ADA.public, PROOF + "==") == "ballot-proof-spelling"
    assert refused(ADA.public, to_text(raw[:63])) == "ballot-proof-spelling"
    assert refused(ADA.public, to_text(raw + b"\0")) == "ballot-proof-spelling"
    assert refused(ADA.public, "") == "ballot-proof-spelling"


def test_a_point_with_a_part_of_small_order_is_no_ballot_key():
    mixed = bindings.crypto_core_ed25519_add(to_bytes(ADA.public), ORDER_8)
    about = ballot_bytes("union.example", "ada", to_text(mixed))
    for n in range(64):  # who knows m makes a proof that holds for one of eight challenges, if the group is not asked
        once = bindings.crypto_core_ed25519_scalar_reduce(sha512(bytes([n])).digest())
        commitment = bindings.crypto_scalarmult_ed25519_base_noclamp(once)
        challenge = bindings.crypto_core_ed25519_scalar_reduce(
            sha512(about + b"\n" + to_text(commitment).encode()).digest()
        )
        response = bindings.crypto_core_ed25519_scalar_add(
            once, bindings.crypto_core_ed25519_scalar_mul(challenge, ADA._secret)
        )
        assert refused(to_text(mixed), to_text(challenge + response)) == "ballot-key-group"


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "key-length"),
        ("A", "key-spelling"),
        (ADA.public + "=", "key-spelling"),
        (to_text(to_bytes(ADA.public)[:31]), "key-length"),
        (to_text((1).to_bytes(32, "little")), "key-weak"),
        (to_text(bytes(32)), "key-weak"),
        (to_text(ORDER_8), "key-weak"),
        (to_text((2**255 - 19 + 3).to_bytes(32, "little")), "key-encoding"),
        (to_text((2).to_bytes(32, "little")), "key-off-curve"),
    ],
)
def test_what_is_no_point_of_the_group_is_no_ballot_key(key, why):
    assert refused(key) == why


def test_a_proof_does_not_hang_on_luck_and_two_of_them_share_no_number():
    assert ADA.prove("union.example", "ada") == PROOF
    others = [ADA.prove("union.example", "bo"), ADA.prove("tenants.example", "ada"), BO.prove("union.example", "ada")]
    assert len({each[:43] for each in (PROOF, *others)}) == 4


def test_a_line_break_in_a_name_makes_no_proof_about_somebody_else():
    with pytest.raises(ValueError, match="no line break"):
        ADA.prove("union.example\nada", "bo")
