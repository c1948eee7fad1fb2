"""Who can be drawn: said by an officer, shown by rows, objected to, fixed."""

from collections.abc import Iterator

from msgspec.structs import replace

from ...lots.draws import DrawError, Rows, check_rows, check_specification, list_hash, pool_of, specification_hash
from ..kernel import days
from ..kernel.act import TIME
from ..kernel.agenda import Task
from ..kernel.ids import BranchId, DrawId, PersonId
from ..kernel.require import refuse, require_member, require_person, require_power, require_voter
from ..members.state import Standing
from ..motions.steps import outage_counts
from ..rulebook.book import Rulebook
from ..state import Polity
from .acts import AbandonDraw, AddRows, FreezePool, ObjectToPool, SpecifyDraw
from .require import WITNESSES, amiss, of, rows_in, specification_of
from .state import Held, Stage

POWER = "hold-draws"
BEFORE_CHANCE = (Stage.DECIDED, Stage.ROWS, Stage.OBJECTIONS, Stage.GIVING)


class Freezing(Task, frozen=True):
    """The days in which members object are over."""

    draw: DrawId


def who_can_be(polity: Polity, branch: BranchId, rules: Rulebook, at: int) -> Iterator[PersonId]:
    """Who could be drawn at this second: members of the branch who may vote in it, and who did not step back."""
    return (
        person.id
        for person in polity.people.values()
        if person.standing is Standing.MEMBER and polity.may_vote_later(person, branch, rules, at)
    )


def who_holds_keys(polity: Polity, branch: BranchId) -> Iterator[PersonId]:
    """Who could be asked in an audit: members of the branch with a live key, also who has stepped back or may not vote
    yet, or somebody who does not exist could step aside for as long."""
    return (
        name
        for name, holder in polity.keys.holders.items()
        if (person := polity.people.get(name)) is not None
        and person.active
        and branch in polity.branches[person.branch].above
        and next(holder.live(), None) is not None
    )


def drawn_from(polity: Polity, held: Held, at: int) -> Iterator[PersonId]:
    """Who could be drawn at this second for what this draw is for."""
    if held.is_audit:
        return who_holds_keys(polity, held.branch)
    return who_can_be(polity, held.branch, held.rules, at)


def eligible(polity: Polity, held: Held, at: int) -> int:
    """How many could be drawn at this second."""
    return sum(1 for _ in drawn_from(polity, held, at))


def judge_specify(polity: Polity, act: SpecifyDraw, at: int) -> None:
    held = of(polity, act.draw, Stage.DECIDED, Stage.ROWS, Stage.OBJECTIONS)
    require_member(polity, act, at)
    require_power(polity, act, at, POWER, held.branch)
    if held.is_audit and act.excluded:
        refuse(polity, "draws", "audit-of-all")
    for _reason, article, _people, _root in act.excluded:
        if polity.book.articles.get(article) is None:
            refuse(polity, "draws", "no-such-article", number=article)
    said = act.people + sum(people for _, _, people, _ in act.excluded)
    if said != (right := eligible(polity, held, at)):
        refuse(polity, "draws", "not-everybody", said=said, right=right)
    if act.people < held.effect.size:
        refuse(polity, "draws", "draw-size", size=held.effect.size, people=act.people)
    _check_witnesses(polity, act, held)


def _check_witnesses(polity: Polity, act: SpecifyDraw, held: Held) -> None:
    """Dice are seen by people who can seal, each one once, and not by the officer alone."""
    if held.effect.chance != "dice":
        if act.witnesses:
            refuse(polity, "draws", "no-dice")
        return
    if len(set(act.witnesses)) < len(act.witnesses):
        refuse(polity, "draws", "witness-twice-named")
    if len(act.witnesses) < WITNESSES:
        refuse(polity, "draws", "draw-dice-witnesses", wanted=WITNESSES)
    for name in act.witnesses:
        require_person(polity, name)
        if name == act.by:
            refuse(polity, "own_cause", "witness-yourself")
        if not polity.keys.can_seal(name):
            refuse(polity, "draws", "witness-without-key")


def apply_specify(polity: Polity, act: SpecifyDraw, at: int) -> None:
    """What was said before of this draw, and objections to it, are over."""
    held = of(polity, act.draw)
    held.specified, held.specified_at, held.entry = act, at, polity.size
    held.rows, held.objections, held.freezes, held.lengthened = [], {}, 0, 0
    held.stage = Stage.ROWS


def judge_rows(polity: Polity, act: AddRows, _at: int) -> None:
    held = of(polity, act.draw, Stage.ROWS)
    assert held.specified is not None
    total = held.specified.people + sum(people for _, _, people, _ in held.specified.excluded)
    if act.start != len(held.rows) or act.start + len(act.rows) > total:
        refuse(polity, "draws", "not-the-next-part", next=len(held.rows), said=act.start)
    if act.start + len(act.rows) == total:
        try:
            _check_all(replace(held, rows=[*held.rows, *rows_in(act.rows)]))
        except DrawError as error:
            amiss(polity, error)


def _check_all(held: Held) -> None:
    """All rows stand under the roots that were said, and nobody twice. Raises DrawError."""
    said = held.specified
    assert said is not None
    if len({row.mark for row in held.rows}) < len(held.rows):
        raise DrawError("row-twice", "rows")
    check_rows(Rows(people=said.people, root=said.root), held.pool, "pool")
    for (_reason, _article, people, root), rows in zip(said.excluded, held.excluded, strict=True):
        check_rows(Rows(people=people, root=root), rows, "excluded")
    columns: dict[str, int] = {}
    of_quota = [columns.setdefault(category, len(columns)) for category, *_ in held.effect.quotas]
    for row in held.rows:
        if [of_quota[one] if one < len(of_quota) else -1 for one in row.features] != list(range(len(columns))):
            raise DrawError("row-features", "rows")


def apply_rows(polity: Polity, act: AddRows, at: int) -> None:
    held = of(polity, act.draw)
    held.rows += rows_in(act.rows)
    said = held.specified
    assert said is not None
    if len(held.rows) == said.people + sum(people for _, _, people, _ in said.excluded):
        held.stage = Stage.OBJECTIONS
        held.freezes = days.deadline(at, held.rules["draw_objection_days"], held.rules["zone"])
        polity.agenda.plan(held.freezes, Freezing(held.id))


def judge_object(polity: Polity, act: ObjectToPool, at: int) -> None:
    held = of(polity, act.draw, Stage.OBJECTIONS)
    if held.is_audit:
        require_member(polity, act, at)
    else:
        require_voter(polity, act, at, held.branch, held.rules)
    if act.who in held.objections:
        refuse(polity, "draw_objection_days", "objected-already")


def apply_object(polity: Polity, act: ObjectToPool, _at: int) -> None:
    of(polity, act.draw).objections[act.who] = act.why


def due_freeze(polity: Polity, task: Freezing, planned: int, _at: int) -> FreezePool | None:
    held = of(polity, task.draw)
    if held.stage is not Stage.OBJECTIONS or held.freezes != planned:
        return None
    told = specification_of(polity, with_closing(held))
    return FreezePool(by=TIME, draw=held.id, specification=specification_hash(told).hex())


def longer_to_object(polity: Polity, task: Freezing, planned: int, off: int, on: int) -> None:
    held = of(polity, task.draw)
    if held.lengthened or held.freezes != planned or not outage_counts(held.rules, planned, off, on):
        return
    held.lengthened = on - off
    held.freezes = days.lengthened(planned, on - off, held.rules["zone"])
    polity.agenda.plan(held.freezes, task)


def with_closing(held: Held) -> Held:
    """The draw with the last second of its contributions, which follows from when objections are over."""
    closes = days.deadline(held.freezes, held.rules["draw_contribution_days"], held.rules["zone"])
    return replace(held, closes=closes)


def apply_freeze(polity: Polity, act: FreezePool, _at: int) -> None:
    from .giving import Ending

    held = of(polity, act.draw)
    held.closes = with_closing(held).closes
    held.specification = specification_of(polity, held)
    held.fixed = specification_hash(held.specification)
    held.listed = list_hash(None)
    held.stage = Stage.GIVING
    check_specification(held.specification)
    pool_of(held.specification, held.pool)
    polity.agenda.plan(held.closes + 1, Ending(held.id))


def judge_abandon(polity: Polity, act: AbandonDraw, at: int) -> None:
    held = of(polity, act.draw)
    require_member(polity, act, at)
    require_power(polity, act, at, POWER, held.branch)
    if held.stage not in BEFORE_CHANCE:
        refuse(polity, "draws", "chance-may-have-spoken")


def apply_abandon(polity: Polity, act: AbandonDraw, _at: int) -> None:
    held = of(polity, act.draw)
    held.stage, held.ended = Stage.OVER, act.why
