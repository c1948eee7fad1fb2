"""Who may vote, and a vote in which they do. Whatever is put to a vote (a motion, a recall, an appeal) holds a poll."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from ...counting.thresholds import Tally
from ..kernel.ids import BranchId, PersonId
from ..members.state import Person, Standing
from ..rulebook.book import Rulebook
from .acts import Answers

if TYPE_CHECKING:
    from ..state import Polity


class Electorate(Struct):
    """Who may vote, frozen by the entry with the index ``opened``: the members of a branch who had joined by a day, but
    some, and those on lists that were not let through by then."""

    branch: BranchId
    opened: int
    latest_joined: int  # local day (ordinal)
    without: frozenset[PersonId]
    size: int
    outside: frozenset[int] = frozenset()

    def holds(self, polity: "Polity", person: Person) -> bool:
        """Whether this person may vote. Who was expelled or taken back later still does; who left does not."""
        return (
            person.admitted < self.opened
            and person.joined <= self.latest_joined
            and (
                person.standing is Standing.MEMBER
                or person.standing is Standing.STEPPED_BACK
                or (person.standing in (Standing.EXPELLED, Standing.UNDONE) and person.gone > self.opened)
            )
            and self.branch in polity.branches[person.home_at(self.opened)].above
            and person.id not in self.without
            and person.listed not in self.outside
            and self.outside.isdisjoint(person.arrived)
        )


# What an answer stands on: a key of somebody in whose name nothing stands without one; another key from before the
# vote; paper, by the word of two officers; else the word of the server.
BOUND, KNOWN, PAPER, REST = "bound", "known", "paper", ""
APART = (BOUND, KNOWN, PAPER)


class Figures(NamedTuple):
    """Some of the answers to a question, counted; ``away`` of them by people who count only since they answered."""

    yes: int = 0
    no: int = 0
    abstain: int = 0
    away: int = 0

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def answers(self) -> Answers:
        return self.yes, self.no, self.abstain

    def plus(self, choice: str, n: int, away: int) -> "Figures":
        """With ``n`` more of this answer."""
        return self._replace(**{choice: getattr(self, choice) + n, "away": self.away + away})

    def and_(self, other: "Figures") -> "Figures":
        """With those others beside them."""
        return Figures(*(here + there for here, there in zip(self, other, strict=True)))

    def less(self, other: "Figures") -> "Figures":
        """Without those others, which are among them."""
        return Figures(*(here - there for here, there in zip(self, other, strict=True)))


class Poll(Struct):
    """A vote with yes, no and abstain. ``majorities`` are the settings whose majority its question needs, the gravest
    first: each of them. ``answers`` holds each person's latest one until it is decided, and nothing afterwards;
    ``parts`` on what an answer stands that is not on the server's word alone. ``papers`` are the answers on paper that
    one officer handed in and no other yet, by person and officer. ``asked`` are those who say that an answer is not
    theirs, with who vouches for them; ``disowned`` those of them who have shown it. ``against_paper``
    are those who answered without a key where that counts against paper alone."""

    electorate: Electorate
    rules: Rulebook
    majorities: tuple[str, ...]
    closes: int
    opened_at: int
    answers: dict[PersonId, str]
    yes: int = 0
    no: int = 0
    abstain: int = 0
    away_cast: int = 0  # of those who had stepped back and count only once they vote
    bound: Figures = Figures()
    known: Figures = Figures()
    paper: Figures = Figures()
    parts: dict[PersonId, str] = {}
    papers: dict[PersonId, dict[PersonId, str]] = {}
    asked: dict[PersonId, tuple[PersonId, ...]] = {}
    disowned: set[PersonId] = set()
    against_paper: set[PersonId] = set()

    @property
    def eligible(self) -> int:
        """The electorate's size for quorum and shares: who stepped back counts once they vote."""
        return self.electorate.size + self.away_cast

    @property
    def tally(self) -> Tally:
        """The figures as they are counted."""
        return Tally(self.yes, self.no, self.abstain, self.eligible)

    @property
    def rest(self) -> Figures:
        """The answers that stand on the server's word alone."""
        whole = Figures(self.yes, self.no, self.abstain, self.away_cast)
        return whole.less(self.bound).less(self.known).less(self.paper)

    def on_word(self) -> Iterator[PersonId]:
        """Those whose answers stand on the server's word alone."""
        return filter(self.is_on_word, self.answers)

    def is_on_word(self, person: PersonId) -> bool:
        """Whether this person's answer stands on the server's word alone."""
        return person in self.answers and person not in self.parts

    def answer(self, person: Person, choice: str, part: str) -> None:
        """The person's answer counts, instead of an earlier one."""
        before = self.answers.get(person.id)
        was = self.parts.pop(person.id, REST) if self.parts else REST
        if before is not None:
            setattr(self, before, getattr(self, before) - 1)
        else:
            self.away_cast += self._away(person)
        self.answers[person.id] = choice
        setattr(self, choice, getattr(self, choice) + 1)
        if before is not None and was:
            setattr(self, was, getattr(self, was).plus(before, -1, -self._away(person)))
        if part:
            self.parts[person.id] = part
            setattr(self, part, getattr(self, part).plus(choice, 1, self._away(person)))

    def answered_themselves(self, person: PersonId) -> bool:
        """Whether the person answered by a key or on a page: nothing on paper counts for them any more."""
        return person in self.against_paper or (person in self.answers and self.parts.get(person) != PAPER)

    def stands_against_paper(self, person: Person) -> None:
        """Nothing on paper counts for the person, and their answer for nothing else."""
        self.against_paper.add(person.id)
        choice, part = self.answers.pop(person.id), self.parts.pop(person.id, REST)
        away = self._away(person)
        setattr(self, choice, getattr(self, choice) - 1)
        self.away_cast -= away
        if part:
            setattr(self, part, getattr(self, part).plus(choice, -1, -away))

    def of(self, person: Person) -> Figures:
        """The person's answer alone, as figures."""
        return Figures().plus(self.answers[person.id], 1, self._away(person))

    def _away(self, person: Person) -> int:
        """1 for who had stepped back, where they count only once they vote."""
        return int(not self.rules["stepped_back_in_quorum"] and person.away_at(self.electorate.opened))

    def forget(self) -> None:
        """It is decided: the figures stand, and who answered how is in the record."""
        self.answers, self.parts, self.papers, self.asked = {}, {}, {}, {}
        self.disowned, self.against_paper = set(), set()
