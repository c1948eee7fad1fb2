"""A motion's page offers each person what they can do now, and shows how it ended and why."""

import re

import pytest

from frombelow.polity import Stage
from frombelow.polity.rulebook.templates import template
from frombelow_site.decide import actions as decide
from frombelow_site.decide.models import Motion, Wording
from frombelow_site.door import new_id, perform, private
from tests import acts as a
from tests.pages import read


def text(answer):
    return " ".join(answer.content.decode().split())


def page(site, person, motion):
    return site.browser(person).get(f"/decide/{motion}/").content.decode()


def main_button(text):
    shown = None
    while shown != text:  # a template can stand in another
        shown, text = text, re.sub(r"<template(?:(?!<template).)*?</template>", "", text, flags=re.DOTALL)
    found = re.search(r'class="main">([^<]*)<', shown)
    return found and found[1].strip()


@pytest.mark.parametrize("who", ["ada", "eve", "dee"])
def test_members_are_offered_to_second(site, who):
    site.admit(30)
    assert main_button(page(site, getattr(site, who), site.move())) == "Second this motion"


def test_the_mover_is_offered_to_withdraw_and_not_to_second(site):
    site.admit(30)
    text = page(site, site.bo, site.move())
    assert main_button(text) is None
    assert "Withdraw this motion" in text
    assert "cannot second" not in text  # they were not asked for it


def test_the_chair_is_offered_to_find_it_in_order_and_a_member_is_not(site):
    motion = site.second(site.move())
    assert main_button(page(site, site.ada, motion)) == "Let it go on"
    assert main_button(page(site, site.dee, motion)) is None


def test_the_chair_is_not_offered_to_rule_on_what_the_chair_moved(site):
    motion = site.second(site.move(site.ada))
    assert main_button(page(site, site.ada, motion)) is None
    assert main_button(page(site, site.eve, motion)) == "Let it go on"


def test_the_electorate_is_offered_to_vote_and_newcomers_are_told_why_not(site):
    motion = site.voting()
    site.admit(1)
    assert main_button(page(site, site.bo, motion)) == "Vote"
    assert "frozen when the vote opened" in page(site, site.people[0], motion)


def test_an_answer_is_shown_to_who_gave_it_and_can_be_changed(site):
    motion = site.voting()
    bo = site.browser(site.bo)
    bo.post(f"/decide/{motion}/vote/", {"choice": "yes"})
    assert re.search(r'value="yes"[^>]*checked', page(site, site.bo, motion))
    assert "checked" not in page(site, site.eve, motion)
    bo.post(f"/decide/{motion}/vote/", {"choice": "no"})
    assert site.polity.motions[motion].answers == {site.bo: "no"}


def test_figures_are_hidden_until_the_vote_has_closed(site):
    motion = site.voting()
    decide.vote(site.eve, motion, "yes")
    text = page(site, site.bo, motion)
    assert "1 of 4 have answered" in text
    assert "1 yes" not in text


def test_a_result_names_its_figures_and_the_article_that_decided(site):
    text = page(site, site.bo, site.decided(yes=3, no=1))
    assert "3 yes, 1 no, 0 abstained: 4 of 4 answered." in text
    assert "Article 6.1 decided it: A motion is carried by more yes than no." in text
    assert text.count("<rect") == 4


def test_whom_a_recall_is_about_is_asked_for_a_reply_and_does_not_vote(site):
    motion = site.petition()
    assert main_button(page(site, site.ada, motion)) == "Reply"
    site.browser(site.ada).post(f"/decide/{motion}/reply/", {"text": "I did so for all of us."})
    assert "I did so for all of us." in page(site, site.bo, motion)
    site.wait(15)
    assert site.polity.motions[motion].stage is Stage.VOTING
    assert "you do not vote on it" in page(site, site.ada, motion)


def test_a_change_of_rules_shows_the_article_before_and_after(site):
    change = (
        '[[article]]\nnumber = "4.6"\ntitle = "Debate"\ntext = "Debated for {debate_days} days."\ndebate_days = 21\n'
    )
    text = page(site, site.bo, site.move(site.bo, a.ChangeRules(change)))
    assert "A motion is debated for 14 days." in text
    assert "Debated for 21 days." in text
    assert "at least 2/3" in text


def test_erased_words_leave_a_page_that_says_so(site):
    motion = site.move()
    Wording.objects.all().delete()
    assert "were erased" in page(site, site.bo, motion)


def test_an_unknown_motion_is_not_found(site):
    assert site.browser(site.bo).get(f"/decide/{site.charlie}/").status_code == 404


def test_outsiders_get_the_same_answer_whatever_id_they_guess(site, client):
    real, guessed = site.move(), site.charlie
    answers = [client.get(f"/decide/{motion}/") for motion in (real, guessed)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url.replace(real, "") == answers[1].url.replace(guessed, "")


def test_who_was_expelled_still_votes_in_what_was_open_and_sees_nothing_else(site):
    site.admit(6)
    expulsion = site.voting(a.ExpelMember(site.dee), title="Expel Dee")
    for person in [site.ada, site.eve, site.bo, *site.people]:
        decide.vote(person, expulsion, "yes")
    site.wait(2)
    other = site.second(site.move(title="Another"))
    decide.find_in_order(site.ada, other)
    while site.polity.people[site.dee].standing == "member":
        site.wait(1)
    dee = site.browser(site.dee)
    assert dee.get(f"/decide/{expulsion}/").status_code == 404
    assert dee.get("/people/").status_code == 302
    assert "You are a member no more" in dee.get("/", follow=True).content.decode()


@pytest.mark.parametrize("size", [4, 1204])
def test_it_asks_the_database_little_at_any_size(site, size, django_assert_max_num_queries):
    if size > 4:
        site.admit(size - 4)
    motion = site.petition() if size > 4 else site.second(site.move())
    for person in site.people[:150]:
        if site.polity.motions[motion].stage is Stage.PETITION:
            decide.sign(person, motion)
    bo = site.browser(site.bo)
    bo.get("/")
    with django_assert_max_num_queries(12):
        assert bo.get(f"/decide/{motion}/").status_code == 200


def test_the_list_shows_votes_first_and_asks_the_database_little(site, django_assert_max_num_queries):
    site.admit(30)
    voting = site.voting(title="Being voted")
    for n in range(40):
        site.move(site.people[n % 8], title=f"Motion {n}")
    bo = site.browser(site.bo)
    with django_assert_max_num_queries(12):
        text = bo.get("/decide/").content.decode()
    assert text.index(voting) < text.index("looking for seconders:")
    assert "Page 1 of 2" in text
    assert bo.get("/decide/?stage=voting").content.decode().count('class="what"') == 1


def test_the_tables_are_the_same_after_a_rebuild(site):
    from frombelow_site.decide.projections import rebuild_motions

    site.decided()
    site.move()
    site.petition()
    before = list(Motion.objects.order_by("motion").values())
    rebuild_motions(site.polity)
    assert list(Motion.objects.order_by("motion").values()) == before


def test_every_kind_of_effect_has_its_words_on_the_page(site):
    root, person = site.polity.root, site.people[0] if site.people else site.dee
    mandate, office = site.holds(site.ada, "chair").id, site.office("treasurer").id
    every = [
        a.AdmitPeople(((new_id(), "A" * 43),), root), a.ExpelMember(person), a.FormBranch("Harbour", root),
        a.CreateOffice("Archivist", ("see-the-roll",), root), a.GrantMandate(office, site.bo),
        a.EndMandate(mandate), a.ChangeRules(article_of("5.7").replace("= 7", "= 9")), a.Dissolve(),
    ]  # fmt: skip
    for n, effect in enumerate(every):
        motion = site.move((site.bo, site.ada)[n % 2], effect)
        assert site.browser(site.eve).get(f"/decide/{motion}/").status_code == 200, effect


def article_of(number):
    """The article as the TOML of a change."""
    parts = ["[[" + part for part in template("tenants-union").split("\n[[")[1:]]
    return next(part for part in parts if f'number = "{number}"' in part)


@pytest.mark.parametrize("change", [{"body": "It is grey. Sell it."}, {"title": "Sell the hall"}])
def test_words_that_somebody_changed_beside_the_record_are_not_shown_as_those_that_were_moved(site, change):
    motion = site.voting()
    page = site.browser(site.bo).get(f"/decide/{motion}/").content.decode()
    assert "not the words that were moved" not in page
    Wording.objects.filter(motion=motion).update(**change)
    page = site.browser(site.bo).get(f"/decide/{motion}/").content.decode()
    assert "These are not the words that were moved" in page


def test_the_words_of_a_recall_and_of_an_appeal_are_those_that_were_written(site):
    site.admit(8)
    recall, out = site.petition(), site.second(site.move())
    decide.rule_out(site.ada, out, "4.1", "Too short.")
    for name in (recall, decide.appeal(site.bo, out)):
        assert "not the words that were moved" not in site.browser(site.bo).get(f"/decide/{name}/").content.decode()


# --- pages ask the rules, at the second of now ---


def test_after_31_quiet_days_a_member_whose_30_days_are_over_is_offered_to_second(site):
    site.admit(30)
    site.move()  # from the first motion on, who is admitted waits until they may vote
    site.admit(1)
    motion, new = site.move(title="A bench for the yard"), site.people[-1]
    assert main_button(page(site, new, motion)) is None
    assert "this is for members who may vote in this branch: 30 days after joining." in page(site, new, motion)
    site.at += 31 * 86_400  # and nobody did anything, so time did nothing either
    assert main_button(page(site, new, motion)) == "Second this motion"
    answer = site.browser(new).post(f"/decide/{motion}/second/", follow=True)
    assert "You second this motion." in answer.content.decode()


def test_nothing_is_offered_once_the_organization_has_ended(site):
    other = site.move(title="A bench for the yard")
    site.decided(4, 0, a.Dissolve(), title="We end here")
    assert site.polity.ended
    for person in (site.ada, site.eve, site.dee, site.bo):
        assert main_button(page(site, person, other)) is None


def test_the_list_says_who_can_vote_and_who_cannot(site):
    site.move()
    motion = site.voting(title="A bench for the yard")
    site.admit(1)  # too late for this electorate
    for person, offered in ((site.bo, True), (site.people[-1], False)):
        text = site.browser(person).get("/decide/?stage=voting").content.decode()
        assert ("you can vote" in text) is offered
    decide.vote(site.bo, motion, "yes")
    text = site.browser(site.bo).get("/decide/?stage=voting").content.decode()
    assert "you have answered" in text
    assert "you can vote" not in text


def test_who_may_move_nothing_yet_is_told_so_before_they_write(site):
    site.admit(30)
    site.move()
    site.admit(1)
    browser = site.browser(site.people[-1])
    for address in ("/decide/move/", f"/answerability/mandates/{site.mandate_of_eve}/recall/"):
        answer = browser.get(address)
        assert answer.status_code == 409
        assert "this is for members who may vote in this branch: 30 days after joining" in answer.content.decode()
        assert "<textarea" not in answer.content.decode()
        assert "This was refused" not in answer.content.decode()  # they did nothing yet
    mandate = browser.get(f"/answerability/mandates/{site.mandate_of_eve}/").content.decode()
    assert "Start a recall" not in mandate
    site.at += 31 * 86_400
    assert "<textarea" in browser.get("/decide/move/").content.decode()


def test_nothing_is_offered_that_has_nothing_to_be_about(site):
    bo = site.browser(site.bo)
    offered = text(bo.get("/decide/move/"))
    assert "?effect=charter" not in offered
    assert "?effect=let" not in offered
    for effect in ("charter", "let"):
        assert "There is nothing now that this could be about." in text(bo.get(f"/decide/move/?effect={effect}"))
    site.decided(4, 0, a.FormBranch(name="North", parent=site.polity.root))
    assert "?effect=charter" in text(bo.get("/decide/move/"))


def test_who_seconded_is_named_in_the_order_of_their_names(site):
    site.admit(90)
    site.wait(60)
    motion = site.move()
    for person in (site.people[3], site.eve, site.people[1], site.ada):
        if site.polity.motions[motion].stage is Stage.SECONDING:
            decide.second(person, motion)
    shown = text(site.browser(site.ada).get(f"/decide/{motion}/"))
    shown = shown[shown.index("<h2>Seconders</h2>") :]
    places = [shown.index(name) for name in ("Ada One", "Eve Two", "Person 1", "Person 3") if name in shown]
    assert len(places) >= 2
    assert places == sorted(places)


def test_a_recall_in_debate_says_that_there_is_no_debate(site):
    site.admit(10)
    site.wait(60)
    recall = site.petition()
    for person in [site.ada, site.eve, site.dee, *site.people]:
        if site.polity.motions[recall].stage is Stage.PETITION:
            decide.sign(person, recall)
    while site.polity.motions[recall].stage is not Stage.DEBATE:
        site.wait(1)
    page = text(site.browser(site.bo).get(f"/decide/{recall}/"))
    assert "There is no debate on this: the time to reply is over, and the vote can be opened." in page


def test_the_ballot_on_admitting_people_says_whom(site):
    motion, new = new_id(), [private("name of", new_id(), name) for name in ("Nia Quist", "Ola Berg")]
    words = decide.words(motion, "Two more", "They strike.")
    people = tuple((each.whose, each.commitment) for each in new)
    effects = (a.AdmitPeople(people=people, branch=site.polity.root),)
    root = site.polity.root
    perform(a.Move(by=site.bo, motion=motion, branch=root, text=words.commitment, effects=effects), words, *new)
    site.second(motion)
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)
    shown = read(site.browser(site.bo).get(f"/decide/{motion}/"))
    assert "Shall 2 people become members of Tenants: Nia Quist, Ola Berg?" in shown
