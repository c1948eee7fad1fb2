"""Answers count apart by what they stand on, and together they are the whole."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from frombelow.counting.thresholds import Outcome, Tally
from frombelow.polity import Stage, decode, encode, replay
from frombelow.polity.kernel.words import tell
from frombelow.polity.rulebook.book import read_rulebook
from frombelow.polity.votes.counting import count, hangs_on, result
from frombelow.polity.votes.state import Electorate, Figures, Poll
from tests import acts as a
from tests.cast import Organization, breach, rules

from .resting import PLAIN, bound_key, closing, sealed
from .strategies import PLANS, Random

few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def org():
    return Organization(more=8, book=PLAIN)


# --- figures apart ---


def test_answers_count_apart_by_what_they_stand_on(org):
    first, second, *others = org.people[4:]
    only, light = bound_key(org, first), org.first_key(second, "device")
    motion = org.to_vote()
    sealed(org, first, motion, "yes", only)
    sealed(org, second, motion, "no", light)
    org.vote(motion, yes=others[:2], abstain=[others[2]])
    org.close(motion)
    said = closing(org, motion)
    assert (said.yes, said.no, said.abstain) == (3, 1, 1)
    assert (said.bound, said.known, said.paper) == ((1, 0, 0), (0, 1, 0), UNSET)
    assert replay(org.record).polity.motions[motion].poll.bound == (1, 0, 0, 0)


def test_the_record_tells_what_the_answers_stand_on(org):
    first, second, *others = org.people[4:]
    only, light = bound_key(org, first), org.first_key(second, "device")
    motion = org.to_vote()
    sealed(org, first, motion, "yes", only)
    sealed(org, second, motion, "yes", light)
    org.vote(motion, yes=others[:2], no=others[2:3])
    org.close(motion)
    told = tell(org.polity, closing(org, motion))
    assert "4 yes: 2 sealed, 2 on the server’s word; 1 no: 0 sealed, 1 on the server’s word; 0 abstained: " in told
    assert "; sealed by members who act only with their keys: 1 yes, 0 no, 0 abstained" in told


def test_where_all_is_on_the_servers_word_the_entry_says_nothing_of_it(org):
    motion = org.to_vote()
    org.vote(motion, yes=org.people[4:7])
    org.close(motion)
    (closed,) = [data for data in org.record if b'"vote.close"' in data]
    assert b"bound" not in closed
    assert b"known" not in closed
    assert b"rests" not in closed
    assert "server’s word" not in tell(org.polity, decode(closed).act)


def test_a_key_that_came_while_the_vote_was_open_is_worth_no_more_than_the_servers_word(org):
    person = org.people[4]
    motion = org.to_vote()
    sealed(org, person, motion, "yes", bound_key(org, person))
    org.close(motion)
    assert (closing(org, motion).bound, closing(org, motion).known) == (UNSET, UNSET)


def test_a_key_on_the_servers_word_seals_an_answer_on_the_servers_word(org):
    person = org.people[4]
    org.first_key(person, "device")
    again = org.first_key(person, "device")  # the server says so, of somebody who had a key already
    motion = org.to_vote()
    assert org.polity.keys.holders[person].keys[1].weak(org.now)
    sealed(org, person, motion, "yes", again)
    org.close(motion)
    assert closing(org, motion).known is UNSET


def test_who_said_only_with_my_keys_while_the_vote_was_open_counts_as_the_known_keys_do(org):
    person = org.people[4]
    key = org.first_key(person)
    motion = org.to_vote()
    org.do(a.OnlyWithKeys, person, sealed=key)
    sealed(org, person, motion, "yes", key)
    org.close(motion)
    assert (closing(org, motion).bound, closing(org, motion).known) == (UNSET, (1, 0, 0))


def test_an_answer_that_is_changed_is_counted_once_on_what_it_stands_now(org):
    person = org.people[4]
    key = org.first_key(person, "device")
    motion = org.to_vote()
    org.cast(person, motion, "yes")
    poll = org.polity.motions[motion].poll
    assert (poll.yes, poll.known, poll.rest) == (1, Figures(), Figures(yes=1))
    sealed(org, person, motion, "no", key)
    assert (poll.yes, poll.no, poll.known, poll.rest) == (0, 1, Figures(no=1), Figures())
    sealed(org, person, motion, "abstain", key)
    assert (poll.no, poll.known) == (0, Figures(abstain=1))
    org.cast(person, motion, "yes")  # a light key keeps nobody from answering without it; it counts as what it is
    assert (poll.yes, poll.abstain, poll.known, poll.rest) == (1, 0, Figures(), Figures(yes=1))


@pytest.mark.parametrize("field", ["bound", "known", "paper", "rests"])
def test_a_closing_with_other_figures_apart_is_a_breach(org, field):
    key = bound_key(org, org.people[4])
    motion = org.to_vote()
    sealed(org, org.people[4], motion, "yes", key)
    org.vote(motion, yes=org.people[5:7])
    org.close(motion)
    index = next(n for n, data in enumerate(org.record) if b'"vote.close"' in data)
    entry = decode(org.record[index])
    lie = UNSET if field == "bound" else (1, 0, 0) if field != "rests" else org.now
    changed = {name: getattr(entry.act, name) for name in entry.act.__struct_fields__} | {field: lie}
    lied = [*org.record[:index], encode(a.stamp(a.CloseVote(**changed), entry.at)), *org.record[index + 1 :]]
    assert breach(lied).index == index


KEY, PAPERS = 1, 2


@few
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["yes", "no", "abstain"]), st.sampled_from([0, KEY, PAPERS])),
        max_size=20,
    ),
    st.booleans(),
)
def test_the_parts_are_the_whole(answers, counted):
    """However often answers are changed, and on whatever they stand, who had stepped back among them."""
    org = Organization(more=8, book=rules(PLAIN, stepped_back_in_quorum=str(counted).lower()))
    only, known, away, resting_away, late, none = people = org.people[4:10]
    keys = {only: bound_key(org, only), known: org.first_key(known), away: org.first_key(away, "device")}
    officers = {person: org.first_key(person) for person in (org.ada, org.eve)}
    org.wait(8)
    for person in (away, resting_away):
        org.do(a.StepBack, person)
    motion = org.to_vote()
    poll = org.polity.motions[motion].poll
    keys[late] = org.first_key(late)
    last, themselves = {}, set()
    for n, choice, how in answers:
        person = people[n]
        if how == PAPERS:
            if person in themselves or last.get(person) == (choice, "paper"):
                continue
            for officer, key in officers.items():
                paper = {"poll": motion, "person": person, "choice": choice, "nonce": org.new()}
                org.do(a.PaperVote, officer, under=org.mandate(officer), sealed=key, **paper)
            last[person] = (choice, "paper")
            continue
        themselves.add(person)
        if person == only or (how == KEY and person in keys):
            sealed(org, person, motion, choice, keys[person])
            last[person] = (choice, {only: "bound", late: ""}.get(person, "known"))
        else:
            org.cast(person, motion, choice)
            last[person] = (choice, "")
        for part in ("bound", "known", "paper"):
            said = [choice for choice, on in last.values() if on == part]
            assert getattr(poll, part).answers == tuple(map(said.count, ("yes", "no", "abstain")))
        parts = [poll.bound, poll.known, poll.paper, poll.rest]
        assert [sum(column) for column in zip(*parts, strict=True)] == [poll.yes, poll.no, poll.abstain, poll.away_cast]
        assert min(min(part) for part in parts) >= 0
    assert poll.away_cast == (0 if counted else len({*last} & {away, resting_away}))
    assert none not in poll.parts or last[none][1] == "paper"
    assert replay(org.record).polity.motions[motion].poll == poll


# --- what could be otherwise ---

QUORUMS = ['{ yes_of_eligible = "10%" }', '{ participating = "40%", knowingly = true }', '{ yes_root = "1" }',
           '{ participating = "50%", yes_of_eligible = "20%", knowingly = true }']  # fmt: skip
MAJORITIES = ["simple", "absolute of cast", "two thirds of eligible", "two thirds"]


@settings(max_examples=300, deadline=None)
@given(st.tuples(*[st.integers(0, 5)] * 3), st.tuples(*[st.integers(0, 3)] * 3), st.integers(0, 9), st.integers(0, 8),
       st.sampled_from(QUORUMS), st.sampled_from(MAJORITIES))  # fmt: skip
def test_three_cases_tell_whether_answers_could_change_the_outcome(kept, some, away, silent, quorum, majority):
    """They tell what all ways together tell in which each of them could have been answered, or not been given."""
    book = read_rulebook(rules(quorum=quorum, majority=f'"{majority}"', rulebook_majority='"two thirds of eligible"'))
    away = min(away, sum(some))
    whole = [here + there for here, there in zip(kept, some, strict=True)]
    size = sum(whole) + silent - away
    electorate = Electorate("b", 1, 1, frozenset(), size)
    poll = Poll(electorate, book, ("majority",), 0, 0, {}, *whole, away_cast=away)
    now = count(poll).outcome
    found = set()
    n = sum(some)
    for yes, no, abstain in product(range(n + 1), repeat=3):
        if (left_out := n - yes - no - abstain) >= 0:
            for gone in range(max(0, left_out - (n - away)), min(away, left_out) + 1):  # of who was away
                tally = Tally(kept[0] + yes, kept[1] + no, kept[2] + abstain, size + away - gone)
                found.add(result(poll, tally).outcome)
    same = {now} if now not in (Outcome.LOST, Outcome.TIED) else {Outcome.LOST, Outcome.TIED}
    assert hangs_on(poll, Figures(*some, away)) == bool(found - same)


# --- a law ---


@few
@given(st.lists(PLANS, min_size=4, max_size=25), st.integers(0, 10**6))
def test_without_any_keys_nothing_rests_and_nothing_stands_apart(plans, which):
    """Whatever members and officers do: every question comes out as it did before there were keys."""
    org = Random(8)
    for n, plan in enumerate(plans):
        org.play(plan)
        if n % 5 == 2:
            org.decide(which, which // 7 + n, n)
    org.wait(30)
    for data in org.record:
        assert b'"vote.settle"' not in data
        assert not any(
            word in data for word in (b'"bound"', b'"known"', b'"paper"', b'"rests"') if b'"vote.close"' in data
        )
    assert all(found.stage is not Stage.RESTING for found in org.polity.motions.values())
