"""Whom a branch admits for the whole by itself, and those beyond: its page, Home, the pages on which one admits."""

import re

import pytest

from frombelow.polity import Stage
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id, perform
from tests import acts as a
from tests.pages import read
from tests.site_offices import carry


@pytest.fixture
def north(site):
    """A branch in which Dee, at home there, may admit by its own decision."""
    from frombelow_site.membership.actions import transfer

    site.admit(20)
    (branch,) = carry(site, a.FormBranch("North", site.polity.root))
    for person in (site.dee, *site.people[:5]):
        transfer(person, branch)
    site.wait(32)
    (office,) = carry(site, a.CreateOffice("Steward", ("admit-members",), branch), branch=branch, by=site.dee)
    carry(site, a.GrantMandate(office, site.dee), branch=branch, by=site.dee)
    carry(site)
    site.office_of_dee = office
    return branch


def admit(site, branch, count):
    from frombelow_site.roll.actions import admit as admit_one

    under = next(found.id for found in site.polity.held[site.dee] if found.office == site.office_of_dee)
    return [admit_one(site.dee, under, branch, f"New {n}", f"new{n}@example.org") for n in range(count)]


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_who_admits_reads_before_the_button_from_when_those_vote_in_the_whole(site, north):
    dee = site.browser(site.dee)
    assert "In Tenants they vote like every new member" in text(dee.get("/people/roll/admit/"))
    admit(site, north, 5)
    page = text(dee.get("/people/roll/admit/"))
    assert "Whoever comes now votes in North like every new member, and in Tenants only after" in page
    assert page.index("unless a vote on them is asked for") < page.index('<button class="main">Admit')


def test_a_files_dry_run_says_how_many_vote_in_the_whole_at_once_and_how_many_later(site, north):
    from frombelow_site.roll import importing
    from frombelow_site.roll.actions import keep_file

    rows = "".join(f"More {n},more{n}@example.org\n" for n in range(8))
    under = next(found.id for found in site.polity.held[site.dee] if found.office == site.office_of_dee)
    kept = keep_file([("name,email\n" + rows).encode()], "more.csv", site.dee, under, north)
    importing.read(kept.id)
    page = text(site.browser(site.dee).get(f"/people/roll/import/{kept.id}/"))
    assert "How many of them vote in Tenants like every new member: 5" in page
    assert page.index("unless a vote on them is asked for: 3") < page.index("Bring in 8 people")


def test_an_officer_of_the_whole_reads_nothing_of_it(site):
    site.move()
    assert "like every new member" not in text(site.browser(site.eve).get("/people/roll/admit/"))


def test_home_tells_who_votes_in_the_whole_of_a_list_and_one_button_asks(site, north):
    new = admit(site, north, 8)
    bo = site.browser(site.bo)
    home = text(bo.get("/"))
    assert "Look whether a vote is needed: North admitted 3 people beyond its share" in home
    assert "beyond its share" not in text(site.browser(new[7]).get("/"))
    page = text(bo.get(f"/people/branch/{north}/"))
    assert "0 of the 2 who are needed asked for a vote" in page
    assert bo.post(f"/people/branch/{north}/ask/").status_code == 302
    assert "beyond its share" not in text(bo.get("/"))
    assert "you ask for a vote on them already" in text(bo.get(f"/people/branch/{north}/"))
    last = site.browser(site.ada).post(f"/people/branch/{north}/ask/")
    (question,) = site.polity.voting
    assert last.url == f"/decide/{question}/"
    vote = text(bo.get(last.url))
    assert "Keep 3 people whom North admitted out of votes of the whole" in vote
    assert "Yes: they do not vote in the whole until it decides otherwise" in vote
    assert "Keep 3 people" in text(bo.get("/decide/"))


def test_members_are_told_of_a_list_whose_branch_dissolved_itself(site, north):
    motion = new_id()
    decide.move(site.people[0], motion, north, "The end", "Because.", (a.DissolveBranch(north),))
    found = site.polity.motions[motion]
    for person in (site.dee, *site.people[1:5]):
        if found.stage is Stage.SECONDING:
            decide.second(person, motion)
    while found.stage is not Stage.VOTING:
        site.wait(1)
    for person in list(site.polity.people.values()):
        if found.poll.electorate.holds(site.polity, person):
            decide.vote(person.id, motion, "yes")
    while found.deadline - site.at > 86_400:
        site.wait(1)
    new = admit(site, north, 8)
    site.wait(1)
    assert site.polity.branches[north].dissolved
    assert site.polity.people[new[7]].listed in site.polity.admissions.lists
    bo = site.browser(site.bo)
    assert "North admitted 3 people beyond its share" in text(bo.get("/"))
    assert "3 people, admitted by North" in text(bo.get(f"/people/branch/{north}/"))
    bo.post(f"/people/branch/{north}/ask/")
    assert (
        site.browser(site.ada).post(f"/people/branch/{north}/ask/").url == f"/decide/{next(iter(site.polity.voting))}/"
    )


def test_home_tells_those_of_a_branch_who_moves_there_and_they_can_keep_them_out(site, north):
    from frombelow_site.membership.actions import transfer

    movers = site.people[10:13]
    for person in movers:
        transfer(person, north)
    site.wait(32)
    home = site.browser(site.people[0])
    assert "3 people moved to North" in text(home.get("/"))
    assert "moved to North" not in text(site.browser(site.bo).get("/"))
    assert "In North you vote from" in text(site.browser(movers[0]).get("/people/me/"))
    page = text(home.get(f"/people/branch/{north}/"))
    assert "3 people who moved to North" in page
    vote = text(home.get(home.post(f"/people/branch/{north}/ask/").url))
    assert "Keep 3 people who moved to North out of votes of North" in vote
    (question,) = site.polity.voting
    for person in (site.dee, *site.people[:5]):
        decide.vote(person, question, "yes")
    site.wait(8)
    assert "North keeps them out of its votes" in text(home.get(f"/people/branch/{north}/"))
    assert "In North you vote once its members decide so" in text(site.browser(movers[0]).get("/people/me/"))


def test_asking_when_there_is_nobody_to_ask_about_says_so(site, north):
    page = site.browser(site.bo).post(f"/people/branch/{north}/ask/")
    assert page.status_code == 409
    assert "there is nobody to vote on" in page.content.decode()


def test_my_page_says_from_when_i_vote_in_the_whole(site, north):
    new = admit(site, north, 6)
    assert "In Tenants you vote from" in text(site.browser(new[5]).get("/people/me/"))
    assert "In Tenants you vote" not in text(site.browser(site.bo).get("/people/me/"))


def test_the_members_page_of_who_was_voted_against_says_that_it_waits_for_a_decision(site, north):
    new = admit(site, north, 6)
    browsers = [site.browser(person) for person in (site.bo, site.ada)]
    for browser in browsers:
        browser.post(f"/people/branch/{north}/ask/")
    (question,) = site.polity.voting
    for person in (site.bo, site.ada, site.eve, *site.people[5:]):
        decide.vote(person, question, "yes")
    site.wait(8)
    assert "once its members decide so" in text(site.browser(new[5]).get("/people/me/"))
    form = text(browsers[0].get("/decide/move/?effect=let"))
    assert "1 of North, admitted on" in form
    assert "kept out in Tenants" in form
    data = {"title": "Let them", "body": "They strike.", "branch": site.polity.root}
    draft = form.split('name="draft" value="')[1].split('"')[0]
    listed = site.polity.people[new[5]].listed
    moved = browsers[0].post("/decide/move/?effect=let", data | {"draft": draft, "lists": [listed]})
    page = text(browsers[0].get(moved.url))
    assert "kept out of votes vote like everybody else: 1 person whom North admitted on 2026-08-05" in page


def voted_on(site, north, members):
    """The vote of the whole on those whom North admitted, for which as many as are needed asked."""
    for person in members:
        site.browser(person).post(f"/people/branch/{north}/ask/")
    (question,) = site.polity.voting
    return question


def test_pages_and_the_vote_count_those_on_a_list_who_are_members(site, north):
    new = admit(site, north, 8)
    perform(a.Leave(by=new[6]))
    assert "2 people, admitted by North" in read(site.browser(site.bo).get(f"/people/branch/{north}/"))
    assert "North admitted 2 people beyond its share" in read(site.browser(site.bo).get("/"))
    question = voted_on(site, north, (site.bo, site.ada))
    assert "Keep 2 people whom North admitted" in read(site.browser(site.bo).get(f"/decide/{question}/"))


def test_who_is_not_kept_out_votes_from_then_on_as_the_page_says(site, north):
    """Everybody says no, twice: without a yes a quorum of yes is missed, but they decided."""
    new = admit(site, north, 6)
    question = voted_on(site, north, (site.bo, site.ada))
    shown = read(site.browser(site.bo).get(f"/decide/{question}/"))
    assert "No, or too few yes: they vote in the whole from then on." in shown
    found = site.polity.motions[question]
    while not found.over:
        if found.stage == "voting" and not found.cast:
            for person in (site.bo, site.ada, site.eve, *site.people[5:]):
                decide.vote(person, question, "no")
        site.wait(1)
    assert found.outcome == "inquorate"
    assert not site.polity.shut_out(site.polity.people[new[5]], site.polity.root)


def test_those_on_a_list_vote_on_the_day_that_its_page_names(site, north):
    """Not before any new member does."""
    carry(site, a.ChangeRules('[[article]]\nnumber = "5.2"\nfranchise_days = 90\n', on=site.polity.size))
    new = admit(site, north, 6)
    shown = read(site.browser(site.bo).get(f"/people/branch/{north}/"))
    assert re.search(r"They vote in Tenants after the end of [^.]*?in 89 days", shown)
    assert re.search(r"A vote can be asked for until the end of [^.]*?in 30 days", shown)
    site.wait(89)
    person = site.polity.people[new[5]]
    assert not site.polity.may_vote_later(person, site.polity.root, site.polity.book, site.at)
    site.wait(1)
    assert site.polity.may_vote_later(person, site.polity.root, site.polity.book, site.at)


def test_a_charter_has_a_form_and_stands_on_the_branchs_page(site, north):
    bo = site.browser(site.bo)
    form = text(bo.get(f"/decide/move/?effect=charter&place={north}"))
    draft = form.split('name="draft" value="')[1].split('"')[0]
    data = {"title": "A strike in North", "body": "They come.", "branch": site.polity.root, "draft": draft}
    moved = bo.post("/decide/move/?effect=charter", data | {"place": north, "people": 40, "until": "2027-12-31"})
    assert "By charter, North can admit 40 people until 2027-12-31" in text(bo.get(moved.url))
    carry(site, a.Charter(north, site.polity.today(site.at) + 90, 40))
    assert "By charter, 40 of them until" in text(bo.get(f"/people/branch/{north}/"))


def test_the_page_of_a_branch_that_is_not_there_is_not_there(site, north):
    assert site.browser(site.bo).get(f"/people/branch/{new_id()}/").status_code == 404


def test_each_who_is_heard_has_a_reply_of_their_own_on_the_page_and_in_their_file(site, north):
    from frombelow_site.decide.models import Remark
    from frombelow_site.decide.subject import texts, values

    (office,) = carry(site, a.CreateOffice("Chair", (), north), branch=north, by=site.dee)
    carry(site, a.GrantMandate(office, site.people[0]), branch=north, by=site.dee)
    motion = site.second(site.move(site.bo, a.DissolveBranch(north)))
    while site.polity.motions[motion].stage is not Stage.REPLY:
        site.wait(1)
    for person, said in ((site.dee, "We are many."), (site.people[0], "We stay.")):
        browser = site.browser(person)
        assert "This concerns you" in text(browser.get(f"/decide/{motion}/"))
        browser.post(f"/decide/{motion}/reply/", {"text": said})
    page = text(site.browser(site.bo).get(f"/decide/{motion}/"))
    assert "We are many." in page
    assert "We stay." in page
    assert Remark.objects.filter(motion=motion).count() == 2
    mine = dict(texts(site.polity, site.polity.people[site.dee]))
    assert any("We are many." in said for said in mine.values())
    assert not any("We stay." in said for said in mine.values())
    assert {each.whose for each in values() if each.of == "reply"} == {
        f"{motion} {site.dee}", f"{motion} {site.people[0]}"
    }  # fmt: skip
