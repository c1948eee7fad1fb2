"""The cast: Ada chairs, Eve is secretary, Dee runs the server, Bo is a member, Charlie was never admitted.

``Organization`` plays the door: it takes in what is due, dates each act by its own clock, judges, applies, and keeps
the bytes in ``record``.
"""

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frombelow.polity import Breach, Polity, Refused, apply, complete, due, encode, judge, replay
from frombelow.polity import acts as a
from frombelow.polity import state as s
from frombelow.polity.commitments import commit
from frombelow.polity.effects import made_by
from frombelow.polity.ids import derive_id

TEMPLATES = Path(a.__file__).parent / "templates"
TENANTS = (TEMPLATES / "tenants-union.toml").read_text()
DAY = 86_400
NOON = int(datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp())  # a Monday
TEXT = commit(bytes(32), "what the motion says")


def rules(text=TENANTS, **settings):
    """A rulebook with some settings put differently, each written as in TOML: ``rules(debate_days=3)``."""
    lines = text.splitlines()
    for key, value in settings.items():
        at = [n for n, line in enumerate(lines) if line.startswith(f"{key} = ")]
        assert len(at) == 1, f"{key} stands {len(at)} times in the rulebook"
        lines[at[0]] = f"{key} = {value}"
    return "\n".join(lines)


def article(number, **settings):
    """An article of the tenants' rulebook as the TOML of a change, with settings put differently."""
    found = next(part for part in TENANTS.split("\n[[") if f'number = "{number}"' in part)
    return rules("[[" + found, **settings)


class Organization:
    """An organization with Ada, Bo, Dee, Eve and as many ``more`` members as a test asks for, in ``people``."""

    def __init__(self, more=0, *, book=TENANTS, at=NOON, drawn="drawn"):
        self.polity, self.record, self.clock = Polity(), [], at
        self._drawn, self._source = 0, drawn
        self.id = self.new()
        self.ada, self.bo, self.dee, self.eve, self.charlie = (self.new() for _ in range(5))
        founders = tuple((person, TEXT) for person in (self.ada, self.bo, self.dee, self.eve))
        offices = (("chair", self.ada), ("secretary", self.eve), ("administrator", self.dee))
        self.do(
            a.Found, by=self.ada, organization=self.id, name="Tenants", origin="tenants.example/record", key="k",
            rulebook=book, founders=founders, mandates=offices,
        )  # fmt: skip
        self.people = [self.ada, self.bo, self.dee, self.eve]
        if more:
            self.admit(more)

    # --- the door ---

    def new(self):
        """An id that was never drawn before."""
        self._drawn += 1
        return derive_id(self._source, "test", self._drawn)

    def catch_up(self):
        """Whatever is due by now stands in the record."""
        while self.polity.rules is not None and (act := due(self.polity, self.clock)) is not None:
            judge(self.polity, act)
            self._enter(act)

    def do(self, kind, by, **fields):
        """The act is done, if it is allowed; returns it as it stands in the record."""
        self.catch_up()
        act = complete(self.polity, kind(by=by, **fields), self.clock)
        judge(self.polity, act)
        self._enter(act)
        self.catch_up()
        return act

    def refused(self, kind, by, **fields):
        """What the act was refused by; nothing changed by it, and the sentence cites an article that there is."""
        self.catch_up()
        before, entries = facts(self.polity), len(self.record)
        with pytest.raises(Refused) as caught:
            self.do(kind, by, **fields)
        refused = caught.value
        assert facts(self.polity) == before
        assert len(self.record) == entries
        assert refused.sentence().startswith(f"Article {refused.article}: ")
        assert refused.article in self.polity.book.articles
        return refused

    def _enter(self, act):
        apply(self.polity, act)
        self.record.append(encode(act))

    def wait(self, days=1):
        """So many days pass, and each day's deadlines come."""
        for _ in range(days):
            self.clock += DAY
            self.catch_up()

    def until(self, motion, *stages):
        """Days pass until the motion is in one of these stages."""
        for _ in range(400):
            if self.polity.motions[motion].stage in stages:
                return self.polity.motions[motion]
            self.wait()
        raise AssertionError(f"it never came to {stages}")

    # --- who and what ---

    def office(self, key):
        return next(office for office in self.polity.offices.values() if office.key == key)

    def mandate(self, person):
        """The id of the first mandate that the person holds."""
        return self.polity.held[person][0].id

    def admit(self, count, branch=None):
        """Eve brings in so many people; returns them."""
        new = [self.new() for _ in range(count)]
        for n in range(0, count, 800):
            part = tuple((person, TEXT) for person in new[n : n + 800])
            self.do(a.Admit, self.eve, under=self.mandate(self.eve), people=part, branch=branch or self.id)
        self.people += new
        return new

    def voters(self, motion):
        """Who is in the electorate of a running vote."""
        motion = self.polity.motions[motion]
        return [name for name, person in self.polity.people.items() if self.polity.in_electorate(motion, person)]

    # --- a motion's way ---

    def move(self, *effects, by=None, branch=None, **fields):
        motion = self.new()
        branch = branch or self.id
        self.do(a.Move, by or self.bo, motion=motion, branch=branch, text=TEXT, effects=tuple(effects), **fields)
        return motion

    def second(self, motion, *people):
        """People second the motion until it has enough; without people, whoever may."""
        found = self.polity.motions[motion]
        for person in people or list(self.polity.people):
            may = self.polity.may_vote_later(self.polity.people[person], found.branch, found.rules)
            if found.stage is s.Stage.SECONDING and may and person != found.mover:
                self.do(a.Second, person, motion=motion)

    def to_vote(self, *effects, by=None, branch=None, **fields):
        """A motion is moved, seconded, found in order by time, debated, and its vote is open."""
        motion = self.move(*effects, by=by, branch=branch, **fields)
        self.second(motion)
        self.until(motion, s.Stage.VOTING)
        return motion

    def vote(self, motion, yes=(), no=(), abstain=()):
        for choice, people in (("yes", yes), ("no", no), ("abstain", abstain)):
            for person in people:
                self.do(a.Vote, person, motion=motion, choice=choice)

    def close(self, motion):
        return self.until(motion, s.Stage.DECIDED, s.Stage.ADJOURNED)

    def carry(self, *effects, by=None, branch=None):
        """A motion is moved, seconded and carried by everybody's yes."""
        motion = self.to_vote(*effects, by=by, branch=branch)
        self.vote(motion, yes=self.voters(motion))
        assert self.close(motion).outcome == "carried"
        return motion

    def petition(self, mandate, by=None):
        """A recall is asked for and signed by enough."""
        motion = self.new()
        self.do(a.Petition, by or self.bo, motion=motion, mandate=mandate, text=TEXT)
        found = self.polity.motions[motion]
        for person in list(self.polity.people):
            if found.stage is s.Stage.PETITION and person not in found.seconders:
                self.do(a.Sign, person, motion=motion)
        return motion

    def made(self, motion, n=0):
        """The id of what the n-th effect of a carried motion made."""
        return made_by(motion, n, self.polity.motions[motion].effects[n])

    def branch(self, name="North", members=0):
        """A branch is formed, and so many of the members without an office move there; returns it and them."""
        formed = self.made(self.carry(a.FormBranch(name=name, parent=self.id)))
        movers = [person for person in self.people if person not in self.polity.held and person != self.bo][:members]
        for person in movers:
            self.do(a.Transfer, person, to=formed)
        self.wait(self.polity.book["transfer_days"] + 1)
        return formed, movers


def breach(entries, **known):
    """What is wrong with a record that must not replay."""
    with pytest.raises(Breach) as caught:
        replay(entries, **known)
    return caught.value


def facts(polity):
    """All that a polity holds, but the second it was last asked about: two polities are the same iff these are.
    The agenda is a heap, whose order inside says nothing."""
    held = {key: value for key, value in vars(polity).items() if key != "now"}
    return deepcopy(held | {"agenda": sorted(polity.agenda)})


__all__ = ["DAY", "NOON", "TEMPLATES", "TENANTS", "TEXT", "Organization", "article", "breach", "facts", "rules"]
