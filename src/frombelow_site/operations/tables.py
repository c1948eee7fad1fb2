"""Tables that follow from the record, compared with what the record makes of them."""

from django.db import models, transaction

from frombelow_site.answerability.models import Mandate, Office
from frombelow_site.decide.models import Motion
from frombelow_site.door.projections import rebuild_all
from frombelow_site.door.tail import Tail
from frombelow_site.people.models import Member
from frombelow_site.roll.models import RollLook

from .findings import Finding, bad, good

LOOK = ("index", "by", "under", "branch", "what", "at")
PROJECTED: tuple[type[models.Model], ...] = (Member, Motion, Office, Mandate)


def compare(tail: Tail) -> list[Finding]:
    """For each table that differs, how much and the first row."""
    before = _rows()
    with transaction.atomic():
        rebuild_all(tail.polity)
        after = _rows()
        transaction.set_rollback(True)
    found = []
    for model in (*PROJECTED, RollLook):
        added, missing = before[model] - after[model], after[model] - before[model]
        if added or missing:
            row = sorted(map(str, added or missing))[0]
            what = f"{len(added):,} rows of “{model._meta.db_table}” are not what the record says, {len(missing):,} "
            what += f"are missing; the first: {row}"
            do = "They have no force. Run “frombelow rebuild”; find out who wrote them."
            found.append(bad("tables", what, do))
    return found or [good("tables", "The tables say what the record says.")]


def _rows() -> dict[type[models.Model], set[tuple[object, ...]]]:
    rows: dict[type[models.Model], set[tuple[object, ...]]] = {
        model: set(model._default_manager.values_list()) for model in PROJECTED
    }
    # Numbered by the table itself; and looks from before they were entries follow from nothing.
    rows[RollLook] = set(RollLook.objects.exclude(index=None).values_list(*LOOK))
    return rows
