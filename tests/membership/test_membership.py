"""My page: stepping back, returning, moving, leaving, being erased. Each is the person's own act."""

import pytest

from frombelow.polity import Standing
from frombelow.polity.organization.acts import FormBranch
from frombelow_site.decide import actions as decide
from frombelow_site.membership import actions as membership
from frombelow_site.people.models import Card, MailChange, Member, OldName, Profile

ABOUT = dict.fromkeys(("mail_to", "phone_to", "language_to", "access_needs_to", "skills_to"), "nobody")


def standing(site, person):
    return site.polity.people[person].standing


def test_stepping_back_and_returning_is_one_click_each(site):
    bo = site.browser(site.bo)
    bo.post("/people/me/step-back/", {"until": ""})
    assert standing(site, site.bo) is Standing.STEPPED_BACK
    assert Member.objects.get(pk=site.bo).standing == "stepped back"
    assert "Return" in bo.get("/people/me/").content.decode()
    bo.post("/people/me/return/")
    assert standing(site, site.bo) is Standing.MEMBER


def test_who_stepped_back_until_a_day_is_back_after_it(site):
    site.browser(site.bo).post("/people/me/step-back/", {"until": "2026-03-05"})
    site.wait(3)
    assert standing(site, site.bo) is Standing.STEPPED_BACK
    site.wait(1)
    assert Member.objects.get(pk=site.bo).standing == "member"


def test_a_day_that_has_passed_is_refused_and_kept_in_the_form(site):
    response = site.browser(site.bo).post("/people/me/step-back/", {"until": "2026-01-05"})
    assert response.status_code == 409
    assert "the day has passed already" in response.content.decode()
    assert "2026-01-05" in response.content.decode()


def test_leaving_asks_once_more_and_leads_to_the_page_of_who_left(site):
    dee = site.browser(site.dee)
    assert dee.post("/people/me/leave/", {"sure": ""}).status_code == 400
    assert standing(site, site.dee) is Standing.MEMBER
    assert dee.post("/people/me/leave/", {"sure": "on"}).url == "/people/me/"
    assert standing(site, site.dee) is Standing.LEFT
    assert "You have left" in (page := dee.get("/people/me/").content.decode())
    assert "You are a member no more" in page
    assert Card.objects.filter(pk=site.dee).exists()


def test_who_is_erased_leaves_and_nothing_says_who_they_were(site):
    motion = site.move(site.dee)
    dee = site.browser(site.dee)
    membership.rename(site.dee, "Dee Threefold")
    dee.post("/people/me/about/", {**ABOUT, "skills": "Bread"})
    dee.post("/people/me/mail/", {"mail": "dee@elsewhere.example"})
    assert dee.post("/people/me/erase/", {"sure": ""}).status_code == 400
    assert standing(site, site.dee) is Standing.MEMBER
    dee.post("/people/me/erase/", {"sure": "on"})
    assert standing(site, site.dee) is Standing.LEFT
    for table in (Card, OldName, Profile, MailChange):
        assert not table.objects.filter(person=site.dee).exists()
    bo = site.browser(site.bo)
    page = bo.get(f"/decide/{motion}/").content.decode()
    assert "Moved by a member" in page
    assert "Dee" not in page + bo.get("/record/").content.decode()


def test_erasing_says_first_what_goes_and_what_stays(site):
    page = site.browser(site.bo).get("/people/me/erase/").content.decode()
    for words in ("What goes", "What stays", "as done by “a member”", "Take my data with me"):
        assert words in page


def test_a_member_without_a_card_can_still_use_every_page(site):
    membership.erase(site.bo)
    bo = site.browser(site.bo)
    for page in ("me/", "me/name/", "me/about/", "me/looks/", "me/step-back/", ""):
        assert bo.get(f"/people/{page}").status_code == 200
    assert bo.get(f"/people/{site.bo}/").status_code == 404
    assert bo.post("/people/me/data/").status_code == 200


def test_moving_to_another_branch_is_asked_for(site):
    north = site.voting(FormBranch("North", site.polity.root))
    for person in (site.ada, site.eve, site.bo):
        decide.vote(person, north, "yes")
    site.wait(8)
    branch = next(b.id for b in site.polity.branches.values() if b.name == "North")
    bo = site.browser(site.bo)
    bo.post("/people/me/transfer/", {"branch": branch})
    assert "You asked to move to North" in bo.get("/people/me/").content.decode()
    site.wait(31)
    assert Member.objects.get(pk=site.bo).branch == branch


@pytest.mark.parametrize("verb", ["return", "transfer", "data"])
def test_nothing_is_done_from_outside_or_by_a_get(site, client, verb):
    size = site.polity.size
    assert client.post(f"/people/me/{verb}/").status_code == 302
    assert site.browser(site.bo).get(f"/people/me/{verb}/").status_code == 405
    assert site.polity.size == size
