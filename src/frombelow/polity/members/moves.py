"""The changes of membership that acts of several kinds make."""

from ..kernel.fields import People
from ..kernel.ids import BranchId, PersonId, is_id
from ..kernel.require import refuse
from ..offices.seats import drop_mandates
from ..state import Polity, fresh
from .state import Person, Standing


def require_newcomers(polity: Polity, people: People) -> None:
    """Refuse ids that are taken, named twice, or not spelled as ids are."""
    seen = {person for person, _ in people}
    if len(seen) < len(people) or not all(is_id(person) for person in seen):
        refuse(polity, "record", "bad-id")
    if not polity.people.keys().isdisjoint(seen):
        refuse(polity, "membership", "person-taken")
    if not all(fresh(polity, person) for person in seen):
        refuse(polity, "record", "bad-id")


def joining_day(polity: Polity, at: int) -> int:
    """The day on which who is admitted at this second has joined. Before the first motion there is no electorate that
    newcomers could tip: they are the founding roll, and have day 0."""
    return polity.today(at) if polity.motions else 0


def enter(polity: Polity, name: PersonId, branch: BranchId, joined: int) -> None:
    """The person is a member, at home in this branch, since this local day."""
    polity.people[name] = Person(name, branch, joined, polity.size)
    counts = polity.branches[branch].joined
    counts[joined] = counts.get(joined, 0) + 1
    polity.members += 1


def depart(polity: Polity, person: Person, standing: Standing, at: int) -> None:
    """The person is a member no more; their mandates end, and what they asked for is dropped."""
    branch = polity.branches[person.branch]
    branch.joined[person.joined] -= 1
    if person.standing is Standing.STEPPED_BACK:
        branch.away[person.joined] -= 1
        person.pauses += ((polity.size, True),)
    person.standing, person.gone = standing, polity.size
    polity.transfers.pop(person.id, None)
    polity.members -= 1
    drop_mandates(polity, person.id, standing.value, at)


def move_home(polity: Polity, person: Person, to: BranchId) -> None:
    """The person's home branch is another one; electorates frozen earlier still know the old one."""
    old, new = polity.branches[person.branch], polity.branches[to]
    for of_old, of_new in ((old.joined, new.joined), (old.away, new.away)):
        if of_old is old.away and person.standing is not Standing.STEPPED_BACK:
            continue
        of_old[person.joined] -= 1
        of_new[person.joined] = of_new.get(person.joined, 0) + 1
    person.moves += ((polity.size, person.branch),)
    person.branch = to
