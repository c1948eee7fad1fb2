"""What a ballot says of whom and what it names, and what a decision says of what came of it."""

import html
import re

from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id
from frombelow_site.membership.actions import rename
from tests import acts as a


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
    carry(site, a.CreateOffice("Secretary", ("run-the-server",), site.polity.root))
    one, two = made(site, site.polity.offices, "Secretary")
    first, second = moved(site, a.GrantMandate(one, site.bo)), moved(site, a.GrantMandate(two, site.bo))
    assert "made by the founding; it may:" in named(site, first)
    assert "made by M-2026-01; it may: run the server: settings, backup, restore." in named(site, second)


def test_ballots_on_two_branches_of_one_name_tell_which_is_meant(site):
    carry(site, a.FormBranch("North", site.polity.root))
    carry(site, a.FormBranch("North", site.polity.root))
    one, two = made(site, site.polity.branches, "North")
    first, second = moved(site, a.DissolveBranch(one)), moved(site, a.DissolveBranch(two))
    assert "a branch inside Tenants, formed by M-2026-01." in named(site, first)
    assert "a branch inside Tenants, formed by M-2026-02." in named(site, second)


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
