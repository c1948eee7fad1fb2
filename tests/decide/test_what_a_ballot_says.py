"""What a ballot says of whom and what it names, and what a decision says of what came of it."""

import html
import re

from frombelow_site.decide import actions as decide
from frombelow_site.decide.letters import how_it_ended
from frombelow_site.door import new_id, perform
from frombelow_site.membership.actions import rename
from tests import acts as a
from tests.decide.files import letters


def read(browser, address):
    """The words of a page, as they are read."""
    shown = browser.get(address, follow=True).content.decode()
    main = shown[shown.find('<main id="content"') :].partition("</main")[0]
    return " ".join(html.unescape(re.sub(r"<script.*?</script>|<[^>]+>", " ", main, flags=re.S)).split())


def named(site, motion):
    """What the ballot says of whom and what it names: in words, and where it leads."""
    while site.polity.motions[motion].stage != "voting":
        site.wait(1)
    shown = site.browser(site.dee).get(f"/decide/{motion}/").content.decode()
    shown = shown[shown.find("Who and what is named here") :]
    return " ".join(shown[: shown.find("</ul>")].split())


def carry(site, *effects, by=None, branch=None, yes=True):
    """A motion on which all who may vote say the same."""
    motion = moved(site, *effects, by=by, branch=branch)
    while site.polity.motions[motion].stage != "voting":
        site.wait(1)
    everybody(site, motion, "yes" if yes else "no")
    site.wait(8)
    return motion


def moved(site, *effects, by=None, branch=None):
    """A motion with all its seconders."""
    motion = new_id()
    decide.move(by or site.bo, motion, branch or site.polity.root, "A title", "Some words.", effects)
    found = site.polity.motions[motion]
    for person in site.polity.people.values():
        may = site.polity.may_vote_later(person, found.branch, found.rules, site.at)
        if found.stage == "seconding" and person.id != found.mover and may:
            decide.second(person.id, motion)
    return motion


def everybody(site, motion, choice="yes"):
    for person in site.polity.people.values():
        if site.polity.motions[motion].poll.electorate.holds(site.polity, person):
            decide.vote(person.id, motion, choice)


def made(site, table, name):
    """The ids of what has this name."""
    return [each.id for each in table.values() if name in (getattr(each, "title", ""), getattr(each, "name", ""))]


# --- namesakes ---


def test_ballots_on_two_offices_of_one_title_tell_which_is_meant(site):
    carry(site, a.FormBranch("North", site.polity.root))
    [north] = made(site, site.polity.branches, "North")
    carry(site, a.CreateOffice("Secretary", ("open-votes",), north))
    perform(a.Transfer(by=site.bo, to=north))
    site.wait(31)
    one, two = made(site, site.polity.offices, "Secretary")
    first, second = moved(site, a.GrantMandate(one, site.bo)), moved(site, a.GrantMandate(two, site.bo))
    assert "made by the founding; it may:" in named(site, first)
    assert "made by M-2026-02; it may: open a vote that is due." in named(site, second)


def test_ballots_on_two_branches_of_one_name_tell_which_is_meant(site):
    carry(site, a.FormBranch("North", site.polity.root))
    [one] = made(site, site.polity.branches, "North")
    carry(site, a.FormBranch("North", one))
    two = made(site, site.polity.branches, "North")[1]
    first, second = moved(site, a.DissolveBranch(one)), moved(site, a.DissolveBranch(two))
    assert "a branch inside Tenants, formed by M-2026-01." in named(site, first)
    assert "a branch inside North, formed by M-2026-02." in named(site, second)


def test_ballots_on_two_people_of_one_name_tell_who_is_meant_and_lead_to_them(site):
    site.admit(3)
    rename(site.people[0], "Ada One")
    first, second = moved(site, a.ExpelMember(site.people[0])), moved(site, a.ExpelMember(site.ada))
    link = '<a href="/people/{}/"><bdi>Ada One</bdi></a>: of Tenants, on the roll since entry {}'
    assert f"{link.format(site.people[0], site.polity.people[site.people[0]].admitted)}." in named(site, first)
    assert f"{link.format(site.ada, 0)}; Chair." in named(site, second)


def test_who_takes_another_name_during_a_vote_on_them_is_said_to_have_had_another(site):
    site.admit(3)
    motion = moved(site, a.GrantMandate(site.office("secretary").id, site.people[0]))
    assert "another name" not in named(site, motion)
    rename(site.people[0], "Ada One")
    said = f"They had another name when this was put: they took this one with entry {site.polity.size - 1}."
    assert said in named(site, motion)


# --- what came of it ---


def void(site):
    """Ada's office of a branch that was dissolved by the same day's votes."""
    site.admit(6)
    carry(site, a.ShowDecisions())
    carry(site, a.FormBranch("North", site.polity.root))
    [north] = made(site, site.polity.branches, "North")
    dissolved = moved(site, a.DissolveBranch(north))
    office = moved(site, a.CreateOffice("Steward", ("open-votes",), north), by=site.ada)
    both_voted(site, dissolved, office)
    found = site.polity.motions[office]
    assert (found.outcome, found.disposition) == ("carried", "void")
    return found


def both_voted(site, *motions):
    while any(site.polity.motions[each].stage != "voting" for each in motions):
        site.wait(1)
    for each in motions:
        everybody(site, each)
    site.wait(10)


def recall_of_who_resigns(site):
    """A recall that is carried when its mandate was given back."""
    recall = site.petition()
    while site.polity.motions[recall].stage != "voting":
        site.wait(1)
    everybody(site, recall)
    mandate = site.polity.motions[recall].mandate
    perform(a.Resign(by=site.ada, mandate=mandate))
    site.wait(9)
    return recall


def sheet(site, motion, by=None):
    """The letters of the decision as a PDF, up to how it is checked."""
    answer = site.browser(by or site.bo).get(f"/decide/{motion}/decision.pdf")
    return letters(answer.content)[0].split("How to check it")[0]


def test_what_was_carried_and_became_void_is_said_to_be_void_wherever_it_stands(site):
    found, bo = void(site), site.browser(site.bo)
    for address in (f"/decide/{found.id}/", f"/decided/{found.number}/"):
        shown = read(bo, address)
        assert "Carried, but void" in shown, address
        assert "What it would have done The office Steward is created in North" in shown, address
        assert "This had become impossible and is void." in shown, address
    [line] = [each for each in bo.get("/decide/list.csv").content.decode().splitlines() if found.number in each]
    assert "but void" in line
    assert "Carried, but void" in sheet(site, found.id)
    assert how_it_ended(found).startswith("Carried, but void.")


def test_what_was_lost_is_nowhere_said_to_be_done(site):
    site.admit(6)
    carry(site, a.ShowDecisions())
    motion = carry(site, a.FormBranch("West", site.polity.root), yes=False)
    site.wait(9)
    everybody(site, motion, "no")
    site.wait(9)
    found = site.polity.motions[motion]
    assert found.over
    for shown in (read(site.browser(site.bo), f"/decided/{found.number}/"), sheet(site, motion)):
        assert re.search("What it would have done\\W+The branch West is formed", shown)


def test_a_recall_of_a_mandate_that_was_given_back_did_not_end_it(site):
    recall = recall_of_who_resigns(site)
    shown = read(site.browser(site.bo), f"/decide/{recall}/")
    assert "It would have ended the mandate" in shown
    assert "Carried, but void" in shown
    assert "Carried, but void" in sheet(site, recall)


def test_a_change_of_which_some_was_left_out_and_the_rest_is_void_says_so(site):
    site.admit(6)
    words = '[[article]]\nnumber = "5.8"\ntext = "Members who stepped back: {stepped_back_in_quorum}. They may vote."\n'

    def change(text, by):
        return moved(site, a.ChangeRules(text, on=site.polity.size), by=by)

    first = change('[[article]]\nnumber = "5.8"\nstepped_back_in_quorum = true\n', site.ada)
    while site.polity.motions[first].stage != "voting":
        site.wait(1)
    everybody(site, first)
    site.wait(4)
    longer = change('[[article]]\nnumber = "7.3"\nreply_days = 10\n', site.eve)
    site.wait(1)
    motion = change(f'[[article]]\nnumber = "7.4"\nrecall_days = 7\n\n{words}', site.bo)
    while not site.polity.motions[motion].over:
        site.wait(1)
        for each in (longer, motion):
            if each in site.polity.voting and not site.polity.motions[each].cast:
                everybody(site, each)
    assert site.polity.motions[motion].disposition == "void"
    assert site.polity.book["recall_days"] == 14
    shown = read(site.browser(site.bo), f"/decide/{motion}/")
    assert "What it would have done The rules change: Article 7.4" in shown
    assert "This had become impossible and is void." in shown
    assert "Article 5.8 is left out" in shown
