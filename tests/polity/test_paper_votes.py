"""An answer on paper counts once two officers handed it in, until the member answers; a key's answer stands above it."""

import pytest

from frombelow.polity import Stage, decode, hidden, replay
from frombelow.polity.kernel.words import tell
from frombelow.polity.votes.state import Figures
from tests import acts as a
from tests.cast import Organization, rules

from .hiding import votes_in, without

BOOK = rules(quorum='{ yes_of_eligible = "0%" }', debate_days=3, opening_days=0, vouching_key_days=7)


@pytest.fixture
def org():
    """Ada and Eve, who take answers on paper, have had keys for long; Kim said "only with my keys"."""
    found = Organization(more=6, book=BOOK)
    found.kim = found.people[4]
    found.keys = {person: found.first_key(person) for person in (found.ada, found.eve, found.kim)}
    found.do(a.OnlyWithKeys, found.kim, sealed=found.keys[found.kim])
    found.wait(8)
    found.motion = found.to_vote()
    found.poll = found.polity.motions[found.motion].poll
    return found


def paper(org, who, person, choice, **other):
    return {
        "under": org.mandate(who),
        "poll": org.motion,
        "person": person,
        "choice": choice,
        "nonce": org.new(),
    } | other


def hand_in(org, who, person, choice, **other):
    return org.do(a.PaperVote, who, sealed=org.keys[who], **paper(org, who, person, choice, **other))


def refused(org, who, person, choice="yes", *, sealed=True, **other):
    key = {"sealed": org.keys[who]} if sealed else {}
    return org.refused(a.PaperVote, who, **key, **paper(org, who, person, choice, **other)).message


def counts_nothing(org, who, person):
    """It is taken in as any, so that no refusal tells that the member answered; and changes nothing."""
    poll = org.polity.motions[org.motion].poll
    before = (dict(poll.answers), dict(poll.papers), poll.yes, poll.no, poll.abstain, poll.paper, poll.rest)
    hand_in(org, who, person, "yes")
    assert (poll.answers, poll.papers, poll.yes, poll.no, poll.abstain, poll.paper, poll.rest) == before


def test_it_counts_once_two_have_handed_it_in(org):
    hand_in(org, org.ada, org.kim, "yes")
    assert (org.poll.yes, org.poll.answers) == (0, {})
    hand_in(org, org.eve, org.kim, "yes")
    assert (org.poll.yes, org.poll.paper, org.poll.rest) == (1, Figures(yes=1), Figures())
    assert org.poll.answers == {org.kim: "yes"}
    org.close(org.motion)
    closed = decode(next(data for data in org.record if b'"vote.close"' in data)).act
    assert (closed.yes, closed.paper) == (1, (1, 0, 0))
    assert "1 yes: 0 sealed, 1 on paper, 0 on the server’s word" in tell(org.polity, closed)
    assert replay(org.record).polity.motions[org.motion].poll == org.poll


def test_a_member_in_whose_name_nothing_stands_without_a_key_votes_so_without_one(org):
    assert org.cannot_vote(org.kim, org.motion).message == "seal-needed"
    hand_in(org, org.ada, org.kim, "no")
    hand_in(org, org.eve, org.kim, "no")
    assert org.polity.motions[org.motion].no == 1


def test_two_who_say_different_things_have_not_handed_in_the_same(org):
    hand_in(org, org.ada, org.kim, "yes")
    hand_in(org, org.eve, org.kim, "no")
    assert org.poll.answers == {}
    hand_in(org, org.ada, org.kim, "no")  # a slip of hers, and said anew
    assert org.poll.answers == {org.kim: "no"}


def test_one_alone_hands_in_nothing_however_often(org):
    hand_in(org, org.ada, org.kim, "yes")
    hand_in(org, org.ada, org.kim, "yes")
    hand_in(org, org.ada, org.kim, "no")
    hand_in(org, org.ada, org.kim, "yes")
    assert org.poll.answers == {}


def test_no_officer_learns_from_a_refusal_how_somebody_answered_while_the_vote_is_open():
    """Whoever took that paper learns nothing either: their page may be open to somebody who has no key of theirs."""
    org = Organization(more=6, book=BOOK)
    kim, clerk = org.people[4:6]
    org.keys = {person: org.first_key(person) for person in (org.ada, org.eve)}
    office = org.made(org.carry(a.CreateOffice("Clerk", ("take-paper-votes",), org.id)))
    org.carry(a.GrantMandate(office, clerk))
    org.motion = org.to_vote()
    for officer in (org.ada, org.eve):
        hand_in(org, officer, kim, "no")
    never = org.drawn_key(clerk)[0]
    for officer, key in ((clerk, None), (clerk, never), (org.ada, None), (org.ada, never)):
        org.keys[officer] = key
        said = {refused(org, officer, kim, choice, sealed=bool(key)) for choice in ("yes", "no", "abstain")}
        assert len(said) == 1, said


def test_it_takes_the_power_and_a_mandate_that_gives_it(org):
    org.keys[org.dee] = org.first_key(org.dee)
    assert refused(org, org.dee, org.kim) == "no-mandate"
    assert refused(org, org.ada, org.kim, under=org.mandate(org.eve)) == "unknown-mandate"


def test_it_is_sealed_by_a_key_that_is_known_for_long(org):
    """Else the server binds keys of two officers who have none, and answers for all in whose name it can do nothing."""
    assert refused(org, org.ada, org.kim, sealed=False) == "needs-a-key"
    other = Organization(more=6, book=BOOK, drawn="other")
    other.motion = other.to_vote()
    other.keys = {other.ada: other.first_key(other.ada)}
    assert refused(other, other.ada, other.people[4]) == "key-young"


def test_neither_of_the_two_is_the_member(org):
    assert refused(org, org.ada, org.ada) == "own-paper"
    hand_in(org, org.eve, org.ada, "yes")
    assert org.poll.answers == {}


def test_whom_the_question_is_about_takes_no_paper_on_it(org):
    org.motion = org.petition(org.mandate(org.ada))
    org.until(org.motion, Stage.VOTING)
    assert refused(org, org.ada, org.kim) == "own-cause"
    assert refused(org, org.eve, org.ada) == "about-you"


@pytest.mark.parametrize("who", ["charlie", "late"])
def test_who_is_not_in_the_electorate_does_not_answer_on_paper_either(org, who):
    (org.late,) = org.admit(1)
    assert refused(org, org.eve, getattr(org, who)) in ("not-a-member", "not-in-electorate")


def test_nothing_on_paper_stands_against_an_answer_with_a_key(org):
    org.do(a.CastVote, org.kim, poll=org.motion, choice="no", nonce=org.new(), sealed=org.keys[org.kim])
    counts_nothing(org, org.ada, org.kim)
    assert org.poll.answers == {org.kim: "no"}


def test_the_second_of_two_changes_nothing_where_the_member_answered_meanwhile(org):
    hand_in(org, org.ada, org.kim, "yes")
    org.do(a.CastVote, org.kim, poll=org.motion, choice="no", nonce=org.new(), sealed=org.keys[org.kim])
    counts_nothing(org, org.eve, org.kim)
    other = org.people[5]
    hand_in(org, org.ada, other, "yes")
    org.cast(other, org.motion, "no")
    counts_nothing(org, org.eve, other)
    assert org.poll.answers[other] == "no"


def test_two_officers_cannot_answer_for_everybody_in_the_hour_in_which_the_vote_opens(org):
    """Whoever answers themselves does so instead of what was handed in for them."""
    for person in (org.kim, *org.people[5:]):
        hand_in(org, org.ada, person, "yes")
        hand_in(org, org.eve, person, "yes")
    org.do(a.CastVote, org.kim, poll=org.motion, choice="no", nonce=org.new(), sealed=org.keys[org.kim])
    org.cast(org.people[5], org.motion, "no")
    assert (org.poll.no, org.poll.bound, org.poll.paper) == (2, Figures(no=1), Figures(yes=4))
    assert org.poll.rest == Figures(no=1)


def test_paper_counts_only_for_as_long_as_the_member_does_not_answer_themselves(org):
    """On the server's word too: it rests, and they can disown it. Paper does neither."""
    org.cast(org.people[5], org.motion, "no")
    counts_nothing(org, org.ada, org.people[5])
    assert (org.poll.answers[org.people[5]], org.poll.rest) == ("no", Figures(no=1))


def test_an_answer_on_paper_never_stands_against_one_that_a_key_sealed_whatever_came_in_between(org):
    other = org.people[5]
    key = org.first_key(other)
    org.do(a.CastVote, other, poll=org.motion, choice="no", nonce=org.new(), sealed=key)
    org.cast(other, org.motion, "yes")  # the server, in their name
    counts_nothing(org, org.ada, other)


def test_where_keys_and_paper_alone_count_who_has_no_key_answers_against_false_paper():
    """Their answer takes the paper away, and counts for nothing itself; no paper comes in for them again."""
    org = Organization(more=8, book=BOOK)
    org.keys = {person: org.first_key(person) for person in (org.ada, org.eve, *org.people[4:7])}
    org.wait(8)
    org.motion = org.to_vote(a.ExpelMember(org.bo), by=org.dee)
    kim, other, forged = org.people[-1], org.people[-2], org.people[4:7]
    org.vote(org.motion, yes=[*forged, *org.people[7:-2]], no=[org.ada, org.eve])
    org.until(org.motion, Stage.RESTING)
    for person in forged:
        org.do(a.DisownVote, person, poll=org.motion, sealed=org.keys[person])
    org.until(org.motion, Stage.VOTING)
    poll = org.polity.motions[org.motion].poll
    hand_in(org, org.ada, other, "yes")
    for officer in (org.ada, org.eve):
        hand_in(org, officer, kim, "yes")
    assert poll.paper == Figures(yes=1)
    org.cast(kim, org.motion, "no")
    org.cast(other, org.motion, "no")
    assert (poll.answers, poll.paper, poll.yes, poll.no) == ({}, Figures(), 0, 0)
    counts_nothing(org, org.ada, kim)
    assert org.cannot_vote(kim, org.motion).message == "sealed-only"


def test_whoever_would_be_elected_takes_no_paper_on_it(org):
    org.motion = org.to_vote(a.GrantMandate(org.office("treasurer").id, org.ada))
    assert refused(org, org.ada, org.kim) == "own-cause"


def test_what_comes_in_on_paper_is_hidden_until_the_vote_closes(org):
    first = len(org.record)
    hand_in(org, org.ada, org.kim, "yes")
    hand_in(org, org.eve, org.kim, "yes")
    places = votes_in(org.polity, org.record)
    assert places == [first, first + 1]
    found = hidden(org.polity)["vote.paper", org.motion]
    assert [found.could_be_by(org.polity.people[person]) for person in (org.ada, org.eve, org.kim)] == [
        True,
        True,
        False,
    ]
    unread = replay(without(org.record, places)).unread
    assert (unread.entries, unread.judged) == (2, None)
    org.close(org.motion)
    assert hidden(org.polity) == {}


def test_the_record_tells_who_handed_in_what_for_whom(org):
    told = tell(
        org.polity, hand_in(org, org.ada, org.kim, "yes").act, lambda person: "Kim" if person == org.kim else "Ada"
    )
    assert told == "Ada handed in that Kim voted yes on paper."
    told = tell(
        org.polity, hand_in(org, org.eve, org.kim, "abstain").act, lambda person: "Kim" if person == org.kim else "Eve"
    )
    assert told == "Eve handed in that Kim abstained on paper."


def test_paper_is_an_answer_where_a_vote_is_held_once_more_with_keys_and_paper_alone(org):
    question = org.polity.motions[org.motion]
    question.sealed_only = True
    assert org.cannot_vote(org.people[5], org.motion).message == "sealed-only"
    hand_in(org, org.ada, org.people[5], "yes")
    hand_in(org, org.eve, org.people[5], "yes")
    assert org.poll.paper == Figures(yes=1)


def test_when_the_vote_has_closed_nothing_comes_in_on_paper(org):
    org.close(org.motion)
    assert refused(org, org.ada, org.kim) == "not-voting"


@pytest.mark.parametrize("name", ["no", "unknown"])
def test_a_nonce_that_is_none_and_a_motion_that_is_not_there_are_refused(org, name):
    if name == "no":
        assert refused(org, org.ada, org.kim, nonce="aa") == "not-an-act"
    else:
        assert refused(org, org.ada, org.kim, poll=org.new()) == "unknown-motion"
