"""Answers count apart by what they stand on; a grave result that the server's word could have decided rests, and
answers are disowned."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from frombelow.counting.thresholds import Outcome, Tally
from frombelow.polity import Breach, Stage, decode, encode, hidden, replay
from frombelow.polity.kernel.words import tell
from frombelow.polity.motions.deciding import Deciding
from frombelow.polity.organization.rules import do_dissolve_branch
from frombelow.polity.rulebook.book import read_rulebook
from frombelow.polity.votes.counting import count, hangs_on, result
from frombelow.polity.votes.state import Electorate, Figures, Poll
from tests import acts as a
from tests.cast import DAY, TENANTS, Organization, acts_in, article, breach, rules

from .strategies import PLANS, Random

few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
# A majority alone decides, so that a test shows what it means; and nobody waits for seconders for long.
PLAIN = rules(quorum='{ yes_of_eligible = "0%" }', debate_days=3, opening_days=0, vouching_key_days=7)


@pytest.fixture
def org():
    return Organization(more=8, book=PLAIN)


def sealed(org, person, motion, choice, key):
    return org.do(a.CastVote, person, poll=motion, choice=choice, nonce=org.new(), sealed=key)


def bound_key(org, person):
    key = org.first_key(person)
    org.do(a.OnlyWithKeys, person, sealed=key)
    return key


def closing(org, motion):
    """How the latest vote on it closed."""
    return [act for act in acts_in(org) if isinstance(act, a.CloseVote) and act.poll == motion][-1]


def settling(org, motion):
    return [act for act in acts_in(org) if isinstance(act, a.SettleVote) and act.poll == motion]


def recall_voting(org, mandate=None):
    """The vote on a recall of Ada is open."""
    motion = org.petition(mandate or org.mandate(org.ada))
    org.until(motion, Stage.VOTING)
    return motion


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
    assert "4 yes: 1 and 1 sealed, 2 on the server’s word; 1 no: 0 and 0 sealed, 1 on the server’s word" in told


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
    last = {}
    for n, choice, how in answers:
        person = people[n]
        if how == PAPERS:
            if last.get(person, ("", ""))[1] in ("bound", "known") or last.get(person) == (choice, "paper"):
                continue
            for officer, key in officers.items():
                paper = {"poll": motion, "person": person, "choice": choice, "nonce": org.new()}
                org.do(a.PaperVote, officer, under=org.mandate(officer), sealed=key, **paper)
            last[person] = (choice, "paper")
        elif person == only or (how == KEY and person in keys):
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


# --- resting ---


def keyed(org, count_=4):
    """Keys of so many members without an office, which they have for long."""
    keys = {person: org.first_key(person) for person in org.people[4 : 4 + count_]}
    org.wait(8)
    return keys


def resting(org, keys, *, yes=4, no=2):
    """A recall of Ada that the server's word decided: of the sealed answers, as many say yes as no. Returns it, and
    whoever answered without their key, those who have one first."""
    motion = recall_voting(org)
    one, other, *more = keys
    sealed(org, one, motion, "yes", keys[one])
    sealed(org, other, motion, "no", keys[other])
    rest = [*more, *(person for person in org.people[1:] if person not in keys)]
    org.vote(motion, yes=rest[:yes], no=rest[yes : yes + no])
    org.until(motion, Stage.RESTING, Stage.DECIDED, Stage.ADJOURNED)
    return motion, rest


def test_a_recall_that_the_servers_word_decided_rests_and_the_mandate_goes_on(org):
    motion, _ = resting(org, keyed(org))
    found = org.polity.motions[motion]
    assert (found.stage, found.outcome) == (Stage.RESTING, "")
    said = closing(org, motion)
    assert (said.outcome, said.yes, said.no) == ("carried", 5, 3)
    assert said.rests == found.deadline
    assert "rests until" in tell(org.polity, said)
    assert not org.polity.mandates[org.mandate(org.ada)].ended
    assert org.refused(a.Petition, org.bo, motion=org.new(), mandate=org.mandate(org.ada), text="A" * 43).message == (
        "recall-running"
    )
    replay(org.record, until=org.now)


def test_what_nobody_disowns_stands_after_the_days(org):
    motion, _ = resting(org, keyed(org))
    mandate = org.mandate(org.ada)
    until = org.polity.motions[motion].deadline
    found = org.until(motion, Stage.DECIDED)
    (settled,) = settling(org, motion)
    assert (settled.outcome, settled.disowned) == ("carried", UNSET)
    assert (found.outcome, found.closed_at >= until) == ("carried", True)
    assert org.polity.mandates[mandate].ended
    assert (found.yes, found.no, found.answers) == (5, 3, {})
    assert "stands: carried. Disowned: none of the answers." in tell(org.polity, settled)
    replay(org.record, until=org.now)


def test_what_sealed_answers_decide_takes_effect_at_once(org):
    keys = keyed(org, 6)
    motion = recall_voting(org)
    for person, key in keys.items():
        sealed(org, person, motion, "yes", key)
    rest = [person for person in org.people[1:] if person not in keys]
    org.vote(motion, yes=rest[:1], no=rest[1:3])
    assert org.close(motion).outcome == "carried"
    assert closing(org, motion).rests is UNSET
    assert not settling(org, motion)


def test_where_nobody_had_a_key_nothing_rests(org):
    motion = recall_voting(org)
    org.vote(motion, yes=org.people[1:6])
    late = org.first_key(org.people[5])
    assert late
    assert org.close(motion).outcome == "carried"
    assert closing(org, motion).rests is UNSET


def test_an_ordinary_motion_never_rests(org):
    keyed(org)
    motion = org.to_vote()
    org.vote(motion, yes=org.people[5:9])
    assert org.close(motion).outcome == "carried"
    assert closing(org, motion).rests is UNSET


def grave_effects(org):
    mandate = org.mandate(org.ada)
    number, text = org.polity.book.article("live_keys"), '[[article]]\nnumber = "9.1"\n'
    return {
        "expulsion": a.ExpelMember(org.dee),
        "end of a mandate": a.EndMandate(mandate),
        "keys": a.ChangeRules(article(number, live_keys=9)),
        "only one setting": a.ChangeRules(text + "server_word_days = 7"),
        "vouches": a.ChangeRules(article(org.polity.book.article("recovery_vouches"), recovery_vouches=1)),
        "words": a.ChangeRules('[[article]]\nnumber = "9.5"\ntext = "Nobody answers on paper."'),
        "days": a.ChangeRules(article("9.4", disown_days=3)),
    }  # fmt: skip


@pytest.mark.parametrize(
    "what", ["expulsion", "end of a mandate", "keys", "only one setting", "vouches", "words", "days"]
)
def test_what_is_not_left_to_the_servers_word_rests(org, what):
    keyed(org)
    motion = org.to_vote(grave_effects(org)[what])
    org.vote(motion, yes=org.voters(motion))
    assert org.until(motion, Stage.RESTING, Stage.DECIDED).stage is Stage.RESTING
    assert org.polity.people[org.dee].active
    assert org.until(motion, Stage.DECIDED).outcome == "carried"
    replay(org.record)


@pytest.mark.parametrize("change", ['number = "4.6"\ndebate_days = 9', 'number = "7.4"\nrecall_days = 9'])
def test_a_change_of_other_articles_does_not_rest(org, change):
    keyed(org)
    motion = org.to_vote(a.ChangeRules(f"[[article]]\n{change}"))
    org.vote(motion, yes=org.voters(motion))
    assert org.close(motion).outcome == "carried"


# --- disowning ---


def test_a_forged_yes_is_disowned_and_the_vote_is_held_once_more_with_keys_and_paper_alone(org):
    keys = keyed(org)
    motion, rest = resting(org, keys)
    victims = [person for person in keys if person in rest]
    for person in victims:
        org.do(a.DisownVote, person, poll=motion, sealed=keys[person])
    mandate = org.mandate(org.ada)
    found = org.until(motion, Stage.ADJOURNED, Stage.DECIDED)
    (settled,) = settling(org, motion)
    assert (settled.outcome, sum(settled.disowned)) == ("again", 2)
    assert (found.stage, found.sealed_only, found.outcome) == (Stage.ADJOURNED, True, "")
    assert "held once more" in tell(org.polity, settled)
    org.until(motion, Stage.VOTING)
    assert org.cannot_vote(org.bo, motion).message == "sealed-only"
    for n, (person, key) in enumerate(keys.items()):
        sealed(org, person, motion, "no" if n else "yes", key)
    assert org.close(motion).outcome == "lost"
    said = closing(org, motion)
    assert (said.yes, said.no, said.rests) == (1, 3, UNSET)
    assert not org.polity.mandates[mandate].ended
    replay(org.record, until=org.now)


def test_what_was_disowned_and_could_change_nothing_leaves_the_outcome(org):
    keys = keyed(org)
    motion, rest = resting(org, keys, yes=6, no=0)
    victim = next(person for person in keys if person in rest)
    org.do(a.DisownVote, victim, poll=motion, sealed=keys[victim])
    assert org.until(motion, Stage.DECIDED).outcome == "carried"
    (settled,) = settling(org, motion)
    assert settled.disowned == (1, 0, 0)


def test_only_who_has_an_answer_on_the_servers_word_disowns_one_and_once(org):
    keys = keyed(org)
    motion, rest = resting(org, keys)
    sealer, victim = next(iter(keys)), next(person for person in keys if person in rest)
    no_answer = lambda who, **more: org.refused(a.DisownVote, who, poll=motion, **more).message  # noqa: E731
    assert no_answer(sealer) == "not-on-the-word"
    assert no_answer(org.ada) == "not-on-the-word"
    assert no_answer(org.bo, under=org.mandate(org.ada)) == "keys-own"
    org.do(a.DisownVote, victim, poll=motion, sealed=keys[victim])
    assert no_answer(victim, sealed=keys[victim]) == "disowned-already"


def test_an_answer_is_disowned_while_it_rests_and_at_no_other_time(org):
    keys = keyed(org)
    motion = recall_voting(org)
    assert org.refused(a.DisownVote, org.bo, poll=motion).message == "wrong-stage"
    assert org.refused(a.DisownVote, org.bo, poll=org.new()).message == "unknown-motion"
    sealed(org, org.people[4], motion, "yes", keys[org.people[4]])
    org.until(motion, Stage.DECIDED, Stage.ADJOURNED)
    assert org.refused(a.DisownVote, org.bo, poll=motion).message == "wrong-stage"


def test_without_an_old_key_two_members_vouch_with_keys_that_are_known_for_long(org):
    keys = keyed(org)
    motion, rest = resting(org, keys)
    victim = next(person for person in rest if person not in keys)
    vouchers = [person for person in keys if person != victim]
    org.do(a.DisownVote, victim, poll=motion)
    poll = org.polity.motions[motion].poll
    assert poll.disowned == set()
    assert org.refused(a.DisownVote, victim, poll=motion).message == "disown-waits"
    vouch = {"poll": motion, "person": victim}
    assert org.refused(a.VouchDisown, vouchers[0], **vouch).message == "needs-a-key"
    young = org.first_key(org.people[-1])
    assert org.refused(a.VouchDisown, org.people[-1], **vouch, sealed=young).message == "key-young"
    org.do(a.VouchDisown, vouchers[0], **vouch, sealed=keys[vouchers[0]])
    assert org.refused(a.VouchDisown, vouchers[0], **vouch, sealed=keys[vouchers[0]]).message == "vouched-already"
    assert poll.disowned == set()
    org.do(a.VouchDisown, vouchers[1], **vouch, sealed=keys[vouchers[1]])
    assert poll.disowned == {victim}
    assert org.refused(a.VouchDisown, vouchers[2], **vouch, sealed=keys[vouchers[2]]).message == "nobody-to-vouch-for"
    replay(org.record)


def test_the_server_alone_disowns_nothing(org):
    """It can hand in that somebody disowns; without their key from before the vote, or members who vouch, it says nothing."""
    keys = keyed(org)
    motion, rest = resting(org, keys)
    for person in rest[:4]:
        org.do(a.DisownVote, person, poll=motion)
    fresh = org.first_key(next(person for person in rest if person not in keys), "device")
    assert fresh
    assert org.until(motion, Stage.DECIDED).outcome == "carried"
    assert settling(org, motion)[0].disowned is UNSET


def test_a_key_that_came_after_the_opening_disowns_only_with_vouchers(org):
    keys = keyed(org)
    motion, rest = resting(org, keys)
    victim = next(person for person in rest if person not in keys)
    late = org.first_key(victim)
    org.do(a.DisownVote, victim, poll=motion, sealed=late)
    assert org.polity.motions[motion].poll.disowned == set()
    assert org.polity.motions[motion].poll.asked == {victim: ()}


def test_who_said_only_with_my_keys_and_lost_them_disowns_with_vouchers(org):
    keys = keyed(org)
    motion, rest = resting(org, keys)
    victim = next(person for person in keys if person in rest)
    org.do(a.OnlyWithKeys, victim, sealed=keys[victim])
    org.do(a.DisownVote, victim, poll=motion)  # no key at hand
    assert org.polity.motions[motion].poll.asked == {victim: ()}
    org.do(a.DisownVote, victim, poll=motion, sealed=keys[victim])  # it turned up
    assert org.polity.motions[motion].poll.disowned == {victim}


def test_nobody_vouches_for_themselves_nor_whom_it_is_about(org):
    keys = keyed(org)
    adas = org.first_key(org.ada)
    org.wait(8)
    motion, rest = resting(org, keys)
    victim = next(person for person in keys if person in rest)
    org.do(a.DisownVote, victim, poll=motion)
    vouch = {"poll": motion, "person": victim}
    assert org.refused(a.VouchDisown, victim, **vouch, sealed=keys[victim]).message == "vouch-for-self"
    assert org.refused(a.VouchDisown, org.ada, **vouch, sealed=adas).message == "own-cause"


def test_who_was_expelled_or_left_disowns_what_stands_in_their_name(org):
    keys = keyed(org)
    motion, rest = resting(org, keys)
    victim = next(person for person in keys if person in rest)
    org.do(a.Leave, victim)
    org.do(a.DisownVote, victim, poll=motion, sealed=keys[victim])
    assert org.polity.motions[motion].poll.disowned == {victim}


# --- what else can happen meanwhile ---


def test_an_outage_lengthens_the_days_in_which_answers_are_disowned(org):
    motion, _ = resting(org, keyed(org))
    before = org.polity.motions[motion].deadline
    org.outage(3)
    found = org.polity.motions[motion]
    assert (found.stage, found.deadline) == (Stage.RESTING, before + 3 * DAY)
    assert org.until(motion, Stage.DECIDED).closed_at >= before + 3 * DAY
    replay(org.record, until=org.now)


def test_an_outage_over_the_end_of_these_days_leaves_the_time_that_was_left(org):
    motion, _ = resting(org, keyed(org))
    org.outage(20)
    assert org.polity.motions[motion].stage is Stage.RESTING
    assert org.until(motion, Stage.DECIDED).outcome == "carried"
    replay(org.record, until=org.now)


def test_what_rests_lapses_with_the_branch_that_decided_it(org):
    branch, movers = org.branch("North", members=6)
    keys = {person: org.first_key(person) for person in movers[:2]}
    org.wait(8)
    steward = org.steward(branch, movers[3])
    mandate = org.polity.held[steward][0].id
    recall = org.new()
    org.do(a.Petition, movers[0], motion=recall, mandate=mandate, text="A" * 43)
    org.until(recall, Stage.VOTING)
    org.vote(recall, yes=[person for person in movers if person != steward])
    assert org.until(recall, Stage.RESTING, Stage.DECIDED).stage is Stage.RESTING
    polity = org.polity
    do_dissolve_branch(polity, a.DissolveBranch(branch), Deciding(org.id, polity.book, org.now))
    assert polity.motions[recall].stage is Stage.LAPSED
    org.wait(20)
    assert not settling(org, recall)
    assert keys


def test_a_recall_whose_mandate_ended_meanwhile_is_not_held_once_more(org):
    keys = keyed(org)
    motion, rest = resting(org, keys)
    for person in (person for person in keys if person in rest):
        org.do(a.DisownVote, person, poll=motion, sealed=keys[person])
    org.do(a.Resign, org.ada, mandate=org.mandate(org.ada))
    found = org.until(motion, Stage.LAPSED, Stage.VOTING, Stage.DECIDED)
    assert found.stage is Stage.LAPSED
    replay(org.record, until=org.now)


def test_a_vote_held_once_more_in_which_too_few_answer_is_over():
    org = Organization(more=8, book=rules(TENANTS, quorum='{ yes_of_eligible = "25%" }', debate_days=3, opening_days=0))
    keys = keyed(org)
    motion, rest = resting(org, keys)
    for person in (person for person in keys if person in rest):
        org.do(a.DisownVote, person, poll=motion, sealed=keys[person])
    org.until(motion, Stage.VOTING)
    found = org.until(motion, Stage.DECIDED, Stage.ADJOURNED)
    assert (found.stage, found.outcome) == (Stage.DECIDED, "inquorate")
    assert not org.polity.mandates[org.mandate(org.ada)].ended


def test_the_votes_of_the_second_round_are_hidden_and_those_of_the_first_are_not(org):
    keys = keyed(org)
    motion, rest = resting(org, keys)
    for person in (person for person in keys if person in rest):
        org.do(a.DisownVote, person, poll=motion, sealed=keys[person])
    org.until(motion, Stage.VOTING)
    found = hidden(org.polity)["vote.cast", motion]
    assert found.after == org.polity.motions[motion].poll.electorate.opened
    assert ("vote.paper", motion) in hidden(org.polity)


# --- laws ---


@few
@given(st.lists(st.sampled_from(["yes", "no", "abstain", ""]), min_size=11, max_size=11), st.sets(st.integers(0, 3)))
def test_no_settling_turns_what_was_lost_into_what_is_carried(answers, disown):
    org = Organization(more=8, book=PLAIN)
    keys = keyed(org)
    motion = recall_voting(org)
    for person, choice in zip(org.people[1:], answers, strict=False):
        if choice:
            org.cast(person, motion, choice)
    found = org.until(motion, Stage.RESTING, Stage.DECIDED, Stage.ADJOURNED)
    outcome = closing(org, motion).outcome
    if found.stage is Stage.RESTING:
        for n, person in enumerate(keys):
            if n in disown and person in found.poll.answers:
                org.do(a.DisownVote, person, poll=motion, sealed=keys[person])
        org.until(motion, Stage.DECIDED, Stage.ADJOURNED)
        (settled,) = settling(org, motion)
        assert settled.outcome in (outcome, "again")
        assert closing(org, motion).yes == answers[: len(org.people) - 1].count("yes")
    replay(org.record, until=org.now)


def test_a_settling_that_says_something_else_is_a_breach(org):
    keys = keyed(org)
    motion, rest = resting(org, keys)
    for person in (person for person in keys if person in rest):
        org.do(a.DisownVote, person, poll=motion, sealed=keys[person])
    org.until(motion, Stage.ADJOURNED)
    index = next(n for n, data in enumerate(org.record) if b'"vote.settle"' in data)
    entry = decode(org.record[index])
    for lie in (
        a.SettleVote(by=a.TIME, poll=motion, outcome="carried", disowned=entry.act.disowned),
        a.SettleVote(by=a.TIME, poll=motion, outcome="again"),
    ):
        assert breach([*org.record[:index], encode(a.stamp(lie, entry.at))]).index == index
    left_out = [*org.record[:index], *org.record[index + 1 :]]
    with pytest.raises(Breach):
        replay(left_out, until=org.now)


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
