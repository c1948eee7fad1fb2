"""Tables that follow from the record, compared with what the record makes of them."""

from django.db import models, transaction

from frombelow_site.door.projections import rebuild_all
from frombelow_site.door.replica import Replica
from frombelow_site.subject import follows

from .findings import Finding, bad, good


def compare(replica: Replica) -> list[Finding]:
    """For each table that differs, how much and the first row."""
    before = _rows()
    with transaction.atomic():
        rebuild_all(replica.polity)
        after = _rows()
        transaction.set_rollback(True)
    found = []
    for model in follows():
        added, missing = before[model] - after[model], after[model] - before[model]
        if added or missing:
            row = sorted(map(str, added or missing))[0]
            what = f"{len(added):,} rows of “{model._meta.db_table}” are not what the record says, {len(missing):,} "
            what += f"are missing; the first: {row}"
            do = "They have no force. Run “frombelow rebuild”; find out who wrote them."
            found.append(bad("tables", what, do))
    return found or [good("tables", "The tables say what the record says.")]


def _rows() -> dict[type[models.Model], set[tuple[object, ...]]]:
    return {model: set(model._default_manager.values_list()) for model in follows()}
