"""Paper comes in time for an answer to it."""

from tests import acts as a
from tests.cast import DAY, Organization

from .resting import PLAIN, recall_voting


def test_two_officers_alone_decide_no_recall_by_paper_for_whoever_did_not_answer():
    org = Organization(more=20, book=PLAIN)
    keys = {person: org.first_key(person) for person in (org.ada, org.eve, org.bo)}
    org.wait(8)
    motion = recall_voting(org, org.mandate(org.dee))
    org.vote(motion, yes=org.people[4:14])
    closes, person = org.polity.motions[motion].poll.closes, org.people[14]
    paper = {"under": org.mandate(org.ada), "poll": motion, "person": person, "choice": "no", "nonce": org.new()}
    org.clock = closes - DAY + 1
    assert org.refused(a.PaperVote, org.ada, sealed=keys[org.ada], **paper).message == "paper-late"
    org.clock = closes - 1
    assert org.refused(a.PaperVote, org.ada, sealed=keys[org.ada], **paper).message == "paper-late"
