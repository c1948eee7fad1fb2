"""A file on its way in as the record has it: its rows, what it says of members, and the acts that bring both in."""

import hmac
from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import UNSET

from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.commitments import SALT_BYTES, as_committed, commit
from frombelow.polity.kernel.ids import ID_BYTES, BranchId, ImportId, MandateId, NoId, PersonId, encode_id
from frombelow.polity.roll.acts import ImportRoll, Update
from frombelow.polity.roll.rows import batches_of, root_of, updates_of
from frombelow.roll import Row
from frombelow_site.door import Private, perform, polity
from frombelow_site.people import from_lists, given

from . import reading, updating
from .updating import Item


class Listed(NamedTuple):
    """The people of a file as the record has them: the row of each, the salt of its name, and the branches."""

    rows: list[tuple[PersonId, str, int]]
    salts: list[bytes]
    branches: tuple[BranchId, ...]
    updates: list[Private]  # of members

    def act(self, by: PersonId, under: MandateId | NoId, batch: ImportId) -> ImportRoll:
        """By this an officer brings them in."""
        said = self.said()
        return ImportRoll(
            by=by, under=under or UNSET, batch=batch, branches=self.branches, count=len(self.rows),
            root=root_of(self.rows), updates=len(said) or UNSET, updates_root=root_of(said) if said else UNSET,
        )  # fmt: skip

    def said(self) -> list[Update]:
        """What it says of members, as the record has it."""
        mails = ("mail" in given.fields(each.value) for each in self.updates)
        return [
            (PersonId(each.whose), each.commitment, 1 if mail else 0)
            for each, mail in zip(self.updates, mails, strict=True)
        ]

    def follow(self, people: Iterable[Row], batch: ImportId, progress: Callable[[int], object]) -> None:
        """The people are members, and what it says of others stands on their cards. Raises Refused and Closed; then
        what came before stands."""
        again = iter(people)
        for part in batches_of(batch, self.rows, SERVER):
            done = part.start + len(part.rows)
            of_each = zip(part.rows, self.salts[part.start : done], again, strict=False)
            perform(part, *(Private("name of", row[0], who.name, salt, who.texts()) for row, salt, who in of_each))
            progress(done)
        for each in updates_of(batch, self.said(), SERVER):
            perform(each, *self.updates[each.start : each.start + len(each.rows)])


def listed_of(people: Iterable[Row], branch: BranchId, secret: bytes, items: Iterable[Item] = ()) -> Listed:
    """The same people and the same secret always give the same rows: what was sealed is what follows."""
    home, places = reading.home_branches(polity(), branch), dict[BranchId, int]()
    rows, salts = [], []
    for n, person in enumerate(people):
        drawn = hmac.digest(secret, b"%d" % n, "sha512")
        salts.append(drawn[:SALT_BYTES])
        who = PersonId(encode_id(drawn[SALT_BYTES : SALT_BYTES + ID_BYTES]))
        rows.append((who, commit(salts[-1], as_committed(person.name)), places.setdefault(home(person), len(places))))
    updates = [_update(secret, person, each) for person, each in updating.of_members(items).items()]
    return Listed(rows, salts, tuple(places) or (branch,), updates)


def _update(secret: bytes, person: PersonId, items: list[Item]) -> Private:
    """What the file says of a member, and beside it what the roll said where somebody ticked it."""
    said, seen = {each.field: each.new for each in items}, {each.field: each.old for each in items}
    salt = hmac.digest(secret, b"update of " + person.encode(), "sha256")
    return Private("update of", person, as_committed(from_lists.spelled(said)), salt, {from_lists.SEEN: seen})
