"""An appeal: whose words its page shows, the ruling on which members vote, and what its decision proves."""

import re

import pytest

from frombelow.polity import why_not
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id, perform
from frombelow_site.door.models import Entry
from tests import acts as a

from .files import letters
from .test_what_a_ballot_says import everybody, moved, read


@pytest.fixture
def ruled(site):
    """A motion of Bo's that Ada ruled out."""
    site.admit(6)
    motion = moved(site, a.FormBranch("West", site.polity.root))
    decide.rule_out(site.ada, motion, "2.3", "We have no members there.")
    return motion


def appeal_of_eve(site, ruled):
    appeal = new_id()
    perform(a.AppealRuling(by=site.eve, motion=ruled, appeal=appeal))
    return appeal


def test_the_words_on_the_page_of_an_appeal_are_those_of_who_moved_the_motion(site, ruled):
    shown = read(site.browser(site.dee), f"/decide/{appeal_of_eve(site, ruled)}/")
    assert "Some words. Moved by Bo Four" in shown
    assert "Appealed by Eve Two" in shown


def test_who_votes_on_a_ruling_reads_it_on_the_page_of_the_vote_and_its_decision_holds_it(site, ruled):
    appeal = appeal_of_eve(site, ruled)
    assert "Ada One, Article 2.3 We have no members there." in read(site.browser(site.dee), f"/decide/{appeal}/")
    everybody(site, appeal)
    site.wait(9)
    sheet, _files = letters(site.browser(site.bo).get(f"/decide/{appeal}/decision.pdf").content)
    assert "We have no members there." in sheet
    entry = re.search("mark of them in the record is “text” in entry ([0-9]+)", " ".join(sheet.split()))[1]
    act = a.decode(bytes(Entry.objects.get(index=int(entry)).data)).act
    assert act.text == site.polity.motions[ruled].text


def test_who_appeals_too_late_reads_that_the_time_to_appeal_is_over(site, ruled):
    site.wait(20)
    refused = why_not(site.polity, a.AppealRuling(by=site.eve, motion=ruled, appeal=new_id()), site.at)
    assert "the time to appeal against this ruling is over" in str(refused)


def test_the_decision_on_a_change_that_was_put_otherwise_holds_the_words_that_were_voted_on(site):
    site.admit(6)
    article = '[[article]]\nnumber = "5.8"\n'
    words = "{} words: {{stepped_back_in_quorum}}. They may always vote."
    first = moved(site, a.ChangeRules(f"{article}stepped_back_in_quorum = true\n", on=site.polity.size), by=site.ada)
    while site.polity.motions[first].stage != "voting":
        site.wait(1)
    everybody(site, first)
    site.wait(4)
    motion = moved(site, a.ChangeRules(f'{article}text = "{words.format("Old")}"\n', on=site.polity.size))
    site.wait(5)
    decide.look_again(site.bo, motion, 0, {"5.8": words.format("New")}, site.polity.size)
    while site.polity.motions[motion].stage != "voting":
        site.wait(1)
    everybody(site, motion)
    site.wait(9)
    assert site.polity.book.articles["5.8"].text == words.format("New")
    sheet, files = letters(site.browser(site.bo).get(f"/decide/{motion}/decision.pdf").content)
    assert "New words" in sheet.split("How to check it")[1]
    again = Entry.objects.get(about=motion, kind="rules.restate")
    assert site.door.receipt(again.index, bytes(again.data)) in files
