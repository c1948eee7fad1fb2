"""Records to measure with: an organization of any size that voted as often as it takes to fill so many entries."""

import random
from typing import Literal

from frombelow.polity import Act, Polity, apply, due, encode, figures, judge, stamp
from frombelow.polity.kernel.ids import encode_id
from frombelow.polity.members.acts import Admit
from frombelow.polity.motions.acts import Move, Second
from frombelow.polity.organization.acts import Found
from frombelow.polity.rulebook.templates import template
from frombelow.polity.rulebook.writing import with_settings
from frombelow.polity.votes.acts import CastVote

DAY = 86_400
TEXT = "A" * 43
RULES = with_settings(template("tenants-union"), {"acts_a_day": 10_000})  # one officer admits a million at once


class Organization:
    """Plays the door for a polity: dates, judges, applies, keeps the bytes."""

    def __init__(self, seed: int = 1, key: str = "k", origin: str = "bench.example/record") -> None:
        self.random = random.Random(seed)
        self.polity, self.record, self.clock = Polity(), [], 1_700_000_000
        self.ada, self.eve = self.new(), self.new()
        self.do(
            Found(
                by=self.ada, organization=self.new(), name="Bench", origin=origin, key=key, rulebook=RULES,
                founders=((self.ada, TEXT), (self.eve, TEXT)), mandates=(("secretary", self.eve),),
            )
        )  # fmt: skip
        self.people: list[str] = []

    def new(self) -> str:
        return encode_id(self.random.randbytes(16))

    def enter(self, act: Act) -> None:
        at = max(self.clock, self.polity.at)
        judge(self.polity, act, at)
        entry = stamp(act, at, figures(self.polity, act, at))
        apply(self.polity, act, at)
        self.record.append(encode(entry))

    def catch_up(self) -> None:
        while self.polity.rules is not None and (act := due(self.polity, self.clock)) is not None:
            self.enter(act)

    def do(self, act: Act) -> None:
        self.catch_up()
        self.enter(act)

    def admit(self, count: int) -> None:
        """So many people are members by the founding roll."""
        mandate = self.polity.held[self.eve][0].id
        people = [self.new() for _ in range(count)]
        for n in range(0, count, 800):
            part = tuple((person, TEXT) for person in people[n : n + 800])
            self.do(Admit(by=self.eve, under=mandate, people=part, branch=self.polity.root))
        self.people += people

    def voting(self) -> str:
        """The id of a fresh motion whose vote is open."""
        motion = self.new()
        self.do(Move(by=self.ada, motion=motion, branch=self.polity.root, text=TEXT))
        needed = self.polity.motions[motion].needed
        for person in self.people[:needed]:
            self.do(Second(by=person, motion=motion))
        while self.polity.motions[motion].stage != "voting":
            self.clock += DAY
            self.catch_up()
        return motion

    def votes(self, entries: int) -> None:
        """Motions are voted on by everybody, one after the other, until the record has so many entries."""
        while len(self.record) < entries:
            motion = self.voting()
            for n, person in enumerate(self.people[: entries - len(self.record)]):
                self.do(self.vote(person, motion, "no" if n % 3 == 0 else "yes"))
            self.clock += 8 * DAY
            self.catch_up()

    def vote(self, person: str, motion: str, choice: Literal["yes", "no", "abstain"]) -> CastVote:
        return CastVote(by=person, poll=motion, choice=choice, nonce=self.new())
