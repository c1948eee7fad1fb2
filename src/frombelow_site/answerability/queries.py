"""Who holds which power, and by which decision."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from frombelow.polity import Polity, kind_of
from frombelow.polity.access.acts import IssueCode
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.ids import MandateId, MotionId, NoId, OfficeId
from frombelow.polity.kernel.subject import registry
from frombelow.polity.offices.rules import term
from frombelow.polity.offices.state import Mandate as HeldMandate
from frombelow.polity.offices.state import Office as HeldOffice
from frombelow.polity.organization.state import Branch
from frombelow.polity.roll.acts import LookAtRoll
from frombelow.polity.rulebook.parameters import POWERS
from frombelow.polity.votes.acts import CastVote
from frombelow_site.door import polity
from frombelow_site.door.hidden import seen_by
from frombelow_site.door.models import Entry
from frombelow_site.records import lines

from .models import Mandate, Office

A_PAGE = 50
READ = 200  # entries of a person that are read to find those under a mandate
SERVER_ACTS = 50


@dataclass(frozen=True, slots=True)
class Seat:
    """A mandate that lasts, and the recall of it that is running, if there is one."""

    mandate: HeldMandate
    recall: MotionId | NoId


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office as the page shows it."""

    office: HeldOffice
    branch: Branch
    powers: list[str]
    seats: list[Seat]
    empty: int
    months: int  # for which a mandate is granted under the rules of today


def offices(polity: Polity, number: str | None) -> tuple[Page[str], list[OfficeLine]]:
    """A page of the offices, those with the most powers first."""
    rows = Office.objects.order_by(Length("powers").desc(), "title", "office").values_list("office", flat=True)
    page = Paginator(rows, A_PAGE).get_page(number)
    return page, [line(polity, polity.offices[name]) for name in map(OfficeId, page) if name in polity.offices]


def line(polity: Polity, office: HeldOffice) -> OfficeLine:
    seats = [Seat(mandate, running_recall(polity, mandate.id)) for mandate in office.holders]
    empty = office.seats - len(office.in_force(polity.at))
    months = term(office, polity.rules_for(office.branch))
    return OfficeLine(office, polity.branches[office.branch], powers_in_words(office), seats, empty, months)


def powers_in_words(office: HeldOffice) -> list[str]:
    """What the office lets its holder do."""
    return [_(POWERS[power]) for power in sorted(office.powers)]


def running_recall(polity: Polity, mandate: MandateId) -> MotionId | NoId:
    """The motion by which this mandate is being recalled; "" if none is."""
    name = polity.recalls.get(mandate)
    return name if name and not polity.motions[name].over else ""


def past_mandates(polity: Polity, office: OfficeId, number: str | None) -> tuple[Page[str], list[HeldMandate]]:
    """A page of the mandates for this office that are over, latest first; not of those that never began."""
    over = Mandate.objects.filter(office=office, ended__gte=F("starts")).order_by("-starts", "mandate")
    page = Paginator(over.values_list("mandate", flat=True), A_PAGE).get_page(number)
    return page, [polity.mandates[name] for name in map(MandateId, page) if name in polity.mandates]


def done_under(reader: str, mandates: list[HeldMandate], before: int | None = None) -> lines.Lines:
    """What was done by authority of these mandates, the latest first.

    An entry's mandate stands in its bytes alone, so the holders' entries of that time are read, a page of them at a
    time; votes are left out, since nobody votes for an office.
    """
    people, names = {mandate.person for mandate in mandates}, {mandate.id for mandate in mandates}
    since = min((mandate.starts for mandate in mandates), default=0)
    looked = Q(about__in=people, kind=kind_of(LookAtRoll))  # which the server says of them
    rows = Entry.objects.filter(Q(by__in=people) | looked, at__gte=since).exclude(kind=kind_of(CastVote))
    rows = seen_by(polity(), reader, rows).order_by("-index")
    if before is not None:
        rows = rows.filter(index__lt=before)
    found = list(rows[: READ + 1])
    read = found[:READ]
    # The id is looked for in the bytes first; only what has it is decoded and told.
    told = lines.told(reader, [row for row in read if any(name.encode() in bytes(row.data) for name in names)])
    kept = [line for line in told if line.under in names]
    return lines.Lines(kept, read[-1].index if len(found) > READ else None)


def server_acts(reader: str, here: Polity, before: int | None = None) -> lines.Lines:
    """What was done to the server, the latest first: what it says of itself, what whoever runs it did, and the codes
    that were printed on it. Not what it enters for others: rows of a list, looks at the roll."""
    runs = {
        mandate.person for mandate in here.mandates.values() if "run-the-server" in here.offices[mandate.office].powers
    }
    kinds = [kind.name for kind in registry.subjects["server"].kinds]
    done = Q(by__in=[SERVER, *runs], kind__in=kinds) | Q(by=SERVER, kind=kind_of(IssueCode))
    rows = Entry.objects.filter(done) if before is None else Entry.objects.filter(done, index__lt=before)
    return lines.page(reader, rows.order_by("-index"), SERVER_ACTS)
