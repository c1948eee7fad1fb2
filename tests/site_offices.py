"""What tests of the site make by decision: offices, who holds them, a branch."""

from frombelow.polity import Stage
from frombelow.polity.motions.effects import effects_of, made_by
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id, perform

from . import acts as a


def carry(site, *effects, by=None, branch=None):
    """A motion is moved, seconded and carried by everybody's yes; returns the ids of what it made."""
    motion = new_id()
    decide.move(by or site.bo, motion, branch or site.polity.root, "A title", "Some words.", tuple(effects))
    found = site.polity.motions[motion]
    for person in (site.ada, site.eve, site.dee, site.bo, *site.people):
        seconds = found.stage is Stage.SECONDING and person != found.mover
        if seconds and site.polity.may_vote_later(site.polity.people[person], found.branch, found.rules, site.at):
            decide.second(person, motion)
    while found.stage is not Stage.VOTING:
        site.wait(1)
    for person, member in site.polity.people.items():
        if found.poll.electorate.holds(site.polity, member):
            decide.vote(person, motion, "yes")
    while not found.over:
        site.wait(1)
    assert found.outcome == "carried"
    return [made_by(motion, n, effect) for n, effect in enumerate(effects_of(found))]


def branch(site, count=12):
    """North, in which so many new members are at home."""
    site.admit(count)
    (north,) = carry(site, a.FormBranch("North", site.polity.root))
    for person in site.people[-count:]:
        perform(a.Transfer(by=person, to=north))
    site.wait(62)
    return north


def steward(site, north, *powers):
    """Who is Steward of North, with these powers, and the mandate."""
    who = site.people[0]
    (office,) = carry(site, a.CreateOffice("Steward", powers, north), by=who, branch=north)
    carry(site, a.GrantMandate(office, who), by=who, branch=north)
    return who, site.polity.held[who][0]


def ahead(site):
    """Bo chairs by decision, and who is to follow."""
    site.admit(6)
    chair, who = site.office("chair").id, site.people[0]
    carry(site, a.GrantMandate(chair, site.bo))
    carry(site, a.GrantMandate(chair, who, follows=site.polity.held[site.bo][0].id))
    return who
