"""Coming in again after a lost device: who asks, who vouches, what time does, and who stops it."""

import pytest

from frombelow.polity import Breach, replay
from frombelow.polity.kernel.words import tell
from tests import acts as a
from tests.cast import DAY, TENANTS, TEXT, Organization, acts_in, article, rules

HOUR = 3600


@pytest.fixture
def org():
    return Organization(20)


def ask(org, person=None):
    """Bo, or who is named, asks; returns the request's id."""
    name = org.new()
    person = person or org.bo
    org.do(a.AskAccess, person, recovery=name, person=person)
    return name


def ask_for(org, person=None, by=None):
    """Eve, who holds the power, asks for Bo."""
    name, by = org.new(), by or org.eve
    org.do(a.AskAccess, by, under=org.mandate(by), recovery=name, person=person or org.bo)
    return name


def vouch(org, name, *people):
    for person in people:
        org.do(a.Vouch, person, recovery=name, person=org.bo)


def hours(org, count):
    org.clock += count * HOUR
    org.catch_up()


def ended(org, name):
    return org.polity.recoveries[name].ended


def test_two_members_vouch_and_seventy_two_hours_later_the_way_is_open(org):
    name = ask(org)
    vouch(org, name, org.ada)
    hours(org, 80)
    assert ended(org, name) == ""
    vouch(org, name, org.dee)
    hours(org, 71)
    assert ended(org, name) == ""
    hours(org, 1)
    assert ended(org, name) == "open"
    assert org.polity.recovering == {}
    assert replay(org.record).polity.recoveries[name].ended == "open"


def test_an_officer_with_the_power_asks_and_nobody_needs_to_vouch(org):
    name = ask_for(org)
    message = org.refused(a.Vouch, org.ada, recovery=name, person=org.bo).message
    assert message == "nobody-vouches"
    hours(org, 72)
    assert ended(org, name) == "open"


def test_without_the_power_nobody_asks_for_another(org):
    fields = {"recovery": org.new(), "person": org.bo}
    assert org.refused(a.AskAccess, org.ada, **fields).message == "no-mandate"
    assert org.refused(a.AskAccess, org.ada, under=org.mandate(org.ada), **fields).message == "no-mandate"
    assert org.refused(a.AskAccess, org.charlie, **fields).message == "not-a-member"


def test_an_officer_does_not_ask_for_themselves_by_their_office(org):
    fields = {"recovery": org.new(), "person": org.eve}
    assert org.refused(a.AskAccess, org.eve, under=org.mandate(org.eve), **fields).message == "own-cause"


def test_only_members_are_let_in_again(org):
    org.do(a.Leave, org.bo)
    fields = {"recovery": org.new(), "person": org.bo}
    assert org.refused(a.AskAccess, org.eve, under=org.mandate(org.eve), **fields).message == "unknown-person"


def test_one_request_runs_for_a_member_at_a_time(org):
    ask(org)
    refused = org.refused(a.AskAccess, org.bo, recovery=org.new(), person=org.bo)
    assert refused.sentence() == "Article 2.6: a request to let this member in again is running already."


def test_ids_are_drawn_and_used_once(org):
    name = ask(org)
    org.do(a.StopAccess, org.bo, recovery=name, person=org.bo)
    org.wait(31)
    for taken in (name, org.bo, "1" * 26):
        assert org.refused(a.AskAccess, org.bo, recovery=taken, person=org.bo).message == "bad-id"
    people = ((name, "A" * 43),)
    refused = org.refused(a.Admit, org.eve, under=org.mandate(org.eve), people=people, branch=org.id)
    assert refused.message == "bad-id"


def test_nobody_vouches_twice_or_for_themselves(org):
    name = ask(org)
    vouch(org, name, org.ada)
    fields = {"recovery": name, "person": org.bo}
    assert org.refused(a.Vouch, org.ada, **fields).message == "vouched-already"
    assert org.refused(a.Vouch, org.bo, **fields).message == "vouch-for-self"


def test_who_may_not_vote_yet_does_not_vouch(org):
    org.move()
    (new,) = org.admit(1)
    name = ask(org)
    refused = org.refused(a.Vouch, new, recovery=name, person=org.bo)
    assert refused.message == "no-franchise"


def test_a_vouch_is_for_one_request_and_one_person(org):
    first = ask(org)
    org.do(a.StopAccess, org.bo, recovery=first, person=org.bo)
    org.wait(31)
    ask(org)
    assert org.refused(a.Vouch, org.ada, recovery=first, person=org.bo).message == "recovery-over"
    fields = {"recovery": first, "person": org.dee}
    assert org.refused(a.Vouch, org.ada, **fields).message == "unknown-recovery"
    assert org.refused(a.StopAccess, org.ada, recovery=org.new(), person=org.bo).message == "unknown-recovery"


@pytest.mark.parametrize("who", ["bo", "ada"])
def test_the_member_and_whoever_vouched_stop_it(org, who):
    name = ask(org)
    vouch(org, name, org.ada, org.dee)
    org.do(a.StopAccess, getattr(org, who), recovery=name, person=org.bo)
    hours(org, 200)
    assert ended(org, name) == "stop"


def test_the_officer_takes_it_back_and_others_do_not(org):
    name = ask_for(org)
    fields = {"recovery": name, "person": org.bo}
    assert org.refused(a.StopAccess, org.ada, **fields).message == "not-yours-to-stop"
    org.do(a.StopAccess, org.eve, **fields)
    assert ended(org, name) == "stop"


def test_without_enough_who_vouch_it_lapses(org):
    name = ask(org)
    vouch(org, name, org.ada)
    org.wait(15)
    assert ended(org, name) == "lapse"
    assert org.polity.recovering == {}
    assert replay(org.record).polity.recoveries[name].ended == "lapse"


def test_a_recalled_officer_lets_nobody_in(org):
    name = ask_for(org)
    org.do(a.Resign, org.eve, mandate=org.mandate(org.eve))
    hours(org, 72)
    assert ended(org, name) == "lapse"


def test_who_left_meanwhile_is_let_in_no_more(org):
    name = ask_for(org)
    org.do(a.Leave, org.bo)
    hours(org, 72)
    assert ended(org, name) == "lapse"


@pytest.mark.parametrize("kind", [a.OpenAccess, a.LapseAccess])
def test_nobody_does_what_time_does(org, kind):
    name = ask(org)
    for by in (org.bo, org.eve, a.TIME):
        assert org.refused(kind, by, recovery=name, person=org.bo).message == "not-due"


def test_a_record_that_held_the_opening_back_is_found_out(org):
    ask_for(org)
    hours(org, 72)
    org.do(a.StepBack, org.ada)
    short = [entry for entry in org.record if b'"kind":"access.open"' not in entry]
    with pytest.raises(Breach) as caught:
        replay(short)
    assert caught.value.article == "2.6"


def test_a_request_keeps_the_rules_it_began_under(org):
    org = Organization(20, book=rules(TENANTS, debate_days=3))
    motion = org.to_vote(a.ChangeRules(article("2.6", recovery_hours=240, recovery_vouches=5)))
    org.vote(motion, yes=org.voters(motion))
    org.clock = org.polity.motions[motion].deadline - HOUR
    name = ask(org)
    vouch(org, name, org.ada, org.dee)
    hours(org, 2)
    assert org.polity.book["recovery_hours"] == 240
    hours(org, 72)
    assert ended(org, name) == "open"


@pytest.mark.parametrize(("key", "value"), [("recovery_hours", 23), ("recovery_hours", 337), ("recovery_vouches", 0)])
def test_no_rulebook_makes_it_a_matter_of_hours_or_of_nobody(key, value):
    from frombelow.polity import RulebookError, read_rulebook

    with pytest.raises(RulebookError, match=key):
        read_rulebook(rules(**{key: value}))


def test_each_step_is_told_in_words(org):
    name = ask(org)
    vouch(org, name, org.ada, org.dee)
    hours(org, 72)
    acts = [act for act in acts_in(org) if a.kind_of(act).startswith("access.")]
    names = {org.bo: "Bo", org.ada: "Ada", org.dee: "Dee", org.eve: "Eve"}
    told = [tell(org.polity, act, lambda who: names.get(who, who)) for act in acts]
    assert told == [
        "Bo asked to come in again, having lost every way to sign in.",
        "Ada vouched for Bo, who lost every way to sign in.",
        "Dee vouched for Bo, who lost every way to sign in.",
        "Bo can come in again; their earlier ways to sign in are gone.",
    ]
    officers = a.AskAccess(by=org.eve, under=org.mandate(org.eve), recovery=org.new(), person=org.bo)
    assert tell(org.polity, officers, names.get) == "Eve asked for a way in for Bo, who lost every way to sign in."


def test_no_address_is_in_the_record(org):
    ask(org)
    assert b"@" not in org.record[-1]
    assert org.clock - DAY < a.decode(org.record[-1]).at


def test_an_officer_s_printed_code_is_an_entry_and_only_for_who_was_never_here(org):
    fay = org.new()
    org.do(a.Admit, org.eve, under=org.mandate(org.eve), people=((fay, TEXT),), branch=org.id)
    under = org.mandate(org.eve)
    act = org.do(a.IssueCode, org.eve, under=under, person=fay).act
    assert tell(org.polity, act, name=lambda _: "Fay") == "Fay printed a code with which Fay signs in once."
    org.do(a.StepBack, fay)
    assert org.refused(a.IssueCode, org.eve, under=under, person=fay).message == "came-in-before"
    replay(org.record)


def test_nobody_prints_a_code_without_the_power_or_for_nobody(org):
    assert org.refused(a.IssueCode, org.ada, person=org.people[0]).message == "no-mandate"
    assert org.refused(a.IssueCode, org.ada, under=org.mandate(org.ada), person=org.people[0]).message == "no-mandate"
    assert org.refused(a.IssueCode, org.charlie, person=org.people[0]).message == "not-a-member"
    under = org.mandate(org.eve)
    assert org.refused(a.IssueCode, org.eve, under=under, person=org.charlie).message == "unknown-person"
    org.do(a.Leave, org.people[0])
    assert org.refused(a.IssueCode, org.eve, under=under, person=org.people[0]).message == "unknown-person"


def test_what_whoever_runs_the_server_prints_is_an_entry_too(org):
    act = org.do(a.IssueCode, a.SERVER, person=org.bo).act
    assert tell(org.polity, act, name=lambda _: "Bo") == "The server printed a code with which Bo signs in once."


# --- the code that the officer prints when the way is open ---


def test_the_officer_who_asked_prints_one_code_by_the_power_to_restore_access(org):
    org.do(a.StepBack, org.bo)  # Bo was here: nobody who merely admits members prints a code for them
    under = org.mandate(org.eve)
    assert org.refused(a.IssueCode, org.eve, under=under, person=org.bo).message == "came-in-before"
    name = ask_for(org)
    assert org.refused(a.IssueCode, org.eve, under=under, person=org.bo).message == "came-in-before"
    hours(org, 72)
    org.do(a.IssueCode, org.eve, under=under, person=org.bo)
    assert org.polity.recoveries[name].printed
    assert org.refused(a.IssueCode, org.eve, under=under, person=org.bo).message == "came-in-before"
    assert replay(org.record).polity.recoveries[name].printed


def test_a_week_after_the_way_opened_no_code_is_printed(org):
    org.do(a.StepBack, org.bo)
    ask_for(org)
    hours(org, 72)
    hours(org, 7 * 24)
    assert org.refused(a.IssueCode, org.eve, under=org.mandate(org.eve), person=org.bo).message == "came-in-before"


def test_who_asked_for_themselves_or_was_stopped_prints_nothing(org):
    org.do(a.StepBack, org.bo)
    name = ask(org)
    vouch(org, name, org.ada, org.dee)
    hours(org, 72)
    assert ended(org, name) == "open"
    assert org.refused(a.IssueCode, org.bo, person=org.bo).message == "no-mandate"
    assert org.refused(a.IssueCode, org.eve, under=org.mandate(org.eve), person=org.bo).message == "came-in-before"


def test_whose_mandate_is_over_meanwhile_prints_no_code(org):
    org.do(a.StepBack, org.bo)
    ask_for(org)
    hours(org, 72)
    under = org.mandate(org.eve)
    org.do(a.Resign, org.eve, mandate=under)
    assert org.refused(a.IssueCode, org.eve, under=under, person=org.bo).message == "mandate-over"
    assert org.refused(a.IssueCode, org.eve, person=org.bo).message == "no-mandate"
