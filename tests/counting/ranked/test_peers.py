"""Agreement with pref_voting (Holliday and Pacuit) on thousands of random profiles: its winners are all who can win."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.counting.families_ranked import RULES_RANKED
from frombelow.counting.ranked.pairwise import duels

from .drawn import ours, rows_drawn

pytest.importorskip("pref_voting")
from pref_voting import c1_methods, iterative_methods, margin_based_methods, scoring_methods
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies

pytestmark = pytest.mark.filterwarnings("ignore")
RULES = {each.name: each for each in RULES_RANKED}
EACH, BATCHES = 50, 40  # profiles in a batch, batches: 2,000 profiles in each test
MANY = settings(max_examples=BATCHES)
STRICT = {
    "schulze": margin_based_methods.beat_path,
    "copeland": c1_methods.copeland,
    "minimax": margin_based_methods.minimax,
    "benham": iterative_methods.benham_put,
    "tideman-alternative": iterative_methods.tideman_alternative_smith_put,
    "borda": lambda theirs: by_support(theirs),
    "plurality": scoring_methods.plurality,
}


def winner(rule, profile, **options):
    return RULES[rule].count(profile, seed="s", **options).winners[0]


@MANY
@given(st.integers(0, 2**32).map(Random))
def test_on_complete_rankings_every_rule_elects_one_of_theirs(random):
    for _ in range(EACH):
        size, rows = rows_drawn(random)
        profile = ours(size, rows)
        theirs = Profile([[rank[0] for rank in ranking] for _, ranking in rows], [weight for weight, _ in rows])
        for rule, method in STRICT.items():
            best = [int(each) for each in method(theirs)]
            found = RULES[rule].count(profile, ties=("seed",), seed="s")
            assert found.winners[0] in best, (rule, rows)
            if rule in ("schulze", "copeland", "minimax", "borda", "plurality"):
                assert found.details["order"][0] == best, (rule, rows)
        if few_equal(duels(profile)):
            assert winner("ranked-pairs", profile) in margin_based_methods.ranked_pairs(theirs), rows


@MANY
@given(st.integers(0, 2**32).map(Random))
def test_on_truncated_rankings_with_equals_too(random):
    for _ in range(EACH):
        size, rows = rows_drawn(random, ties=True)
        profile = ours(size, rows)
        maps = [{each: at for at, rank in enumerate(ranking, 1) for each in rank} for _, ranking in rows]
        theirs = ProfileWithTies(maps, [weight for weight, _ in rows], candidates=list(range(size)))
        theirs.use_extended_strict_preference()
        for rule, method in (("schulze", margin_based_methods.beat_path), ("minimax", margin_based_methods.minimax)):
            found = RULES[rule].count(profile, seed="s", strength="margins")
            assert found.details["order"][0] == sorted(method(theirs)), (rule, rows)
        by_votes = RULES["minimax"].count(profile, seed="s")
        assert by_votes.details["order"][0] == sorted(margin_based_methods.minimax_support(theirs)), rows
        copeland = RULES["copeland"].count(profile, seed="s")
        assert copeland.details["order"][0] == sorted(c1_methods.copeland(theirs)), rows
        points = scoring_methods.symmetric_borda_scores(theirs)
        borda = RULES["borda"].count(profile, seed="s")
        assert [2 * each - profile.valid * (size - 1) for each in borda.rounds[0].votes] == list(points.values()), rows
        if few_equal(duels(profile)):
            assert winner("ranked-pairs", profile) in margin_based_methods.ranked_pairs(theirs), rows


def by_support(theirs):
    """Borda's winners from pref_voting's supports: on complete rankings they add up to the points."""
    points = [sum(theirs.support(a, b) for b in theirs.candidates if a != b) for a in theirs.candidates]
    return [each for each in theirs.candidates if points[each] == max(points)]


def few_equal(found):
    """pref_voting tries every order of equal duels; at most so many as end in our time."""
    margins = [int(each) for row in found.margins for each in row if each > 0]
    drawn = int((found.margins == 0).sum()) - len(found.standing)
    return drawn <= 2 and all(margins.count(each) <= 3 for each in margins)
