"""What is put to the members: a motion, the recall of a mandate, the appeal against a ruling."""

from enum import StrEnum

from msgspec import Struct, field

from ...counting.thresholds import Tally
from ..kernel.act import Effect
from ..kernel.ids import AttachmentId, BranchId, KeyId, MotionId, NoId, PersonId
from ..rulebook.book import Rulebook
from ..votes.state import Electorate, Poll
from .stages import STAGES, Stage

NEVER = 2**62


class Class(StrEnum):
    """Which majority something needs: that of the gravest thing it does."""

    ORDINARY = "majority"
    RULES = "rulebook_majority"
    EXPULSION = "expulsion_majority"
    DISSOLUTION = "dissolution_majority"
    RECALL = "recall"
    APPEAL = "appeal"
    LIST = "list"


class Question(Struct):
    """Something on its way to a vote, under the rules of the day on which it began. Three things that are never one:
    stage, outcome, disposition (what became of its effects)."""

    id: MotionId
    mover: PersonId
    branch: BranchId
    text: str
    rules: Rulebook  # as they stood when it was moved
    moved: int
    stage: Stage
    subjects: frozenset[PersonId]  # whom it is about, and who does not vote on it
    heard: frozenset[PersonId] = frozenset()  # whom it concerns: they reply first, and none of them handles it
    replies: dict[PersonId, str] = field(default_factory=dict)
    deadline: int = NEVER
    awaits: str = ""  # what comes at the deadline
    lengthened: int = 0  # by so many seconds, the window it is in: so long the server was off during it
    opens: int = 0  # when time opens the vote at the latest
    poll: Poll | None = None  # from the moment at which its vote opens
    adjourned: bool = False
    seals: dict[KeyId, int] = {}  # how many answers on it each key sealed, until it is over
    seals_read: int = 0  # of these in a round whose answers were read before it was held once more
    sealed_only: bool = False  # held once more since answers were disowned: with sealed answers and on paper
    first_round: Electorate | None = None  # that of a vote without a quorum, which was adjourned
    adjourned_with: Tally | None = None  # the figures of the round that is held once more
    lapsed: str = ""  # why it did, if it lapsed
    outcome: str = ""
    article: str = ""  # that decided it
    closed_at: int = 0
    settled: int = 0  # the last second for which its result rested
    disposition: str = ""
    entry: int = 0  # with which it began
    number: str = ""  # M-2026-07
    needed: int = 0  # how many have to support it before it goes on

    @property
    def kind(self) -> Class:
        return Class.ORDINARY

    @property
    def supporters(self) -> set[PersonId]:
        """Who seconds or signs it."""
        return set()

    @property
    def over(self) -> bool:
        return STAGES[self.stage].over

    @property
    def gone(self) -> bool:
        """Whether nothing comes of it any more: what is ruled out goes on where an appeal is carried."""
        return self.over and self.stage is not Stage.RULED_OUT

    @property
    def closed_on(self) -> int:
        """The last second of its vote, or of the time in which what rested could be disowned, once that is over: most
        end with a day, and time closes them on the next."""
        return self.settled or (self.poll.closes - 1 if self.poll and self.closed_at else 0)

    @property
    def way(self) -> tuple[Stage, ...]:
        """The stages that lie before it when nothing stops it."""
        return (Stage.DEBATE, Stage.VOTING, Stage.DECIDED)

    @property
    def clock(self) -> str:
        """The setting that gives the days of the stage it is in; "" where the stage has no fixed length."""
        return STAGES[self.stage].clock

    # --- its vote ---

    @property
    def answers(self) -> dict[PersonId, str]:
        """Each person's answer until its vote is decided; nothing otherwise."""
        return self.poll.answers if self.poll else {}

    @property
    def yes(self) -> int:
        return self.poll.yes if self.poll else 0

    @property
    def no(self) -> int:
        return self.poll.no if self.poll else 0

    @property
    def abstain(self) -> int:
        return self.poll.abstain if self.poll else 0

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def eligible(self) -> int:
        """The electorate's size for quorum and shares; 0 before the vote opens."""
        return self.poll.eligible if self.poll else 0


class Motion(Question):
    """What a member moves: words, and what follows from them if it is carried."""

    effects: tuple[Effect, ...] = ()
    gravity: Class = Class.ORDINARY
    doubled: bool = False  # asked again so soon that it needs twice the seconders
    seconders: set[PersonId] = set()
    attachments: dict[AttachmentId, str] = {}  # to the commitment to its bytes
    again: MotionId | NoId = ""  # the motion that it asks again
    ruling: tuple[PersonId, str] | None = None  # the officer and the article
    appeals: tuple[MotionId, ...] = ()  # against the ruling, the latest last
    appeal_longer: int = 0  # by so many seconds, the time to appeal that runs: so long the server was off during it
    voided: tuple[int, ...] = ()
    restated_at: int = 0  # when its mover last said a change of rules anew
    reworded: bool = False  # whether in other words

    @property
    def kind(self) -> Class:
        return self.gravity

    @property
    def supporters(self) -> set[PersonId]:
        return self.seconders

    @property
    def appeal(self) -> MotionId | NoId:
        """The latest appeal against the ruling; "" where there is none."""
        return self.appeals[-1] if self.appeals else ""

    @property
    def way(self) -> tuple[Stage, ...]:
        reply = (Stage.REPLY,) if self.heard else ()
        return (Stage.SECONDING, Stage.ADMISSIBILITY, *reply, Stage.DEBATE, Stage.VOTING, Stage.DECIDED)

    @property
    def clock(self) -> str:
        if self.stage is Stage.DEBATE and self.gravity is Class.DISSOLUTION:
            return "dissolution_days"
        return STAGES[self.stage].clock


class Appeal(Question):
    """Members ask all members to overturn a ruling."""

    ruled: MotionId = MotionId("")  # the motion that was ruled out

    @property
    def kind(self) -> Class:
        return Class.APPEAL

    @property
    def way(self) -> tuple[Stage, ...]:
        return (Stage.VOTING, Stage.DECIDED)  # it opens in the second in which it is moved

    @property
    def clock(self) -> str:
        return "" if self.stage is Stage.DEBATE else STAGES[self.stage].clock
