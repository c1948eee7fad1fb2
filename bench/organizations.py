"""Records to measure with: an organization of any size that voted as often as it takes to fill so many entries."""

import random
from importlib.resources import files

from frombelow.polity import Polity, acts, apply, complete, due, encode, judge
from frombelow.polity.ids import encode_id

DAY = 86_400
TEXT = "A" * 43
RULES = (files("frombelow.polity") / "templates" / "tenants-union.toml").read_text()


class Organization:
    """Plays the door for a polity: dates, judges, applies, keeps the bytes."""

    def __init__(self, seed: int = 1, key: str = "k", origin: str = "bench.example/record") -> None:
        self.random = random.Random(seed)
        self.polity, self.record, self.clock = Polity(), [], 1_700_000_000
        self.ada, self.eve = self.new(), self.new()
        self.do(
            acts.Found(
                by=self.ada, organization=self.new(), name="Bench", origin=origin, key=key, rulebook=RULES,
                founders=((self.ada, TEXT), (self.eve, TEXT)), mandates=(("secretary", self.eve),),
            )
        )  # fmt: skip
        self.people: list[str] = []

    def new(self) -> str:
        return encode_id(self.random.randbytes(16))

    def enter(self, act: acts.AnyAct) -> None:
        judge(self.polity, act)
        apply(self.polity, act)
        self.record.append(encode(act))

    def catch_up(self) -> None:
        while self.polity.rules is not None and (act := due(self.polity, self.clock)) is not None:
            self.enter(act)

    def do(self, act: acts.AnyAct) -> None:
        self.catch_up()
        self.enter(complete(self.polity, act, self.clock))

    def admit(self, count: int) -> None:
        """So many people are members by the founding roll."""
        mandate = self.polity.held[self.eve][0].id
        people = [self.new() for _ in range(count)]
        for n in range(0, count, 800):
            part = tuple((person, TEXT) for person in people[n : n + 800])
            self.do(acts.Admit(by=self.eve, under=mandate, people=part, branch=self.polity.root))
        self.people += people

    def voting(self) -> str:
        """The id of a fresh motion whose vote is open."""
        motion = self.new()
        self.do(acts.Move(by=self.ada, motion=motion, branch=self.polity.root, text=TEXT))
        needed = self.polity.motions[motion].needed
        for person in self.people[:needed]:
            self.do(acts.Second(by=person, motion=motion))
        while self.polity.motions[motion].stage != "voting":
            self.clock += DAY
            self.catch_up()
        return motion

    def votes(self, entries: int) -> None:
        """Motions are voted on by everybody, one after the other, until the record has so many entries."""
        while len(self.record) < entries:
            motion = self.voting()
            for n, person in enumerate(self.people[: entries - len(self.record)]):
                self.do(acts.Vote(by=person, motion=motion, choice="no" if n % 3 == 0 else "yes"))
            self.clock += 8 * DAY
            self.catch_up()
