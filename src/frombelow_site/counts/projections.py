"""What acts change in the table of counts."""

from django.db import transaction

from frombelow.polity import Polity
from frombelow.polity.counts.acts import EnterCount
from frombelow.polity.server.acts import Backup, Start
from frombelow_site.door.private import checks
from frombelow_site.door.projections import Entered, project
from frombelow_site.ui.clock import now

from . import files
from .models import Counted


@checks("counted file", "count")
def fit_hash(value: str) -> str:
    return "" if len(value) == 64 and set(value) <= set("0123456789abcdef") else "unfit-file"


@project(EnterCount)
def entered(_polity: Polity, entered: list[Entered]) -> None:
    Counted.objects.filter(count__in=[entry.act.count for entry in entered]).update(entered=True)


@project(Start, Backup)
def forget_with_time(_polity: Polity, _entered: list[Entered]) -> None:
    """Counts that nobody entered within a day go, with their files."""
    Counted.objects.filter(entered=False, at__lt=now() - files.DAY).delete()
    transaction.on_commit(lambda: files.drop_all_but(set(Counted.objects.values_list("count", flat=True))))
