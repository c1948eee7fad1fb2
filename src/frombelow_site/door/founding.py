"""Founding: the first entry, and the names it commits to; from the command line and from the pages."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from msgspec import UNSET, UnsetType

from frombelow.keys import Signing
from frombelow.polity import read_rulebook
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import BranchId, NoId, PersonId
from frombelow.polity.keys.acts import NewKey
from frombelow.polity.keys.making import new_key, seal
from frombelow.polity.organization.acts import Found
from frombelow.polity.rulebook import OfficeRule
from frombelow.record import EMPTY_ROOT, Signer

from . import new_id, use
from .door import Door
from .private import Private, private

HOUR = 3_600


class Founder(NamedTuple):
    name: str
    mail: str = ""


class Founding(NamedTuple):
    """The act, the private values beside it, and the founders' ids in their order."""

    act: Found
    privates: tuple[Private, ...]
    ids: list[PersonId]


def draw_up(
    signer: Signer,
    *,
    name: str,
    rulebook: str,
    founders: Sequence[Founder],
    holders: dict[str, list[int]] | None = None,
    first: PersonId | NoId = "",
    key: Signing | None = None,
    founder_key: NewKey | UnsetType = UNSET,
    hosts: Sequence[str] = (),
) -> Founding:
    """The founding, ready to be handed in.

    ``holders`` says for each office which founders hold it for a time, by their places; without it each founder gets
    one in turn. ``first`` is the id of the first founder, where it has to be known beforehand.
    ``key`` is one of theirs, a key file's, which will seal the founding, or ``founder_key`` one whose secret is
    elsewhere; ``hosts`` say where the pages will stand.
    """
    ids = [first or PersonId(new_id()), *(PersonId(new_id()) for _ in founders[1:])]
    if holders is None:
        holders = in_turn(read_rulebook(rulebook).offices, len(founders))
    names = tuple(
        private("name of", person, founder.name, mail=founder.mail)
        for person, founder in zip(ids, founders, strict=True)
    )
    act = Found(
        by=ids[0],
        organization=BranchId(new_id()),
        name=name,
        origin=signer.name,
        key=signer.vkey,
        rulebook=rulebook,
        founders=tuple((person, each.commitment) for person, each in zip(ids, names, strict=True)),
        mandates=tuple((office, ids[place]) for office, places in holders.items() for place in places),
        founder_key=new_key(key, "file", origin=signer.name, person=ids[0]) if key else founder_key,
        hosts=tuple(hosts),
    )
    return Founding(act, names, ids)


def in_turn(offices: Sequence[OfficeRule], founders: int) -> dict[str, list[int]]:
    """For each office the founders, by their places, that get it when its seats go round once: nobody holds two for
    whom nobody chose it. Where founders are fewer than offices, who admits members comes first: without them nobody
    else can come."""
    places: dict[str, list[int]] = {office.key: [] for office in offices}
    few = founders < len(offices)
    order = sorted(offices, key=lambda office: few and "admit-members" not in office.powers)
    seats = [office.key for office in order for _ in range(office.seats)]
    for place, key in enumerate(seats[:founders]):
        places[key].append(place)
    return places


def found(
    data: Path,
    copy: Path,
    *,
    name: str,
    rulebook: str,
    founders: list[Founder],
    holders: dict[str, list[int]] | None = None,
    clock: Callable[[], int] | None = None,
    first: PersonId | NoId = "",
    key: Signing | None = None,
    hosts: Sequence[str] = (),
) -> tuple[Door, list[PersonId]]:
    """The organization is founded in a folder that has its keys: its door, and its founders' ids in their order.

    ``holders``, ``first``, ``key`` and ``hosts`` as in ``draw_up``. Raises Refused where the rulebook cannot stand.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):  # to see that nothing is missing is far quicker
        call_command("migrate", verbosity=0, interactive=False)
    door = Door(data, copy, inline=True, **({"clock": clock} if clock else {}))
    use(door)
    founding = draw_up(
        door.signer(),
        name=name,
        rulebook=rulebook,
        founders=founders,
        holders=holders,
        first=first,
        key=key,
        hosts=hosts,
    )
    door.perform(founding.act, *founding.privates, seal=_sealed(founding.act, key, door.clock()))
    return door, founding.ids


def _sealed(act: Found, key: Signing | None, now: int) -> Seal | UnsetType:
    """The key's first seal, over nothing yet."""
    return seal(key, act, origin=act.origin, n=1, until=now + HOUR, size=0, root=EMPTY_ROOT) if key else UNSET
