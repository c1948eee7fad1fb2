"""The pool as leaves: of each person what quotas count, and a mark that only who has the salt can tell is theirs."""

from collections.abc import Sequence

from ..errors import LotsError
from ..pool import Pool
from .formats import Draw, Row, Rows, Specification
from .hashing import leaf, merkle_root, tagged
from .sentences import DrawError

SALT = 16  # bytes


def mark_of(salt: bytes, name: str) -> str:
    """The mark of a person under this salt, by the id or name that they know themselves by here."""
    if len(salt) != SALT:
        raise DrawError("salt", "row", wanted=SALT)
    return tagged("mark", salt, name.encode()).hex()


def root_of(rows: Sequence[Row]) -> str:
    """The root over the rows, in their order."""
    return merkle_root([leaf(row) for row in rows]).hex()


def rows_of(rows: Sequence[Row]) -> Rows:
    """How many rows there are, and their root."""
    return Rows(people=len(rows), root=root_of(rows))


def check_rows(told: Rows, rows: Sequence[Row], where: str) -> None:
    """These rows, and no others, stand under the root."""
    if told.people != len(rows):
        raise DrawError("rows-number", where, told=told.people, found=len(rows))
    if told.root != root_of(rows):
        raise DrawError("rows-root", where)
    marks = set[str]()
    for number, row in enumerate(rows):
        if row.mark in marks:
            raise DrawError("row-twice", f"{where}[{number}]")
        marks.add(row.mark)


def pool_of(specification: Specification, rows: Sequence[Row]) -> Pool:
    """The pool as quotas see it: each person counts for one quota in each category. Raises DrawError where not."""
    categories = dict.fromkeys(quota.category for quota in specification.quotas)
    places = {category: place for place, category in enumerate(categories)}
    column = [places[quota.category] for quota in specification.quotas]
    wanted = list(range(len(categories)))
    for number, row in enumerate(rows):
        found = [column[one] if 0 <= one < len(column) else -1 for one in row.features]
        if found != wanted:
            raise DrawError("row-features", f"pool[{number}]")
    try:
        return Pool(specification.size, specification.quotas, [row.features for row in rows])
    except LotsError as error:
        raise DrawError("no-pool", "specification", why=str(error)) from None


def check_row(draw: Draw, number: int, salt: bytes, name: str) -> Row:
    """The row of this number is this person's. Raises DrawError where it is not."""
    if not 0 <= number < len(draw.pool):
        raise DrawError("no-row", "pool", number=number, people=len(draw.pool))
    if draw.pool[number].mark != mark_of(salt, name):
        raise DrawError("other-row", f"pool[{number}]")
    return draw.pool[number]
