"""Sealed acts that are none, handed in by pages."""

import json

from frombelow.polity.members.acts import StepBack
from frombelow.polity.votes.acts import CastVote, PaperVote
from frombelow_site.door import new_id
from tests.site_keys import first_key, sealed, sent

ACT = "/keys/act/"


def post(browser, body):
    return browser.post(ACT, json.dumps(body), content_type="application/json")


def test_a_first_seal_with_the_number_nought_is_refused_in_a_sentence_with_article(site):
    key, act = first_key(site, site.bo), StepBack(by=site.bo)
    answer = post(site.browser(site.bo), sent(act, sealed(site, key, act, n=0)))
    assert answer.json()["message"] == "seal-next"


def test_a_sealed_answer_in_a_vote_that_there_is_not_is_refused_in_a_sentence_with_article(site):
    key, act = first_key(site, site.bo), CastVote(by=site.bo, poll=new_id(), choice="yes", nonce=new_id())
    answer = post(site.browser(site.bo), sent(act, sealed(site, key, act)))
    assert answer.json()["message"] == "unknown-motion"


def test_a_sealed_answer_on_paper_in_a_vote_that_there_is_not_is_refused_in_a_sentence_with_article(site):
    key = first_key(site, site.eve)
    act = PaperVote(by=site.eve, under=site.mandate_of_eve, poll=new_id(), person=site.bo, choice="yes", nonce=new_id())
    answer = post(site.browser(site.eve), sent(act, sealed(site, key, act)))
    assert "article" in answer.json()
