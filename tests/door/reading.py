"""Writers and readers in threads around one data folder, while the disk fails and commits are slow: a process of its
own, python -m tests.door.reading FOLDER. Prints what was seen, as JSON."""

import json
import os
import random
import sys
import threading
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frombelow_site.settings")
PEOPLE, READERS = int(os.environ.get("PEOPLE", "20000")), 6
PAGES = (
    "/", "/decide/", "/decide/?stage=voting", "/decide/move/", "/people/", "/people/me/", "/people/roll/",
    "/people/roll/import/", "/answerability/", "/answerability/rules/", "/answerability/rules/what-stops-me/?act=move",
    "/answerability/who-can-see/", "/answerability/server/", "/answerability/looks/", "/record/", "/record/head/",
    "/record/checkpoint", "/metrics", "/health",
)  # fmt: skip


class Watch:
    """What readers saw: how many pages, what went wrong, and what nobody may ever see."""

    def __init__(self):
        self.pages, self.wrong, self.over, self.tries = 0, [], threading.Event(), 0

    def note(self, what):
        if len(self.wrong) < 20:
            self.wrong.append(what)


def failing_disk(watch, bo):
    """Whatever Bo does cannot be stored; whatever else is stored is sometimes slow."""
    from django.db import DatabaseError

    from frombelow_site.door import projections
    from frombelow_site.door.published import Published

    run, chance = projections.run, random.Random(3)

    def runs(polity, entered, **how):
        entered = list(entered)
        if any(entry.act.by == bo for entry in entered):
            watch.tries += 1
            time.sleep(0.02)  # the writer's own state holds that Bo has left, all this while
            raise DatabaseError("disk full")
        run(polity, entered, **how)
        if chance.random() < 0.3:
            time.sleep(0.03)

    def adds(published, data, note):
        if chance.random() < 0.3:
            time.sleep(0.03)  # stored, and not yet copied and shown
        add(published, data, note)

    projections.run = runs
    add, Published.add = Published.add, adds


def browser(person):
    from django.test import Client

    client = Client(raise_request_exception=True)
    session = client.session
    session["person"], session["at"] = person, time.time()
    session.save()
    return client


def ask(client, page):
    """The answer to a request for this page; what stands in the table last is asked for, whoever sees it yet."""
    from frombelow_site.door.models import Entry

    if page == "my own file":
        return client.post("/people/me/data/", REMOTE_ADDR="127.0.0.1")
    if page in ("the latest entry", "its receipt"):
        last = Entry.objects.order_by("-index").values_list("index", flat=True)[0]
        page = f"/record/entry/{last}/" + ("receipt" if page == "its receipt" else "")
    return client.get(page, REMOTE_ADDR="127.0.0.1")


def read_pages(watch, client, number, officer):
    from django.db import connection

    chance = random.Random(number)
    try:
        while not watch.over.is_set():
            page = chance.choice([*PAGES, "the latest entry", "its receipt", "my own file"])
            try:
                answer = ask(client, page)
            except Exception as error:
                watch.note(f"{page}: {type(error).__name__} {error}")
                continue
            watch.pages += 1
            roll = page.startswith("/people/roll/") and not officer  # of which only officers know that it is there
            if answer.status_code != (404 if roll else 200):
                watch.note(f"{page}: {answer.status_code}")
    finally:
        connection.close()


def read_states(watch, bo):
    """One state from its beginning to its end, and never one that is not in the table."""
    from django.db import connection

    from frombelow_site.door import the_door
    from frombelow_site.door.models import Entry
    from frombelow_site.door.readers import turns

    try:
        while not watch.over.is_set():
            with turns.reading():
                polity = the_door().polity()
                first = polity.size, polity.members, len(polity.people)
                standing, counted = polity.people[bo].standing, sum(person.active for person in polity.people.values())
                time.sleep(0.004)  # somebody who wants to change it comes meanwhile
                stored = Entry.objects.count()
                last = polity.size, polity.members, len(polity.people)
            if first != last:
                watch.note(f"a state that changed while it was read: {first}, then {last}")
            if counted != first[1]:
                watch.note(f"half an entry: {counted} members of {first[1]}")
            if standing != "member" or first[0] > stored:
                watch.note(f"what is not committed: Bo is {standing}; {first[0]} entries of {stored}")
            time.sleep(0.002)
    finally:
        connection.close()


def move_motions(watch, eve):
    """Motions come one after the other, each seen in the list and on Home."""
    from django.db import connection

    from frombelow_site.decide.actions import move, withdraw
    from frombelow_site.door import new_id, polity

    before = ""
    try:
        while not watch.over.is_set():
            try:
                if before:  # few run at a time
                    withdraw(eve, before)
                before = new_id()
                move(eve, before, polity().root, "That we meet", "On Monday.", ())
            except Exception as error:
                watch.note(f"moving: {type(error).__name__} {error}")
            time.sleep(0.02)
    finally:
        connection.close()


def write(watch, bo):
    from django.db import connection

    from frombelow.polity.members.acts import Leave
    from frombelow_site.door import perform

    try:
        while not watch.over.is_set():
            try:
                perform(Leave(by=bo))
                watch.note("Bo's leaving was stored")
            except Exception as error:
                if "nothing was stored" not in str(error):
                    watch.note(f"leaving: {type(error).__name__} {error}")
            time.sleep(0.01)
    finally:
        connection.close()


def main(folder):
    os.environ["FROMBELOW_DATA"], os.environ["FROMBELOW_METRICS"] = folder, "1"
    import django

    Path(folder).mkdir(parents=True, exist_ok=True)
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    from frombelow.polity.rulebook.templates import template
    from frombelow.polity.rulebook.writing import with_settings
    from frombelow_site.door import polity, the_door, use
    from frombelow_site.door.founding import Founder, found
    from frombelow_site.door.key import make_keys
    from frombelow_site.roll.actions import import_roll

    data = Path(folder)
    make_keys(data, "tenants.example/record")
    door, (_ada, eve, _dee, bo) = found(
        data, data / "copy", name="Tenants", rulebook=with_settings(template("tenants-union"), {"acts_a_day": 10_000}),
        founders=[Founder("Ada"), Founder("Eve"), Founder("Dee"), Founder("Bo", "bo@example.org")],
    )  # fmt: skip
    clients = [browser(eve if n % 2 else bo) for n in range(READERS)]
    door.election.lose()
    use(None)
    the_door().start()
    while the_door().writer is None:
        time.sleep(0.01)
    watch = Watch()
    failing_disk(watch, bo)
    threads = [
        threading.Thread(target=read_pages, args=[watch, client, n, bool(n % 2)]) for n, client in enumerate(clients)
    ]
    threads += [
        threading.Thread(target=read_states, args=[watch, bo]),
        threading.Thread(target=write, args=[watch, bo]),
    ]
    for thread in threads:
        thread.start()
    moving = threading.Thread(target=move_motions, args=[watch, eve])
    moving.start()
    threads.append(moving)
    under = next(mandate.id for mandate in polity().held[eve])
    rows = "".join(f"Person {n},person{n}@example.org\n" for n in range(PEOPLE))
    result = import_roll(("name,email\n" + rows).encode(), eve, under, polity().root)
    time.sleep(1)
    watch.over.set()
    for thread in threads:
        thread.join(60)
    signed_in = [client.get("/people/me/").status_code == 200 for client in clients]
    the_door().stop()
    print(json.dumps({
        "pages": watch.pages, "wrong": watch.wrong, "admitted": result.admitted, "tries": watch.tries,
        "signed in": all(signed_in), "members": polity().members, "dead": [t.name for t in threads if t.is_alive()],
    }))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
