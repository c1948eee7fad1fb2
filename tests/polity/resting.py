"""Answers by key, and results that rest on the server's word."""

from frombelow.polity import Stage
from tests import acts as a
from tests.cast import acts_in, rules

# A majority alone decides, so that a test shows what it means; and nobody waits for seconders for long.
PLAIN = rules(quorum='{ yes_of_eligible = "0%" }', debate_days=3, opening_days=0, vouching_key_days=7)


def sealed(org, person, motion, choice, key):
    return org.do(a.CastVote, person, poll=motion, choice=choice, nonce=org.new(), sealed=key)


def bound_key(org, person):
    key = org.first_key(person)
    org.do(a.OnlyWithKeys, person, sealed=key)
    return key


def closing(org, motion):
    """How the latest vote on it closed."""
    return [act for act in acts_in(org) if isinstance(act, a.CloseVote) and act.poll == motion][-1]


def settling(org, motion):
    return [act for act in acts_in(org) if isinstance(act, a.SettleVote) and act.poll == motion]


def recall_voting(org, mandate=None):
    """The vote on a recall of Ada is open."""
    motion = org.petition(mandate or org.mandate(org.ada))
    org.until(motion, Stage.VOTING)
    return motion


def keyed(org, count_=4):
    """Keys of so many members without an office, which they have for long."""
    keys = {person: org.first_key(person) for person in org.people[4 : 4 + count_]}
    org.wait(8)
    return keys


def resting(org, keys, *, yes=4, no=2):
    """A recall of Ada that the server's word decided: of the sealed answers, as many say yes as no. Returns it, and
    whoever answered without their key, those who have one first."""
    motion = recall_voting(org)
    one, other, *more = keys
    sealed(org, one, motion, "yes", keys[one])
    sealed(org, other, motion, "no", keys[other])
    rest = [*more, *(person for person in org.people[1:] if person not in keys)]
    org.vote(motion, yes=rest[:yes], no=rest[yes : yes + no])
    org.until(motion, Stage.RESTING, Stage.DECIDED, Stage.ADJOURNED)
    return motion, rest


__all__ = ["PLAIN", "bound_key", "closing", "keyed", "recall_voting", "resting", "sealed", "settling"]
