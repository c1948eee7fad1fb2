"""Figures of keys tell nothing of open votes."""

import re

import pytest

from frombelow.polity import Stage
from frombelow.polity.votes.acts import CastVote
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id, perform
from frombelow_site.keys import queries
from tests import acts as a
from tests.cast import Organization
from tests.polity.keyring import add, end, key_of
from tests.polity.resting import PLAIN, keyed, resting
from tests.polity.resting import sealed as answer
from tests.site_keys import first_key, sealed


def counted(org, name):
    """A figure of Answerability, of an organization without a site."""
    return dict(queries.figures(org.polity))[name]


def figures(site, who):
    """What the page about keys on Answerability tells any member."""
    page = site.browser(who).get("/keys/requests/").content.decode()
    return re.findall(r'scope="row">([^<]*)</th><td class="number">([^<]*)<', page)


@pytest.mark.parametrize("with_key", [True, False])
def test_no_figure_on_answerability_tells_who_answered_in_an_open_vote(site, with_key):
    """Threat model: until it closes an answer is shown to who gave it alone; that there is one is seen. Only Bo has a key:
    “Sealed acts”, or “Acts without a seal of members who have a key”, is one more as soon as he has answered, and stays
    where it is when anybody else does."""
    key = first_key(site, site.bo)
    motion = site.voting()
    before = figures(site, site.ada)
    assert before
    decide.vote(site.eve, motion, "yes")
    assert figures(site, site.ada) == before
    if with_key:
        act = CastVote(by=site.bo, poll=motion, choice="no", nonce=new_id())
        perform(act, seal=sealed(site, key, act, n=1))
    else:
        decide.vote(site.bo, motion, "no")
    assert figures(site, site.ada) == before


def test_sealed_acts_are_not_fewer_while_a_vote_is_held_once_more(site):
    org = Organization(more=8, book=PLAIN)
    keys = keyed(org)
    motion, rest = resting(org, keys)
    for person in [person for person in keys if person in rest]:
        org.do(a.DisownVote, person, poll=motion, sealed=keys[person])
    before = counted(org, "Sealed acts")
    org.until(motion, Stage.VOTING)
    assert counted(org, "Sealed acts") == before == org.polity.keys.sealed
    answer(org, org.people[4], motion, "no", keys[org.people[4]])
    assert counted(org, "Sealed acts") == before


def test_a_key_that_the_servers_word_bound_is_counted_also_when_another_took_its_place(site):
    org = Organization(more=8, book=PLAIN)
    word = org.first_key(org.bo, "device")
    name = "Keys bound on the server’s word in the last 30 days"
    before = counted(org, name)
    other = add(org, org.bo, word, "device")
    end(org, word, other)
    assert key_of(org, word).ended
    assert counted(org, name) == before
