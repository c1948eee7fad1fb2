"""Whole processes: a crowd, a kill at any point, a second process that hands its acts to the first."""

import os
import subprocess
import sys

import pytest


def test_a_crowd_at_the_door_leaves_exactly_the_entries_that_were_answered(process):
    process("found", 50)
    receipts, distinct, refusals = map(int, process("crowd", 50)[-1].split())
    assert receipts == distinct
    assert receipts + refusals == 200
    assert refusals > 20
    assert int(process("check")[-1]) == 1 + receipts


@pytest.mark.parametrize(
    ("point", "stands"),
    [("judged", False), ("written", False), ("projected", False), ("committed", True), ("copied", True)],
)
def test_killed_at_any_point_no_answered_act_is_lost_and_nothing_is_half_there(process, point, stands):
    process("found")
    assert process("die", point, ends=9) == ["1"]
    assert process("start", 1) == ["3" if stands else "2"]
    assert int(process("check")[-1]) == (4 if stands else 3)


def test_another_process_hands_its_acts_to_the_writer(process):
    process("found")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.door.process", "serve"],
        env={**os.environ, **process.environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        assert server.stdout.readline() == "ready\n"
        assert process("start", 3) == ["1", "2", "3"]
        server.stdin.close()
        assert server.wait(30) == 0
    assert int(process("check")[-1]) == 4
