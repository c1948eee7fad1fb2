"""The tree of branches, as lists that pages can show."""

from dataclasses import dataclass

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import BranchId, NoId
from frombelow.polity.offices.state import Mandate, Office
from frombelow.polity.organization.state import Branch


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch on its way down the tree: how deep it lies and in which other, how many members it has, who holds its
    offices."""

    branch: Branch
    depth: int
    members: int
    offices: list[tuple[Office, list[Mandate]]]
    part_of: str


def walk(polity: Polity) -> list[tuple[Branch, int]]:
    """Every standing branch with its depth, each after the one above it, by name."""
    under: dict[BranchId | NoId, list[Branch]] = {}
    for branch in polity.branches.values():
        if not branch.dissolved:
            under.setdefault(branch.parent, []).append(branch)
    found: list[tuple[Branch, int]] = []
    stack = [(branch, 0) for branch in under.get("", [])]
    while stack:
        branch, depth = stack.pop()
        found.append((branch, depth))
        below = sorted(under.get(branch.id, []), key=lambda child: child.name.casefold(), reverse=True)
        stack.extend((child, depth + 1) for child in below)
    return found


def tree(polity: Polity) -> list[BranchRow]:
    """The branches as rows. Members are counted with those of the branches below."""
    here = {id: sum(branch.joined.values()) for id, branch in polity.branches.items()}
    total = dict.fromkeys(here, 0)
    for id, count in here.items():
        for above in polity.branches[id].above:
            total[above] += count
    offices: dict[BranchId, list[Office]] = {}
    for office in polity.offices.values():
        offices.setdefault(office.branch, []).append(office)
    return [
        BranchRow(
            branch, depth, total[branch.id],
            [(office, office.in_force(polity.at)) for office in offices.get(branch.id, ())],
            polity.branches[branch.parent].name if depth > 1 and branch.parent else "",
        )
        for branch, depth in walk(polity)
    ]  # fmt: skip


def choices(polity: Polity, *within: BranchId, but: BranchId | NoId = "") -> list[tuple[str, str]]:
    """The standing branches inside these, for a form, those lower down shown so."""
    return [
        (branch.id, "— " * depth + branch.name)
        for branch, depth in walk(polity)
        if branch.id != but and not branch.above.isdisjoint(within)
    ]
