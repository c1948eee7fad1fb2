"""Elections counted by other programs: droop, dividebatur (the Senate) and OpenSTV (Cambridge), none of them needed
here. Each line of the file says which program it was, and of which commit."""

import json
from pathlib import Path

import pytest

from frombelow.counting import count, profile_of

ELECTIONS = [json.loads(line) for line in (Path(__file__).parents[1] / "vectors/counts.jsonl").read_text().splitlines()]
PROGRAMS = sorted({each["program"] for each in ELECTIONS})


@pytest.mark.parametrize("program", PROGRAMS)
def test_winners_are_those_of_other_programs(program):
    for each in ELECTIONS:
        if each["program"] != program:
            continue
        names = [f"Candidate {number}" for number in range(each["candidates"])]
        ballots = [(weight, [number - 1 for number in ranking]) for weight, ranking in each["ballots"]]
        found = count(each["rule"], profile_of(names, ballots), each["seats"], **each["options"])
        assert sorted(winner + 1 for winner in found.winners) == each["winners"]
        for ours, theirs in zip(found.rounds, each.get("stages", ()), strict=False):
            quota = found.rounds[0].quota  # OpenSTV shows no more than the quota of whoever is elected
            assert [min(votes, quota) for votes in ours.votes] == [min(votes, quota) for votes in theirs]


def test_there_are_elections_of_each_program():
    assert len(PROGRAMS) == 7
    assert len(ELECTIONS) > 150
