"""The roll is for who holds the power, and every look is written down."""

import pytest
from django.utils import timezone
from msgspec import UNSET

from frombelow.polity import decode
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.organization.acts import FormBranch
from frombelow.polity.roll.acts import ExportRoll, LookAtRoll
from frombelow_site.accounts.models import Sheet
from frombelow_site.decide import actions as decide
from frombelow_site.door import Closed, tables
from frombelow_site.door.models import Entry
from frombelow_site.membership import actions as membership
from frombelow_site.people.models import Card, Member
from frombelow_site.people.projections import rebuild_members
from frombelow_site.people.queries import names
from frombelow_site.roll import actions as roll
from frombelow_site.roll.models import RollLook
from frombelow_site.roll.projections import rebuild_looks
from frombelow_site.roll.queries import looks_at


@pytest.mark.parametrize(("who", "status"), [("eve", 200), ("ada", 404), ("bo", 404), ("dee", 404), ("charlie", 302)])
@pytest.mark.parametrize("page", ["roll/", "roll/admit/", "roll/import/"])
def test_only_the_secretary_reaches_the_roll(site, who, status, page):
    assert site.browser(getattr(site, who)).get(f"/people/{page}").status_code == status


def looks(site):
    """Who looked at the roll or took it away, by which mandate, and what they did."""
    acts = [decode(data).act for _, data in tables.read()]
    return [
        (act.person, act.mandate, "look") if isinstance(act, LookAtRoll) else (act.by, act.under, "export")
        for act in acts
        if isinstance(act, LookAtRoll | ExportRoll)
    ]


def test_a_look_is_an_entry_before_the_page_is_shown_and_every_member_sees_it(site):
    site.browser(site.eve).get("/people/roll/?name=bo")
    assert looks(site) == [(site.eve, site.mandate_of_eve, "look")]
    assert "Eve Two" in site.browser(site.bo).get("/answerability/looks/").content.decode()


def test_a_look_is_said_by_the_server_and_names_who_looked_and_by_which_mandate(site):
    site.browser(site.eve).get("/people/roll/")
    look = decode(list(tables.read())[-1][1]).act
    assert (look.by, look.under) == (SERVER, UNSET)
    assert (look.person, look.mandate, look.branch) == (site.eve, site.mandate_of_eve, site.polity.root)


def test_taking_the_roll_away_is_the_officers_own_act(site):
    site.browser(site.eve).post("/people/roll/export/")
    export = decode(list(tables.read())[-1][1]).act
    assert (export.by, export.under, export.branch) == (site.eve, site.mandate_of_eve, site.polity.root)


@pytest.mark.parametrize(
    ("place", "looked", "exported"),
    [
        ("looks/", "read a page", "took the whole roll"),
        ("mandates/{mandate}/", "looked at the roll of Tenants", "took the roll of Tenants away as a file"),
    ],
)
def test_looks_and_exports_are_told_where_members_look_for_them(site, place, looked, exported):
    eve = site.browser(site.eve)
    eve.get("/people/roll/")
    eve.post("/people/roll/export/")
    page = site.browser(site.bo).get("/answerability/" + place.format(mandate=site.mandate_of_eve)).content.decode()
    assert "Eve Two" in page
    assert looked in page
    assert exported in page


def test_looks_are_entered_once_an_hour_for_a_mandate_and_a_kind(site):
    eve = site.browser(site.eve)
    for _ in range(3):
        eve.get("/people/roll/")
        eve.post("/people/roll/export/")
    assert [what for _, _, what in looks(site)] == ["look", "export"]
    site.at += 3_601
    eve.get("/people/roll/")
    assert [what for _, _, what in looks(site)] == ["look", "export", "look"]


def test_a_roll_that_cannot_enter_the_look_stays_closed(site, monkeypatch):
    def closed(act, *privates):
        raise Closed("Nothing is taken in now.")

    eve = site.browser(site.eve)
    eve.get("/people/")
    monkeypatch.setattr(roll, "perform", closed)
    for response in (eve.get("/people/roll/"), eve.post("/people/roll/export/")):
        assert response.status_code == 503
        assert "Bo Four" not in response.content.decode()


def test_i_see_who_looked_at_mine_under_which_mandate_and_when(site):
    bo = site.browser(site.bo)
    assert "Nobody has looked at the roll since you came onto it" in bo.get("/people/me/").content.decode()
    site.browser(site.eve).post("/people/roll/export/")
    page = bo.get("/people/me/looks/").content.decode()
    for words in ("Eve Two", "Secretary", "took the roll of Tenants away as a file", "2 March 2026, 12:00"):
        assert words in page


def test_a_look_at_another_branch_or_before_i_came_is_none_at_mine(site):
    north = site.voting(FormBranch("North", site.polity.root))
    for person in (site.ada, site.eve, site.bo):
        decide.vote(person, north, "yes")
    site.wait(8)
    branch = next(b.id for b in site.polity.branches.values() if b.name == "North")
    before = RollLook.objects.create(
        index=1, by=site.eve, under=site.mandate_of_eve, branch=site.polity.root, what="look", at=timezone.now()
    )
    fay = roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Fay Five", "")
    RollLook.objects.create(
        index=site.polity.size, by=site.eve, under=site.mandate_of_eve, branch=branch, what="look", at=timezone.now()
    )
    assert looks_at(site.polity.people[fay], site.polity) == []
    assert looks_at(site.polity.people[site.bo], site.polity) == [before]


def test_the_looks_are_the_same_after_a_rebuild(site):
    site.browser(site.eve).get("/people/roll/")
    before = list(RollLook.objects.values("index", "by", "under", "branch", "what", "at"))
    rebuild_looks(site.polity)
    assert list(RollLook.objects.values("index", "by", "under", "branch", "what", "at")) == before


def test_the_roll_is_searched_by_name_or_mail(site):
    eve = site.browser(site.eve)
    for wanted in ("bo f", "BO@example.org"):
        page = eve.get("/people/roll/", {"name": wanted}).content.decode()
        assert "Bo Four" in page
        assert "Ada One" not in page


def test_who_stepped_back_is_listed_like_anybody(site):
    membership.step_back(site.bo, None)
    page = site.browser(site.eve).get("/people/roll/").content.decode()
    assert "Bo Four" in page
    assert "stepped back" not in page


def test_one_person_is_admitted_by_hand(site):
    eve = site.browser(site.eve)
    form = {"name": "Fay Five", "mail": "fay@example.org", "phone": "", "branch": site.polity.root}
    assert eve.post("/people/roll/admit/", form).status_code == 302
    assert "Fay Five" in eve.get("/people/roll/").content.decode()
    assert "mail address" in eve.post("/people/roll/admit/", {**form, "mail": "fay at example"}).content.decode()


def test_a_code_is_printed_only_for_who_never_came_in_and_they_see_it(site):
    eve = site.browser(site.eve)
    membership.step_back(site.bo, None)
    assert eve.post("/people/roll/print-code/", {"person": site.bo}).status_code == 409
    fay = roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Fay Five", "")
    assert site.browser(site.bo).post("/people/roll/print-code/", {"person": fay}).status_code == 404
    assert "A way in for Fay Five" in eve.post("/people/roll/print-code/", {"person": fay}).content.decode()
    assert Sheet.objects.get().by == site.eve
    page = site.browser(fay).get("/people/me/").content.decode()
    assert "A sign-in code was printed for you" in page
    assert "Eve Two" in page
    entry = Entry.objects.get(kind="access.issue-code")
    assert (entry.by, entry.about) == (site.eve, fay)


def test_nobody_prints_a_way_in_as_somebody_who_was_here_before(site):
    eve = site.browser(site.eve)
    fay = roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Fay Five", "")
    eve.post("/people/roll/print-code/", {"person": fay})
    assert eve.post("/people/roll/print-code/", {"person": fay}).status_code == 200  # a sheet can be lost unused
    site.browser(fay).get("/")
    answer = eve.post("/people/roll/print-code/", {"person": fay})
    assert answer.status_code == 409
    assert "was here before" in answer.content.decode()
    assert Sheet.objects.filter(person=fay).count() == 2


def test_a_name_that_is_erased_or_unknown_is_a_member(site):
    assert names([site.bo, site.charlie]) == {site.bo: "Bo Four", site.charlie: "a member"}


@pytest.mark.parametrize("size", [4, 1204])
@pytest.mark.parametrize(
    "page", ["/people/", "/people/roll/", "/people/me/", "/people/me/looks/", "/people/me/step-back/"]
)
def test_pages_ask_the_database_little_at_any_size(site, size, page, django_assert_max_num_queries):
    if size > 4:
        site.admit(size - 4)
    eve = site.browser(site.eve)
    with django_assert_max_num_queries(18):  # the first look of an hour is an entry
        assert eve.get(page).status_code == 200
    with django_assert_max_num_queries(12):
        assert eve.get(page).status_code == 200


def test_the_table_is_the_same_after_a_rebuild(site):
    site.admit(20)
    membership.step_back(site.people[3], None)
    membership.leave(site.people[4])
    before = list(Member.objects.order_by("person").values())
    rebuild_members(site.polity)
    assert list(Member.objects.order_by("person").values()) == before


def test_nobody_is_admitted_twice_by_a_second_press_and_a_namesake_is(site):
    eve, form = site.browser(site.eve), {"name": "Lena Park", "mail": "lena@example.org", "branch": site.polity.root}
    assert eve.post("/people/roll/admit/", form).status_code == 302
    again = eve.post("/people/roll/admit/", form)
    assert again.status_code == 400
    assert "is a member already" in again.content.decode()
    assert eve.post("/people/roll/admit/", {**form, "another": "on"}).status_code == 302
    assert Card.objects.filter(name="Lena Park").count() == 2
