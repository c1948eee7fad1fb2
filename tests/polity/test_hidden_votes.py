"""A record in which the votes of open polls are hidden: what a replay of it finds, and which lies it refuses."""

import json

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from frombelow.polity import Polity, Stage, due, hidden, replay, step
from frombelow.polity.kernel import judging
from tests.cast import DAY, Organization, acts_in, breach, facts, rules

from .hiding import a, asked, brought_in, find, gap, votes_in, without, young
from .strategies import PLANS, Random, pick


@pytest.fixture
def org():
    return asked()


def known(polity, at, *, but=("answers", "yes", "no", "abstain", "away_cast")):
    """All that a polity holds at a second, without the answers in votes that are open, how many entries were gone past,
    and who has acted."""
    judging._settle(polity, at)  # an entry takes off the agenda what came to nothing by then
    found = facts(polity)
    for name in found["voting"]:
        for field in but:
            setattr(found["motions"][name].poll, field, None)
    for person in found["people"].values():
        person.acted = None
    del found["at"]  # of the last entry that was read
    return found


# --- what is hidden ---


def test_the_votes_of_an_open_poll_are_hidden_and_no_others(org):
    places = votes_in(org.polity, org.record)
    assert [acts_in(org)[index].poll for index in places] == [org.motion] * 4
    assert {act.poll for act in acts_in(org) if isinstance(act, a.CastVote)} == {org.old, org.motion}
    org.close(org.motion)
    assert hidden(org.polity) == {}


PARTICIPATING = rules(quorum='{ participating = "20%", knowingly = true }')


@pytest.fixture
def adjourned():
    """A motion whose first vote had no quorum; the place of its one answer."""
    org = Organization(more=20, book=PARTICIPATING)
    org.motion = org.to_vote()
    org.cast(org.bo, org.motion, "yes")
    (org.first,) = votes_in(org.polity, org.record)
    assert org.close(org.motion).stage is Stage.ADJOURNED
    return org


def test_nobody_reads_an_answer_before_its_motion_is_decided_also_not_of_a_first_round(adjourned):
    org = adjourned
    assert votes_in(org.polity, org.record) == [org.first]
    found = hidden(org.polity)["vote.cast", org.motion]
    org.until(org.motion, Stage.VOTING)
    assert found.until == org.polity.motions[org.motion].poll.closes
    org.cast(org.eve, org.motion, "yes")
    first, second = votes_in(org.polity, org.record)
    assert first == org.first < second
    org.close(org.motion)
    assert hidden(org.polity) == {}


def test_a_replay_goes_past_a_first_round_that_is_hidden_and_leaves_its_figures_open(adjourned):
    org = adjourned
    closed = find(org.record, a.CloseVote)
    found = replay(without(org.record, [org.first]))
    assert found.unread.left_open == (closed,)
    assert known(found.polity, org.clock) == known(org.polity, org.clock)
    org.until(org.motion, Stage.VOTING)
    org.cast(org.eve, org.motion, "yes")
    places = votes_in(org.polity, org.record)
    for gaps in (places, places[:1]):
        assert replay(without(org.record, gaps)).unread.left_open == (closed,)
    assert replay(without(org.record, places[1:])).unread.left_open == ()


@pytest.mark.parametrize("lie", [{"outcome": "lost"}, {"yes": 9}, {"eligible": 99, "yes": 25}, {"article": "5.7"}])
def test_figures_of_a_hidden_first_round_that_no_vote_without_quorum_could_have_are_refused(adjourned, lie):
    org = adjourned
    closed = find(org.record, a.CloseVote)
    entry = json.loads(org.record[closed])
    entry["act"] |= lie
    record = [*org.record[:closed], json.dumps(entry, separators=(",", ":")).encode(), *org.record[closed + 1 :]]
    assert breach(without(record, [org.first])).index == org.first


def test_what_is_hidden_says_until_when(org):
    found = hidden(org.polity)
    assert found.keys() == {("vote.cast", org.motion), ("vote.paper", org.motion)}
    assert {each.until for each in found.values()} == {org.polity.motions[org.motion].deadline}


# --- replaying past it ---


def test_a_replay_goes_past_what_is_hidden_and_says_how_much(org):
    places = votes_in(org.polity, org.record)
    found = replay(without(org.record, places))
    unread = found.unread
    assert (unread.entries, unread.about, unread.left_open, unread.judged) == (4, 1, (), None)
    assert unread.until == org.polity.motions[org.motion].poll.closes
    assert found.entries == len(org.record)
    assert known(found.polity, org.clock) == known(org.polity, org.clock)
    assert found.polity.motions[org.motion].answers == {}


def test_a_record_without_gaps_is_read_whole(org):
    assert replay(org.record).unread is None


def while_voting(record):
    """The sizes at which votes are hidden, and something else was done after one of them."""
    polity, sizes = Polity(), []
    for index, data in enumerate(record):
        act = step(polity, index, data).act
        if not isinstance(act, a.CastVote) and any(polity.motions[name].cast for name in polity.voting):
            sizes.append(index + 1)
    return sizes


few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(st.lists(PLANS, min_size=4, max_size=25), st.integers(0, 10**6), st.integers(0, 10**6))
def test_nothing_but_who_has_acted_hangs_on_a_vote_before_its_poll_closes(plans, which, cut):
    """At whatever entry the record is taken away, it replays past the hidden votes to the same polity."""
    org = Random(8)
    for n, plan in enumerate(plans):
        org.play(plan)
        if n % 4 == 1:
            org.decide(which, which // 7 + n, n)
    size = pick(while_voting(org.record) or range(1, len(org.record) + 1), cut)
    early = replay(org.record[:size]).polity
    assume(due(early, early.at) is None)  # a record is not taken away between a start and what was due by then
    places = votes_in(early, org.record[:size])
    found = replay(without(org.record[:size], places))
    if found.unread is None:
        assert not places
    elif found.unread.judged is None:
        assert known(found.polity, early.at) == known(early, early.at)
        assert found.unread.entries == len(places)
    assert found.entries == size


# --- what hangs on it: whether somebody has acted ---


def test_an_import_taken_back_while_its_people_may_have_voted_ends_what_a_replay_judges():
    org = young()
    batch, new, motion = brought_in(org)
    org.cast(new[0], motion, "yes")
    org.do(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    assert org.polity.people[new[0]].standing == "member"
    org.do(a.StepBack, new[0])  # whom a replay that knows no votes would have taken off the roll
    org.cast(org.bo, motion, "no")
    found = replay(without(org.record, votes_in(org.polity, org.record)))
    assert found.unread.judged == find(org.record, a.UndoImport)
    assert found.entries == len(org.record)
    assert found.unread.entries == 2
    assert replay(org.record).unread is None


def test_an_import_taken_back_whose_people_could_not_vote_is_judged():
    org = young()
    motion = org.to_vote()
    batch, _new = org.bring_in(3)
    org.cast(org.bo, motion, "yes")
    org.do(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    found = replay(without(org.record, votes_in(org.polity, org.record)))
    assert found.unread.judged is None
    assert known(found.polity, org.clock) == known(org.polity, org.clock)


def test_whether_a_code_could_be_printed_is_left_open_for_who_may_have_voted(org):
    under = org.mandate(org.eve)
    unread_of = lambda: replay(without(org.record, votes_in(org.polity, org.record))).unread  # noqa: E731
    org.refused(a.IssueCode, org.eve, under=under, person=org.people[5])
    (late,) = org.admit(1)  # too late for this vote
    org.do(a.IssueCode, org.eve, under=under, person=late)
    assert unread_of().left_open == ()
    org.do(a.IssueCode, org.eve, under=under, person=org.quiet)
    assert unread_of().left_open == (len(org.record) - 1,)
    org.do(a.IssueCode, a.SERVER, person=org.quiet)
    assert unread_of().left_open == (len(org.record) - 2,)


# --- lies ---


def test_what_was_hidden_for_a_poll_that_closed_is_refused(org):
    places = votes_in(org.polity, org.record)
    org.close(org.motion)
    found = breach(without(org.record, places))
    assert found.index == places[0]
    assert f"over by entry {find(org.record, a.CloseVote, 1):,}" in found.why


def test_votes_that_are_hidden_and_closed_with_the_figures_of_the_rest_are_refused(org):
    """A liar leaves votes out and counts without them, so that the figures fit what can be read."""
    places = votes_in(org.polity, org.record)
    lie = Organization(more=6)
    old = lie.to_vote()
    lie.vote(old, yes=lie.people[:6])
    lie.close(old)
    lie.motion = lie.to_vote()
    before = len(lie.record)
    lie.cast(lie.people[4], lie.motion, "yes")
    assert lie.close(lie.motion).outcome == "carried"
    record = [*org.record[:before], *without(org.record, places)[before : places[-1] + 1], *lie.record[before:]]
    assert breach(record).index == places[0]


@pytest.mark.parametrize(
    "lie",
    [
        lambda org: (find(org.record, a.CastVote), {}),  # of the vote that closed
        lambda org: (find(org.record, a.StepBack), {"about": org.old}),
        lambda org: (find(org.record, a.StepBack), {"about": org.new()}),
        lambda org: (find(org.record, a.StepBack), {"about": org.motion, "kind": "member.step-back"}),
        lambda org: (find(org.record, a.StepBack), {"about": org.motion, "kind": "vote.close"}),
        lambda org: (find(org.record, a.StepBack), {"about": org.motion, "kind": "no.such"}),
        lambda org: (find(org.record, a.OpenVote, 1), {"about": org.motion}),
        lambda org: (find(org.record, a.Second, 0), {"about": org.motion}),  # before the vote opened
        lambda org: (0, {"about": org.motion}),
    ],
)
def test_an_entry_that_is_said_to_be_hidden_where_nothing_of_it_is_hidden_is_refused(org, lie):
    index, said = lie(org)
    record = [gap(org.record, n, **said) if n == index else data for n, data in enumerate(org.record)]
    assert breach(record).index == index


def test_the_end_of_a_mandate_cannot_be_hidden_where_no_vote_is_open(org):
    org.close(org.motion)
    org.do(a.Resign, org.ada, mandate=org.mandate(org.ada))
    index = len(org.record) - 1
    for about in (org.motion, org.old):
        said = gap(org.record, index, about=about)
        assert breach([*org.record[:-1], said]).index == index


def test_what_is_hidden_as_a_vote_and_is_none_is_found_by_the_whole_record(org):
    """Behind a hash may be anything: who reads nothing of it finds nothing, and who reads the whole record does."""
    ruled = org.move()
    org.do(a.Resign, org.ada, mandate=(mandate := org.mandate(org.ada)))
    end = len(org.record) - 1
    org.second(ruled)
    hides = [gap(org.record, n, about=org.motion) if n == end else data for n, data in enumerate(org.record)]
    act = a.FindInOrder(by=org.ada, under=mandate, motion=ruled)
    after = a.encode(a.stamp(act, org.clock))
    hides = [*without(org.record[:end], votes_in(org.polity, org.record[:end])), *hides[end:], after]
    assert replay(hides).unread.entries == 5
    assert breach([*org.record, after]).index == len(org.record)


def test_the_clock_does_not_stand_still_over_hidden_votes(org):
    """What was due is asked for at the next entry that can be read."""
    places = votes_in(org.polity, org.record)
    record = [*without(org.record, places), a.encode(a.stamp(a.Start(by="server", version="1"), org.clock + 99 * DAY))]
    assert breach(record).index in (len(org.record), places[0])
