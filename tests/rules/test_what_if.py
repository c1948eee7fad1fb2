"""What would stop me from doing something now."""

import pytest

from frombelow.polity import Stage
from frombelow.polity.kernel.subject import registry
from frombelow.polity.keys.acts import AskKey
from frombelow.polity.keys.making import id_of
from frombelow_site.door import new_id, perform
from tests.cast import facts
from tests.site_keys import drawn, first_key


def text(response):
    return response.content.decode()


def asked(site, person, act, about=""):
    return site.browser(person).get("/answerability/rules/what-stops-me/", {"act": act, "about": about})


def test_the_page_offers_every_question(site):
    page = text(site.browser(site.bo).get("/answerability/rules/what-stops-me/"))
    for act in registry.possible:
        assert f"?act={act}" in page


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


def test_a_member_asks_about_a_key_of_theirs_and_about_anybodys_request_for_a_key(site):
    assert "You have no key." in text(asked(site, site.bo, "end-key"))
    assert "Nobody asks for a key." in text(asked(site, site.eve, "vouch-key"))
    key = id_of(first_key(site, site.bo))
    assert "this key is not suspended" in text(asked(site, site.bo, "keep-key"))
    assert "you have no such key" in text(asked(site, site.eve, "end-key", key))
    page = text(asked(site, site.bo, "end-key", key))
    assert "Nothing stops you." in page
    assert 'href="/keys/"' in page
    request, (_, new) = new_id(), drawn(site, site.bo)
    perform(AskKey(by=site.bo, request=request, key=new))
    assert "Nothing stops you." in text(asked(site, site.eve, "vouch-key", request))
    assert "only a key of the member, and who vouched, can stop this" in text(asked(site, site.eve, "stop-key"))


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
    assert "a recall of this person from this office is running already" in text(
        asked(site, site.eve, "petition", mandate)
    )


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
    before = facts(site.polity)
    site.at += 40
    for act in registry.possible:
        about = {"motion": motion, "mandate": site.holds(site.ada, "chair").id, "branch": site.polity.root}
        asked(site, site.bo, act, about.get(registry.possible[act].about, ""))
    assert facts(site.polity) == before
    assert site.polity.motions[motion].stage is Stage.DEBATE


@pytest.mark.parametrize("query", ["?act=murder", "?act=second&about=nothing", "?act=second&about=<script>"])
def test_what_is_not_there_cannot_be_asked_about(site, query):
    assert site.browser(site.bo).get(f"/answerability/rules/what-stops-me/{query}").status_code == 404


def test_a_question_without_its_thing_asks_which_one(site):
    site.move(site.bo)
    site.move(site.bo, title="Sell the hall")
    page = text(asked(site, site.eve, "second"))
    assert "Which motion?" in page
    assert "Paint the hall" in page
    assert "Nothing stops you." not in page


def test_outsiders_cannot_ask_the_rules(site, client):
    for page in ("rules/what-stops-me/", "rules/what-stops-me/?act=move"):
        assert client.get(f"/answerability/{page}").status_code == 302
