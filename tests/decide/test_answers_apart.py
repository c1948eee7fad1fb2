"""What the answers to a question stand on, on its page and in the list; and an answer that is not one's own."""

import pytest

from frombelow.polity import Stage
from frombelow.polity.votes.acts import CastVote, PaperVote
from frombelow_site.decide import actions as decide
from frombelow_site.decide.models import Motion
from frombelow_site.door import new_id, perform
from frombelow_site.people.queries import mails
from tests.door.test_sealed import key_of, sealed
from tests.site_mail import delivered

from .test_motion_page import main_button, page


def answer(site, key, person, motion, choice):
    act = CastVote(by=person, poll=motion, choice=choice, nonce=new_id())
    return perform(act, seal=sealed(site.door, key, act))


@pytest.fixture
def resting(site):
    return recall_resting(site)


def recall_resting(site):
    """A recall of Ada that two answers without a key decided: Eve's and that of the first of seven more."""
    site.admit(7)
    site.key = key_of(site.door, site.bo)
    site.wait(8)
    motion = site.petition()
    for person in site.people:
        if site.polity.motions[motion].stage is Stage.PETITION:
            decide.sign(person, motion)
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)
    answer(site, site.key, site.bo, motion, "yes")
    for person in (site.eve, site.people[0]):
        decide.vote(person, motion, "yes")
    decide.vote(site.dee, motion, "no")
    while site.polity.motions[motion].stage is Stage.VOTING:
        site.wait(1)
    assert site.polity.motions[motion].stage is Stage.RESTING
    return motion


def test_a_result_says_what_its_answers_stand_on_on_its_page_and_in_the_list(site):
    key = key_of(site.door, site.bo)
    motion = site.voting()
    answer(site, key, site.bo, motion, "yes")
    for person in (site.ada, site.eve):
        decide.vote(person, motion, "yes")
    assert "server’s word" not in page(site, site.bo, motion)
    site.wait(8)
    apart = "3 yes: 1 sealed, 2 on the server’s word"
    assert f"{apart}; 0 no: 0 sealed, 0 on the server’s word; 0 abstained" in page(site, site.bo, motion)
    assert apart in site.browser(site.bo).get("/decide/").content.decode()


def test_a_result_without_any_key_says_nothing_of_it(site):
    text = page(site, site.bo, site.decided(yes=3))
    assert "server’s word" not in text
    assert " sealed, " not in site.browser(site.bo).get("/decide/?stage=decided").content.decode()


def test_what_rests_says_until_when_and_asks_those_whose_answer_it_is(site, resting):
    text = page(site, site.eve, resting)
    assert "Nothing follows from it yet" in text
    assert "3 yes: 1 sealed, 2 on the server’s word" in text
    assert "The answer in your name is: yes." in text
    assert "This answer is not mine" in text
    assert "Is the answer in your name yours?" in site.browser(site.eve).get("/").content.decode()
    for other in (site.bo, site.ada):
        assert "This answer is not mine" not in page(site, other, resting)
        assert "Is the answer in your name yours?" not in site.browser(other).get("/").content.decode()
    assert Motion.objects.get(motion=resting).stage == "resting"


def test_who_says_without_a_key_that_an_answer_is_not_theirs_waits_for_who_vouches(site, resting):
    site.browser(site.eve).post(f"/decide/{resting}/disown/")
    assert site.polity.motions[resting].poll.asked == {site.eve: ()}
    text = page(site, site.eve, resting)
    assert "Members who vouch for you: 0 of 2." in text
    assert "This answer is not mine" not in text
    assert site.polity.motions[resting].poll.disowned == set()


def test_what_nobody_disowns_is_shown_as_decided(site, resting):
    site.wait(7)
    text = page(site, site.eve, resting)
    assert "Carried" in text
    assert main_button(text) is None
    row = Motion.objects.get(motion=resting)
    assert (row.stage, row.outcome, row.yes, row.no) == ("decided", "carried", 3, 1)


def test_each_whose_answer_rests_on_the_servers_word_is_asked_by_one_letter(site):
    motion = recall_resting(site)
    asked = [person for person in (site.eve, site.people[0], site.dee) for _ in mails(person)]
    asking = [each for each in delivered() if each.subject == "Is the answer in your name yours?"]
    assert sorted(each.to[0] for each in asking) == sorted(mail for person in asked for mail in mails(person))
    assert "eve@example.org" in [each.to[0] for each in asking]
    assert all("Tenants" not in each.body for each in asking)
    while site.polity.motions[motion].stage is Stage.RESTING:
        site.wait(1)
    assert sum(each.subject.startswith("Is the answer") for each in delivered()) == len(asked)


def on_paper():
    return [each for each in delivered() if each.subject == "An answer on paper was handed in for you"]


def test_who_is_told_that_an_answer_came_in_on_paper_for_them_can_still_answer(site):
    keys = {person: key_of(site.door, person) for person in (site.ada, site.eve)}
    site.wait(8)
    motion = site.voting()
    for person, key in keys.items():
        under = site.polity.held[person][0].id
        act = PaperVote(by=person, under=under, poll=motion, person=site.bo, choice="no", nonce=new_id())
        assert not on_paper()
        perform(act, seal=sealed(site.door, key, act))
    [letter] = on_paper()
    assert letter.to == ["bo@example.org"]
    assert "Tenants" not in letter.body
    text = page(site, site.bo, motion)
    assert "Two officers handed in that you answered on paper: no." in text
    assert main_button(text) == "Change my answer"
    site.browser(site.bo).post(f"/decide/{motion}/vote/", {"choice": "yes"})
    assert site.polity.motions[motion].answers == {site.bo: "yes"}
    assert "on paper" not in page(site, site.bo, motion)
