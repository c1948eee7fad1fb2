"""What a bench does inside a data folder, in a process of its own: python -m bench.inside VERB ..."""

import json
import os
import sys
from pathlib import Path
from typing import Any


def ready() -> None:
    import django

    django.setup()


def serve(port: str) -> None:
    """Becomes the server that ``frombelow serve`` becomes, by the bench's clock."""
    from frombelow_site.commands import serving

    arguments = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", "1"]
    arguments += ["--blocking-threads", str(serving.THREADS), "--no-ws", "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments, "bench.wsgi:application"])


def voting(members: str) -> None:
    """An organization of so many members, with a vote open now; prints the motion."""
    ready()
    import time

    from script.make_roll import make_roll

    from frombelow.polity import acts
    from frombelow.polity.templates import template
    from frombelow_site.door import new_id
    from frombelow_site.door.founding import Founder, found
    from frombelow_site.door.keys import make_keys
    from frombelow_site.roll.actions import import_roll

    data = Path(os.environ["FROMBELOW_DATA"])
    clock = [int(time.time()) - 23 * 86_400]
    make_keys(data, "bench.example/record")
    door, (ada,) = found(
        data, data / "copy", name="Bench", clock=lambda: clock[0],
        rulebook=template("tenants-union", zone="Etc/UTC"), founders=[Founder("Ada")],
    )  # fmt: skip
    polity = door.polity()
    mandate = next(m.id for m in polity.held[ada] if "admit-members" in polity.offices[m.office].powers)
    import_roll(make_roll(int(members), 7), ada, mandate, polity.root)
    motion = new_id()
    door.perform(
        acts.Move(by=ada, motion=motion, branch=polity.root, text="A" * 43), {"title": "A", "body": "B", "salt": ""}
    )
    for person in list(polity.people)[1 : polity.motions[motion].needed + 1]:
        door.perform(acts.Second(by=person, motion=motion))
    while polity.motions[motion].stage != "voting":
        clock[0] += 86_400
        door.tick()
    print(json.dumps({"motion": motion}))


def sessions(count: str) -> None:
    """So many members are signed in; prints their ids and sessions, and who may admit members under which mandate."""
    ready()
    from datetime import timedelta

    from django.utils import timezone

    from frombelow_site.accounts.models import Session
    from frombelow_site.accounts.sessions import SessionStore, place
    from frombelow_site.door import polity

    found = polity()
    people = [name for name, person in found.people.items() if person.standing == "member"][: int(count)]
    store, rows, keys = SessionStore(), [], []
    for person in people:
        key = store._get_new_session_key()
        data, now = store.encode({"person": person}), timezone.now()
        rows.append(Session(place(key), data, now + timedelta(days=60), person=person, since=now, last=now))
        keys.append(key)
    Session.objects.bulk_create(rows, 500)
    print(json.dumps({"people": people, "sessions": keys}))


def queries(session: str, *paths: str) -> None:
    """How often each page asks the database, opened for the second time by whoever is signed in so."""
    ready()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    found = {}
    for path in paths:
        asked: list[str] = []

        def note(execute: Any, sql: str, *rest: Any, asked: list[str] = asked) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        for answers in range(2):
            asked.clear()
            with connection.execute_wrapper(note):
                if browser.get(path).status_code != 200:
                    raise SystemExit(f"{path} does not open ({answers})")
        found[path] = len(asked)
    print(json.dumps(found))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
