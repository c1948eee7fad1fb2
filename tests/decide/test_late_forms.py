"""A form that was left open while the motion went on: the page says what changed, and what was written is there."""

from frombelow.polity import Stage
from frombelow.polity.members.acts import ExpelMember
from frombelow.polity.rulebook.effects import ChangeRules
from frombelow_site.accounts.models import Session
from frombelow_site.decide import actions as decide
from frombelow_site.membership import actions as membership

WORDS = "I wrote this\nfor half an hour."


def post(browser, motion, verb, form):
    response = browser.post(f"/decide/{motion}/{verb}/", form)
    return response.status_code, response.content.decode()


def test_a_ruling_that_comes_late(site):
    motion = site.second(site.move())
    decide.find_in_order(site.eve, motion)
    status, page = post(site.browser(site.ada), motion, "rule-out", {"article": "4.1", "reason": WORDS})
    assert status == 409
    assert "This was refused." in page
    assert WORDS in page


def test_a_reply_that_comes_late(site):
    motion = site.second(site.move(site.bo, ExpelMember(site.eve)))
    decide.find_in_order(site.ada, motion)
    eve = site.browser(site.eve)
    assert 'name="text"' in eve.get(f"/decide/{motion}/").content.decode()
    while site.polity.motions[motion].stage is not Stage.DECIDED:
        site.wait(5)
    status, page = post(eve, motion, "reply", {"text": WORDS})
    assert status == 409
    assert "This was refused." in page
    assert WORDS in page


def test_what_the_form_still_shows_stands_there_once(site):
    motion = site.second(site.move())
    site.polity.ended = site.door.writer.polity.ended = True
    status, page = post(site.browser(site.ada), motion, "rule-out", {"article": "4.1", "reason": WORDS})
    assert status == 409
    assert page.count(WORDS) == 1


def form_of(site):
    bo = site.browser(site.bo)
    draft = bo.get("/decide/move/").context["draft"]
    return bo, {"title": "Fix the roof", "body": "It leaks.", "branch": site.polity.root, "draft": draft}


def test_the_same_words_with_a_fresh_draft_are_the_same_motion(site):
    moved = [browser.post("/decide/move/", form).url for browser, form in (form_of(site), form_of(site))]
    assert moved[0] == moved[1]
    assert len(site.polity.motions) == 1


def test_a_motion_that_was_withdrawn_is_moved_again(site):
    browser, form = form_of(site)
    motion = browser.post("/decide/move/", form).url.split("/")[2]
    decide.withdraw(site.bo, motion)
    browser, form = form_of(site)
    browser.post("/decide/move/", form)
    assert len(site.polity.motions) == 2


def test_two_people_can_move_the_same(site):
    browser, form = form_of(site)
    browser.post("/decide/move/", form)
    ada = site.browser(site.ada)
    ada.post("/decide/move/", form | {"draft": ada.get("/decide/move/").context["draft"]})
    assert len(site.polity.motions) == 2


def test_words_whose_session_ended_are_shown_and_kept_nowhere(site):
    browser, form = form_of(site)
    browser.post("/enter/out/")
    rows = Session.objects.count()
    response = browser.post("/decide/move/", form | {"body": WORDS})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Nothing was changed." in page
    assert WORDS in page
    assert "Fix the roof" in page
    assert form["draft"] not in page
    assert Session.objects.count() == rows
    assert not site.polity.motions


def test_words_of_who_left_are_shown_on_the_way_out(site):
    browser, form = form_of(site)
    membership.leave(site.bo)
    assert "It leaks." in browser.post("/decide/move/", form).content.decode()


def test_a_choice_alone_leads_to_signing_in(site, client):
    assert client.post(f"/decide/{site.move()}/vote/", {"choice": "yes"}).url == "/enter/"


DEBATE = '[[article]]\nnumber = "4.6"\ntitle = "Debate"\ntext = "A motion is debated for {{debate_days}} days."\n'


def test_a_change_of_rules_that_was_written_while_they_changed_is_looked_at_again(site):
    bo = site.browser(site.bo)
    page = bo.get("/decide/move/?effect=rules&article=4.6&full=1")
    form = {
        "title": "Debate longer", "body": WORDS, "branch": site.polity.root, "draft": page.context["draft"],
        "on": page.context["form"]["on"].value(), "articles": DEBATE.format() + "debate_days = 30\n",
    }  # fmt: skip
    site.decided(3, 0, ChangeRules(DEBATE.format() + "debate_days = 9\n"))
    moved = len(site.polity.motions)
    late = bo.post("/decide/move/?effect=rules&full=1", form)
    page = late.content.decode()
    assert late.status_code == 400
    assert "The rules changed while you wrote" in page
    assert "debate_days = 9" in page
    assert "debate_days = 30" in page
    assert WORDS in page
    assert len(site.polity.motions) == moved
    again = bo.post("/decide/move/?effect=rules&full=1", form | {"on": late.context["form"]["on"].value()})
    assert again.status_code == 302
    assert len(site.polity.motions) == moved + 1


def test_a_late_change_that_cannot_be_read_is_told_so_then_that_the_rules_changed(site):
    bo = site.browser(site.bo)
    page = bo.get("/decide/move/?effect=rules&article=4.6&full=1")
    form = {
        "title": "Debate longer", "body": WORDS, "branch": site.polity.root, "draft": page.context["draft"],
        "on": page.context["form"]["on"].value(), "articles": DEBATE.format() + "debate_days = many\n",
    }  # fmt: skip
    site.decided(3, 0, ChangeRules(DEBATE.format() + "debate_days = 9\n"))
    late = bo.post("/decide/move/?effect=rules&full=1", form)
    page = late.content.decode()
    assert late.status_code == 400
    assert "this is not TOML" in page
    assert WORDS in page
    mended = bo.post("/decide/move/?effect=rules&full=1", form | {"articles": DEBATE.format() + "debate_days = 30\n"})
    assert "The rules changed while you wrote" in mended.content.decode()
