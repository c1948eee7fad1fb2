"""What acts change in the table of looks; and whether who comes in was met meanwhile."""

from collections.abc import Iterable
from datetime import UTC, datetime

from frombelow.polity import Polity, decode, kind_of
from frombelow.polity.roll.acts import ExportRoll, LookAtRoll
from frombelow.roll import likes, normalised_mail
from frombelow_site.door.models import Entry
from frombelow_site.door.private import Private, compares
from frombelow_site.door.projections import Entered, project, rebuild

from .models import RollLook
from .queries import met_before


@compares("name of")
def met_meanwhile(new: Private, before: Iterable[Private]) -> str:
    """Between the page's question and the act another officer, or a second press, can come."""
    if not new.beside.get("unmet"):
        return ""
    who = _keys(new)
    met = met_before(new.value, new.beside.get("mail", "")) or any(who & _keys(each) for each in before)
    return "met-meanwhile" if met else ""


def _keys(private: Private) -> set[str]:
    """By what whoever comes in is known again."""
    if private.of != "name of":
        return set()
    called = {f"called {each}" for each in likes(private.value)}
    return called | {normalised_mail(private.beside.get("mail") or "")} - {""}


@project(LookAtRoll, ExportRoll)
def looks(_polity: Polity, entered: list[Entered]) -> None:
    _write_looks((entry.index, entry.at, entry.act) for entry in entered)


@rebuild
def rebuild_looks(_polity: Polity) -> None:
    RollLook.objects.all().delete()
    kinds = [kind_of(LookAtRoll), kind_of(ExportRoll)]
    rows = Entry.objects.filter(kind__in=kinds).values_list("index", "at", "data")
    read = ((index, at, decode(bytes(data)).act) for index, at, data in rows.iterator(chunk_size=2000))
    _write_looks((index, at, act) for index, at, act in read if isinstance(act, LookAtRoll | ExportRoll))


def _write_looks(looks: Iterable[tuple[int, int, LookAtRoll | ExportRoll]]) -> None:
    RollLook.objects.bulk_create(_look(index, at, act) for index, at, act in looks)


def _look(index: int, at: int, act: LookAtRoll | ExportRoll) -> RollLook:
    if isinstance(act, LookAtRoll):
        by, under, what, pages = act.person, str(act.mandate), RollLook.What.LOOK, act.pages or 0
    else:
        by, under, what, pages = act.who, act.under or "", RollLook.What.EXPORT, 0
    moment = datetime.fromtimestamp(at, UTC)
    return RollLook(index=index, by=by, under=under, branch=act.branch, what=what, pages=pages, at=moment)
