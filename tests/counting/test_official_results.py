"""Scottish council elections whose official results are known; the ballots stay outside the project."""

import gzip
import json
from fractions import Fraction
from zipfile import ZipFile

import pytest

from frombelow.counting import count, read

from .cast import OFFICIAL

pytestmark = [
    pytest.mark.may_skip,
    pytest.mark.skipif(not (OFFICIAL / "elections.zip").exists(), reason=f"no official elections in {OFFICIAL}"),
]
TOLERANCE = Fraction(1, 100)


@pytest.fixture(scope="module")
def official():
    return json.loads(gzip.decompress((OFFICIAL / "expected.json.gz").read_bytes()))


@pytest.fixture(scope="module")
def counts(official):
    with ZipFile(OFFICIAL / "elections.zip") as archive:
        profiles = {each: read(archive.read(f"blt/{each}.blt"), each, ".blt") for each in official}
    return {each: count("scottish", profile) for each, profile in profiles.items()}


def test_all_official_winners_are_found(official, counts):
    known = {each: set(facts["winners"]) for each, facts in official.items() if facts["winners"] is not None}
    wrong = [each for each, winners in known.items() if set(counts[each].winners) != winners]
    assert wrong == []
    assert len(known) == 272


def test_all_official_stage_tables_are_found(official, counts):
    tables = {each: facts for each, facts in official.items() if facts["stage_totals"] is not None}
    wrong = [each for each, facts in tables.items() if not facts["errata"] and not agrees(facts, counts[each])]
    assert wrong == []
    assert len(tables) == 259


def agrees(facts, counted):
    printed, ours = facts["stage_totals"], [each.votes for each in counted.rounds]
    return len(printed) == len(ours) and all(
        cell is None or abs(Fraction(cell) - votes) <= TOLERANCE
        for row, mine in zip(printed, ours, strict=True)
        for cell, votes in zip(row, mine, strict=True)
    )


def test_no_official_election_needs_a_lot(official, counts):
    assert not [each for each, counted in counts.items() if any(tie.how == "lot" for tie in counted.ties)]


def test_candidates_reach_their_fate_at_the_official_stage(official, counts):
    wrong = []
    for each, facts in official.items():
        if facts["stage_totals"] is None or facts["errata"]:
            continue
        for number, ours in enumerate(counts[each].rounds, 1):
            wrong += [each for who in ours.elected if facts["at_stage"][who] != number]
    assert wrong == []
