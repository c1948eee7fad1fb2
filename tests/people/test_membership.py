"""My page: stepping back, returning, moving, leaving. Each is the person's own act."""

import pytest

from frombelow.polity import acts as a
from frombelow.polity.state import Standing
from frombelow_site.decide import actions as decide
from frombelow_site.people.models import Card, Member


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


def test_leaving_asks_once_more_and_ends_the_session(site):
    dee = site.browser(site.dee)
    assert dee.post("/people/me/leave/", {}).status_code == 200
    assert standing(site, site.dee) is Standing.MEMBER
    dee.post("/people/me/leave/", {"sure": "on"})
    assert standing(site, site.dee) is Standing.LEFT
    assert dee.get("/people/me/").status_code == 302
    assert Card.objects.filter(pk=site.dee).exists()


def test_who_leaves_can_have_their_name_erased(site):
    motion = site.move(site.dee)
    site.browser(site.dee).post("/people/me/leave/", {"sure": "on", "erase": "on"})
    assert not Card.objects.filter(pk=site.dee).exists()
    assert "Moved by a member" in site.browser(site.bo).get(f"/decide/{motion}/").content.decode()


def test_moving_to_another_branch_is_asked_for(site):
    north = site.voting(a.FormBranch("North", site.polity.root))
    for person in (site.ada, site.eve, site.bo):
        decide.vote(person, north, "yes")
    site.wait(8)
    branch = next(b.id for b in site.polity.branches.values() if b.name == "North")
    bo = site.browser(site.bo)
    bo.post("/people/me/transfer/", {"branch": branch})
    assert "You asked to move to North" in bo.get("/people/me/").content.decode()
    site.wait(31)
    assert Member.objects.get(pk=site.bo).branch == branch


@pytest.mark.parametrize("verb", ["step-back", "return", "transfer"])
def test_nothing_is_done_from_outside_or_by_a_get(site, client, verb):
    size = site.polity.size
    assert client.post(f"/people/me/{verb}/").status_code == 302
    assert site.browser(site.bo).get(f"/people/me/{verb}/").status_code == 405
    assert site.polity.size == size
