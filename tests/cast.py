"""The cast: Ada chairs, Eve is secretary, Dee runs the server, Bo is a member, Charlie was never admitted.

``Organization`` plays the door: it takes in what is due, dates each act by its own clock, judges, applies, and keeps
the bytes in ``record``.
"""

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import UNSET

from frombelow.keys import Ed25519Key, P256Key, SoftPasskey
from frombelow.polity import (
    Breach,
    Polity,
    Refused,
    Stage,
    apply,
    due,
    encode,
    figures,
    judge,
    judge_entry,
    replay,
    stamp,
)
from frombelow.polity.kernel.commitments import commit
from frombelow.polity.kernel.ids import derive_id
from frombelow.polity.kernel.judging import stamped
from frombelow.polity.keys.making import id_of, new_key, seal
from frombelow.polity.keys.seals import sealed_so_far
from frombelow.polity.motions.effects import effects_of, made_by
from frombelow.polity.roll.rows import batches_of, root_of
from frombelow.polity.rulebook import templates
from frombelow.record import Tree

from . import acts as a

TEMPLATES = Path(templates.__file__).parent
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

    def __init__(self, more=0, *, book=TENANTS, at=NOON, drawn="drawn", key="k"):
        self.polity, self.record, self.clock = Polity(), [], at
        self.tree = Tree()
        self._drawn, self._source = 0, drawn
        self.id = self.new()
        self.ada, self.bo, self.dee, self.eve, self.charlie = (self.new() for _ in range(5))
        founders = tuple((person, TEXT) for person in (self.ada, self.bo, self.dee, self.eve))
        offices = (("chair", self.ada), ("secretary", self.eve), ("administrator", self.dee))
        self.do(
            a.Found, by=self.ada, organization=self.id, name="Tenants", origin="tenants.example/record", key=key,
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
        while self.polity.rules is not None and (act := due(self.polity, self.now)) is not None:
            judge(self.polity, act, self.now)
            self._enter(act)

    def do(self, kind, by, *, sealed=None, **fields):
        """The act is done, if it is allowed; returns the entry in which it stands. ``sealed`` is the key that seals it."""
        self.catch_up()
        act = kind(by=by, **fields)
        return self.hand_in(act, self.seal(sealed, act) if sealed else UNSET)

    def hand_in(self, act, seal=UNSET):
        """The act and its seal are handed in as they are."""
        entry, _ = stamped(self.polity, act, self.now, seal)
        judge_entry(self.polity, entry, self.tree.root)
        entry = self._enter(act, seal)
        self.catch_up()
        return entry

    @property
    def now(self):
        """The second that an entry gets: never before the latest one."""
        return max(self.clock, self.polity.at)

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

    def _enter(self, act, seal=UNSET):
        entry = stamp(act, self.now, figures(self.polity, act, self.now), seal)
        apply(self.polity, act, entry.at, seal)
        self.record.append(encode(entry))
        self.tree.append(self.record[-1])
        return entry

    # --- keys ---

    def seal(self, secret, act, **other):
        """A seal by this key as an honest device makes it now, but for what is said otherwise."""
        key = self.polity.keys.keys.get(id_of(secret))
        size = other.pop("size", self.polity.size)
        root = other.pop("root", None) or self.tree.root(min(size, self.polity.size))
        said = {
            "origin": self.polity.origin,
            "n": sealed_so_far(self.polity, key, act) + 1 if key else 1,
            "until": self.now + DAY // 2,
        }
        return seal(secret, act, size=size, root=root, **said | other)

    def drawn_key(self, person, kind="file", algorithm=None, *, host="tenants.example"):
        """A key that nobody bound yet, and what binds it."""
        if kind == "passkey":
            secret = SoftPasskey.generate(host, algorithm or "p256")
        else:
            secret = P256Key.generate() if algorithm == "p256" else Ed25519Key.generate()
        return secret, new_key(secret, kind, origin=self.polity.origin, person=person)

    def first_key(self, person, kind="file", algorithm=None):
        """A first key of the person, bound on the server's word."""
        secret, new = self.drawn_key(person, kind, algorithm)
        self.do(a.BindKey, person, key=new)
        return secret

    def wait(self, days=1):
        """So many days pass, and each day's deadlines come."""
        for _ in range(days):
            self.clock += DAY
            self.catch_up()

    def outage(self, days):
        """The server was off for so long; that it is on again stands in the record before what was due meanwhile."""
        served, self.clock = self.now, self.now + int(days * DAY)
        act = a.Start(by=a.SERVER, version="1", served=served)
        judge(self.polity, act, self.now)
        entry = self._enter(act)
        self.catch_up()
        return entry

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

    def admit(self, count, branch=None, by=None):
        """Eve, or who is named, brings in so many people; returns them."""
        by = by or self.eve
        under = next(
            mandate.id
            for mandate in self.polity.held[by]
            if "admit-members" in self.polity.offices[mandate.office].powers
        )
        new = [self.new() for _ in range(count)]
        for n in range(0, count, 800):
            part = tuple((person, TEXT) for person in new[n : n + 800])
            self.do(a.Admit, by, under=under, people=part, branch=branch or self.id)
        self.people += new
        return new

    def steward(self, branch, who):
        """An office of the branch with power to admit there, held by this member of it; both by the branch alone."""
        deciding = {"branch": branch, "by": who}
        made = self.made(self.carry(a.CreateOffice("Steward", ("admit-members",), branch), **deciding))
        self.carry(a.GrantMandate(made, who), **deciding)
        return who

    def bring_in(self, count, branch=None, by=None):
        """Eve brings in a list of so many people; returns its batch and them."""
        by, batch, new = by or self.eve, self.new(), [self.new() for _ in range(count)]
        rows = [(person, TEXT, 0) for person in new]
        branches = (branch or self.id,)
        self.do(
            a.ImportRoll, by, under=self.mandate(by), batch=batch, branches=branches, count=count, root=root_of(rows)
        )
        for act in batches_of(batch, rows, a.SERVER):
            self.do(
                a.ImportRows, a.SERVER, **{name: getattr(act, name) for name in ("batch", "start", "rows", "proof")}
            )
        self.people += new
        return batch, new

    def voters(self, motion):
        """Who is in the electorate of a running vote."""
        motion = self.polity.motions[motion]
        holds = motion.poll.electorate.holds
        return [name for name, person in self.polity.people.items() if holds(self.polity, person)]

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
            may = self.polity.may_vote_later(self.polity.people[person], found.branch, found.rules, self.now)
            if found.stage is Stage.SECONDING and may and person != found.mover:
                self.do(a.Second, person, motion=motion)

    def to_vote(self, *effects, by=None, branch=None, **fields):
        """A motion is moved, seconded, found in order by time, debated, and its vote is open."""
        motion = self.move(*effects, by=by, branch=branch, **fields)
        self.second(motion)
        self.until(motion, Stage.VOTING)
        return motion

    def vote(self, motion, yes=(), no=(), abstain=()):
        for choice, people in (("yes", yes), ("no", no), ("abstain", abstain)):
            for person in people:
                self.cast(person, motion, choice)

    def cast(self, person, motion, choice):
        """One answer, with the bytes that who votes draws."""
        return self.do(a.CastVote, person, poll=motion, choice=choice, nonce=self.new())

    def cannot_vote(self, person, motion, choice="yes"):
        """What the answer was refused by."""
        return self.refused(a.CastVote, person, poll=motion, choice=choice, nonce=self.new())

    def close(self, motion):
        return self.until(motion, Stage.DECIDED, Stage.ADJOURNED)

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
            if found.stage is Stage.PETITION and person not in found.signers:
                self.do(a.Sign, person, motion=motion)
        return motion

    def made(self, motion, n=0):
        """The id of what the n-th effect of a carried motion made."""
        return made_by(motion, n, effects_of(self.polity.motions[motion])[n])

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


def acts_in(org):
    """What was said in each entry of the record, in order."""
    return [a.decode(entry).act for entry in org.record]


def facts(polity):
    """All that a polity holds: two polities are the same iff these are."""
    agenda = (polity.agenda.planned, polity.agenda.blocked)
    return deepcopy(vars(polity) | {"agenda": agenda})


__all__ = [
    "DAY",
    "NOON",
    "TEMPLATES",
    "TENANTS",
    "TEXT",
    "Organization",
    "acts_in",
    "article",
    "breach",
    "facts",
    "rules",
]
