"""Draws by lot, from the decision to the last seat."""

import pytest

from frombelow.cli.verify import summary
from frombelow.lots.draws import DrawError, verify
from frombelow.lots.draws.formats import read_draw, write_draw
from frombelow.polity import replay
from frombelow.polity.draws.require import file_of
from frombelow.polity.draws.seating import seated
from frombelow.polity.draws.state import Draws, Stage
from tests import acts as a
from tests.cast import Organization

from .drawing import closed, decided, drawn, effect, giving, objected


def unsigned(*_):
    raise ValueError("nothing here is signed but by seals")


@pytest.fixture(scope="module")
def whole():
    """A draw of four of 24 by floors, drawn with dice."""
    return drawn(Organization(20))


def test_a_draw_that_the_members_decided_waits_for_who_can_be_drawn(org):
    found = decided(org)
    assert found.held.stage is Stage.DECIDED
    assert found.held.effect.task == "look at the heating fund"


def test_whoever_is_drawn_keeps_the_quotas_and_stands_in_the_list(whole):
    held = whole.held
    assert held.stage is Stage.DRAWN
    assert held.drawn in held.panels.panels
    upper = sum(1 for row in held.drawn if held.pool[row].features == (0,))
    assert (len(held.drawn), upper in (2, 3)) == (4, True)


def test_the_published_file_is_checked_from_itself_alone(whole):
    found = verify(read_draw(write_draw(file_of(whole.held))), unsigned)
    assert found.panel == whole.held.seats.panel
    assert set(found.on_the_record) == {"contributions", "witnesses"}


def test_a_replay_finds_the_same_panel(whole):
    again = replay(whole.org.record).polity
    assert again.part(Draws).held[whole.name] == whole.held


def test_verify_says_how_many_draws_it_drew_again(whole):
    said = summary(replay(whole.org.record))
    assert "1 draw by lot drawn again, with the same panel." in said


def test_everybody_who_was_drawn_accepts(org):
    found = drawn(org)
    for row in found.held.drawn:
        found.accept(row)
    assert not found.held.asked
    assert set(found.held.accepted.values()) == {found.holder(row) for row in found.held.drawn}
    verify(file_of(found.held), unsigned)


def test_who_declines_is_followed_by_the_next_in_the_order_who_keeps_the_quotas(org):
    found = drawn(org)
    first = found.held.drawn[0]
    comes = found.held.seats.follows(first)
    entry = found.decline(first)
    assert entry.fixed == {"comes": comes}
    assert first not in found.held.asked
    assert comes in found.held.asked
    verify(file_of(found.held), unsigned)


def test_who_does_not_answer_in_time_is_passed_over(org):
    found = drawn(org)
    before = set(found.held.drawn)
    org.wait(org.polity.book["draw_answer_days"] + 1)
    assert before.isdisjoint(found.held.asked)
    verify(file_of(found.held), unsigned)


def test_who_accepted_can_still_give_the_seat_back(org):
    found = drawn(org)
    row = found.held.drawn[0]
    found.accept(row)
    found.decline(row)
    assert row not in found.held.accepted


def test_a_seat_for_which_there_is_nobody_stays_empty(small):
    found = drawn(small, size=2, quotas=(("floor", "upper", 1, 1), ("floor", "lower", 1, 1)), witnesses=3)
    for _ in range(2):
        found.decline(next(row for row in found.held.asked if row % 2 == 0))
    assert found.held.seats.empty == 1


def test_without_quotas_the_first_in_the_order_are_drawn_and_no_panels_are_listed(org):
    found = drawn(org, quotas=())
    assert len(found.held.drawn) == 4
    assert found.held.panels is None
    verify(file_of(found.held), unsigned)


def test_registrars_who_were_drawn_and_accepted_are_known_until_their_task_is_over(org):
    found = drawn(org, purpose="registrars", task="the election of May", quotas=())
    for row in found.held.drawn:
        found.accept(row)
    ready = seated(org.polity, "registrars", org.id, org.now)
    assert sorted(ready) == sorted(found.holder(row) for row in found.held.drawn)
    assert seated(org.polity, "tellers", org.id, org.now) == []
    org.wait(201)
    assert seated(org.polity, "registrars", org.id, org.now) == []


def test_a_draw_to_which_nobody_contributed_is_drawn_all_the_same(org):
    found = closed(org, given=0)
    for person in found.held.specified.witnesses[:3]:
        found.see(person)
    assert found.held.stage is Stage.DRAWN


def test_a_witness_who_misread_a_die_says_it_again(org):
    found = closed(org)
    ones = found.held.specified.witnesses
    found.see(ones[0], (6, *[1] * 15))
    for person in ones:
        found.see(person)
    assert found.held.stage is Stage.DRAWN


def test_a_draw_without_panels_lapses_when_contributions_close(org):
    found = objected(org)
    assert found.until(Stage.OVER).ended == "no-list"


def test_a_draw_to_which_chance_does_not_speak_lapses_and_can_be_decided_anew(org):
    found = closed(org)
    assert found.until(Stage.OVER).ended == "no-chance"
    again = org.carry(effect(org))
    assert org.polity.part(Draws).held[org.made(again)].stage is Stage.DECIDED


def test_a_draw_is_given_up_in_an_entry_and_decided_anew(org):
    found = giving(org)
    org.do(a.AbandonDraw, org.ada, under=org.mandate(org.ada), draw=found.name, why="mistake")
    assert found.held.stage is Stage.OVER
    org.carry(effect(org))


def test_an_outage_lengthens_the_days_for_objections_and_answers(org):
    found = objected(org)
    before = found.held.freezes
    org.outage(3)
    assert found.held.freezes > before
    found.until(Stage.GIVING)
    assert found.held.specification.objections_until == found.held.freezes


def test_a_file_of_a_draw_that_is_not_over_says_so(org):
    found = closed(org)
    with pytest.raises(DrawError, match="not over"):
        verify(file_of(found.held), unsigned)
