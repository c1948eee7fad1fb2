"""A recall, an expulsion or a change of the articles about keys that the server's word could have decided rests, and
answers are disowned."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from frombelow.polity import Breach, Stage, decode, encode, hidden, replay
from frombelow.polity.kernel.words import tell
from frombelow.polity.motions.deciding import Deciding
from frombelow.polity.organization.rules import do_dissolve_branch
from tests import acts as a
from tests.cast import DAY, TENANTS, TEXT, Organization, article, breach, rules

from .resting import PLAIN, closing, keyed, recall_voting, resting, sealed, settling

few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def org():
    return Organization(more=8, book=PLAIN)


# --- resting ---


def test_a_recall_that_the_servers_word_decided_rests_and_the_mandate_goes_on(org):
    motion, _ = resting(org, keyed(org))
    found = org.polity.motions[motion]
    assert (found.stage, found.outcome) == (Stage.RESTING, "")
    said = closing(org, motion)
    assert (said.outcome, said.yes, said.no) == ("carried", 5, 3)
    assert said.rests == found.deadline
    assert "rests until" in tell(org.polity, said)
    assert not org.polity.mandates[org.mandate(org.ada)].ended
    assert org.refused(a.Petition, org.bo, motion=org.new(), mandate=org.mandate(org.ada), text=TEXT).message == (
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
        "end of the organization": a.Dissolve(),
    }  # fmt: skip


@pytest.mark.parametrize(
    "what",
    [
        "expulsion",
        "end of a mandate",
        "keys",
        "only one setting",
        "vouches",
        "words",
        "days",
        "end of the organization",
    ],
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
    assert no_answer(org.bo, under=org.mandate(org.ada)) == "under-no-office"
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
    org.do(a.Petition, movers[0], motion=recall, mandate=mandate, text=TEXT)
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
