"""Who holds which power, by which decision, and how any of it is recalled."""

import pytest

from frombelow.polity import acts as a
from frombelow.polity.state import Stage
from frombelow_site.answerability.models import Mandate, Office
from frombelow_site.decide import actions as decide


def text(response):
    return response.content.decode()


def test_offices_are_shown_with_powers_holder_and_source(site):
    page = text(site.browser(site.bo).get("/answerability/"))
    assert "Chair" in page
    assert "Ada One" in page
    assert "find motions in order, or rule them out by an article" in page
    assert "by the founding" in page


def test_a_mandate_names_the_decision_that_granted_it(site):
    office = site.office("treasurer")
    for mandate in list(office.holders):
        from frombelow_site.answerability.actions import resign

        resign(mandate.person, mandate.id)
    motion = site.voting(a.GrantMandate(office.id, site.bo), title="Bo for treasurer")
    for person in (site.ada, site.eve, site.dee):
        decide.vote(person, motion, "yes")
    site.wait(8)
    mandate = site.office("treasurer").holders[0]
    page = text(site.browser(site.eve).get(f"/answerability/mandates/{mandate.id}/"))
    assert f"/decide/{motion}/" in page
    assert "by the decision “Bo for treasurer”" in page
    assert Mandate.objects.get(pk=mandate.id).source == motion


def test_a_recall_is_started_once_however_often_the_form_is_sent(site):
    mandate = site.holds(site.ada, "chair")
    bo = site.browser(site.bo)
    draft = bo.get(f"/answerability/mandates/{mandate.id}/recall/").context["draft"]
    form = {"title": "Recall", "body": "She met the landlord alone.", "draft": draft}
    first, second = (bo.post(f"/answerability/mandates/{mandate.id}/recall/", form) for _ in range(2))
    assert first.url == second.url
    assert len(site.polity.motions) == 1


def test_a_second_recall_of_the_same_mandate_is_refused_with_the_article(site):
    site.admit(60)
    mandate = site.holds(site.ada, "chair")
    site.petition()
    eve = site.browser(site.eve)
    draft = eve.get(f"/answerability/mandates/{mandate.id}/recall/").context["draft"]
    form = {"title": "Recall", "body": "For another reason.", "draft": draft}
    response = eve.post(f"/answerability/mandates/{mandate.id}/recall/", form)
    assert response.status_code == 409
    assert "Article 7.1" in text(response)
    assert "For another reason." in text(response)
    assert "A recall is running" in text(eve.get("/answerability/"))


def test_members_sign_a_recall(site):
    site.admit(60)
    motion = site.petition()
    site.browser(site.eve).post(f"/decide/{motion}/sign/")
    assert site.polity.motions[motion].seconders == {site.bo, site.eve}
    assert site.polity.motions[motion].stage is Stage.PETITION


def test_the_holder_gives_a_mandate_back_and_nobody_else_does(site):
    mandate = site.holds(site.ada, "chair")
    assert site.browser(site.bo).post(f"/answerability/mandates/{mandate.id}/give-back/").status_code == 403
    site.browser(site.ada).post(f"/answerability/mandates/{mandate.id}/give-back/")
    assert Mandate.objects.get(pk=mandate.id).how == "resigned"
    assert "It ended on" in text(site.browser(site.bo).get(f"/answerability/mandates/{mandate.id}/"))
    assert "Ada One" in text(site.browser(site.bo).get(f"/answerability/offices/{mandate.office}/"))


def test_mandates_of_who_leaves_end_in_the_table(site):
    from frombelow_site.people.actions import leave

    mandate = site.holds(site.ada, "chair").id
    leave(site.ada)
    assert Mandate.objects.get(pk=mandate).how == "left"


def test_the_rules_are_read_by_article_with_their_figures(site):
    page = text(site.browser(site.bo).get("/answerability/rules/"))
    assert "A motion is debated for 14 days." in page
    assert page.count("<h2") == len(site.polity.book.articles)


@pytest.mark.parametrize("page", ["", "rules/", "looks/", "offices/{}/", "mandates/{}/", "mandates/{}/recall/"])
def test_outsiders_are_sent_to_sign_in_and_unknown_ids_are_not_found(site, client, page):
    guessed = f"/answerability/{page.format(site.charlie)}"
    assert client.get(guessed).status_code == 302
    if "{}" in page:
        assert site.browser(site.bo).get(guessed).status_code == 404


@pytest.mark.parametrize("size", [4, 1204])
def test_pages_ask_the_database_little_at_any_size(site, size, django_assert_max_num_queries):
    if size > 4:
        site.admit(size - 4)
    bo = site.browser(site.bo)
    mandate = site.holds(site.ada, "chair")
    for page in ("", f"offices/{mandate.office}/", f"mandates/{mandate.id}/", "rules/", "looks/"):
        with django_assert_max_num_queries(12):
            assert bo.get(f"/answerability/{page}").status_code == 200


def test_the_tables_are_the_same_after_a_rebuild(site):
    from frombelow_site.answerability.actions import resign
    from frombelow_site.answerability.projections import rebuild_offices

    resign(site.ada, site.holds(site.ada, "chair").id)
    before = [list(table.objects.order_by("pk").values()) for table in (Office, Mandate)]
    rebuild_offices(site.polity)
    assert [list(table.objects.order_by("pk").values()) for table in (Office, Mandate)] == before
