"""Somebody else's program, written by the page on formats alone, comes to the same; and so did this one before."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.keys import check_signature
from frombelow.lots.draws import (
    Answer,
    answered,
    closing_hash,
    list_hash,
    read_draw,
    root_of,
    specification_hash,
    verify,
    write_draw,
)
from frombelow.lots.draws.drawing import first_seed_of
from frombelow.lots.draws.hashing import below, ordered

from .made import by_beacon, by_dice, by_order

VECTORS = Path(__file__).parents[2] / "vectors" / "lots"
FILES = sorted(VECTORS.glob("*.json"))
WITH_NODE = [pytest.mark.checker, pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")]


def with_node(test):
    for mark in WITH_NODE:
        test = mark(test)
    return test


def again(path):
    """What the other program says of the file."""
    said = subprocess.run(["node", VECTORS / "again.mjs", path], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(said.stdout)


def ours(draw):
    fixed = specification_hash(draw.specification)
    return {
        "specification": fixed.hex(), "list": list_hash(draw.list).hex(), "closing": closing_hash(draw.closing).hex(),
        "root": root_of(draw.pool), "seed": draw.seed, "panel": list(draw.panel), "reserves": list(draw.reserves),
        "turns": ordered("turn", first_seed_of(fixed, draw.first), range(len(draw.pool))),
    }  # fmt: skip


def with_answers(draw, people):
    """The draw after so many people declined, some of whom came in for others."""
    for place in people:
        if draw.panel:
            one = Answer(person=draw.panel[place % len(draw.panel)], answer="declined", reason=None)
            draw = answered(draw, one, check_signature)
    return draw


@with_node
@pytest.mark.parametrize("draw", [by_beacon, by_dice, by_order])
@pytest.mark.parametrize("people", [(), (0,), (3, 3, 1), (0, 0, 0, 0, 1, 1, 2, 3)])
def test_another_program_draws_the_same_panel(draw, people, tmp_path):
    drawn = with_answers(draw(), people)
    (tmp_path / "draw.json").write_bytes(write_draw(drawn))
    assert again(tmp_path / "draw.json") == ours(drawn)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_drawn_once_is_drawn_again_with_every_python(path):
    draw = read_draw(path.read_bytes())
    found = verify(draw, check_signature)
    assert (found.seed.hex(), found.panel, found.reserves) == (draw.seed, draw.panel, draw.reserves)
    assert ours(draw) == json.loads((VECTORS / "follows" / path.name).read_text())


@with_node
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_another_program_draws_again_what_was_drawn_once(path):
    assert again(path) == json.loads((VECTORS / "follows" / path.name).read_text())


def test_there_are_draws_from_before_to_compare_with():
    assert {path.stem for path in FILES} == {"by-beacon", "by-dice", "by-order"}


@given(st.binary(min_size=32, max_size=32), st.integers(1, 2**40))
def test_law_a_number_is_below_what_it_is_to_be_below(seed, many):
    assert 0 <= below(seed, many) < many


def test_a_number_that_would_favour_some_is_thrown_away():
    many = 2**255 + 1  # nearly half of what is drawn is beyond the last whole part
    numbers = [below(place.to_bytes(32, "big"), many) for place in range(200)]
    assert all(number < many for number in numbers)
    assert 60 < sum(number < many // 2 for number in numbers) < 140
