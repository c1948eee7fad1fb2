"""Where a person is signed in: each session as a device in words, ended one by one."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from frombelow.polity.kernel.ids import PersonId

from .models import Session

# The first that is found counts: most browsers claim to be several others too.
BROWSERS = [
    ("Firefox", "Firefox/"), ("Firefox", "FxiOS/"), ("Edge", "Edg"), ("Opera", "OPR/"),
    ("Samsung Internet", "SamsungBrowser/"), ("Chromium", "HeadlessChrome/"), ("Chromium", "Chromium/"),
    ("Chrome", "Chrome/"), ("Chrome", "CriOS/"), ("Safari", "Safari/"),
]  # fmt: skip
SYSTEMS = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("ChromeOS", "CrOS"), ("macOS", "Mac OS X"), ("Linux", "Linux"),
]  # fmt: skip
MOST = 50  # on one list
OWN_KEY = "own-key"  # under which a session keeps the id of its browser's key


@dataclass(frozen=True, slots=True)
class Device:
    """A session as its person sees it. ``id`` is where it is kept, which opens nothing."""

    id: str
    browser: str
    system: str
    way: str  # mail, printed, link, passkey
    since: datetime
    last: datetime
    key: str  # the id of its browser's own key, "" where none is known


def words(agent: str) -> dict[str, str]:
    """The browser and the system, by what a browser says of itself; "" for what is not known."""
    return {"browser": _first(BROWSERS, agent), "system": _first(SYSTEMS, agent)}


def _first(known: list[tuple[str, str]], agent: str) -> str:
    return next((name for name, mark in known if mark in agent), "")


def of(person: PersonId) -> list[Device]:
    """Where this person is signed in; the latest first."""
    rows = Session.objects.filter(person=person, expire_date__gt=timezone.now()).order_by("-last", "-since")[:MOST]
    return [_device(row) for row in rows]


def _device(row: Session) -> Device:
    told = row.get_decoded()
    return Device(
        row.pk, told.get("browser", ""), told.get("system", ""), told.get("way", ""), row.since, row.last,
        told.get(OWN_KEY, ""),
    )  # fmt: skip


def end(person: PersonId, device: str) -> bool:
    """One of this person's sessions has ended; False if it is none of theirs."""
    return Session.objects.filter(person=person, pk=device).delete()[0] == 1


def end_all(person: PersonId, but: str = "") -> int:
    """All sessions of this person have ended, but one; returns how many."""
    return Session.objects.filter(person=person).exclude(pk=but).delete()[0]
