"""Offices and mandates: held from a day to a day, by authority of a decision."""

from datetime import UTC, datetime

import pytest

from frombelow.polity import Stage
from tests import acts as a
from tests.cast import NOON, TENANTS, TEXT, Organization, acts_in, rules


def treasurer(org, person):
    return a.GrantMandate(org.office("treasurer").id, person)


def test_a_mandate_names_the_decision_that_granted_it(org):
    motion = org.carry(treasurer(org, org.bo))
    (mandate,) = org.polity.held[org.bo]
    assert (mandate.source, mandate.person, mandate.provisional) == (motion, org.bo, False)


def test_it_ends_by_itself_with_the_last_day_of_its_term(org):
    org.carry(treasurer(org, org.bo))
    (mandate,) = org.polity.held[org.bo]
    starts, ends = (datetime.fromtimestamp(second, UTC).date() for second in (mandate.starts, mandate.ends - 1))
    assert (ends.year, ends.month, ends.day) == (starts.year + 1, starts.month, starts.day)
    org.wait((mandate.ends - org.clock) // 86_400)
    assert mandate.live(org.clock)
    org.wait(1)
    assert org.bo not in org.polity.held
    assert mandate.how == "term over"


def test_founding_mandates_end_within_ninety_days(org):
    org.wait(90)
    assert len(org.polity.held) == 3
    org.wait(1)
    assert not org.polity.held


def test_a_mandate_that_is_over_gives_no_power(org):
    mandate = org.mandate(org.eve)
    org.do(a.Resign, org.eve, mandate=mandate)
    refused = org.refused(a.Admit, org.eve, under=mandate, people=((org.new(), TEXT),), branch=org.id)
    assert (refused.article, refused.message) == ("3.1", "mandate-over")


def test_only_the_holder_resigns_and_only_once(org):
    mandate = org.mandate(org.ada)
    assert org.refused(a.Resign, org.bo, mandate=mandate).message == "not-yours"
    assert org.refused(a.Resign, org.bo, mandate=org.new()).message == "unknown-mandate"
    org.do(a.Resign, org.ada, mandate=mandate)
    assert org.refused(a.Resign, org.ada, mandate=mandate).message == "mandate-over"


def test_nobody_is_seated_where_no_seat_is_free_or_twice():
    book = TENANTS.replace('key = "treasurer"\n', 'key = "treasurer"\nseats = 2\n')
    org = Organization(20, book=book)
    motion = org.carry(*(treasurer(org, person) for person in (org.bo, org.bo, org.people[7], org.people[8])))
    voids = [(act.n, act.reason) for act in acts_in(org) if isinstance(act, a.Void)]
    assert voids == [(1, "holds-already"), (3, "no-seat")]
    assert org.polity.motions[motion].disposition == "partly void"


def test_nobody_holds_an_office_for_more_terms_in_a_row_than_the_rulebook_says():
    org = Organization(20, book=rules(consecutive_terms=1, term_months=1))
    org.carry(treasurer(org, org.bo))
    org.wait(32)
    refused = org.refused(
        a.Move, org.ada, motion=org.new(), branch=org.id, text=TEXT, effects=(treasurer(org, org.bo),)
    )
    assert refused.sentence() == "Article 3.3: nobody holds an office for more than one term in a row."
    org.wait(31)
    org.carry(treasurer(org, org.bo))


def test_resigning_the_day_before_the_end_does_not_begin_the_count_again():
    org = Organization(20, book=rules(consecutive_terms=1))
    org.carry(treasurer(org, org.bo))
    org.do(a.Resign, org.bo, mandate=org.mandate(org.bo))
    effects = (treasurer(org, org.bo),)
    assert org.refused(a.Move, org.ada, motion=org.new(), branch=org.id, text=TEXT, effects=effects).article == "3.3"


def test_provisional_mandates_do_not_count_as_terms():
    org = Organization(20, book=rules(consecutive_terms=1))
    org.wait(91)
    org.carry(a.GrantMandate(org.office("chair").id, org.ada))
    assert org.ada in org.polity.held


def test_an_office_may_ask_for_days_of_membership():
    org = Organization(5, book=TENANTS.replace('key = "treasurer"\n', 'key = "treasurer"\nmember_days = 60\n'))
    org.move()
    (new,) = org.admit(1)
    org.wait(40)
    effects = (treasurer(org, new),)
    refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=effects)
    assert refused.sentence() == "Article 3.1: this office asks for 60 days of membership."


def test_an_office_in_a_branch_is_held_by_its_members_and_reaches_no_further(org):
    north, movers = org.branch(members=6)
    made = org.made(
        org.carry(a.CreateOffice("Branch secretary", ("admit-members",), north), branch=north, by=movers[0])
    )
    effects = (a.GrantMandate(made, org.bo),)
    refused = org.refused(a.Move, movers[0], motion=org.new(), branch=north, text=TEXT, effects=effects)
    assert refused.message == "outside-branch"
    org.carry(a.GrantMandate(made, movers[1]), branch=north, by=movers[0])
    under = org.mandate(movers[1])
    org.do(a.Admit, movers[1], under=under, people=((org.new(), TEXT),), branch=north)
    refused = org.refused(a.Admit, movers[1], under=under, people=((org.new(), TEXT),), branch=org.id)
    assert refused.message == "no-mandate"


def test_an_office_of_the_whole_reaches_into_every_branch(org):
    north, _ = org.branch()
    org.carry(a.GrantMandate(org.office("secretary").id, org.people[9])) if org.eve not in org.polity.held else None
    holder = org.office("secretary").holders[0]
    newcomer = org.new()
    org.do(a.Admit, holder.person, under=holder.id, people=((newcomer, TEXT),), branch=north)
    assert org.polity.people[newcomer].branch == north


def test_a_branch_fills_no_office_of_the_whole(org):
    north, movers = org.branch(members=4)
    effects = (treasurer(org, movers[1]),)
    refused = org.refused(a.Move, movers[0], motion=org.new(), branch=north, text=TEXT, effects=effects)
    assert refused.message == "outside-branch"


def test_a_term_is_never_longer_than_the_rulebook_says():
    org = Organization(20, book=rules(term_months=6))
    made = org.made(org.carry(a.CreateOffice("Steward", (), org.id, term_months=36)))
    org.carry(a.GrantMandate(made, org.bo))
    (mandate,) = org.polity.held[org.bo]
    assert (mandate.ends - mandate.starts) // 86_400 in range(180, 186)


@pytest.mark.parametrize("power", ["suspend-the-rules", "expel", "", "admit-members "])
def test_no_office_can_be_given_a_power_above_the_rulebook(org, power):
    effects = (a.CreateOffice("Tsar", (power,), org.id),)
    refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=effects)
    assert (refused.article, refused.message) == ("3.1", "unknown-power")


def test_the_servers_settings_are_the_administrators(org):
    org.do(a.Settings, org.dee, under=org.mandate(org.dee), name="mail", value=TEXT)
    assert org.refused(a.Settings, org.ada, under=org.mandate(org.ada), name="mail", value=TEXT).message == "no-mandate"
    unknown = org.refused(a.Settings, org.dee, under=org.mandate(org.dee), name="superuser", value=TEXT)
    assert (unknown.article, unknown.message) == ("8.2", "setting-unknown")


def test_the_server_speaks_for_itself_alone(org):
    org.do(a.Start, "server", version="1")
    assert org.refused(a.Start, org.dee, version="1").message == "not-due"
    assert org.refused(a.Start, "server", under=org.mandate(org.dee), version="1").message == "not-due"
    refused = org.refused(a.Backup, "server", size=10**6)
    assert refused.sentence() == "Article 8.2: it speaks of more entries than there are."


def test_a_leap_day_and_a_month_give_the_last_of_the_month():
    at = int(datetime(2028, 1, 31, 12, tzinfo=UTC).timestamp())
    org = Organization(20, book=rules(term_months=1), at=at - 40 * 86_400)
    assert at > NOON
    org.carry(treasurer(org, org.bo))
    (mandate,) = org.polity.held[org.bo]
    assert datetime.fromtimestamp(mandate.ends, UTC).time().isoformat() == "00:00:00"


# --- the next term ---


def test_who_is_elected_again_holds_on_without_a_gap():
    org = Organization(20)
    org.carry(treasurer(org, org.bo))
    first = org.polity.held[org.bo][-1]
    org.carry(a.GrantMandate(first.office, org.bo, first.id))
    second = org.polity.held[org.bo][-1]
    assert (second.starts, second.provisional) == (first.ends, False)
    assert not second.live(org.clock)
    org.wait((first.ends - org.clock) // 86_400 + 1)
    assert first.ended
    assert second.live(org.clock)


def test_a_successor_begins_when_the_holder_ends_and_nobody_else_gets_the_seat():
    org = Organization(20)
    org.carry(treasurer(org, org.bo))
    first = org.polity.held[org.bo][-1]
    org.carry(a.GrantMandate(first.office, org.eve, first.id))
    motion = org.carry(a.GrantMandate(first.office, org.ada, first.id))
    assert org.polity.motions[motion].disposition == "void"
    motion = org.carry(treasurer(org, org.ada))
    assert org.polity.motions[motion].disposition == "void"


def test_only_a_mandate_of_the_same_office_can_be_followed():
    org = Organization(20)
    other = org.mandate(org.ada)
    refused = org.refused(
        a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT,
        effects=(a.GrantMandate(org.office("treasurer").id, org.bo, other),),
    )  # fmt: skip
    assert refused.message == "unknown-mandate"


def test_a_mandate_that_follows_one_that_was_given_back_begins_at_once():
    org = Organization(20)
    org.carry(treasurer(org, org.bo))
    first = org.polity.held[org.bo][-1]
    motion = org.move(a.GrantMandate(first.office, org.eve, first.id))
    org.do(a.Resign, org.bo, mandate=first.id)
    org.second(motion)
    org.until(motion, Stage.VOTING)
    for person in org.voters(motion):
        org.cast(person, motion, "yes")
    org.until(motion, Stage.DECIDED)
    held = next(m for m in org.polity.held[org.eve] if m.office == first.office)
    assert held.live(org.clock)
