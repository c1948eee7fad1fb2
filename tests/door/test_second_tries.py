"""An honest second try of the same bytes gets the same receipt, whatever the key sealed since."""

from frombelow.polity import Stage
from frombelow.polity.kernel.commitments import commit
from frombelow.polity.members.acts import StepBack
from frombelow_site.door import new_id, perform
from tests import acts as a

from .test_sealed import key_of, sealed


def to_vote(door, clock):
    motion = new_id()
    perform(a.Move(by=door.eve, motion=motion, branch=door.polity().id, text=commit(bytes(32), "x"), effects=()))
    for each in (door.ada, door.dee, door.bo):
        if door.polity().motions[motion].stage is Stage.SECONDING:
            perform(a.Second(by=each, motion=motion))
    for _ in range(60):
        clock.at += 86_400
        door.writer.take([])
        if door.polity().motions[motion].stage is Stage.VOTING:
            return motion
    raise AssertionError(door.polity().motions[motion].stage)


def test_a_second_try_of_an_act_gets_its_receipt_after_the_key_answered_in_a_vote(door, clock):
    key = key_of(door, door.bo)
    motion = to_vote(door, clock)
    act = StepBack(by=door.bo)
    mine = sealed(door, key, act)
    first = perform(act, seal=mine)  # the answer is lost on its way
    vote = a.CastVote(by=door.bo, poll=motion, choice="yes", nonce=new_id())
    perform(vote, seal=sealed(door, key, vote))  # the other tab
    assert perform(act, seal=mine).index == first.index


def test_a_second_try_of_an_answer_in_a_vote_gets_its_receipt_after_the_key_sealed_something_else(door, clock):
    key = key_of(door, door.bo)
    motion = to_vote(door, clock)
    vote = a.CastVote(by=door.bo, poll=motion, choice="yes", nonce=new_id())
    mine = sealed(door, key, vote)
    first = perform(vote, seal=mine)
    act = StepBack(by=door.bo)
    perform(act, seal=sealed(door, key, act))
    assert perform(vote, seal=mine).index == first.index
