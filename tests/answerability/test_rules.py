"""The rules by article, how each came to be, and what would stop me from doing something."""

import copy

import pytest

from frombelow.polity import acts as a
from frombelow.polity.state import Stage
from frombelow_site.answerability import rulebook, stopping

CHANGE = (
    '[[article]]\nnumber = "4.6"\ntitle = "Debate"\ntext = "A motion is debated for {debate_days} days."\n'
    "debate_days = 21\n"
)
NEW = '[[article]]\nnumber = "9.9"\ntitle = "Tea"\ntext = "There is tea at meetings."\n'


def text(response):
    return response.content.decode()


def asked(site, person, act, about=""):
    return site.browser(person).get("/answerability/rules/what-stops-me/", {"act": act, "about": about})


def changed(site, *changes):
    for n, change in enumerate(changes):
        site.decided(4, 0, change, title=f"Change {n}")


# --- articles ---


def test_the_pieces_of_an_article_read_as_its_sentence(site):
    for article in site.polity.book.articles.values():
        assert "".join(piece.text for piece in rulebook.pieces(article)) == article.sentence()


def test_an_article_nobody_changed_says_that_the_founders_adopted_it(site):
    page = text(site.browser(site.bo).get("/answerability/rules/4.6/"))
    assert "adopted by the founders" in page
    assert "Before" not in page


def test_an_article_shows_each_decision_that_changed_it_before_and_after(site):
    changed(site, a.ChangeRules(CHANGE), a.ChangeRules(CHANGE.replace("21", "28")))
    page = text(site.browser(site.bo).get("/answerability/rules/4.6/"))
    assert page.count("<mark>21</mark>") == 2
    assert page.index("Change 1") < page.index("Change 0")
    for motion in site.polity.motions:
        assert f"/decide/{motion}/" in page
    rules = text(site.browser(site.bo).get("/answerability/rules/"))
    assert "by the decision “Change 1”" in rules


def test_an_article_that_was_added_and_struck_out_keeps_its_history(site):
    changed(site, a.ChangeRules(NEW), a.ChangeRules("", repeal=("9.9",)))
    page = text(site.browser(site.bo).get("/answerability/rules/9.9/"))
    assert "This article was struck out." in page
    assert "It was not there." in page
    assert "adopted by the founders" not in page
    assert "Struck out" in text(site.browser(site.bo).get("/answerability/rules/"))


def test_the_told_history_ends_with_the_rules_in_force(site):
    changed(site, a.ChangeRules(CHANGE), a.ChangeRules(NEW))
    told = rulebook.history(site.polity)
    assert {number: found[-1].after for number, found in told.items()} == {
        number: site.polity.book.articles[number] for number in ("4.6", "9.9")
    }


def test_a_lost_change_is_in_no_history(site):
    site.decided(0, 4, a.ChangeRules(CHANGE))
    assert rulebook.history(site.polity) == {}


def test_a_branch_that_is_stricter_is_named_under_the_article(site):
    site.polity.branches[site.polity.root].stricter = {"debate_days": 30}
    page = text(site.browser(site.bo).get("/answerability/rules/4.6/"))
    assert "Stricter in a branch" in page
    assert "A motion is debated for <mark>30</mark> days." in page


def test_there_is_no_page_for_an_article_that_never_was(site):
    assert site.browser(site.bo).get("/answerability/rules/77.7/").status_code == 404


def test_rule_pages_ask_the_database_little(site, django_assert_max_num_queries):
    changed(site, a.ChangeRules(CHANGE), a.ChangeRules(NEW))
    motion = site.move(site.bo)
    bo = site.browser(site.bo)
    for page in (
        "",
        "4.6/",
        "what-stops-me/",
        "what-stops-me/?act=second",
        f"what-stops-me/?act=second&about={motion}",
    ):
        rulebook._known = None
        with django_assert_max_num_queries(12):
            assert bo.get(f"/answerability/rules/{page}").status_code == 200


# --- what would stop me ---


def test_the_page_offers_every_deed(site):
    page = text(site.browser(site.bo).get("/answerability/rules/what-stops-me/"))
    for deed in stopping.DEEDS:
        assert f"?act={deed}" in page


def test_nothing_stops_a_member_from_moving_a_motion(site):
    page = text(asked(site, site.bo, "move", site.polity.root))
    assert "Nothing stops you." in page
    assert "/decide/move/" in page


def test_the_mover_is_told_by_which_article_they_cannot_second(site):
    motion = site.move(site.bo)
    page = text(asked(site, site.bo, "second", motion))
    assert "Article 4.2: who moves a motion cannot second it too." in page
    assert "Article 4.2 says:" in page
    assert "Nothing stops you." in text(asked(site, site.eve, "second", motion))


def test_a_vote_that_is_not_open_stops_who_wants_to_vote(site):
    assert "the vote on this is not open" in text(asked(site, site.bo, "vote", site.debated()))


def test_an_open_vote_is_open_to_who_is_in_the_electorate(site):
    assert "Nothing stops you." in text(asked(site, site.eve, "vote", site.voting()))


def test_who_holds_no_power_cannot_admit_and_who_holds_it_can(site):
    assert "the power to admit members" in text(asked(site, site.bo, "admit", site.polity.root))
    assert "Nothing stops you." in text(asked(site, site.eve, "admit", site.polity.root))


def test_the_debate_stops_an_officer_from_opening_the_vote_until_it_is_over(site):
    motion = site.debated()
    opener = next(p for p in site.polity.people if site.polity.power(p, "open-votes", site.polity.root, site.at))
    page = text(asked(site, opener, "open", motion))
    assert "the vote can open when the debate is over" in page


def test_a_running_recall_stops_a_second_one(site):
    site.admit(60)
    site.petition()
    mandate = site.holds(site.ada, "chair").id
    assert "a recall of this mandate is running already" in text(asked(site, site.eve, "recall", mandate))


def test_who_has_stepped_back_cannot_step_back_again(site):
    from frombelow_site.membership.actions import step_back

    assert "Nothing stops you." in text(asked(site, site.bo, "step-back"))
    step_back(site.bo, None)
    assert "you have stepped back already" in text(asked(site, site.bo, "step-back"))


def test_the_home_branch_is_no_branch_to_move_to(site):
    assert "this is the home branch already" in text(asked(site, site.bo, "transfer", site.polity.root))


def test_asking_changes_nothing(site):
    motion = site.debated()
    # Something that came to nothing stands first on the agenda, and time has not been told yet.
    before = site.polity.size, site.polity.now, copy.copy(site.polity.agenda), site.polity.scheduled
    site.at += 40
    for deed in stopping.DEEDS:
        about = {"motion": motion, "mandate": site.holds(site.ada, "chair").id, "branch": site.polity.root}
        asked(site, site.bo, deed, about.get(stopping.DEEDS[deed].about, ""))
    assert (site.polity.size, site.polity.now, site.polity.agenda, site.polity.scheduled) == before
    assert site.polity.motions[motion].stage is Stage.DEBATE


@pytest.mark.parametrize("query", ["?act=murder", "?act=second&about=nothing", "?act=second&about=<script>"])
def test_what_is_not_there_cannot_be_asked_about(site, query):
    assert site.browser(site.bo).get(f"/answerability/rules/what-stops-me/{query}").status_code == 404


def test_a_deed_without_its_thing_asks_which_one(site):
    site.move(site.bo)
    site.move(site.bo, title="Sell the hall")
    page = text(asked(site, site.eve, "second"))
    assert "Which motion?" in page
    assert "Paint the hall" in page
    assert "Nothing stops you." not in page


def test_outsiders_learn_nothing_of_the_rules(site, client):
    for page in ("rules/4.6/", "rules/what-stops-me/", "rules/what-stops-me/?act=move"):
        assert client.get(f"/answerability/{page}").status_code == 302
