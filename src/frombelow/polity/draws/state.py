"""What stands of draws by lot."""

from enum import StrEnum

from msgspec import Struct

from ...lots.draws import Answer, PanelList, Row, Seats, Specification, Value
from ..kernel.ids import BranchId, DrawId, PersonId
from ..rulebook.book import Rulebook
from .acts import EndAudit, HoldDraw, SpecifyDraw


class Stage(StrEnum):
    """Where a draw stands."""

    DECIDED = "decided"  # nobody said yet who can be drawn
    ROWS = "rows"  # the rows of the pool come
    OBJECTIONS = "objections"
    GIVING = "giving"  # the panels come, and contributions
    CHANCE = "chance"  # contributions are closed, chance has not spoken
    FALLEN = "fallen"  # it has, and what follows is due
    DRAWN = "drawn"
    OVER = "over"  # abandoned or lapsed


# What a draw does at each of them, as sentences go on after its name.
STAGES = {
    Stage.DECIDED: "is decided, and nobody said who can be drawn", Stage.ROWS: "takes in its pool",
    Stage.OBJECTIONS: "is open to objections", Stage.GIVING: "is open to contributions",
    Stage.CHANCE: "waits for chance", Stage.FALLEN: "is being drawn", Stage.DRAWN: "is drawn", Stage.OVER: "is over",
}  # fmt: skip


class Given(Struct, frozen=True):
    """32 bytes that somebody contributed, and when."""

    value: str
    at: int


class Held(Struct):
    """A draw: decided by a motion, under whose rules it is held."""

    id: DrawId
    branch: BranchId
    effect: HoldDraw
    rules: Rulebook
    decided: int
    stage: Stage = Stage.DECIDED
    ended: str = ""  # why, where it is over without a panel
    specified: SpecifyDraw | None = None
    specified_at: int = 0
    entry: int = 0  # in which it was specified
    rows: list[Row] = []
    objections: dict[PersonId, str] = {}
    freezes: int = 0  # the second at which objections are over
    lengthened: int = 0
    specification: Specification | None = None
    text: list[str] = []  # of the panels, until all parts are there
    panels: PanelList | None = None
    closes: int = 0  # the last second of contributions
    given: dict[PersonId, Given] = {}
    seen: dict[PersonId, tuple[tuple[int, ...], int, int]] = {}  # what a witness saw, when, in which entry
    value: Value | None = None
    fixed: bytes = b""  # the hashes of specification, panels, and what was contributed
    listed: bytes = b""
    closed: bytes = b""
    seed: bytes = b""
    seats: Seats | None = None
    drawn: tuple[int, ...] = ()
    answers: list[Answer] = []
    asked: dict[int, int] = {}  # of who sits and has not answered, until when
    accepted: dict[int, PersonId] = {}
    asks_until: int = 0  # of an audit, the second at which asking is over
    findings: dict[int, dict[PersonId, bool]] = {}  # of each row of it, who found what
    audited: EndAudit | None = None

    @property
    def is_audit(self) -> bool:
        """Whether those who are drawn are asked, and take no seat."""
        return self.effect.purpose == "audit"

    @property
    def pool(self) -> list[Row]:
        """The rows of those who can be drawn."""
        return self.rows[: self.specified.people] if self.specified else []

    @property
    def excluded(self) -> list[list[Row]]:
        """The rows of those who cannot, by each reason."""
        found, start = [], len(self.pool)
        for _reason, _article, people, _root in self.specified.excluded if self.specified else ():
            found.append(self.rows[start : start + people])
            start += people
        return found

    @property
    def listing(self) -> bool:
        """Whether panels have to be listed and are not yet."""
        return self.stage is Stage.GIVING and bool(self.effect.quotas) and self.panels is None


class Draws(Struct):
    """Every draw, and the latest one of each purpose and task in a branch."""

    held: dict[DrawId, Held] = {}
    latest: dict[tuple[BranchId, str], DrawId] = {}

    @property
    def drawn(self) -> int:
        """How many came to a panel."""
        return sum(held.stage is Stage.DRAWN for held in self.held.values())

    @property
    def audits(self) -> list[EndAudit]:
        """What each audit that is over found."""
        return [held.audited for held in self.held.values() if held.audited is not None]
