"""What an organization does that draws by lot, in one line each."""

import json
from dataclasses import dataclass, field

import msgspec

from frombelow.lots.draws import Row, list_panels, mark_of, root_of
from frombelow.polity.draws.pooling import POWER, eligible
from frombelow.polity.draws.require import file_of, specification_of
from frombelow.polity.draws.state import Draws, Stage
from frombelow.polity.members.state import Standing
from tests import acts as a

QUOTAS = (("floor", "upper", 2, 3), ("floor", "lower", 1, 2))
DICE = (1, 6, 2, 3, 4, 5, 5, 1, 2, 6, 3, 3, 4, 1, 2, 6)


def effect(org, **said):
    return a.HoldDraw(
        **{"purpose": "panel", "task": "look at the heating fund", "size": 4, "reserves": 3, "chance": "dice",
           "until": org.polity.today(org.now) + 200, "quotas": QUOTAS, **said}
    )  # fmt: skip


def salt_of(n):
    return n.to_bytes(16, "big")


@dataclass
class Drawing:
    """A draw of an organization: who stands in which row, and the keys of who witnesses."""

    org: object
    name: str
    people: list
    rows: list
    keys: dict = field(default_factory=dict)

    @property
    def held(self):
        return self.org.polity.part(Draws).held[self.name]

    def until(self, *stages):
        for _ in range(60):
            if self.held.stage in stages:
                return self.held
            self.org.wait()
        raise AssertionError(f"it never came to {stages}, and is {self.held.stage}")

    def said(self, **other):
        """What an honest officer says of it."""
        witnesses = tuple(self.keys) if self.held.effect.chance == "dice" else ()
        return {"under": self.org.mandate(self.org.ada), "draw": self.name, "people": len(self.rows),
                "root": root_of(self.rows), "witnesses": witnesses, **other}  # fmt: skip

    def specify(self, **other):
        self.org.do(a.SpecifyDraw, self.org.ada, **self.said(**other))
        return self

    def add_rows(self, rows=None, start=0):
        rows = self.rows if rows is None else rows
        self.org.do(a.AddRows, a.SERVER, draw=self.name, start=start, rows=as_said(rows))
        return self

    def list(self):
        """The panels are listed, in parts, as the server does it."""
        text = text_of(self)
        parts = [text[n : n + 20_000] for n in range(0, len(text), 20_000)]
        for n, part in enumerate(parts):
            self.org.do(a.ListPanels, a.SERVER, draw=self.name, part=n, parts=len(parts), text=part)
        return self

    def give(self, person, value):
        self.org.do(a.Contribute, person, sealed=self.key(person), draw=self.name, value=value)

    def key(self, person):
        if person not in self.keys:
            self.keys[person] = self.org.first_key(person)
        return self.keys[person]

    def see(self, person, shown=DICE):
        self.org.do(a.SeeDice, person, sealed=self.key(person), draw=self.name, shown=shown)

    def holder(self, row):
        return self.people[row]

    def answer(self, kind, row):
        return self.org.do(kind, self.people[row], draw=self.name, row=row, salt=salt_of(row).hex())

    def accept(self, row):
        return self.answer(a.AcceptSeat, row)

    def decline(self, row):
        return self.answer(a.DeclineSeat, row)


def as_said(rows):
    return tuple((row.features, row.mark) for row in rows)


def text_of(drawing):
    """The list of panels as JSON, made with the solver."""
    held = drawing.held
    return msgspec.json.encode(list_panels(held.specification, held.pool, None)).decode()


def decided(org, witnesses=3, keys=None, **said):
    """A draw that the members decided, with everybody's row; and so many people with keys who can see dice."""
    name = org.made(org.carry(effect(org, **said)))
    can = [each.id for each in org.polity.people.values() if each.standing is Standing.MEMBER]
    if said.get("purpose") == "audit":
        can = [each.id for each in org.polity.people.values() if each.active and org.polity.keys.can_seal(each.id)]
    assert len(can) == eligible(org.polity, org.polity.part(Draws).held[name], org.now)
    quotas = org.polity.part(Draws).held[name].effect.quotas
    rows = [
        Row(features=(n % len(quotas),) if quotas else (), mark=mark_of(salt_of(n), person))
        for n, person in enumerate(can)
    ]
    found = Drawing(org, name, can, rows)
    for person in [each for each in can if each != org.ada][:witnesses]:
        found.keys |= {person: keys[person]} if keys else {person: found.key(person)}
    return found


def objected(org, **said):
    """The same when members can object."""
    return decided(org, **said).specify().add_rows()


def giving(org, **said):
    """The same when members contribute."""
    found = objected(org, **said)
    found.until(Stage.GIVING)
    return found.list() if found.held.effect.quotas else found


def closed(org, given=5, **said):
    """The same when contributions are closed."""
    found = giving(org, **said)
    for n, person in enumerate(found.people[:given]):
        found.give(person, f"{n + 1:064x}")
    found.until(Stage.CHANCE)
    return found


def drawn(org, **said):
    """The same when three saw the dice."""
    found = closed(org, **said)
    for person in found.held.specified.witnesses[:3]:
        found.see(person)
    return found


def lot(org, keys, **said):
    """A draw of people who had these keys before, drawn with dice."""
    found = decided(org, keys=keys, quotas=(), **said).specify().add_rows()
    found.keys = dict(keys)
    found.until(Stage.CHANCE)
    for person in found.held.specified.witnesses[:3]:
        found.see(person)
    return found


@dataclass
class Audit:
    """An audit in which members were drawn to be asked, and those who ask."""

    asked: Drawing
    asking: Drawing

    @property
    def org(self):
        return self.asked.org

    @property
    def held(self):
        return self.asked.held

    @property
    def askers(self):
        return [self.asking.held.accepted[row] for row in sorted(self.asking.held.accepted)]

    def said(self, by, row, found, **other):
        """What an honest asker says of a row."""
        own = self.asked.people.index(by) if by in self.asked.people else 0
        return {"draw": self.asked.name, "row": row, "found": found, "own": own, "salt": salt_of(own).hex(), **other}

    def find(self, by, row, found="true"):
        return self.org.do(a.FindAsked, by, sealed=self.asked.keys[by], **self.said(by, row, found))

    def why_not(self, by, row, found="true", sealed=True, **other):
        sealed = self.asked.keys.get(by) if sealed is True else sealed
        return self.org.refused(a.FindAsked, by, sealed=sealed, **self.said(by, row, found, **other)).message

    def others(self, by):
        """The rows that were drawn and are not this asker's."""
        return [row for row in self.held.drawn if self.asked.people[row] != by]

    def over(self):
        """What the record says when the last day is over."""
        for _ in range(80):
            if self.held.audited:
                return self.held.audited
            self.org.wait()
        raise AssertionError("it never was over")


def audit(org, without=4, size=6, days=70):
    """An audit out of all but some, who hold no key, and three who ask in it."""
    keys = {person: org.first_key(person) for person in list(org.polity.people)[:-without]}
    asking = lot(org, keys, purpose="askers", task="ask in the audit", size=3, reserves=0)
    while asking.held.asked:
        row = min(asking.held.asked)
        (asking.accept if asking.people[row] in keys else asking.decline)(row)
    until = org.polity.today(org.now) + days
    asked = lot(org, keys, purpose="audit", task="the audit of spring", size=size, reserves=0, until=until)
    return Audit(asked, asking)


__all__ = [
    "DICE", "POWER", "QUOTAS", "Audit", "as_said", "audit", "closed", "decided", "drawn", "effect", "file_of", "giving",
    "json", "lot", "objected", "specification_of", "text_of",
]  # fmt: skip
