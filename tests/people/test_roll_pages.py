"""The roll is for who holds the power, and every look is written down."""

import pytest

from frombelow_site.accounts.models import Sheet
from frombelow_site.people import actions as people
from frombelow_site.people.models import Member, RollLook
from frombelow_site.people.queries import names


@pytest.mark.parametrize(("who", "status"), [("eve", 200), ("ada", 404), ("bo", 404), ("dee", 404), ("charlie", 302)])
@pytest.mark.parametrize("page", ["roll/", "roll/admit/", "roll/import/"])
def test_only_the_secretary_reaches_the_roll(site, who, status, page):
    assert site.browser(getattr(site, who)).get(f"/people/{page}").status_code == status


def test_a_look_is_written_down_and_shown_to_members(site):
    site.browser(site.eve).get("/people/roll/?name=bo")
    assert [(look.by, look.what) for look in RollLook.objects.all()] == [(site.eve, "search")]
    page = site.browser(site.bo).get("/answerability/looks/").content.decode()
    assert "Eve Two" in page
    assert "searched it" in page


def test_the_roll_is_searched_by_name_or_mail(site):
    eve = site.browser(site.eve)
    for wanted in ("bo f", "BO@example.org"):
        page = eve.get("/people/roll/", {"name": wanted}).content.decode()
        assert "Bo Four" in page
        assert "Ada One" not in page


def test_who_stepped_back_is_listed_like_anybody(site):
    people.step_back(site.bo, None)
    page = site.browser(site.eve).get("/people/roll/").content.decode()
    assert "Bo Four" in page
    assert "stepped back" not in page


def test_one_person_is_admitted_by_hand(site):
    eve = site.browser(site.eve)
    form = {"name": "Fay Five", "mail": "fay@example.org", "phone": "", "branch": site.polity.root}
    assert eve.post("/people/roll/admit/", form).status_code == 302
    assert "Fay Five" in eve.get("/people/roll/").content.decode()
    assert "mail address" in eve.post("/people/roll/admit/", {**form, "mail": "fay at example"}).content.decode()


def test_a_code_is_printed_only_for_who_has_no_mail_and_they_see_it(site):
    eve = site.browser(site.eve)
    assert eve.post("/people/roll/print-code/", {"person": site.bo}).status_code == 404
    fay = people.admit(site.eve, site.mandate_of_eve, site.polity.root, "Fay Five", "")
    assert site.browser(site.bo).post("/people/roll/print-code/", {"person": fay}).status_code == 404
    assert "A way in for Fay Five" in eve.post("/people/roll/print-code/", {"person": fay}).content.decode()
    assert Sheet.objects.get().by == site.eve
    page = site.browser(fay).get("/people/me/").content.decode()
    assert "A sign-in code was printed for you" in page
    assert "Eve Two" in page


def test_a_name_that_is_erased_or_unknown_is_a_member(site):
    assert names([site.bo, site.charlie]) == {site.bo: "Bo Four", site.charlie: "a member"}


@pytest.mark.parametrize("size", [4, 1204])
@pytest.mark.parametrize("page", ["/people/", "/people/roll/", "/people/me/"])
def test_pages_ask_the_database_little_at_any_size(site, size, page, django_assert_max_num_queries):
    if size > 4:
        site.admit(size - 4)
    eve = site.browser(site.eve)
    with django_assert_max_num_queries(12):
        assert eve.get(page).status_code == 200


def test_the_table_is_the_same_after_a_rebuild(site):
    from frombelow_site.people.projections import rebuild_members

    site.admit(20)
    people.step_back(site.people[3], None)
    people.leave(site.people[4])
    before = list(Member.objects.order_by("person").values())
    rebuild_members(site.polity)
    assert list(Member.objects.order_by("person").values()) == before
