"""What entries and ballots say of a change of rules, of a mandate and of an office."""

import pytest

from frombelow.polity import read_rulebook
from frombelow.polity.kernel.words import Teller, tell
from frombelow.polity.motions.effects import effects_of, made_by
from frombelow.polity.rulebook.effects import changed_articles
from tests import acts as a
from tests.cast import TENANTS, TEXT, Organization, acts_in

BOOK = read_rulebook(TENANTS)
DEBATE = '[[article]]\n{}\ntitle = "Debate"\ntext = {}\ndebate_days = 21\n'


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ('number = "4.6"', '"For {debate_days} days."'),
        ("number = '4.6'", "'For {debate_days} days.'"),
        ('"number" = "4.6"', '"For {debate_days} days."'),
        ('number="4.6" # once 4.5', '"For {debate_days} days."'),
        ('# number = "4.5"\nnumber = "4.6"', '"For {debate_days} days."'),
        ('number = "\\u0034.6"', '"For {debate_days} days."'),
    ],
)
def test_the_articles_that_a_change_is_said_to_touch_are_those_that_it_touches(number, text):
    patch = DEBATE.format(number, text)
    changed = BOOK.changed(patch)
    touched = [each for each, article in changed.articles.items() if article != BOOK.articles.get(each)]
    assert changed_articles(a.ChangeRules(articles=patch)) == touched == ["4.6"]


def test_a_text_in_which_another_articles_number_stands_touches_its_own_article():
    patch = '[[article]]\nnumber = "3.1"\ntext = """\nOffices.\nnumber = "4.5"\nis another article."""\n'
    changed = BOOK.changed(patch)
    touched = [each for each, article in changed.articles.items() if article != BOOK.articles.get(each)]
    assert changed_articles(a.ChangeRules(articles=patch)) == touched == ["3.1"]


def test_an_article_that_is_struck_out_is_touched_too():
    assert changed_articles(a.ChangeRules(articles="", repeal=("8.1",))) == ["8.1"]


SHORTER = '[[article]]\nnumber = "3.2"\nterm_months = 3\n'
RENAMED = '[[article]]\nnumber = "4.6"\ntitle = "How long one debates"\n'


def asked(org, motion):
    """What the ballot of a motion asks; Ada, Bo and Eve by their names."""
    found = org.polity.motions[motion]
    return Teller(org.polity, called(org)).of(found).question(effects_of(found)[0])


def called(org):
    return lambda person: {org.ada: "Ada", org.bo: "Bo", org.eve: "Eve"}.get(person, "somebody")


def effects_told(org):
    """What each entry of an effect says."""
    return [tell(org.polity, act, called(org)) for act in acts_in(org) if isinstance(act, a.TakeEffect)]


def grant_across_a_shorter_term(org):
    """Bo is to be chair by a vote under the rules of before; meanwhile a term lasts three months."""
    change = org.to_vote(a.ChangeRules(SHORTER, on=org.polity.size))
    org.vote(change, yes=org.voters(change))
    election = org.move(a.GrantMandate(org.office("chair").id, org.bo))
    org.second(election)
    org.until(change, "decided")
    org.until(election, "voting")
    assert org.polity.book["term_months"] == 3
    return election


def test_a_ballot_asks_for_as_many_months_as_a_yes_gives_and_the_entry_says_them_too():
    org = Organization(20)
    election = grant_across_a_shorter_term(org)
    assert "at most 12 months" in asked(org, election)
    org.vote(election, yes=org.voters(election))
    org.close(election)
    [mandate] = org.polity.held[org.bo]
    assert mandate.months == 12
    assert "at most 12 months" in effects_told(org)[-1]


def test_an_old_entry_goes_on_saying_what_it_said_when_the_rules_change():
    org = Organization(20)
    org.carry(a.GrantMandate(org.office("chair").id, org.bo))
    org.carry(a.ChangeRules('[[article]]\nnumber = "4.6"\ndebate_days = 9\n', on=org.polity.size))
    before = effects_told(org)
    for change in (SHORTER, RENAMED):
        org.carry(a.ChangeRules(change, on=org.polity.size))
    assert effects_told(org)[:2] == before


def test_the_ballot_of_a_branch_with_shorter_terms_asks_for_the_months_that_it_gives():
    org = Organization(30)
    north, people = org.branch("North", 12)
    here = {"branch": north, "by": people[0]}
    org.carry(a.ChangeRules(SHORTER, on=org.polity.size), **here)
    office = org.made(org.carry(a.CreateOffice("Steward", ("open-votes",), north), **here))
    assert "at most 3 months" in asked(org, org.to_vote(a.GrantMandate(office, people[1]), **here))


def test_a_ballot_that_makes_an_office_and_fills_it_asks_for_the_months_of_that_office():
    org = Organization(20)
    motion = org.new()
    office = a.CreateOffice("Bursar", (), org.id, term_months=5)
    grant = a.GrantMandate(made_by(motion, 0, office), org.bo)
    org.do(a.Move, org.bo, motion=motion, branch=org.id, text=TEXT, effects=(office, grant))
    teller = Teller(org.polity).of(org.polity.motions[motion])
    assert "at most 5 months" in teller.effect(grant)


def test_a_ballot_on_an_office_says_its_seats_its_term_and_who_can_hold_it():
    org = Organization(20)
    bursar = a.CreateOffice("Bursar", ("see-the-roll",), org.id, seats=77, term_months=29, member_days=333)
    motion = org.to_vote(bursar)
    numbers = "77 seats, given for at most 29 months at a time, of which the rules allow 12, to who has been a member "
    assert f"{numbers}for 333 days?" in asked(org, motion)
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    assert f"{numbers}for 333 days." in effects_told(org)[-1]


def test_a_ballot_says_whose_mandate_from_the_founding_ends_by_a_yes_and_the_entry_says_it_too():
    org = Organization(10)
    motion = org.to_vote(a.GrantMandate(org.office("secretary").id, org.bo))
    assert asked(org, motion).endswith("at most 12 months, in place of Eve, its holder since the founding?")
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    assert org.eve not in org.polity.held
    assert effects_told(org)[-1].endswith("in place of Eve, its holder since the founding.")


class TwoChairs(Organization):
    """Ada and Bo chair together since the founding."""

    def do(self, kind, by, *, sealed=None, **fields):
        if kind is a.Found:
            fields["mandates"] = (*fields["mandates"], ("chair", self.bo))
        return super().do(kind, by, sealed=sealed, **fields)


@pytest.mark.parametrize("who", ["ada", "bo", "somebody else"])
def test_of_two_founders_in_an_office_the_ballot_names_the_one_who_goes(who):
    org = TwoChairs(12, book=TENANTS.replace('key = "chair"', 'key = "chair"\nseats = 2', 1))
    chair, name = org.office("chair"), called(org)
    motion = org.to_vote(a.GrantMandate(chair.id, getattr(org, who, org.people[6])), by=org.people[7])
    said = asked(org, motion)
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    gone = {name(each) for each in (org.ada, org.bo)} - {name(mandate.person) for mandate in chair.holders}
    assert {each for each in ("Ada", "Bo") if f"in place of {each}" in said} == gone
