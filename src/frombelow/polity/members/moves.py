"""The changes of membership that acts of several kinds make."""

from collections.abc import Iterable

from ..admissions.shares import charge, list_for, list_of_movers
from ..kernel.fields import People
from ..kernel.ids import BranchId, PersonId, is_id
from ..kernel.require import refuse
from ..offices.seats import Vacating, drop_mandates
from ..state import Polity, fresh
from .state import Person, Standing


def require_newcomers(polity: Polity, people: People, by: str = "") -> None:
    """Refuse ids that are taken, named twice, promised by another motion than this, or not spelled as ids are."""
    seen = {person for person, _ in people}
    if len(seen) < len(people) or not all(is_id(person) for person in seen):
        refuse(polity, "record", "bad-id")
    if not polity.people.keys().isdisjoint(seen):
        refuse(polity, "membership", "person-taken")
    if not all(fresh(polity, person, by) for person in seen):
        refuse(polity, "record", "bad-id")


def joining_day(polity: Polity, at: int) -> int:
    """The day on which who is admitted at this second has joined. Before the first motion there is no electorate that
    newcomers could tip: they are the founding roll, and have day 0."""
    return polity.today(at) if polity.motions else 0


def enter(polity: Polity, name: PersonId, branch: BranchId, joined: int, listed: int = 0) -> None:
    """The person is a member, at home in this branch, since this local day; on this list, if on any."""
    polity.people[name] = Person(name, branch, joined, polity.size, listed=listed)
    counts = polity.branches[branch].joined
    counts[joined] = counts.get(joined, 0) + 1
    polity.members += 1
    settle(polity, branch)
    if listed:
        found = polity.admissions.lists[listed]
        found.people += 1
        found.here[branch] = found.here.get(branch, 0) + 1


def settle(polity: Polity, branch: BranchId) -> None:
    """Somebody is at home in the branch, and so in those around it, since today at the latest."""
    if polity.branches[branch].since:
        return
    for name in polity.branches[branch].above:
        found = polity.branches[name]
        found.since = found.since or polity.today(polity.at)


def admit(polity: Polity, homes: Iterable[tuple[PersonId, BranchId]], by: BranchId, at: int) -> None:
    """These people are members: as many as this branch can admit for the whole like everybody else, those after them on
    its list of today."""
    people, joined = list(homes), joining_day(polity, at)
    within = charge(polity, by, len(people), at)
    for person, home in people[:within]:
        enter(polity, person, home, joined)
    if len(people) > within:
        listed = list_for(polity, by, at).id
        for person, home in people[within:]:
            enter(polity, person, home, joined, listed)


def depart(polity: Polity, person: Person, standing: Standing, at: int) -> None:
    """The person is a member no more; their mandates end, and what they asked for is dropped."""
    branch = polity.branches[person.branch]
    branch.joined[person.joined] -= 1
    count_listed(polity, person, branch.id, -1)
    if person.standing is Standing.STEPPED_BACK:
        branch.away[person.joined] -= 1
        person.pauses += ((polity.size, True),)
    person.standing, person.gone = standing, polity.size
    polity.transfers.pop(person.id, None)
    polity.members -= 1
    drop_mandates(polity, person.id, standing.value, at)


def move_home(polity: Polity, person: Person, to: BranchId) -> None:
    """The person's home branch is another one; electorates frozen earlier still know the old one. Where they moved into
    a branch in which others were before them, they stand on its list of today: else those who move to a branch together
    would rule those who are there. Time takes the offices of the branches that they moved out of."""
    old, new = polity.branches[person.branch], polity.branches[to]
    for of_old, of_new in ((old.joined, new.joined), (old.away, new.away)):
        if of_old is old.away and person.standing is not Standing.STEPPED_BACK:
            continue
        of_old[person.joined] -= 1
        of_new[person.joined] = of_new.get(person.joined, 0) + 1
    count_listed(polity, person, old.id, -1)
    count_listed(polity, person, new.id, +1)
    person.moves += ((polity.size, person.branch),)
    person.branch = to
    if listed := list_of_movers(polity, to, new.above - old.above, polity.at):
        listed.people += 1
        listed.movers.add(person.id)
        person.arrived += (listed.id,)
    settle(polity, to)
    for mandate in polity.held.get(person.id, ()):
        if polity.offices[mandate.office].branch not in new.above:
            polity.agenda.plan(polity.at, Vacating(mandate.id))


def count_listed(polity: Polity, person: Person, home: BranchId, change: int) -> None:
    """So many more of this person are at home there, on the list on which they came; if it still matters."""
    found = polity.admissions.lists.get(person.listed)
    if found is not None:
        found.here[home] = found.here.get(home, 0) + change
        if person.standing is Standing.STEPPED_BACK:
            found.away[home] = found.away.get(home, 0) + change


def count_away(polity: Polity, person: Person, change: int) -> None:
    """The person stepped back, or returned: so it is on the list on which they came too."""
    found = polity.admissions.lists.get(person.listed)
    if found is not None:
        found.away[person.branch] = found.away.get(person.branch, 0) + change
