"""A draw by lot: decided, specified, contributed to, drawn, answered."""

from typing import Annotated, Literal

from msgspec import Meta

from ...lots.draws.formats import MOST_PEOPLE
from ..kernel.act import Act, Effect
from ..kernel.fields import Count, Day, Number, Title
from ..kernel.ids import DrawId, PersonId

AT_ONCE = 512  # rows in a batch
MOST_SEATS, MOST_WITNESSES = 1_000, 20

Hex = Annotated[str, Meta(pattern="^[0-9a-f]{64}$(?!\\n)")]  # as files of draws have it
Salt = Annotated[str, Meta(pattern="^[0-9a-f]{32}$(?!\\n)")]
Least = Annotated[int, Meta(ge=0, le=MOST_SEATS)]
Quotas = Annotated[tuple[tuple[Title, Title, Least, Least], ...], Meta(max_length=100)]
People = Annotated[int, Meta(ge=0, le=MOST_PEOPLE)]
Row = tuple[Annotated[tuple[Annotated[int, Meta(ge=0, lt=100)], ...], Meta(max_length=20)], Hex]
Place = Annotated[int, Meta(ge=0, lt=MOST_PEOPLE)]
Purpose = Literal["panel", "registrars", "tellers", "askers", "audit"]


class HoldDraw(Effect, tag="hold-draw", frozen=True):
    """So many members of the branch are drawn by lot for a task that is over after the day ``until``. Of each category
    and feature at least and at most so many sit; without quotas everybody's chance is the same. Chance is dice rolled
    before witnesses, or a round of drand's beacon. Who is drawn in an audit takes no seat: until that day they are
    asked by those who were drawn to ask."""

    purpose: Purpose
    task: Title
    size: Annotated[int, Meta(ge=1, le=MOST_SEATS)]
    reserves: Annotated[int, Meta(ge=0, le=MOST_SEATS)]
    chance: Literal["dice", "drand"]
    until: Day
    quotas: Quotas = ()


class SpecifyDraw(Act, tag="draws.specify", frozen=True, kw_only=True):
    """An officer says who can be drawn: how many, under which root; who cannot, by which article, as so many under a
    root each (reason, article, people, root); and who sees the dice."""

    draw: DrawId
    people: People
    root: Hex
    excluded: Annotated[tuple[tuple[Title, Number, People, Hex], ...], Meta(max_length=20)] = ()
    witnesses: Annotated[tuple[PersonId, ...], Meta(max_length=MOST_WITNESSES)] = ()


class AddRows(Act, tag="draws.rows", frozen=True, kw_only=True):
    """The next rows of the pool, and after it of those who are excluded: what quotas count of each, and a mark that
    only who has its salt can tell is theirs. All of them stand under the roots that were said."""

    draw: DrawId
    start: Count
    rows: Annotated[tuple[Row, ...], Meta(min_length=1, max_length=AT_ONCE)]


class ObjectToPool(Act, tag="draws.object", frozen=True, kw_only=True):
    """A member says that the pool is wrong about them."""

    draw: DrawId
    why: Literal["missing", "wrong-row", "excluded"]


class FreezePool(Act, tag="draws.freeze", frozen=True, kw_only=True):
    """Time ends the objections: all that chance decides about is fixed, under this hash."""

    draw: DrawId
    specification: Hex


class ListPanels(Act, tag="draws.list", frozen=True, kw_only=True):
    """A part of the panels of which one will be drawn, as JSON text, with the certificate that no lottery is fairer.
    The last part is taken if each panel keeps the quotas and the certificate holds."""

    draw: DrawId
    part: Annotated[int, Meta(ge=0, le=2_000)]
    parts: Annotated[int, Meta(ge=1, le=2_000)]
    text: Annotated[str, Meta(min_length=1, max_length=50_000)]


class Contribute(Act, tag="draws.contribute", frozen=True, kw_only=True):
    """32 bytes that a member's device drew: they go into the seed."""

    draw: DrawId
    value: Hex


class CloseGiving(Act, tag="draws.close", frozen=True, kw_only=True):
    """Time closes the contributions: how many there are, and the hash over them."""

    draw: DrawId
    given: Count
    closing: Hex


class SeeDice(Act, tag="draws.witness", frozen=True, kw_only=True):
    """A witness says what the dice showed, in the order in which they were rolled. It counts once three say so."""

    draw: DrawId
    shown: Annotated[tuple[Annotated[int, Meta(ge=0, le=1_000)], ...], Meta(max_length=100)]


class EnterRound(Act, tag="draws.beacon", frozen=True, kw_only=True):
    """What the beacon said in the round that was fixed, with its signature."""

    draw: DrawId
    round: Count
    signature: Annotated[str, Meta(pattern="^[0-9a-f]{96}$(?!\\n)")]


class DrawPanel(Act, tag="draws.result", frozen=True, kw_only=True):
    """What follows: the seed, who sits, and the next in the order, by their rows."""

    draw: DrawId
    seed: Hex
    panel: Annotated[tuple[Place, ...], Meta(max_length=MOST_SEATS)]
    reserves: Annotated[tuple[Place, ...], Meta(max_length=MOST_SEATS)]


class AcceptSeat(Act, tag="draws.accept", frozen=True, kw_only=True):
    """Somebody who was drawn takes the seat, and shows that the row is theirs."""

    draw: DrawId
    row: Place
    salt: Salt


class DeclineSeat(Act, tag="draws.decline", frozen=True, kw_only=True):
    """Somebody who was drawn gives the seat to the next in the order, and shows that the row is theirs."""

    draw: DrawId
    row: Place
    salt: Salt


class PassOver(Act, tag="draws.pass-over", frozen=True, kw_only=True):
    """Time gives the seat of who did not answer to the next in the order."""

    draw: DrawId
    row: Place


class LookAtAsked(Act, tag="draws.look", frozen=True, kw_only=True):
    """The server says that it shows somebody who asks the names of those who were drawn in an audit."""

    draw: DrawId
    person: PersonId


class FindAsked(Act, tag="draws.found", frozen=True, kw_only=True):
    """Somebody who asks says what they found about a row: "true" where whoever it is bound their keys and did what
    stands in their name. Their own row, with its salt, shows that it is another."""

    draw: DrawId
    row: Place
    found: Literal["true", "false"]
    own: Place
    salt: Salt


class EndAudit(Act, tag="draws.audited", frozen=True, kw_only=True):
    """Time ends an audit: how many were drawn to be asked out of how many, what was found, who was not reached, and
    how many of all can be false at most."""

    draw: DrawId
    people: People
    asked: Least
    true: Least
    false: Least
    unreached: Least
    most: People


class AbandonDraw(Act, tag="draws.abandon", frozen=True, kw_only=True):
    """An officer gives a draw up before chance can have spoken."""

    draw: DrawId
    why: Literal["no-panel", "mistake", "not-needed"]


class LapseDraw(Act, tag="draws.lapse", frozen=True, kw_only=True):
    """Time ends a draw for which there were no panels when contributions closed, or to which chance never spoke."""

    draw: DrawId
    why: Literal["no-list", "no-chance"]
