"""A round in the JSON that drand's servers publish."""

import json

import pytest

from frombelow.lots.draws import QUICKNET, read_published

SIGNATURE = "b4" * 48


def test_a_round_of_quicknet_is_read_and_what_else_stands_there_is_not():
    told = read_published(json.dumps({"round": 7, "randomness": "ab", "signature": SIGNATURE, "more": [1]}))
    assert (told.round, told.signature, told.chain) == (7, SIGNATURE, QUICKNET.hash)


@pytest.mark.parametrize(
    "more", [{"previous_signature": SIGNATURE}, {"signature": SIGNATURE * 2}, {"chain_hash": "ab" * 32}]
)
def test_what_only_another_chain_publishes_is_not_taken_for_quicknet_s(more):
    assert read_published(json.dumps({"round": 7, "signature": SIGNATURE} | more)).chain != QUICKNET.hash


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"round": "7", "signature": ""}', "[" * 100_000, b"\xff"])
def test_what_is_no_round_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_published(text)
