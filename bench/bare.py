"""The bare limit: a Django site that does the least a like answer needs, for benches to compare with.

One row is read by its key (the session); then a page of so many bytes is rendered from a template, or one row is
inserted and the answer is a redirect. No record, no rules, no middleware. It is served as the organization is: same
Python, same Django, same server and threads, same settings of the database, same machine, same run.
"""

import os
import sys
from pathlib import Path

from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="bare",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": Path(os.environ["FROMBELOW_BARE"]) / "bare.sqlite3",
                # As the organization's: what was answered must not vanish in a power cut.
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 30,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
                },
                "CONN_MAX_AGE": None,
            }
        },
        MIDDLEWARE=[],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path

application = get_wsgi_application()
PAGE = engines["django"].from_string("<!doctype html><title>{{ person }}</title><main>{{ text }}</main>")


def _person(request: HttpRequest) -> str:
    """Who is signed in, by the session's row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM session WHERE key = %s", [request.COOKIES["frombelow"]])
        return str(cursor.fetchone()[0])


def page(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(PAGE.render({"person": _person(request), "text": "x" * size}))


def vote(request: HttpRequest, size: int) -> HttpResponse:
    person, choice = _person(request), request.POST["choice"]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO entry (data) VALUES (%s)", [f"{person}{choice}".ljust(size)])
    return HttpResponseRedirect("/page/0/")


urlpatterns = [path("page/<int:size>/", page), path("vote/<int:size>/", vote)]


def prepare(sessions: list[str]) -> None:
    """The tables, with a row for each session."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE session (key text PRIMARY KEY, person text NOT NULL)")
        cursor.execute("CREATE TABLE entry (id integer PRIMARY KEY, data text NOT NULL)")
        cursor.executemany("INSERT INTO session VALUES (%s, %s)", [(key, key[:26]) for key in sessions])


if __name__ == "__main__":
    prepare(Path(sys.argv[1]).read_text().splitlines())
