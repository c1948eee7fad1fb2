"""What was under way when the organization ended."""

from frombelow.polity import Stage
from tests import acts as a
from tests.cast import DAY, Organization, rules


def ended(org):
    """The whole is dissolved, an hour after two vouched for whoever asks to come in as Bo, with his mail."""
    motion = org.to_vote(a.Dissolve())
    org.vote(motion, yes=org.voters(motion))
    found = org.polity.motions[motion]
    org.clock = found.deadline - 3_600
    request = org.new()
    org.do(a.AskAccess, org.bo, recovery=request, person=org.bo)
    for person in (org.ada, org.dee):
        org.do(a.Vouch, person, recovery=request, person=org.bo)
    org.clock = found.deadline + 1
    org.catch_up()
    assert org.polity.ended
    assert found.stage is Stage.DECIDED
    return org.polity.recoveries[request]


def test_who_asks_to_come_in_as_a_member_is_stopped_after_the_end_too():
    org = Organization(more=6)
    found = ended(org)
    org.do(a.StopAccess, org.bo, recovery=found.id, person=org.bo)
    org.wait(4)
    assert found.ended == "stop"


def test_a_vote_that_is_open_when_the_organization_ends_expels_nobody_after_it():
    org = Organization(more=8, book=rules(dissolution_days=30, voting_days=14))
    end = org.move(a.Dissolve())
    org.second(end)
    found, motion = org.polity.motions[end], ""
    while found.stage is not Stage.VOTING:
        org.wait()
        if not motion and found.stage is Stage.DEBATE and found.opens - org.now < 24 * DAY:
            motion = org.move(a.ExpelMember(org.bo), by=org.dee)
            org.second(motion)
    org.vote(end, yes=org.voters(end))
    expulsion = org.polity.motions[motion]
    while not org.polity.ended:
        if expulsion.stage is Stage.VOTING and not expulsion.answers:
            org.vote(motion, yes=[org.dee, org.ada, org.eve])
        org.wait()
    assert expulsion.stage is Stage.VOTING
    org.wait(15)
    assert (expulsion.stage, expulsion.disposition) == (Stage.DECIDED, "void")
    assert org.polity.people[org.bo].standing != "expelled"
