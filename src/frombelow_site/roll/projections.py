"""What acts change in the table of looks."""

from collections.abc import Iterable
from datetime import UTC, datetime

from frombelow.polity import Polity, acts, decode
from frombelow_site.door.models import Entry
from frombelow_site.door.projections import Entered, project, rebuild

from .models import RollLook


@project(acts.Look)
def looks(polity: Polity, entered: list[Entered]) -> None:
    _write_looks((entry.index, entry.act) for entry in entered)


@rebuild
def rebuild_looks(polity: Polity) -> None:
    RollLook.objects.exclude(index=None).delete()
    rows = Entry.objects.filter(kind=acts.tag(acts.Look)).values_list("index", "data")
    _write_looks((index, decode(bytes(data))) for index, data in rows.iterator(chunk_size=2000))


def _write_looks(looks: Iterable[tuple[int, acts.AnyAct]]) -> None:
    RollLook.objects.bulk_create(
        RollLook(
            index=index, by=act.by, under=act.under, branch=act.branch, what=act.what,
            at=datetime.fromtimestamp(act.at, UTC),
        )
        for index, act in looks
    )  # fmt: skip
