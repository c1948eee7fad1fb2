"""Time is an argument: asking changes nothing, and an answer is for the second that was asked about."""

import pytest

from frombelow.polity import (
    Polity,
    Refused,
    Stage,
    apply,
    decode,
    due,
    encode,
    figures,
    judge,
    judge_entry,
    replay,
    stamp,
    why_not,
)
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, acts_in, facts, rules

from .strategies import check_replay


def kept(polity):
    """All that a polity holds, by the very objects in it: what is the same object was not put there anew."""
    return {name: id(value) for name, value in vars(polity).items()}


@pytest.fixture
def owed(org):
    """Forty days pass, and nobody looks: much is due."""
    org.motion = org.to_vote()
    org.vote(org.motion, yes=org.people[:9])
    org.do(a.StepBack, org.people[10], until=org.polity.today(org.clock) + 3)
    org.clock += 40 * DAY
    return org


# --- asking ---


def test_what_is_due_is_the_same_however_often_it_is_asked(owed):
    before, objects = facts(owed.polity), kept(owed.polity)
    answers = {encode(stamp(due(owed.polity, owed.clock), owed.clock)) for _ in range(50)}
    assert len(answers) == 1
    assert facts(owed.polity) == before
    assert kept(owed.polity) == objects


def test_asking_about_a_far_day_first_changes_nothing_of_what_is_due_before_it(owed):
    polity, first = owed.polity, owed.polity.agenda.first
    far = [due(polity, owed.clock + 1000 * DAY) for _ in range(3)]
    assert far[0] is not None
    assert due(polity, first - 1) is None
    assert due(polity, first) == far[0]


def test_a_record_is_the_same_whether_or_not_much_was_asked_in_between(owed):
    def caught_up(ask):
        org = Organization(20)
        motion = org.to_vote(a.FormBranch("North", org.id))
        org.vote(motion, yes=org.people[:9])
        for _ in range(60):
            org.clock += DAY
            for far in range(ask):
                due(org.polity, org.clock + far * 50 * DAY)
                why_not(org.polity, a.Leave(by=org.bo), org.clock + far * 50 * DAY)
                figures(org.polity, a.OpenVote(by=a.TIME, poll=motion), org.clock + far * 50 * DAY)
            org.catch_up()
        return org.record

    assert caught_up(0) == caught_up(5)


def test_judging_changes_nothing_whether_it_is_allowed_or_refused(owed):
    owed.catch_up()
    polity, before, objects = owed.polity, facts(owed.polity), kept(owed.polity)
    allowed, refused = a.StepBack(by=owed.bo), a.StepBack(by=owed.charlie)
    for at in (owed.clock, owed.clock + 1, polity.agenda.first - 1):
        judge(polity, allowed, at)
        judge_entry(polity, stamp(allowed, at))
        assert why_not(polity, allowed, at) is None
        with pytest.raises(Refused):
            judge(polity, refused, at)
        assert why_not(polity, refused, at).message == "not-a-member"
    assert facts(polity) == before
    assert kept(polity) == objects


def test_judging_what_time_does_changes_nothing_either(owed):
    act, before = due(owed.polity, owed.clock), facts(owed.polity)
    for _ in range(3):
        judge(owed.polity, act, owed.clock)
    with pytest.raises(Refused) as refused:
        judge(owed.polity, a.Leave(by=owed.bo), owed.clock)
    assert refused.value.message == "time-held-back"
    assert facts(owed.polity) == before


def test_who_asks_whether_they_may_is_not_told_what_time_has_to_do_first(owed):
    before = facts(owed.polity)
    assert due(owed.polity, owed.clock) is not None
    assert why_not(owed.polity, a.Leave(by=owed.bo), owed.clock) is None
    assert why_not(owed.polity, a.Leave(by=owed.charlie), owed.clock).message == "not-a-member"
    assert facts(owed.polity) == before


def test_a_polity_has_no_clock_of_its_own(org):
    assert not hasattr(org.polity, "now")
    before = org.polity.at
    judge(org.polity, a.StepBack(by=org.bo), org.clock + DAY)
    assert org.polity.at == before
    with pytest.raises(TypeError):
        org.polity.today()
    assert org.polity.today(org.clock + DAY) == org.polity.today(org.clock) + 1


def test_the_second_of_the_latest_entry_is_all_that_it_knows_of_time(org):
    entry = org.do(a.StepBack, org.bo)
    org.clock += 3 * DAY
    due(org.polity, org.clock)
    why_not(org.polity, a.Return(by=org.bo), org.clock)
    assert org.polity.at == entry.at == decode(org.record[-1]).at


def test_an_act_of_time_has_no_date_of_its_own():
    """Whatever is due is the same act, whenever it is found: the second stands beside it."""
    org = Organization()
    ends = org.polity.agenda.first
    assert due(org.polity, ends) == due(org.polity, ends + 5 * DAY) == a.Expire(by="time", mandate=org.mandate(org.ada))


# --- an answer is for the second that was asked about ---


def test_after_31_quiet_days_a_member_whose_30_days_are_over_may_second(org):
    org.move()
    (new,) = org.admit(1)
    motion = org.move()
    joined, entries = org.clock, len(org.record)
    second = a.Second(by=new, motion=motion)
    assert why_not(org.polity, second, joined + 29 * DAY).message == "no-franchise"
    assert why_not(org.polity, second, joined + 30 * DAY) is None
    assert why_not(org.polity, second, joined + 31 * DAY) is None
    assert why_not(org.polity, second, joined).facts == {"days": 30}
    assert len(org.record) == entries
    org.clock = joined + 31 * DAY
    org.do(a.Second, new, motion=motion)
    check_replay(org)


def test_who_is_in_an_electorate_is_asked_for_a_second(org):
    org.move()
    (new,) = org.admit(1)
    polity, book, person = org.polity, org.polity.book, org.polity.people[new]
    sizes = [polity.electorate(org.id, book, org.clock + days * DAY).size for days in (0, 29, 30, 400)]
    assert sizes == [24, 24, 25, 25]
    may = [polity.may_vote_later(person, org.id, book, org.clock + days * DAY) for days in (0, 29, 30, 400)]
    assert may == [False, False, True, True]
    assert polity.electorate(org.id, book, org.clock + 30 * DAY, frozenset({new, org.bo})).size == 23


def test_a_mandate_that_is_over_by_the_second_asked_gives_no_power(org):
    mandate = org.polity.mandates[org.mandate(org.eve)]
    admit = a.Admit(by=org.eve, under=mandate.id, people=((org.new(), TEXT),), branch=org.id)
    assert why_not(org.polity, admit, mandate.ends - 1) is None
    assert why_not(org.polity, admit, mandate.ends).message == "mandate-over"
    with pytest.raises(Refused, match="“office expire” was due and is missing"):
        judge(org.polity, admit, mandate.ends)
    assert org.polity.power(org.eve, "admit-members", org.id, mandate.ends - 1) is mandate
    assert org.polity.power(org.eve, "admit-members", org.id, mandate.ends) is None
    org.clock = mandate.ends
    assert org.refused(a.Admit, org.eve, under=mandate.id, people=admit.people, branch=org.id).message == "mandate-over"
    check_replay(org)


def test_a_mandate_that_begins_later_gives_no_power_before():
    org = Organization(20)
    org.carry(a.GrantMandate(org.office("secretary").id, org.bo))
    first = org.polity.mandates[org.mandate(org.bo)]
    org.carry(a.GrantMandate(first.office, org.bo, first.id))
    second = org.polity.held[org.bo][1]
    admit = a.Admit(by=org.bo, under=second.id, people=((org.new(), TEXT),), branch=org.id)
    assert why_not(org.polity, admit, org.clock).message == "mandate-over"
    org.clock = second.starts
    org.do(a.Admit, org.bo, under=second.id, people=admit.people, branch=org.id)


def test_a_day_has_passed_or_not_by_the_second_asked(org):
    today = org.polity.today(org.clock)
    away = a.StepBack(by=org.bo, until=today + 1)
    assert why_not(org.polity, away, org.clock) is None
    assert why_not(org.polity, away, org.clock + DAY) is None
    assert why_not(org.polity, away, org.clock + 2 * DAY).message == "day-passed"


def test_an_import_can_be_undone_until_the_second_asked(org):
    batch, _ = org.bring_in(2)
    undo = a.UndoImport(by=org.eve, under=org.mandate(org.eve), batch=batch)
    assert why_not(org.polity, undo, org.clock + 7 * DAY) is None
    assert why_not(org.polity, undo, org.clock + 8 * DAY).message == "undo-late"


def test_the_figures_beside_an_act_are_those_of_its_second(org):
    org.move()
    org.admit(3)
    motion = org.move()
    org.second(motion)
    org.until(motion, Stage.DEBATE)
    opening = a.OpenVote(by=org.ada, under=org.mandate(org.ada), poll=motion)
    found = [figures(org.polity, opening, org.clock + days * DAY)["eligible"] for days in (0, 40)]
    assert found == [24, 27]


def test_nothing_is_judged_before_the_latest_entry(org):
    org.do(a.StepBack, org.bo)
    for act in (a.Return(by=org.bo), a.Start(by=a.SERVER, version="1"), a.Leave(by=org.charlie)):
        with pytest.raises(Refused) as refused:
            judge(org.polity, act, org.clock - 1)
        assert refused.value.message == "out-of-order"


def test_before_the_founding_nothing_is_due_at_any_second():
    polity = Polity()
    assert due(polity, 0) is None
    assert due(polity, 2**40) is None
    assert why_not(polity, a.Leave(by="a" * 26), 5).message == "not-founded"


# --- replay and the door ---


@pytest.mark.parametrize("step", [1, 2, 7, 400])
def test_replay_agrees_with_the_door_however_often_the_door_looked(step):
    org = Organization(20, book=rules(transfer_days=1))
    motion = org.to_vote(a.FormBranch("North", org.id), a.ExpelMember(org.people[9]))
    org.vote(motion, yes=org.people[:9])
    org.do(a.StepBack, org.people[10], until=org.polity.today(org.clock) + 3)
    for _ in range(0, 400, step):
        org.clock += step * DAY
        org.catch_up()
    kinds = [type(act).__name__ for act in acts_in(org)]
    assert kinds[-7:] == ["Return", "CloseVote", "TakeEffect", "TakeEffect", "Expire", "Expire", "Expire"]
    check_replay(org)
    assert due(replay(org.record).polity, org.clock) is None


def test_applying_what_is_due_one_by_one_is_what_the_door_does(owed):
    other = replay(owed.record).polity
    owed.catch_up()
    while (act := due(other, owed.clock)) is not None:
        judge(other, act, owed.clock)
        apply(other, act, owed.clock)
    assert facts(other) == facts(owed.polity)
