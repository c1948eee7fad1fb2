"""Each button does one act; who may not is refused with the article, and what was typed is kept."""

import pytest

from frombelow.polity import Stage
from frombelow.polity.kernel.commitments import check_commitment
from frombelow.polity.offices.acts import GrantMandate
from frombelow_site.decide.models import Wording


def test_members_second_and_take_it_back(site):
    site.admit(60)
    motion = site.move()
    ada = site.browser(site.ada)
    assert ada.post(f"/decide/{motion}/second/").status_code == 302
    assert site.polity.motions[motion].seconders == {site.ada}
    ada.post(f"/decide/{motion}/withdraw-second/")
    assert site.polity.motions[motion].seconders == set()


def test_seconding_twice_is_refused_with_the_article(site):
    site.admit(60)
    motion = site.move()
    ada = site.browser(site.ada)
    ada.post(f"/decide/{motion}/second/")
    response = ada.post(f"/decide/{motion}/second/")
    assert response.status_code == 409
    assert "Article 4.2: you second this motion already." in response.content.decode()


def test_only_the_mover_withdraws(site):
    motion = site.move()
    assert site.browser(site.ada).post(f"/decide/{motion}/withdraw/", {"sure": "1"}).status_code == 403
    site.browser(site.bo).post(f"/decide/{motion}/withdraw/", {"sure": "1"})
    assert site.polity.motions[motion].stage is Stage.WITHDRAWN


@pytest.mark.parametrize(("who", "status"), [("ada", 302), ("eve", 302), ("bo", 403), ("dee", 403)])
def test_only_a_mandate_finds_a_motion_in_order(site, who, status):
    motion = site.second(site.move())
    assert site.browser(getattr(site, who)).post(f"/decide/{motion}/in-order/").status_code == status


def test_a_ruling_that_is_refused_keeps_what_was_typed(site):
    motion = site.second(site.move())
    response = site.browser(site.dee).post(
        f"/decide/{motion}/rule-out/", {"article": "4.1", "reason": "Because I say so"}
    )
    assert response.status_code == 403
    assert "needs a live mandate" in response.content.decode()


def test_a_ruling_can_be_appealed_once(site):
    motion = site.second(site.move())
    site.browser(site.ada).post(f"/decide/{motion}/rule-out/", {"article": "4.1", "reason": "It is about me."})
    bo = site.browser(site.bo)
    assert "It is about me." in bo.get(f"/decide/{motion}/").content.decode()
    bo.post(f"/decide/{motion}/appeal/")
    appeal = site.polity.motions[motion].appeal
    assert bo.post(f"/decide/{motion}/appeal/").url == f"/decide/{appeal}/"
    assert "Overturn the ruling on: In words only: “Paint the hall”" in bo.get(f"/decide/{appeal}/").content.decode()


def test_the_vote_is_opened_by_who_may(site):
    motion = site.debated()
    assert site.browser(site.ada).post(f"/decide/{motion}/open/").status_code == 409
    site.wait(15)
    assert site.browser(site.bo).post(f"/decide/{motion}/open/").status_code == 403
    assert site.browser(site.ada).post(f"/decide/{motion}/open/").status_code == 302
    assert site.polity.motions[motion].stage is Stage.VOTING


def test_only_members_reply_to_what_is_about_them(site):
    motion = site.petition()
    response = site.browser(site.eve).post(f"/decide/{motion}/reply/", {"text": "I reply for her"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "verb", ["second", "vote", "sign", "withdraw", "in-order", "rule-out", "appeal", "reply", "open"]
)
def test_nothing_is_done_by_a_get_or_from_outside(site, client, verb):
    motion = site.move()
    size = site.polity.size
    assert site.browser(site.ada).get(f"/decide/{motion}/{verb}/").status_code == 405
    assert client.post(f"/decide/{motion}/{verb}/").status_code == 302
    assert site.polity.size == size


# --- moving ---


def form_of(browser, query=""):
    return browser.get(f"/decide/move/{query}").context


def test_a_form_sent_twice_moves_one_motion(site):
    bo = site.browser(site.bo)
    form = {"title": "Fix the roof", "body": "It leaks.", "branch": site.polity.root, "draft": form_of(bo)["draft"]}
    first, second = bo.post("/decide/move/", form), bo.post("/decide/move/", form)
    assert first.url == second.url
    assert len(site.polity.motions) == 1


def test_the_record_holds_a_commitment_to_the_words_and_not_the_words(site):
    motion = site.move(title="Fix the roof", body="It leaks.")
    wording = Wording.objects.get(motion=motion)
    check_commitment(site.polity.motions[motion].text, bytes(wording.salt), "Fix the roof\n\nIt leaks.")


def test_a_draft_of_somebody_else_is_not_taken(site):
    draft = form_of(site.browser(site.ada))["draft"]
    form = {"title": "Fix the roof", "body": "It leaks.", "branch": site.polity.root, "draft": draft}
    response = site.browser(site.bo).post("/decide/move/", form)
    assert response.status_code == 409
    assert "Fix the roof" in response.content.decode()
    assert not site.polity.motions


def test_a_person_is_found_by_name_to_be_given_an_office(site):
    bo, office = site.browser(site.bo), site.office("treasurer").id
    form = {"title": "Eve", "body": "Why", "branch": site.polity.root, "office": office, "draft": form_of(bo)["draft"]}
    assert (
        "Nobody on the roll is called so"
        in bo.post("/decide/move/?effect=grant", {**form, "name": "Eva"}).content.decode()
    )
    motion = bo.post("/decide/move/?effect=grant", {**form, "name": "eve  two"}).url.split("/")[2]
    assert site.polity.motions[motion].effects[0].person == site.eve
    page = bo.get(f"/decide/{motion}/")
    assert page.status_code == 200
    assert "<h1>Eve Two holds the office Treasurer, for at most 12 months</h1>" in page.content.decode()


def test_an_office_that_is_held_is_given_from_the_end_of_the_running_term(site):
    office = site.office("treasurer").id
    site.decided(3, 0, GrantMandate(office, site.bo))
    (running,) = (mandate for mandate in site.polity.held[site.bo] if not mandate.provisional)
    bo = site.browser(site.bo)
    form = {"title": "Eve", "body": "Why", "branch": site.polity.root, "office": office, "draft": form_of(bo)["draft"]}
    motion = bo.post("/decide/move/?effect=grant", {**form, "name": "Eve Two"}).url.split("/")[2]
    assert site.polity.motions[motion].effects[0].follows == running.id
    assert "Eve Two holds the office Treasurer next" in bo.get(f"/decide/{motion}/").content.decode()


def test_of_two_people_with_one_name_one_is_chosen(site):
    from frombelow_site.roll.actions import admit

    other = admit(site.eve, site.mandate_of_eve, site.polity.root, "Eve Two", "")
    bo = site.browser(site.bo)
    form = {
        "title": "Eve", "body": "Why", "branch": site.polity.root, "office": site.office("treasurer").id,
        "draft": form_of(bo)["draft"], "name": "Eve Two",
    }  # fmt: skip
    asked = bo.post("/decide/move/?effect=grant", form)
    assert "More than one person is called so" in asked.content.decode()
    motion = bo.post("/decide/move/?effect=grant", {**form, "chosen": other}).url.split("/")[2]
    assert site.polity.motions[motion].effects[0].person == other


def test_a_change_of_rules_starts_from_the_article(site):
    bo = site.browser(site.bo)
    context = form_of(bo, "?effect=rules&article=5.6&full=1")
    toml = context["form"]["articles"].value()
    form = {"title": "Quorum", "body": "Why", "branch": site.polity.root, "draft": context["draft"]}
    broken = bo.post("/decide/move/?effect=rules&full=1", {**form, "articles": toml.replace("10%", "110%")})
    assert broken.status_code == 409
    assert "outside what is possible" in broken.content.decode()
    assert "110%" in broken.content.decode()
    done = bo.post("/decide/move/?effect=rules&full=1", {**form, "articles": toml.replace("10%", "15%")})
    assert done.status_code == 302


def test_every_article_can_be_the_start_of_a_change(site):
    from frombelow.polity.rulebook.writing import article_to_edit

    book = site.polity.book
    for number in book.articles:
        assert book.changed(article_to_edit(book, number)).articles == book.articles


@pytest.mark.parametrize("effect", ["", "grant", "end", "rules", "branch", "office", "expel"])
def test_each_form_opens(site, effect):
    assert site.browser(site.bo).get(f"/decide/move/?effect={effect}").status_code == 200


def test_a_branch_an_office_and_the_end_of_a_mandate_can_be_moved(site):
    bo, root = site.browser(site.bo), site.polity.root
    words = {"title": "T", "body": "B", "branch": root}
    for effect, fields in {
        "branch": {"name": "North", "parent": root},
        "office": {"office_title": "Steward", "place": root, "powers": ["see-the-roll"], "seats": 2, "term_months": 6},
        "end": {"mandate": site.holds(site.ada, "chair").id},
        "expel": {"name": "Dee Three"},
    }.items():
        response = bo.post(f"/decide/move/?effect={effect}", {**words, **fields, "draft": form_of(bo)["draft"]})
        assert response.status_code == 302, response.content.decode()
    assert [type(m.effects[0]).__name__ for m in site.polity.motions.values()] == [
        "FormBranch", "CreateOffice", "EndMandate", "ExpelMember",
    ]  # fmt: skip


def test_an_answer_that_is_none_is_asked_again(site):
    motion = site.voting()
    assert site.browser(site.bo).post(f"/decide/{motion}/vote/", {"choice": "maybe"}).status_code == 400


def test_a_closed_door_is_told_in_its_own_words(site):
    motion = site.voting()
    site.door.trouble = "Nothing is taken in now: an old backup."
    response = site.browser(site.bo).post(f"/decide/{motion}/vote/", {"choice": "yes"})
    assert response.status_code == 503
    assert "an old backup" in response.content.decode()


def test_words_that_a_mark_would_show_in_another_order_are_refused_and_kept(site):
    body = "We lost \u200f3 - 14\u200f."
    response = site.browser(site.bo).post(
        "/decide/move/", {"title": "The match", "body": body, "branch": site.polity.root}
    )
    assert response.status_code in (400, 409)
    assert "no mark that shows a line in another order" in response.content.decode()
    assert "We lost" in response.content.decode()
    assert not Wording.objects.filter(title="The match").exists()
