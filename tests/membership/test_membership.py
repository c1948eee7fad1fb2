"""My page: stepping back, returning, moving, leaving, being erased. Each is the person's own act."""

import pytest

from frombelow.polity import Standing
from frombelow.polity.organization.acts import FormBranch
from frombelow.polity.rulebook.parameters import POWERS
from frombelow_site.decide import actions as decide
from frombelow_site.membership import actions as membership
from frombelow_site.people import vacancies
from frombelow_site.people.models import Card, MailChange, Member, OldName, Profile

ABOUT = dict.fromkeys(("mail_to", "phone_to", "language_to", "access_needs_to", "skills_to"), "nobody")


def standing(site, person):
    return site.polity.people[person].standing


ADMIT = "Nobody else can admit members. Until the members fill the office by a motion, nobody can be brought in."


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
    bo = site.browser(site.bo)
    assert bo.post("/people/me/leave/", {"sure": ""}).status_code == 400
    assert standing(site, site.bo) is Standing.MEMBER
    assert bo.post("/people/me/leave/", {"sure": "on"}).url == "/people/me/"
    assert standing(site, site.bo) is Standing.LEFT
    assert "You have left" in (page := bo.get("/people/me/").content.decode())
    assert "You are a member no more" in page
    assert Card.objects.filter(pk=site.bo).exists()


def test_who_is_erased_leaves_and_nothing_says_who_they_were(site):
    motion = site.move(site.bo)
    bo = site.browser(site.bo)
    membership.rename(site.bo, "Bo Threefold")
    bo.post("/people/me/about/", {**ABOUT, "skills": "Bread"})
    bo.post("/people/me/mail/", {"mail": "bo@elsewhere.example"})
    assert bo.post("/people/me/erase/", {"sure": ""}).status_code == 400
    assert standing(site, site.bo) is Standing.MEMBER
    bo.post("/people/me/erase/", {"sure": "on"})
    assert standing(site, site.bo) is Standing.LEFT
    for table in (Card, OldName, Profile, MailChange):
        assert not table.objects.filter(person=site.bo).exists()
    ada = site.browser(site.ada)
    page = ada.get(f"/decide/{motion}/").content.decode()
    assert "Moved by a member" in page
    page += ada.get("/record/").content.decode()
    assert "Bo Four" not in page
    assert "Threefold" not in page


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


# --- what follows for the others ---


def test_the_last_who_can_admit_members_does_not_go_without_a_word(site):
    size, eve = site.polity.size, site.browser(site.eve)
    for page in ("/people/me/leave/", "/people/me/erase/"):
        assert ADMIT in eve.get(page).content.decode()
        answer = eve.post(page, {"sure": "on"})
        assert answer.status_code == 400
        assert "Nothing has happened yet." in answer.content.decode()
    assert site.polity.size == size
    eve.post("/people/me/leave/", {"sure": "on", "known": "on"})
    assert standing(site, site.eve) is Standing.LEFT


def test_nobody_is_asked_about_what_somebody_else_can_do_too(site):
    """Eve can rule on motions and open votes as Ada can; the treasurer and Bo have no power. It takes two for paper."""
    ada = site.browser(site.ada)
    follows = ada.get("/people/me/leave/").content.decode().partition("What follows")[2]
    assert "It takes two to hand in what members answer on paper, and there would not be two." in follows
    assert "open votes" not in follows
    ada.post("/people/me/leave/", {"sure": "on", "known": "on"})
    assert standing(site, site.ada) is Standing.LEFT
    assert "Nobody else can open votes." in site.browser(site.eve).get("/people/me/leave/").content.decode()


def test_the_last_member_is_told_that_they_are_the_last(site):
    for person in (site.ada, site.eve, site.dee):
        membership.leave(person)
    bo = site.browser(site.bo)
    assert "You are the last member: nobody can ever act here again." in bo.get("/people/me/leave/").content.decode()
    assert bo.post("/people/me/erase/", {"sure": "on"}).status_code == 400
    assert bo.post("/people/me/leave/", {"sure": "on", "known": "on"}).url == "/people/me/"
    assert "You are a member no more" in bo.get("/people/me/").content.decode()


def test_the_last_mandate_with_a_power_is_not_given_back_without_a_word(site):
    mandate, eve = site.holds(site.eve, "secretary").id, site.browser(site.eve)
    address = f"/answerability/mandates/{mandate}/"
    assert ADMIT in eve.get(address).content.decode()
    assert "What follows" not in site.browser(site.ada).get(address).content.decode()
    assert "Nothing has happened yet." in eve.post(address + "give-back/").content.decode()
    assert not site.polity.mandates[mandate].ended
    assert eve.post(address + "give-back/", {"known": "on", "sure": "1"}).url == address
    assert site.polity.mandates[mandate].ended


def test_stepping_back_with_the_last_mandate_asks_before_anything_happens(site):
    mandate, eve, size = site.holds(site.eve, "secretary").id, site.browser(site.eve), site.polity.size
    assert "What follows" not in eve.get("/people/me/step-back/").content.decode()
    answer = eve.post("/people/me/step-back/", {"until": "", "give_back": [mandate]})
    assert ADMIT in answer.content.decode()
    assert f'value="{mandate}" ' in (kept := answer.content.decode())
    assert "checked" in kept
    assert site.polity.size == size
    eve.post("/people/me/step-back/", {"until": "", "give_back": [mandate], "known": "on"})
    assert standing(site, site.eve) is Standing.STEPPED_BACK
    assert site.polity.mandates[mandate].ended


def test_members_read_what_nobody_can_do_until_they_fill_the_office(site):
    bo, office = site.browser(site.bo), site.office("secretary").id
    for page in ("/", "/answerability/"):
        assert "Nobody can admit members" not in bo.get(page).content.decode()
    membership.leave(site.eve)
    for page in ("/", "/answerability/"):
        found = bo.get(page).content.decode()
        assert "Nobody can admit members or bring in a roll." in found
        assert f"/decide/move/?effect=grant&amp;office={office}" in found


@pytest.mark.parametrize("told", [vacancies.WHAT_FOLLOWS, vacancies.VACANT])
def test_of_each_power_it_is_said_what_follows_where_nobody_holds_it(told):
    assert set(POWERS) - set(told) <= {"run-the-server"}
