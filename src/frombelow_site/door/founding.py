"""Founding: a data folder with its keys, its tables, and the first entry."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management import call_command

from frombelow.polity import acts, read_rulebook
from frombelow.polity.commitments import SALT_BYTES, commit

from . import new_id, use
from .door import Door


class Founder(NamedTuple):
    name: str
    mail: str = ""


def found(
    data: Path,
    copy: Path,
    *,
    name: str,
    rulebook: str,
    founders: list[Founder],
    clock: Callable[[], int] | None = None,
) -> tuple[Door, list[str]]:
    """The organization is founded in a folder that has its keys: its door, and its founders' ids in their order.

    The rulebook's offices go to the founders in turn, for a time. Raises Refused where the rulebook cannot stand.
    """
    call_command("migrate", verbosity=0, interactive=False)
    door = Door(data, copy, inline=True, **({"clock": clock} if clock else {}))
    use(door)
    people = {new_id(): founder for founder in founders}
    salts = {person: secrets.token_bytes(SALT_BYTES) for person in people}
    ids = list(people)
    act = acts.Found(
        by=ids[0],
        organization=new_id(),
        name=name,
        origin=door.signer().name,
        key=door.signer().vkey,
        rulebook=rulebook,
        founders=tuple((person, commit(salts[person], founder.name)) for person, founder in people.items()),
        mandates=tuple(_first_mandates(rulebook, ids)),
    )
    kept = {person: _card(founder, salts[person]) for person, founder in people.items()}
    door.perform(act, {"people": kept})
    return door, ids


def _first_mandates(rulebook: str, ids: list[str]) -> list[tuple[str, str]]:
    seats = [office.key for office in read_rulebook(rulebook).offices for _ in range(office.seats)]
    pairs = [(key, ids[n % len(ids)]) for n, key in enumerate(seats)]
    return list(dict.fromkeys(pairs))


def _card(founder: Founder, salt: bytes) -> dict[str, Any]:
    return {"name": founder.name, "mail": founder.mail, "salt": salt.hex()}
