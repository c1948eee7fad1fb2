"""The cast on the site: an organization founded through the real door, and a browser for each of them.

Ada chairs, Eve is secretary, Dee runs the server, Bo is a member, Charlie was never admitted; nobody is treasurer.
"""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import deactivate

from frombelow.polity import Stage
from frombelow.polity.rulebook.templates import template
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id, use
from frombelow_site.door.founding import Founder, found
from frombelow_site.door.key import make_keys
from frombelow_site.roll import actions as roll

DAY = 86_400
NOON = 1_772_452_800  # Monday 2 March 2026, 12:00 UTC
FOUNDERS = [
    Founder(name, f"{name.split()[0].lower()}@example.org") for name in ("Ada One", "Eve Two", "Dee Three", "Bo Four")
]

HOLDERS = {"chair": [0], "secretary": [1], "administrator": [2]}  # by the places of the founders


class Site:
    """The organization behind the pages: its door with a clock that tests turn, and what the cast does."""

    def __init__(self, folder):
        self.at = NOON
        make_keys(folder, "tenants.example/record")
        self.door, ids = found(
            folder, folder / "copy", name="Tenants",
            rulebook=template("tenants-union", zone="Europe/London"), founders=FOUNDERS, holders=HOLDERS,
            clock=lambda: self.at,
        )  # fmt: skip
        self.ada, self.eve, self.dee, self.bo = ids
        self.charlie = new_id()
        self.people = []

    @property
    def polity(self):
        return self.door.polity()

    def office(self, key):
        return next(office for office in self.polity.offices.values() if office.key == key)

    def holds(self, person, key):
        """The person's mandate for the office; a fresh one by decision of nobody is not possible, so the founding's."""
        return next(m for m in self.polity.held[person] if m.office == self.office(key).id)

    def wait(self, days):
        """Time passes, and does what is due."""
        self.at += int(days * DAY)
        self.door.tick()

    def admit(self, count):
        """So many members more, called Person 0, Person 1, and so on."""
        start = len(self.people)
        rows = "".join(f"Person {n},person{n}@example.org\n" for n in range(start, start + count))
        before = set(self.polity.people)
        roll.import_roll(("name,email\n" + rows).encode(), self.eve, self.mandate_of_eve, self.polity.root)
        self.people += [person for person in self.polity.people if person not in before]

    @property
    def mandate_of_eve(self):
        return self.polity.held[self.eve][0].id

    def move(self, by=None, *effects, title="Paint the hall", body="It is grey."):
        motion = new_id()
        decide.move(by or self.bo, motion, self.polity.root, title, body, tuple(effects))
        return motion

    def second(self, motion):
        found = self.polity.motions[motion]
        for person in [self.ada, self.eve, self.dee, self.bo, *self.people]:
            if found.stage is Stage.SECONDING and person != found.mover:
                decide.second(person, motion)
        return motion

    def debated(self, *effects, **words):
        """A motion of Bo's in debate."""
        motion = self.second(self.move(self.bo, *effects, **words))
        self.wait(6)
        return motion

    def voting(self, *effects, **words):
        """A motion of Bo's whose vote is open."""
        motion = self.debated(*effects, **words)
        while self.polity.motions[motion].stage is not Stage.VOTING:
            self.wait(1)
        return motion

    def decided(self, yes=3, no=0, *effects, **words):
        """A motion of Bo's that was voted on and decided."""
        motion = self.voting(*effects, **words)
        people = [self.ada, self.eve, self.dee, self.bo, *self.people]
        for n, person in enumerate(people[: yes + no]):
            decide.vote(person, motion, "yes" if n < yes else "no")
        self.wait(8)
        return motion

    def petition(self, by=None, against=None, key="chair"):
        motion, mandate = new_id(), self.holds(against or self.ada, key)
        from frombelow_site.answerability.actions import petition

        petition(by or self.bo, motion, mandate.id, "Recall the chair", "She met the landlord alone.")
        return motion

    def browser(self, person):
        """A browser in which this person is signed in."""
        client = Client()
        session = client.session
        session["person"] = person
        session["at"] = time.time()
        session.save()
        return client


@pytest.fixture
def site(db, tmp_path):
    cache.clear()
    site = Site(tmp_path)
    yield site
    deactivate()  # a page in Spanish leaves its language to whatever comes after it
    site.door.election.lose()
    use(None)
