"""An outage does not pay: what the server was off during runs on for as long, once, and nothing else does."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.polity import Refused, Stage, decode, due, encode, judge, replay, stamp
from frombelow.polity.kernel.days import deadline
from frombelow.polity.kernel.subject import registry
from frombelow.polity.motions.steps import Closing
from tests import acts as a
from tests.cast import DAY, NOON, TEXT, Organization, breach, rules

HOUR = 3_600


def replies(org):
    """A motion about Ada that waits for her reply."""
    motion = org.move(a.ExpelMember(org.ada))
    org.second(motion)
    org.until(motion, Stage.REPLY)
    return motion


def test_a_server_that_is_stopped_over_the_end_of_a_vote_does_not_end_it(org):
    motion = org.to_vote()
    org.vote(motion, yes=org.people[:3])
    left = org.polity.motions[motion].deadline - org.clock
    org.outage(20)
    found = org.polity.motions[motion]
    assert found.stage is Stage.VOTING
    assert left <= found.deadline - org.clock <= left + DAY
    org.vote(motion, yes=org.voters(motion)[:6], no=org.voters(motion)[6:])
    assert org.close(motion).outcome == "lost"
    replay(org.record, until=org.clock)


def test_a_vote_that_was_lengthened_ends_with_a_local_day(org):
    motion = org.to_vote()
    org.outage(2.3)
    ends = org.polity.motions[motion].deadline
    assert ends == org.polity.motions[motion].poll.closes == deadline(ends - 1, 0, "Etc/UTC")


def test_a_time_to_reply_runs_on_for_as_long_as_the_server_was_off(org):
    motion = replies(org)
    before = org.polity.motions[motion].deadline
    org.outage(30)
    found = org.polity.motions[motion]
    assert (found.stage, found.deadline) == (Stage.REPLY, before + 30 * DAY)
    org.do(a.Reply, org.ada, motion=motion, text=TEXT)
    replay(org.record, until=org.clock)


def test_silence_after_a_lengthened_time_to_reply_lets_the_motion_go_on(org):
    motion = replies(org)
    org.outage(3)
    assert org.until(motion, Stage.DEBATE).deadline > org.clock


@pytest.mark.parametrize(("hours", "lengthened"), [(24, False), (25, True)])
def test_an_outage_of_a_day_or_less_changes_nothing(org, hours, lengthened):
    motion = org.to_vote()
    before = org.polity.motions[motion].deadline
    org.outage(hours / 24)
    assert (org.polity.motions[motion].deadline > before) is lengthened


def test_how_long_an_outage_is_counts_by_the_articles_own_figure():
    org = Organization(20, book=rules(outage_hours=48))
    motion = org.to_vote()
    before = org.polity.motions[motion].deadline
    org.outage(40 / 24)
    assert org.polity.motions[motion].deadline == before


def test_a_second_outage_does_not_lengthen_the_same_vote_again(org):
    motion = org.to_vote()
    org.outage(3)
    once = org.polity.motions[motion].deadline
    org.outage(2)
    assert org.polity.motions[motion].deadline == once


def test_a_vote_is_lengthened_although_the_time_to_reply_before_it_was(org):
    motion = replies(org)
    org.outage(2)
    org.until(motion, Stage.VOTING)
    before = org.polity.motions[motion].deadline
    org.outage(3)
    assert org.polity.motions[motion].deadline == before + 3 * DAY


def test_an_outage_lengthens_no_mandate_no_debate_and_no_time_for_a_ruling(org):
    waits, debated = org.move(), org.move()
    org.second(debated)
    org.until(debated, Stage.DEBATE)
    org.second(waits)
    before = [(org.polity.motions[name].deadline, org.polity.motions[name].opens) for name in (waits, debated)]
    ends = [mandate.ends for mandate in org.polity.mandates.values()]
    org.outage(1.2)
    assert [(org.polity.motions[name].deadline, org.polity.motions[name].opens) for name in (waits, debated)] == before
    assert [mandate.ends for mandate in org.polity.mandates.values()] == ends


def test_a_start_may_stand_before_what_is_due_and_nothing_else_may(org):
    motion = org.to_vote()
    org.clock += 40 * DAY
    served = org.polity.at
    judge(org.polity, a.Start(by=a.SERVER, version="1", served=served), org.clock)
    for act in (a.Backup(by=a.SERVER, size=1), a.StepBack(by=org.bo)):
        with pytest.raises(Refused) as refused:
            judge(org.polity, act, org.clock)
        assert refused.value.message == "time-held-back"
    assert due(org.polity, org.clock) is not None
    assert org.polity.motions[motion].stage is Stage.VOTING


def test_a_start_does_not_hold_back_what_was_due_beside_the_vote(org):
    org.to_vote()
    org.outage(100)
    held = encode(stamp(a.StepBack(by=org.bo), org.clock + 400 * DAY))
    assert "time was held back" in breach([*org.record, held]).why


def test_the_server_cannot_have_served_before_the_last_entry_or_after_now(org):
    org.to_vote()
    for served in (org.polity.at - 1, org.clock + 1):
        refused = org.refused(a.Start, a.SERVER, version="1", served=served)
        assert (refused.article, refused.message) == ("1.2", "served-when")


def test_a_replay_refuses_a_start_that_says_it_served_before_the_last_entry(org):
    org.to_vote()
    org.outage(2)
    start = next(n for n in range(len(org.record) - 1, 0, -1) if isinstance(decode(org.record[n]).act, a.Start))
    entry = decode(org.record[start])
    changed = msgspec.structs.replace(entry, act=msgspec.structs.replace(entry.act, served=NOON))
    found = breach([*org.record[:start], encode(changed)])
    assert (found.index, found.article) == (start, "1.2")


def test_a_start_that_does_not_say_when_it_served_lengthens_nothing(org):
    motion = org.to_vote()
    before = org.polity.motions[motion].deadline
    org.clock += 2 * DAY
    org.do(a.Start, a.SERVER, version="1")
    assert org.polity.motions[motion].deadline == before


def test_a_clock_is_confirmed_by_who_runs_the_server_and_by_the_console(org):
    org.do(a.ConfirmTime, org.dee, under=org.mandate(org.dee))
    org.do(a.ConfirmTime, a.SERVER)
    assert org.refused(a.ConfirmTime, org.bo).message == "no-mandate"
    assert org.refused(a.ConfirmTime, org.ada, under=org.mandate(org.ada)).message == "no-mandate"
    replay(org.record, until=org.clock)


def test_a_confirmation_may_stand_before_what_is_due(org):
    org.to_vote()
    org.clock += 30 * DAY
    act = a.ConfirmTime(by=a.SERVER)
    judge(org.polity, act, org.clock)
    org._enter(act)
    before = org.polity.size
    org.catch_up()
    assert org.polity.size > before  # what was due came right after it
    replay(org.record, until=org.clock)


@given(off=st.integers(0, 400 * 24), waited=st.integers(0, 6 * 24))
def test_who_had_time_left_when_the_server_went_off_has_it_when_it_is_on_again(off, waited):
    org = Organization(6)
    motion = org.to_vote()
    org.clock += waited * HOUR
    org.catch_up()
    left = org.polity.motions[motion].deadline - org.clock
    org.outage(off / 24)
    found = org.polity.motions[motion]
    if off > 24 and left > 0:
        assert left <= found.deadline - org.clock < left + DAY
    replay(org.record, until=org.clock)


def test_a_start_after_a_moment_looks_at_nothing(org, monkeypatch):
    """Found by an attacker: 3,200 motions that were over, and 20,000 starts, took half a minute to replay."""
    motion = org.to_vote()
    asked, lengthen = [], dict(registry.windows)
    for task in lengthen:
        monkeypatch.setitem(registry.windows, task, lambda _polity, task, *_: asked.append(task))
    org.outage(1 / 24)
    assert asked == []
    org.outage(2)
    assert Closing(motion) in asked


def test_what_an_appeal_sets_on_its_way_again_is_lengthened_too():
    org = Organization(20)
    motion = org.move(a.ExpelMember(org.eve))
    org.second(motion)
    org.do(a.RuleOut, org.ada, under=org.mandate(org.ada), motion=motion, article="4.1", reason=TEXT)
    org.outage(2)
    appeal = org.new()
    org.do(a.AppealRuling, org.bo, motion=motion, appeal=appeal)
    org.vote(appeal, yes=org.voters(appeal))
    org.close(appeal)
    found = org.until(motion, Stage.REPLY)
    before = found.deadline
    org.outage(2)
    assert found.deadline > before
