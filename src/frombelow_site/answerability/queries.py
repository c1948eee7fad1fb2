"""Who holds which power, and by which decision."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.parameters import POWERS
from frombelow.polity.state import Branch
from frombelow.polity.state import Mandate as HeldMandate
from frombelow.polity.state import Office as HeldOffice

from .models import Mandate, Office

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Seat:
    """A mandate that lasts, and the recall of it that is running, if there is one."""

    mandate: HeldMandate
    recall: str


@dataclass(frozen=True, slots=True)
class Line:
    """An office as the page shows it."""

    office: HeldOffice
    branch: Branch
    powers: list[str]
    seats: list[Seat]

    @property
    def empty(self) -> int:
        return self.office.seats - len(self.seats)


def offices(polity: Polity, number: str | None) -> tuple[Page, list[Line]]:
    """A page of the offices, those with the most powers first."""
    rows = Office.objects.order_by(Length("powers").desc(), "title", "office").values_list("office", flat=True)
    page = Paginator(rows, A_PAGE).get_page(number)
    return page, [line(polity, polity.offices[name]) for name in page if name in polity.offices]


def line(polity: Polity, office: HeldOffice) -> Line:
    seats = [Seat(mandate, running_recall(polity, mandate.id)) for mandate in list(office.holders)]
    return Line(office, polity.branches[office.branch], powers_in_words(office), seats)


def powers_in_words(office: HeldOffice) -> list[str]:
    """What the office lets its holder do."""
    return [_(POWERS[power]) for power in sorted(office.powers)]


def running_recall(polity: Polity, mandate: str) -> str:
    """The motion by which this mandate is being recalled; "" if none is."""
    name = polity.recalls.get(mandate, "")
    return name if name and not polity.motions[name].closed_at and polity.motions[name].awaits else ""


def past_mandates(office: str) -> QuerySet[Mandate]:
    """The mandates for this office that are over, latest first."""
    return Mandate.objects.filter(office=office).exclude(ended=0).order_by("-starts", "mandate")
