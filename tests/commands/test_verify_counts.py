"""Whom ``frombelow verify`` counts acts for."""

from frombelow.cli.verify import figures
from frombelow.polity import decode, replay
from tests import acts as a
from tests.cast import Organization


def test_verify_counts_as_members_acts_those_of_members_and_what_a_decision_voids_as_its_own():
    org = Organization(more=6)
    for person in org.people[5:7]:  # both are elected to one seat: the second effect is void
        motion = org.to_vote(a.GrantMandate(org.office("treasurer").id, person))
        org.vote(motion, yes=org.voters(motion))
        org.wait(8)
    said = [decode(data).act for data in org.record]
    assert any(isinstance(act, a.Void) for act in said)
    found = figures(replay(org.record))
    by_people = [act for act in said if act.by in org.polity.people]
    assert found["acts"]["members"] + sum(found["acts"]["officers"].values()) == len(by_people)
    assert found["sealed"]["on_the_servers_word"] == len(by_people)


def test_what_only_its_own_author_covers_counts_as_covered_by_nobody_else():
    org = Organization(more=2)
    key, other = org.first_key(org.bo), org.first_key(org.ada)
    before = len(org.record)
    for kind in (a.StepBack, a.Return, a.StepBack):
        org.do(kind, org.bo, sealed=key)
    assert figures(replay(org.record))["not_covered"] == len(org.record)
    org.do(a.StepBack, org.ada, sealed=other)
    assert figures(replay(org.record))["not_covered"] == len(org.record) - before - 2  # what Bo's last seal covers
