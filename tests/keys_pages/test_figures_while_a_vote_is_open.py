"""Figures of keys tell nothing of open votes."""

import re

import pytest

from frombelow.polity.votes.acts import CastVote
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id, perform
from tests.site_keys import first_key, sealed


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
