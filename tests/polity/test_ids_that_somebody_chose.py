"""Who acts draws ids; one that follows from them takes the place of nothing that is there."""

from frombelow.polity import Stage
from frombelow.polity.admissions.rules import needed
from frombelow.polity.kernel.ids import derive_id
from tests import acts as a
from tests.cast import TEXT

from .test_attacks_on_a_branch import around, ask, invite  # noqa: F401  a fixture


def test_a_vote_on_a_list_takes_the_place_of_no_motion_whose_id_somebody_chose_for_it(around):  # noqa: F811
    """Where a vote on a list is put in two places at once, the second one's id follows from the first's."""
    org, question = around, around.new()
    taken = derive_id(question, "list-vote", 1)
    org.do(a.Move, org.bo, motion=taken, branch=org.id, text=TEXT, effects=(a.ExpelMember(org.dee),))
    org.second(taken)
    org.until(taken, Stage.VOTING)
    motion = org.polity.motions[taken]
    org.vote(taken, no=org.people[20:60])
    invite(org, 60)
    elsewhere = [person for person in org.people if person not in org.home]
    ask(org, org.x, *elsewhere[: needed(org.polity, org.id, org.now) - 1])
    org.do(a.AskForVote, org.others[0], branch=org.x, question=question)
    assert {question, derive_id(question, "list-vote", 2)} <= org.polity.voting
    assert org.polity.motions[taken] is motion
    assert motion.poll.no == 40
