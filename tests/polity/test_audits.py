"""An audit of the roll by lot: what it finds, and what somebody tries so that it finds less."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.cli.verify import figures, summary
from frombelow.lots import most_false
from frombelow.lots.draws import verify
from frombelow.lots.draws.formats import read_draw, write_draw
from frombelow.polity import replay
from frombelow.polity.draws.auditing import at_most, tally
from frombelow.polity.draws.pooling import who_holds_keys
from frombelow.polity.draws.require import file_of
from frombelow.polity.draws.state import Draws
from frombelow.polity.kernel.entry import decode
from tests import acts as a
from tests.cast import Organization, breach

from .drawing import audit, decided, effect, lot, salt_of
from .test_attacks_on_draws import forged
from .test_draws import unsigned


@pytest.fixture
def found(org):
    """An audit of six out of twenty with keys, in which three ask."""
    return audit(org)


@pytest.fixture(scope="module")
def whole():
    """The same once it is over: two rows true, one of which two said so of; one false; three not reached."""
    found = audit(Organization(20))
    first, second, _third = found.askers
    one, two, *_ = [row for row in found.others(first) if row in found.others(second)]
    found.find(first, one)
    found.find(second, one)
    found.find(first, two)
    three = next(row for row in found.others(second) if row not in (one, two))
    found.find(second, three, "false")
    found.over()
    return found


# --- what it finds ---


def test_everybody_with_a_key_can_be_asked_and_nobody_else(found):
    assert len(found.held.pool) == 20
    assert set(found.asked.people) == {
        person for person in found.org.polity.people if found.org.polity.keys.can_seal(person)
    }


def test_who_stepped_back_can_be_asked_all_the_same(org):
    org.first_key(org.bo)
    org.do(a.StepBack, org.bo)
    assert list(who_holds_keys(org.polity, org.id)) == [org.bo]


def test_whoever_is_drawn_takes_no_seat(found):
    row = found.held.drawn[0]
    said = {"draw": found.asked.name, "row": row, "salt": salt_of(row).hex()}
    for kind in (a.AcceptSeat, a.DeclineSeat):
        assert found.org.refused(kind, found.asked.people[row], **said).message == "no-seats"
    assert not found.held.asked


def test_when_the_last_day_is_over_the_record_says_what_was_found(whole):
    over = whole.held.audited
    assert (over.people, over.asked, over.true, over.false, over.unreached) == (20, 6, 2, 1, 3)
    assert over.most == most_false(20, 6, 4)
    assert decode(whole.org.record[-1]).act == over


def test_who_was_not_reached_counts_as_false(found):
    over = found.over()
    assert (over.true, over.false, over.unreached, over.most) == (0, 0, 6, 20)


def test_of_whom_a_second_who_asks_says_otherwise_counts_as_false(found):
    first, second, _ = found.askers
    row = next(row for row in found.others(first) if row in found.others(second))
    found.find(first, row)
    assert tally(found.held) == (1, 0, 5)
    found.find(second, row, "false")
    assert tally(found.held) == (0, 1, 5)


@settings(max_examples=60)
@given(data=st.data())
def test_law_every_row_is_true_false_or_not_reached_and_nobody_makes_a_false_one_true(whole, data):
    rows = st.dictionaries(
        st.sampled_from(whole.held.drawn), st.dictionaries(st.sampled_from("xyz"), st.booleans(), min_size=1)
    )
    findings = data.draw(rows)
    told = tally(msgspec.structs.replace(whole.held, findings=findings))
    assert sum(told) == len(whole.held.drawn)
    assert told.false == sum(False in said.values() for said in findings.values())
    more = {row: said | {"w": True} for row, said in findings.items()}
    after = msgspec.structs.replace(whole.held, findings=more)
    assert tally(after) == told
    assert at_most(after, told) >= told.false + told.unreached


def test_members_are_asked_for_as_many_days_as_the_rules_say_however_late_they_were_drawn(org):
    found = audit(org, days=40)
    assert found.held.effect.until < org.polity.today(org.now)
    days = found.held.rules["draw_asking_days"]
    assert days * 86_400 <= found.held.asks_until - org.now <= (days + 1) * 86_400
    again = audit(Organization(20), days=100)
    assert again.org.polity.today(again.held.asks_until - 1) == again.held.effect.until


def test_an_outage_lengthens_the_days_in_which_members_are_asked(found):
    before = found.held.asks_until
    found.org.wait(1)
    found.org.outage(3)
    assert found.held.asks_until > before


def test_a_replay_finds_the_same_figures_and_verify_tells_them(whole):
    replayed = replay(whole.org.record)
    assert replayed.polity.part(Draws).held[whole.asked.name] == whole.held
    most = whole.held.audited.most
    told = f"An audit by lot asked 6 of 20 members with keys: 2 true, 1 false, 3 not reached; at most {most} of all can be false (95 %)."
    assert told in summary(replayed)
    assert figures(replayed)["audits"][0]["most"] == most


def test_the_file_of_an_audit_is_checked_as_any_draw_is(whole):
    assert verify(read_draw(write_draw(file_of(whole.held))), unsigned).panel == whole.held.seats.panel


def test_one_audit_is_over_before_the_next_is_decided(found):
    org = found.org
    again = effect(org, purpose="audit", task="another", quotas=(), reserves=0)
    moved = {"branch": org.id, "text": "A" * 43, "effects": (again,)}
    assert org.refused(a.Move, org.bo, motion=org.new(), **moved).message == "drawn-for-that"
    found.over()
    org.carry(again)


def test_those_who_ask_are_shown_names_and_each_time_is_an_entry(found):
    org, first = found.org, found.askers[0]
    org.do(a.LookAtAsked, a.SERVER, draw=found.asked.name, person=first)
    assert decode(org.record[-1]).act.person == first


# --- what somebody tries ---


def test_an_audit_leaves_nobody_out_and_favours_nobody(org):
    for other in ({"reserves": 2, "quotas": ()}, {"reserves": 0}):
        moved = {
            "motion": org.new(),
            "branch": org.id,
            "text": "A" * 43,
            "effects": (effect(org, purpose="audit", **other),),
        }
        assert org.refused(a.Move, org.bo, **moved).message == "audit-of-all"
    keys = {person: org.first_key(person) for person in list(org.polity.people)[:10]}
    asked = decided(org, keys=keys, purpose="audit", task="spring", quotas=(), reserves=0)
    said = asked.said(excluded=(("they hold an office", "4.1", 1, "0" * 64),), people=9)
    assert org.refused(a.SpecifyDraw, org.ada, **said).message == "audit-of-all"
    assert org.refused(a.SpecifyDraw, org.ada, **asked.said(people=9)).message == "not-everybody"


def test_nobody_says_of_themselves_what_was_found(org):
    found = audit(org, size=20)
    for by in found.askers:
        assert found.why_not(by, found.asked.people.index(by)) == "asks-themselves"


def test_nobody_hides_that_it_is_their_own_row_behind_the_row_of_another(org):
    found = audit(org, size=20)
    by, other, _ = found.askers
    own = found.asked.people.index(by)
    theirs = found.asked.people.index(other)
    assert found.why_not(by, own, own=theirs, salt=salt_of(theirs).hex()) == "row-of-another"
    assert found.why_not(by, own, own=theirs, salt=salt_of(own).hex()) == "row-of-another"
    assert found.why_not(by, own, own=99_999) == "row-of-another"


def test_who_was_not_drawn_to_ask_finds_nothing(found):
    other = next(person for person in found.asked.people if person not in found.askers)
    row = found.others(other)[0]
    assert found.why_not(other, row) == "no-asker"
    refused = found.org.refused(a.LookAtAsked, a.SERVER, draw=found.asked.name, person=other)
    assert refused.message == "no-asker"


def test_whoever_was_drawn_to_ask_and_has_not_accepted_finds_nothing(org):
    keys = {person: org.first_key(person) for person in org.polity.people}
    asking = lot(org, keys, purpose="askers", task="ask", size=3, reserves=0)
    asked = lot(org, keys, purpose="audit", task="spring", size=6, reserves=0)
    by = asking.people[asking.held.drawn[0]]
    own = asked.people.index(by)
    row = next(row for row in asked.held.drawn if row != own)
    said = {"draw": asked.name, "row": row, "found": "true", "own": own, "salt": salt_of(own).hex()}
    assert org.refused(a.FindAsked, by, sealed=keys[by], **said).message == "no-asker"


def test_nobody_finds_anything_before_the_draw(org):
    keys = {person: org.first_key(person) for person in org.polity.people}
    asked = decided(org, keys=keys, purpose="audit", task="spring", quotas=(), reserves=0)
    said = {"draw": asked.name, "row": 0, "found": "true", "own": 1, "salt": salt_of(1).hex()}
    assert org.refused(a.FindAsked, org.bo, sealed=keys[org.bo], **said).message == "draw-at-another-step"


def test_nobody_finds_anything_after_the_last_day(found):
    found.over()
    by = found.askers[0]
    assert found.why_not(by, found.others(by)[0]) == "audit-over"
    refused = found.org.refused(a.LookAtAsked, a.SERVER, draw=found.asked.name, person=by)
    assert refused.message == "audit-over"


def test_nobody_finds_something_of_a_row_twice(found):
    by = found.askers[0]
    row = found.others(by)[0]
    found.find(by, row, "false")
    assert found.why_not(by, row) == "found-already"


def test_nothing_is_found_of_a_row_that_was_not_drawn(found):
    by = found.askers[0]
    own = found.asked.people.index(by)
    row = next(row for row in range(20) if row not in found.held.drawn and row != own)
    assert found.why_not(by, row) == "not-drawn-to-be-asked"


def test_nothing_is_found_in_a_draw_that_is_no_audit(found):
    by = found.askers[0]
    assert found.why_not(by, 0, draw=found.asking.name) == "no-audit"


def test_what_was_found_is_sealed_by_a_key_from_before_the_pool(found):
    by = found.askers[0]
    row = found.others(by)[0]
    assert found.why_not(by, row, sealed=None) == "needs-a-key"
    secret, new = found.org.drawn_key(by)
    found.org.do(a.AddKey, by, sealed=found.asked.keys[by], key=new)
    assert found.why_not(by, row, sealed=secret) == "asker-key-new"


@pytest.mark.parametrize("name", ["people", "asked", "true", "false", "unreached", "most"])
def test_other_figures_than_those_that_follow_are_found(whole, name):
    right = getattr(whole.held.audited, name)
    record, at = forged(whole.org.record, a.EndAudit, **{name: right - 1})
    assert breach(record).index == at


def test_an_audit_that_somebody_does_not_like_is_not_held_back(whole):
    org = whole.org
    at = next(n for n, entry in enumerate(org.record) if isinstance(decode(entry).act, a.EndAudit))
    org.wait(1)
    org.do(a.StepBack, org.people[-1])
    assert breach([*org.record[:at], *org.record[at + 1 :]]).index == at


def test_a_word_that_is_taken_out_of_the_record_is_missed_in_the_figures(whole):
    record = list(whole.org.record)
    at = next(n for n, entry in enumerate(record) if isinstance(decode(entry).act, a.FindAsked))
    assert breach([*record[:at], *record[at + 1 :]]).index >= at


def test_nobody_ends_an_audit_but_time(found):
    told = tally(found.held)
    said = {
        "draw": found.asked.name, "people": 20, "asked": 6, "true": told.true, "false": told.false,
        "unreached": told.unreached, "most": 20,
    }  # fmt: skip
    for by in (found.org.ada, a.TIME, a.SERVER):
        assert found.org.refused(a.EndAudit, by, **said).message == "not-due"
