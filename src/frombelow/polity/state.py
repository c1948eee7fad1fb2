"""The polity: what the acts so far have made of the organization. Everything here follows from the record alone."""

import heapq
from collections import deque
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from . import days
from .acts import AnyEffect
from .ids import ID_LENGTH
from .parameters import stricter_or_equal
from .rulebook import Rulebook

NEVER = 2**62


class Standing(StrEnum):
    MEMBER = "member"
    STEPPED_BACK = "stepped back"
    LEFT = "left"
    EXPELLED = "expelled"
    UNDONE = "undone"  # an import that brought them in was taken back


class Stage(StrEnum):
    SECONDING = "seconding"
    PETITION = "petition"
    ADMISSIBILITY = "admissibility"
    REPLY = "reply"
    DEBATE = "debate"
    VOTING = "voting"
    ADJOURNED = "adjourned"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    RULED_OUT = "ruled out"


class Class(StrEnum):
    """Which majority a motion needs: that of the gravest thing it does."""

    ORDINARY = "majority"
    RULES = "rulebook_majority"
    EXPULSION = "expulsion_majority"
    DISSOLUTION = "dissolution_majority"
    RECALL = "recall"
    APPEAL = "appeal"


class Branch(Struct, gc=False):
    """A node of the tree. ``joined`` counts the members at home here by the day they joined, ``away`` those of them
    who stepped back; ``above`` holds its own id and those of all branches over it."""

    id: str
    name: str
    parent: str
    above: frozenset[str]
    joined: dict[int, int]
    away: dict[int, int]
    dissolved: bool = False
    stricter: dict[str, Any] = {}


class Person(Struct, gc=False):
    """Who is on the roll. Indices are those of entries; ``moves`` and ``pauses`` keep (index, before) where there
    was a change, so that an electorate frozen earlier can still be told."""

    id: str
    branch: str
    joined: int  # local day (ordinal); 0 for the founding roll
    admitted: int
    standing: Standing = Standing.MEMBER
    gone: int = 0
    acted: bool = False
    asked: int = 0  # the entry by which they asked to move
    moves: tuple[tuple[int, str], ...] = ()
    pauses: tuple[tuple[int, bool], ...] = ()

    def home_at(self, index: int) -> str:
        """The home branch just before the entry with this index."""
        return next((before for at, before in self.moves if at >= index), self.branch)

    def away_at(self, index: int) -> bool:
        """Whether this person had stepped back just before the entry with this index."""
        return next((before for at, before in self.pauses if at >= index), self.standing is Standing.STEPPED_BACK)


class Recovery(Struct):
    """A request to let a member in again. It runs until it has ``ended``; from ``opens`` on, time opens the way."""

    id: str
    person: str
    by: str  # the member, or the officer who asked for them
    under: str  # the officer's mandate; "" where the member asked
    needed: int  # how many have to vouch
    hours: int
    at: int
    vouchers: tuple[str, ...] = ()
    lapses: int = 0
    opens: int = 0
    ended: str = ""
    ended_at: int = 0
    printed: bool = False  # the officer who asked printed a code


class Office(Struct):
    id: str
    title: str
    powers: frozenset[str]
    branch: str
    seats: int
    term_months: int
    member_days: int
    holders: list["Mandate"]
    by: str  # the decision that made it, or the organization's id for the founding
    key: str = ""


class Mandate(Struct):
    id: str
    office: str
    person: str
    starts: int
    ends: int
    source: str
    provisional: bool = False
    follows: str = ""  # the mandate whose end it waits for
    ended: int = 0
    how: str = ""

    def live(self, at: int) -> bool:
        return not self.ended and self.starts <= at < self.ends


class Motion(Struct):
    """A question on its way. Four things that are never one: stage, outcome, visibility, disposition."""

    id: str
    mover: str
    branch: str
    kind: Class
    effects: tuple[AnyEffect, ...]
    text: str
    rules: Rulebook  # as they stood when it was moved
    moved: int
    needed: int
    stage: Stage = Stage.SECONDING
    outcome: str = ""
    visibility: str = "members"
    disposition: str = ""
    subjects: frozenset[str] = frozenset()
    seconders: set[str] = set()
    deadline: int = NEVER
    awaits: str = ""
    opens: int = 0  # when time opens the vote at the latest
    reply: str = ""
    ruling: tuple[str, str] | None = None  # the officer and the article
    appeal: str = ""
    about: str = ""  # the motion an appeal is about, the mandate a recall is about
    adjourned: int = 0
    opened: int = 0  # the index of the entry that opened the vote
    opened_at: int = 0
    latest_joined: int = 0
    eligible: int = 0
    votes: dict[str, str] = {}
    yes: int = 0
    no: int = 0
    abstain: int = 0
    away_cast: int = 0
    closed_at: int = 0
    article: str = ""
    voided: tuple[int, ...] = ()
    doubled: bool = False  # asked again so soon that it needs twice the seconders

    def counted(self) -> int:
        """The electorate's size for quorum and shares: who stepped back counts once they vote."""
        return self.eligible + self.away_cast


class Polity:
    """An organization after ``size`` acts. Only ``apply`` changes it."""

    def __init__(self) -> None:
        self.size = 0
        self.at = 0  # of the latest entry
        self.now = 0  # of the act being judged, or the latest entry
        self.id = self.name = self.origin = self.key = ""
        self.founded_at = 0
        self.ended = False
        self.rules: Rulebook | None = None
        self.people: dict[str, Person] = {}
        self.branches: dict[str, Branch] = {}
        self.offices: dict[str, Office] = {}
        self.mandates: dict[str, Mandate] = {}
        self.held: dict[str, list[Mandate]] = {}
        self.motions: dict[str, Motion] = {}
        self.batches: dict[str, tuple[int, list[str]]] = {}
        self.lost: dict[str, str] = {}
        self.transfers: dict[str, str] = {}
        self.recoveries: dict[str, Recovery] = {}
        self.recovering: dict[str, str] = {}  # person -> the request that runs
        self.voting: set[str] = set()
        self.recalls: dict[str, str] = {}
        self.members = 0
        self.agenda: list[tuple[int, int, str, str]] = []
        self.pending: deque[tuple[str, int]] = deque()
        self.scheduled = 0

    @property
    def root(self) -> str:
        """The id of the whole organization as a branch."""
        return self.id

    def today(self) -> int:
        """The local day (ordinal) of the act being judged, or of the latest entry."""
        return days.day_of(self.now, self.book["zone"])

    @property
    def book(self) -> Rulebook:
        """The rules in force. There are none before the founding."""
        assert self.rules is not None, "an organization has rules from its founding on"
        return self.rules

    def rules_for(self, branch: str) -> Rulebook:
        """The rules for what this branch decides: those of the whole, made stricter where it or one above said so."""
        book, values = self.book, dict(self.book.values)
        # From the whole downwards, so that what comes out never hangs on the order of a set.
        for above in sorted(self.branches[branch].above, key=lambda name: len(self.branches[name].above)):
            for key, value in self.branches[above].stricter.items():
                if stricter_or_equal(key, values[key], value):
                    values[key] = value
        return book if values == book.values else msgspec.structs.replace(book, values=values)

    # --- what is due ---

    def schedule(self, at: int, what: str, subject: str) -> None:
        """At this second, time does this."""
        self.scheduled += 1
        heapq.heappush(self.agenda, (at, self.scheduled, what, subject))

    def forget_first(self) -> None:
        """The earliest thing on the agenda came to nothing, or was done."""
        heapq.heappop(self.agenda)

    def await_(self, motion: Motion, what: str, days_: int, since: int | None = None) -> None:
        """The motion waits for ``what`` until the end of a local day, under its own rules."""
        start = self.at if since is None else since
        motion.awaits = what
        motion.deadline = days.deadline(start, days_, motion.rules["zone"])
        self.schedule(motion.deadline, what, motion.id)

    # --- who is who ---

    def power(self, person: str, power: str, branch: str, at: int) -> Mandate | None:
        """A live mandate of this person for an office with this power in this branch or one above it."""
        above = self.branches[branch].above
        for mandate in self.held.get(person, ()):
            office = self.offices[mandate.office]
            if mandate.live(at) and power in office.powers and office.branch in above:
                return mandate
        return None

    def below(self, branch: str) -> list[Branch]:
        """The branch and all branches under it."""
        return [found for found in self.branches.values() if branch in found.above]

    def may_vote_later(self, person: Person, branch: str, rules: Rulebook) -> bool:
        """Whether this person would be in an electorate of the branch that was frozen now."""
        return (
            person.standing in (Standing.MEMBER, Standing.STEPPED_BACK)
            and person.joined <= self.today() - rules["franchise_days"]
            and branch in self.branches[person.branch].above
        )

    def electorate(self, branch: str, rules: Rulebook, but: frozenset[str] = frozenset()) -> int:
        """How many would be in it now, without some people; who stepped back counts where the rulebook says so."""
        latest = self.today() - rules["franchise_days"]
        count = 0
        for found in self.below(branch):
            count += sum(found.joined.values()) - sum(n for day, n in found.joined.items() if day > latest)
            if not rules["stepped_back_in_quorum"]:
                count -= sum(n for day, n in found.away.items() if day <= latest)
        for name in but:
            person = self.people.get(name)
            if person and self.may_vote_later(person, branch, rules):
                count -= rules["stepped_back_in_quorum"] or person.standing is Standing.MEMBER
        return count

    def in_electorate(self, motion: Motion, person: Person) -> bool:
        """Whether this person is in the electorate frozen when the motion's vote opened."""
        return (
            person.admitted < motion.opened
            and person.joined <= motion.latest_joined
            and (
                person.standing is Standing.MEMBER
                or person.standing is Standing.STEPPED_BACK
                or (person.standing in (Standing.EXPELLED, Standing.UNDONE) and person.gone > motion.opened)
            )
            and motion.branch in self.branches[person.home_at(motion.opened)].above
            and person.id not in motion.subjects
        )


def fresh(polity: Polity, name: str) -> bool:
    """Whether nothing in the polity has this id yet."""
    return len(name) == ID_LENGTH and not (
        name in polity.people
        or name in polity.motions
        or name in polity.mandates
        or name in polity.offices
        or name in polity.branches
        or name in polity.batches
        or name in polity.recoveries
    )
