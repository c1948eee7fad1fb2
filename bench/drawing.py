"""A draw by lot with a large pool, to which members contribute now."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from frombelow.lots.draws import list_panels, root_of
from frombelow.polity.draws.acts import AT_ONCE, AddRows, HoldDraw, ListPanels, SpecifyDraw
from frombelow.polity.draws.pooling import POWER, who_can_be
from frombelow.polity.draws.state import Draws, Held
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.drafts import under
from frombelow.polity.kernel.ids import DrawId, MotionId, Nonce
from frombelow.polity.motions.acts import Move, Second
from frombelow.polity.motions.effects import made_by
from frombelow.polity.votes.acts import CastVote

from .inside import admitting, founded

if TYPE_CHECKING:
    from frombelow_site.door.door import Door

FOUNDERS, PANEL, LETTERS = 8, 12, 40_000
DAY = 86_400


def hold(members: int) -> str:
    """The id of a draw of twelve of so many members, by their years; contributions are open, its panels listed."""
    clock = [int(time.time()) - 60 * DAY]
    # So few have to answer that a bench is not one of votes.
    door = founded(
        Path(os.environ["FROMBELOW_DATA"]), FOUNDERS, clock=lambda: clock[0], quorum={"yes_of_eligible": "1%"}
    )
    from script.make_roll import make_roll

    from frombelow_site.roll.actions import import_roll
    from frombelow_site.ui import background

    officer = admitting(door.polity())
    import_roll(make_roll(members - FOUNDERS, 7), officer.person, officer.id, door.polity().root)
    with background.nothing():
        name = _decided(door, clock, members // 90 + FOUNDERS)
    clock[0] = int(time.time()) - 8 * DAY  # objections are over by now, and contributions are not
    door.tick()
    _specify(door, name)
    while _held(door, name).specification is None:
        clock[0] += DAY
        door.tick()
    _list(door, name)
    return name


def _held(door: Door, name: DrawId) -> Held:
    return door.polity().part(Draws).held[name]


def _decided(door: Door, clock: list[int], answers: int) -> DrawId:
    """The draw that so many members answered yes to."""
    from frombelow_site.decide.actions import words as words_of
    from frombelow_site.door import new_id
    from frombelow_site.people.groups import BANDS, LONGER, YEARS

    polity, motion = door.polity(), MotionId(new_id())
    groups = (*(name for _under, name in BANDS), LONGER)
    effect = HoldDraw(
        purpose="panel", task="look at the fund", size=PANEL, reserves=6, chance="drand",
        until=polity.today(clock[0]) + 300, quotas=tuple((YEARS, group, 0, PANEL) for group in groups),
    )  # fmt: skip
    words, (mover, *others) = words_of(motion, "Draw twelve", "Let chance say."), list(polity.people)
    door.perform(Move(by=mover, motion=motion, branch=polity.root, text=words.commitment, effects=(effect,)), words)
    for person in others[: door.polity().motions[motion].needed]:
        door.perform(Second(by=person, motion=motion))
    while not (question := door.polity().motions[motion]).over:
        clock[0] += DAY
        door.tick()
        if question.stage == "voting" and not question.answers:
            for person in others[:answers]:
                door.perform(CastVote(by=person, poll=motion, choice="yes", nonce=Nonce(new_id())))
    return DrawId(made_by(motion, 0, effect))


def _specify(door: Door, name: DrawId) -> None:
    """Everybody's row stands in the record."""
    from frombelow_site.draws import actions
    from frombelow_site.draws.models import Place

    polity, held = door.polity(), _held(door, name)
    people = list(who_can_be(polity, held.branch, held.rules, door.now()))
    places = actions.rows_for(polity, held, people, door.now())
    for number, place in enumerate(places):
        place.number = number
    Place.objects.bulk_create(places, batch_size=2_000)
    rows, officer = list(map(actions.row_of, places)), admitting(polity).person
    mandate = under(polity, officer, POWER, held.branch, door.now())
    door.perform(SpecifyDraw(by=officer, under=mandate, draw=name, people=len(rows), root=root_of(rows)))
    for start in range(0, len(rows), AT_ONCE):
        part = tuple((row.features, row.mark) for row in rows[start : start + AT_ONCE])
        door.perform(AddRows(by=SERVER, draw=name, start=start, rows=part))


def _list(door: Door, name: DrawId) -> None:
    """Its panels stand in the record."""
    held = _held(door, name)
    assert held.specification is not None
    text = msgspec.json.encode(list_panels(held.specification, held.pool, None)).decode()
    parts = [text[n : n + LETTERS] for n in range(0, len(text), LETTERS)]
    for n, part in enumerate(parts):
        door.perform(ListPanels(by=SERVER, draw=name, part=n, parts=len(parts), text=part))
