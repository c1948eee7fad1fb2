"""Rules aim at what is meant: a person and a power, not one mandate or one office's name; what a motion does, not how."""

import pytest

from frombelow.polity import Stage
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, article, rules

YEAR = 366


@pytest.fixture
def org():
    return Organization(16)


def chair(org):
    return org.office("chair").id


def grant(org, person, follows=None):
    more = {"follows": follows} if follows else {}
    return a.GrantMandate(chair(org), person, **more)


def refused_move(org, *effects):
    return org.refused(a.Move, org.dee, motion=org.new(), branch=org.id, text=TEXT, effects=effects)


def recalled(org, mandate):
    motion = org.petition(mandate)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.voters(motion))
    assert org.until(motion, Stage.DECIDED).outcome == "carried"


def in_office(org):
    """Bo holds the chair by a decision, and has been granted the next term too: the two mandates."""
    first = org.made(org.carry(grant(org, org.bo)))
    second = org.made(org.carry(grant(org, org.bo, first)))
    return first, second


def test_a_recall_voids_the_next_term_of_the_same_person_and_frees_the_seat(org):
    first, second = in_office(org)
    recalled(org, first)
    assert org.polity.mandates[second].ended
    assert org.office("chair").holders == []
    org.carry(grant(org, org.dee))
    assert [held.person for held in org.office("chair").holders] == [org.dee]


def test_who_gives_a_mandate_back_gives_back_what_follows_it(org):
    first, second = in_office(org)
    org.do(a.Resign, org.bo, mandate=first)
    assert org.polity.mandates[second].ended


def test_who_was_to_follow_somebody_else_begins_when_that_one_is_recalled(org):
    first = org.made(org.carry(grant(org, org.bo)))
    second = org.made(org.carry(grant(org, org.dee, first)))
    recalled(org, first)
    assert org.polity.mandates[second].live(org.polity.at)
    assert org.polity.power(org.dee, "rule-on-motions", org.id, org.polity.at)


def test_one_term_is_granted_ahead_and_no_more(org):
    _, second = in_office(org)
    assert refused_move(org, grant(org, org.bo, second)).sentence() == (
        "Article 3.1: the mandate that this one would follow has not begun; one is granted ahead at most."
    )


def test_a_second_chair_of_another_name_does_not_evade_the_end_of_terms_in_a_row():
    org = Organization(16, book=rules(consecutive_terms=1, term_months=6))
    org.carry(grant(org, org.bo))
    second = org.made(org.carry(a.CreateOffice("Presidium", ("rule-on-motions",), org.id)))
    refused = refused_move(org, a.GrantMandate(second, org.bo))
    assert (refused.article, refused.message) == ("3.3", "too-many-terms")
    org.carry(a.GrantMandate(second, org.dee))


def test_an_office_with_no_power_in_common_is_another_one():
    org = Organization(16, book=rules(consecutive_terms=1))
    org.carry(grant(org, org.bo))
    org.carry(a.GrantMandate(org.office("treasurer").id, org.bo))
    assert len(org.polity.held[org.bo]) == 2


def lost(org, *effects):
    motion = org.to_vote(*effects)
    org.vote(motion, yes=org.people[20:30], no=org.people[:18])
    assert org.close(motion).outcome == "lost"


def doubled(org, *effects):
    return org.polity.motions[org.move(*effects)].doubled


@pytest.fixture
def many():
    return Organization(56)


def test_a_question_with_one_changed_word_is_the_same(many):
    change = article("5.4", voting_days=9)
    lost(many, a.ChangeRules(change))
    assert doubled(many, a.ChangeRules(change.replace("closes by itself", "ends by itself")))
    assert doubled(many, a.ChangeRules('[[article]]\nnumber = "5.4"\nvoting_days = 9\n'))
    assert not doubled(many, a.ChangeRules(article("5.4", voting_days=10)))


def test_a_question_with_another_effect_beside_it_is_the_same(many):
    lost(many, a.FormBranch("North", many.id))
    assert doubled(many, a.FormBranch("North", many.id), a.FormBranch("South", many.id))
    assert doubled(many, a.FormBranch(" north ", many.id))
    assert not doubled(many, a.FormBranch("South", many.id))


def test_a_charter_asked_again_with_one_person_more_is_the_same_question(many):
    north, _ = many.branch("North", 5)
    day = many.polity.today(many.now)
    lost(many, a.Charter(north, day + 300, 100))
    assert doubled(many, a.Charter(north, day + 300, 100))
    assert doubled(many, a.Charter(north, day + 301, 101))


def test_lists_in_another_order_are_the_same_question(many):
    org = many
    north, three = org.branch("North", 3)
    org.steward(north, three[0])
    under = org.polity.held[three[0]][0].id
    for _ in range(2):
        new = tuple((org.new(), TEXT) for _ in range(20))
        org.do(a.Admit, three[0], under=under, people=new, branch=north)
        for person in org.people[30:33]:
            org.do(a.AskForVote, person, branch=north, question=org.new())
        org.wait(1)
    for choice in (lambda motion: org.vote(motion, yes=org.voters(motion)), org.close):
        for motion in sorted(org.polity.voting):
            choice(motion)
    one, other = org.polity.admissions.lists
    lost(org, a.LetListsVote((one, other)))
    assert doubled(org, a.LetListsVote((one, other)))
    assert doubled(org, a.LetListsVote((other, one)))
    assert doubled(org, a.LetListsVote((one, other, one)))


def test_people_in_another_order_or_with_one_more_are_the_same_question(many):
    people = tuple((many.new(), TEXT) for _ in range(3))
    lost(many, a.AdmitPeople(people, many.id))
    again = many.move(a.AdmitPeople(people[::-1], many.id))
    assert many.polity.motions[again].doubled
    many.do(a.Withdraw, many.bo, motion=again)  # while it runs nobody else admits them
    assert doubled(many, a.AdmitPeople((*people, (many.new(), TEXT)), many.id))


def test_a_question_that_was_lost_only_in_a_bundle_needs_no_double_seconders(many):
    rival = many.people[30]
    lost(many, grant(many, rival), a.FormBranch("Nonsense", many.id))
    assert not doubled(many, grant(many, rival))


def test_nor_does_a_setting_that_was_lost_beside_another_in_one_change_of_rules(many):
    lost(many, a.ChangeRules(article("5.4", voting_days=9) + "\n" + article("4.6", debate_days=20)))
    assert not doubled(many, a.ChangeRules(article("5.4", voting_days=9)))


def test_but_a_bundle_asked_again_with_other_nonsense_is_the_same(many):
    rival = many.people[30]
    lost(many, grant(many, rival), a.FormBranch("Nonsense", many.id))
    assert doubled(many, grant(many, rival), a.FormBranch("Other nonsense", many.id))


def test_an_office_by_another_name_is_the_same_question(many):
    lost(many, a.CreateOffice("Commissar", ("admit-members",), many.id))
    assert doubled(many, a.CreateOffice("Friend of all", ("admit-members",), many.id, 2))


def test_the_next_mandate_of_the_same_person_is_the_same_question(many):
    first, second = in_office(many)
    motion = many.to_vote(a.EndMandate(first))
    many.vote(motion, yes=many.people[30:40], no=many.people[4:24])
    assert many.close(motion).outcome == "lost"
    many.wait(120)
    assert doubled(many, a.EndMandate(second))


def test_a_term_that_runs_out_is_followed_by_the_next(org):
    first, second = in_office(org)
    org.wait((org.polity.mandates[first].ends - org.clock) // DAY + 1)
    assert org.polity.mandates[second].live(org.polity.at)
