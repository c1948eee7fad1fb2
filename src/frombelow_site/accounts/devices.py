"""Where a person is signed in: each session as a device in words, ended one by one."""

import time
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from frombelow_site.door import new_id

from .models import Device

HOUR = 3600
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


def words(agent: str) -> tuple[str, str]:
    """The browser and the system, by what a browser says of itself; "" for what is not known."""
    return _first(BROWSERS, agent), _first(SYSTEMS, agent)


def _first(known: list[tuple[str, str]], agent: str) -> str:
    return next((name for name, mark in known if mark in agent), "")


def begin(request: HttpRequest, person: str, way: str) -> None:
    """The session, which is this person's from now on, is on the list."""
    now = timezone.now()
    Device.objects.filter(person=person, last__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE)).delete()
    browser, system = words(request.headers.get("User-Agent", ""))
    row = Device(id=new_id(), person=person, session=request.session.session_key, way=way, since=now, last=now)
    row.browser, row.system = browser, system
    # After an answer that failed, the session does not know of its row; it is begun anew.
    Device.objects.filter(session=row.session).delete()
    row.save(force_insert=True)
    request.session["device"] = row.id
    request.session["hour"] = _hour()


def touch(request: HttpRequest, person: str) -> None:
    """That the session is in use is written down, at most once an hour."""
    if request.session.get("hour") == _hour():
        return
    known = Device.objects.filter(pk=request.session.get("device", ""), session=request.session.session_key)
    if known.update(last=timezone.now()):
        request.session["hour"] = _hour()
    else:
        begin(request, person, "")


def forget(request: HttpRequest) -> None:
    """The session, which ends now, is not on the list any more."""
    Device.objects.filter(pk=request.session.get("device", "")).delete()


def of(person: str) -> list[Device]:
    """Where this person is signed in; the latest first."""
    since = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return list(Device.objects.filter(person=person, last__gte=since).order_by("-last", "-since")[:50])


def end(person: str, device: str) -> bool:
    """One of this person's sessions has ended; False if it is none of theirs."""
    return _end(list(Device.objects.filter(person=person, pk=device))) == 1


def end_all(person: str, but: str = "") -> int:
    """All sessions of this person have ended, but one; returns how many."""
    return _end(list(Device.objects.filter(person=person).exclude(pk=but)))


def _end(rows: list[Device]) -> int:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for row in rows:
        store.delete(row.session)
        row.delete()
    return len(rows)


def _hour() -> int:
    return int(time.time()) // HOUR
