"""Numbers of seals at the door."""

import pytest

from frombelow.polity import Refused
from frombelow.polity.members.acts import StepBack

from .test_sealed import key_of, sealed


def test_a_first_seal_with_the_number_nought_is_refused_in_a_sentence(door):
    key, act = key_of(door, door.bo), StepBack(by=door.bo)
    with pytest.raises(Refused) as refused:
        door.perform(act, seal=sealed(door, key, act, n=0))
    assert refused.value.message == "seal-next"
