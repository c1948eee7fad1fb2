"""What the beacon said is told from everything else, without asking anybody."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.lots.draws import QUICKNET, Drand, DrawError, Round, check_round, round_after, time_of

from .made import ROUNDS, said


@pytest.mark.parametrize("number", ROUNDS)
def test_what_the_beacon_said_in_a_round_holds(number):
    check_round(Drand(chain=QUICKNET.hash, round=number), said(number), "second")


def test_the_randomness_of_a_round_is_what_others_tell():
    told = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
    assert sha256(bytes.fromhex(ROUNDS[1000])).hexdigest() == told


@given(st.sampled_from(sorted(ROUNDS)), st.integers(0, 8 * 48 - 1))
def test_law_a_signature_of_which_a_bit_was_changed_is_refused(number, bit):
    changed = (int(ROUNDS[number], 16) ^ (1 << bit)).to_bytes(48, "big").hex()
    with pytest.raises(DrawError, match="its signature does not hold"):
        check_round(
            Drand(chain=QUICKNET.hash, round=number),
            Round(chain=QUICKNET.hash, round=number, signature=changed),
            "second",
        )


@pytest.mark.parametrize(
    "signature", ["c0" + "00" * 47, "ff" * 48, "00" * 48, "a0" + "00" * 47, "80" + "00" * 46 + "04"]
)
def test_a_point_that_signs_nothing_is_no_signature(signature):
    with pytest.raises(DrawError, match="its signature does not hold"):
        check_round(
            Drand(chain=QUICKNET.hash, round=1000),
            Round(chain=QUICKNET.hash, round=1000, signature=signature),
            "second",
        )


def test_another_round_than_the_one_that_was_fixed_is_refused():
    with pytest.raises(DrawError, match="this is round 1001, and round 1000 was fixed"):
        check_round(Drand(chain=QUICKNET.hash, round=1000), said(1001), "second")


def test_what_the_beacon_said_in_another_round_is_not_what_it_said_in_this():
    with pytest.raises(DrawError, match="not what the beacon said in round 1000"):
        check_round(
            Drand(chain=QUICKNET.hash, round=1000),
            Round(chain=QUICKNET.hash, round=1000, signature=ROUNDS[1001]),
            "second",
        )


def test_another_chain_is_refused():
    other = "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"
    with pytest.raises(DrawError, match="the beacon of another chain"):
        check_round(
            Drand(chain=QUICKNET.hash, round=1000), Round(chain=other, round=1000, signature=ROUNDS[1000]), "second"
        )
    with pytest.raises(DrawError, match="none whose key is known here"):
        check_round(Drand(chain=other, round=1000), Round(chain=other, round=1000, signature=ROUNDS[1000]), "second")


@given(st.integers(0, 2**40))
def test_law_the_round_after_a_second_is_the_first_that_nobody_knows_in_it(moment):
    number = round_after(moment)
    assert time_of(number) > moment
    assert number == 1 or time_of(number - 1) <= moment
