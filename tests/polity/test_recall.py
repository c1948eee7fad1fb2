"""Recall: any mandate, asked for by a tenth, answered, voted on, and ended by the result."""

from frombelow.polity import Stage
from tests import acts as a
from tests.cast import TEXT, Organization, rules


def test_a_recall_ends_the_mandate(org):
    mandate = org.mandate(org.ada)
    motion = org.petition(mandate)
    found = org.polity.motions[motion]
    assert (found.stage, len(found.signers)) == (Stage.REPLY, 3)
    org.do(a.Reply, org.ada, motion=motion, text=TEXT)
    assert (list(found.replies.values()), found.stage) == ([TEXT], Stage.DEBATE)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.people[1:7])
    assert org.close(motion).outcome == "carried"
    assert org.ada not in org.polity.held
    assert org.polity.mandates[mandate].how == "ended by decision"
    assert org.polity.people[org.ada].standing == "member"


def test_it_is_voted_on_within_its_days_whether_or_not_the_officer_replies(org):
    motion = org.petition(org.mandate(org.ada))
    org.wait(14)
    assert org.polity.motions[motion].stage is Stage.DEBATE
    org.wait(1)
    assert org.polity.motions[motion].stage is Stage.VOTING


def test_before_the_reply_or_its_time_nobody_opens_the_vote(org):
    motion = org.petition(org.mandate(org.ada))
    opening = {"under": org.mandate(org.eve), "poll": motion}
    assert org.refused(a.OpenVote, org.eve, **opening).message == "wrong-stage"
    org.wait(8)
    org.do(a.OpenVote, org.eve, **opening)


def test_a_recall_with_too_few_signatures_lapses(org):
    motion = org.new()
    org.do(a.Petition, org.bo, motion=motion, mandate=org.mandate(org.ada), text=TEXT)
    assert org.refused(a.Sign, org.bo, motion=motion).message == "signed-already"
    org.wait(61)
    assert org.polity.motions[motion].stage is Stage.LAPSED


def test_one_recall_of_a_mandate_at_a_time(org):
    mandate = org.mandate(org.ada)
    org.petition(mandate)
    assert org.refused(a.Petition, org.bo, motion=org.new(), mandate=mandate, text=TEXT).message == "recall-running"
    assert org.refused(a.Petition, org.bo, motion=org.new(), mandate=org.new(), text=TEXT).message == "unknown-mandate"


def test_a_recall_that_was_lost_can_be_asked_for_again(org):
    mandate = org.mandate(org.ada)
    motion = org.petition(mandate)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.people[9:13], no=org.people[1:9])
    assert org.close(motion).outcome == "lost"
    org.petition(mandate)


def test_a_motion_that_asks_what_a_lost_recall_asked_needs_double_seconders():
    org = Organization(36)
    mandate = org.mandate(org.ada)
    recall = org.petition(mandate)
    org.until(recall, Stage.VOTING)
    org.vote(recall, yes=org.people[9:14], no=org.people[1:9])
    assert org.close(recall).outcome == "lost"
    assert org.polity.motions[org.move(again=recall)].doubled
    assert org.polity.motions[org.move(a.EndMandate(mandate))].doubled
    assert not org.polity.motions[org.move(a.EndMandate(org.mandate(org.eve)))].doubled


def test_who_resigns_is_recalled_no_more(org):
    mandate = org.mandate(org.ada)
    motion = org.petition(mandate)
    org.do(a.Resign, org.ada, mandate=mandate)
    org.wait(15)
    assert org.polity.motions[motion].stage is Stage.LAPSED
    assert org.refused(a.Petition, org.bo, motion=org.new(), mandate=mandate, text=TEXT).message == "mandate-over"


def test_a_mandate_that_ends_during_the_vote_leaves_nothing_to_end(org):
    mandate = org.mandate(org.ada)
    motion = org.petition(mandate)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.voters(motion))
    org.do(a.Resign, org.ada, mandate=mandate)
    assert org.close(motion).disposition == "void"


def test_a_recall_in_a_branch_is_the_branchs(org):
    north, movers = org.branch(members=6)
    made = org.made(org.carry(a.CreateOffice("Steward", (), north), branch=north, by=movers[0]))
    org.carry(a.GrantMandate(made, movers[1]), branch=north, by=movers[0])
    mandate = org.mandate(movers[1])
    refused = org.refused(a.Petition, org.bo, motion=org.new(), mandate=mandate, text=TEXT)
    assert refused.message == "not-of-branch"
    motion = org.new()
    org.do(a.Petition, movers[0], motion=motion, mandate=mandate, text=TEXT)
    assert org.polity.motions[motion].stage is Stage.REPLY  # a tenth of six is one
    org.until(motion, Stage.VOTING)
    assert set(org.voters(motion)) == set(movers) - {movers[1]}


def test_a_tenth_is_rounded_up():
    org = Organization(7)
    org.do(a.Petition, org.bo, motion=(motion := org.new()), mandate=org.mandate(org.ada), text=TEXT)
    assert org.polity.motions[motion].needed == 2


def test_an_ordinary_motion_that_ends_a_mandate_waits_for_the_reply_too(org):
    motion = org.move(a.EndMandate(org.mandate(org.ada)))
    org.second(motion)
    assert org.refused(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=motion).message == "own-cause"
    org.do(a.FindInOrder, org.eve, under=org.mandate(org.eve), motion=motion)
    assert org.polity.motions[motion].stage is Stage.REPLY
    assert org.until(motion, Stage.VOTING).subjects == {org.ada}


def test_the_recalled_keep_the_vote_in_everything_else():
    org = Organization(20, book=rules(debate_days=3))
    org.petition(org.mandate(org.ada))
    other = org.to_vote()
    org.vote(other, yes=[org.ada])
    assert org.polity.motions[other].answers == {org.ada: "yes"}


def test_one_recall_of_a_persons_office_runs_at_a_time():
    org = Organization(16)
    chair = org.office("chair").id
    first = org.made(org.carry(a.GrantMandate(chair, org.bo)))
    second = org.made(org.carry(a.GrantMandate(chair, org.bo, first)))
    running = org.petition(second)
    refused = org.refused(a.Petition, org.dee, motion=org.new(), mandate=first, text=TEXT)
    assert refused.sentence() == "Article 7.1: a recall of this person from this office is running already."
    org.until(running, Stage.VOTING)
    assert org.refused(a.Petition, org.dee, motion=org.new(), mandate=first, text=TEXT).message == "recall-running"
    org.do(a.Petition, org.dee, motion=org.new(), mandate=org.mandate(org.eve), text=TEXT)
