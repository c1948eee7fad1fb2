"""A draw as its page shows it: each step, what it holds, and what its reader can do now."""

import re
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from frombelow.lots.draws import QUICKNET, Drand, Rolled, specification_hash
from frombelow.polity import Polity
from frombelow.polity.draws.auditing import tally
from frombelow.polity.draws.pooling import POWER
from frombelow.polity.draws.state import STAGES, Held, Stage
from frombelow.polity.draws.subject import CHANCES, ENDS, OBJECTIONS, PURPOSES
from frombelow.polity.kernel import days
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import Person
from frombelow_site.people.groups import called as category
from frombelow_site.people.groups import group_called
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import date_of, figure, local, percent

from . import auditing, queries
from .forms import BeaconForm, DiceForm
from .models import Place, Pool

ORDER = tuple(Stage)
SHOWN = 50  # contributions on a page; all of them stand in the file


class Line(NamedTuple):
    """A group of the quotas: what it is called, how many of the pool are of it, and how many sit."""

    category: str
    feature: str
    people: str
    least: int
    most: int
    sit: int | None


class Step(NamedTuple):
    """A step of the draw: what it is called, "done", "now" or "coming", and more of it."""

    name: str
    state: str
    more: str


def is_value(text: str) -> bool:
    """Whether these are 32 bytes as a device draws them."""
    return re.fullmatch("[0-9a-f]{64}", text) is not None


def round_of(held: Held) -> int:
    """The round of the beacon that was fixed; 0 for none."""
    second = held.specification.second if held.specification else None
    return second.round if isinstance(second, Drand) else 0


def rows(polity: Polity) -> list[dict[str, Any]]:
    """The list of draws."""
    return [
        {"held": held, "state": state(held), "branch": polity.branches[held.branch].name, "until": waits_until(held)}
        for held in queries.draws(polity)
    ]


def state(held: Held) -> str:
    """Where it stands, in words that go on after its name."""
    if held.stage is Stage.OVER:
        return _("It is over without a panel: %(why)s.") % {"why": _(ENDS[held.ended])}
    if held.is_audit and held.stage is Stage.DRAWN:
        return _("Its days of asking are over.") if held.audited else _("Those who were drawn are asked now.")
    if held.stage is Stage.DRAWN and not held.asked:
        return _("It is drawn, and everybody has answered.")
    return _("It %(state)s.") % {"state": _(STAGES[held.stage])}


def waits_until(held: Held) -> int:
    """Until when its step lasts; 0 where nothing is waited for."""
    if auditing.is_asking(held):
        return held.asks_until
    return {
        Stage.OBJECTIONS: held.freezes, Stage.GIVING: held.closes,
        Stage.CHANCE: days.deadline(held.closes + 1, held.rules["draw_chance_days"], held.rules["zone"]),
    }.get(held.stage, 0)  # fmt: skip


def steps(held: Held) -> list[Step]:
    """The steps of the draw, in their order."""
    here = ORDER.index(held.stage)
    told = (
        (_("Decided"), Stage.DECIDED, date_of(local(held.decided))),
        (_("Who can be drawn"), Stage.ROWS, figure(held.specified.people) if held.specified else ""),
        (_("Objections"), Stage.OBJECTIONS, figure(len(held.objections)) if held.freezes else ""),
        (_("Panels and contributions"), Stage.GIVING, figure(len(held.given)) if held.specification else ""),
        (_("Chance"), Stage.CHANCE, _(CHANCES[held.effect.chance])),
        (_("Drawn"), Stage.DRAWN, ""),
    )
    over = held.stage is Stage.OVER
    found = []
    for name, stage, more in told:
        place = ORDER.index(stage)
        done = place < here or (stage is Stage.DRAWN and held.stage is Stage.DRAWN and not held.asked)
        now = stage is held.stage or (stage is Stage.CHANCE and held.stage is Stage.FALLEN)
        found.append(Step(name, "coming" if over else "done" if done else "now" if now else "coming", more))
    return [*found[:-1], *_asking(held, found[-1])] if held.is_audit else found


def _asking(held: Held, drawn: Step) -> list[Step]:
    """The last steps of an audit: who is drawn is asked."""
    if held.stage is not Stage.DRAWN:
        return [drawn, Step(_("Asked, outside the server"), "coming", "")]
    told = tally(held)
    asked = _("%(done)s of %(drawn)s") % {"done": figure(told.true + told.false), "drawn": figure(len(held.drawn))}
    return [
        drawn._replace(state="done"), Step(_("Asked, outside the server"), "done" if held.audited else "now", asked),
    ]  # fmt: skip


def lines(held: Held) -> list[Line]:
    """The quotas beside what the pool holds and who sits."""
    people, found = queries.in_pool(held), []
    seated = held.seats.panel if held.seats and held.stage is Stage.DRAWN else None
    for n, (name, feature, least, most) in enumerate(held.effect.quotas):
        sit = None if seated is None else sum(n in held.pool[row].features for row in seated)
        found.append(
            Line(category(name), group_called(name, feature), figure(people[n]) if people else "", least, most, sit)
        )
    return found


def picture(held: Held, told: list[Line]) -> list[dict[str, int]]:
    """Of each group the span that its quota allows, and how many sit, as a bar of as many parts as are drawn."""
    size = held.effect.size
    part = 1000 // size
    return [
        {"from": line.least * part, "width": max(0, line.most - line.least) * part, "sit": (line.sit or 0) * part,
         "whole": size * part}
        for line in told
    ]  # fmt: skip


def chance_of(held: Held, place: Place) -> Fraction | None:
    """The chance of this row; None where it is not known yet."""
    if place.out >= 0:
        return Fraction(0)
    if not held.effect.quotas:
        return Fraction(held.effect.size, len(held.pool)) if held.pool else None
    return Fraction(queries.sits(held, place.number), len(held.panels.panels)) if held.panels else None


def mine(held: Held, person: Person) -> dict[str, Any] | None:
    """The reader's own row: its number, what it counts for, their chance and why."""
    place = queries.place_of(held.id, person.id)
    if place is None or held.stage in (Stage.DECIDED, Stage.ROWS):
        return None
    chance = chance_of(held, place)
    reason = held.specified.excluded[place.out] if held.specified and place.out >= 0 else None
    told = lines(held)
    return {
        "place": place, "salt": bytes(place.salt).hex(), "out": reason,
        "chance": "" if chance is None else percent(chance),
        "groups": [told[quota] for quota in place.features],
        "asked": held.asked.get(place.number, 0) if held.stage is Stage.DRAWN else 0,
        "accepted": place.number in held.accepted,
    }  # fmt: skip


def seats(held: Held) -> list[dict[str, Any]]:
    """Who sits: by name who accepted, by row who has not answered."""
    if held.seats is None or held.stage is not Stage.DRAWN or held.is_audit:
        return []
    called = names(held.accepted.values())
    return [
        {"row": row, "name": called.get(held.accepted[row], "") if row in held.accepted else "",
         "until": held.asked.get(row, 0),
         "groups": [group_called(*held.effect.quotas[n][:2]) for n in held.pool[row].features]}
        for row in held.seats.panel
    ]  # fmt: skip


def draw(polity: Polity, held: Held, person: Person, at: int) -> dict[str, Any]:
    """All that the page of a draw shows."""
    told, officer = lines(held), polity.power(person.id, POWER, held.branch, at) is not None
    witnesses = list(held.specified.witnesses) if held.specified else []
    given = list(held.given.items())[:SHOWN]
    asked = [*(name for name, _one in given), *held.seen, *witnesses, *held.objections]
    called = names(dict.fromkeys(asked))
    row = Pool.objects.filter(pk=held.id).first() if officer else None
    drawn = held.stage is Stage.DRAWN
    return {
        "audit": auditing.told(polity, held, person.id, at),
        "held": held, "effect": held.effect, "purpose": _(PURPOSES[held.effect.purpose]), "state": state(held),
        "until": waits_until(held), "steps": steps(held), "lines": told, "branch": polity.branches[held.branch].name,
        "bars": picture(held, told) if drawn else [], "mine": mine(held, person), "seats": seats(held),
        "reserves": held.seats.reserves(held.effect.reserves) if held.seats and drawn else (),
        "empty": held.seats.empty if held.seats else 0, "officer": officer, "row": row,
        "fresh": bool(row and row.root and (held.specified is None or row.root != held.specified.root)),
        "running": row is not None and row.state == Pool.State.RUNNING and row.touched > at - 60,
        "preparing": {"witnesses": [called_of(name) for name in row.witnesses]} if row and row.root else None,
        "excluded_flat": [str(part) for each in row.excluded for part in each] if row else [],
        "witnesses": [(called.get(name, ""), held.seen.get(name)) for name in witnesses],
        "is_witness": person.id in witnesses, "saw": held.seen.get(person.id),
        "given": [(called.get(name, ""), one.value) for name, one in given],
        "gave": person.id in held.given, "can_seal": polity.keys.can_seal(person.id),
        "objected": person.id in held.objections,
        "objections": [(called.get(name, ""), _(OBJECTIONS[why])) for name, why in held.objections.items()],
        "dice_form": DiceForm(), "beacon_form": BeaconForm(round=round_of(held)), "round": round_of(held),
        "beacon_address": f"https://api.drand.sh/{QUICKNET.hash}/public/{round_of(held)}",
        "shown": held.value.shown if isinstance(held.value, Rolled) else (),
        "hash": specification_hash(held.specification).hex() if held.specification else "",
        "before_chance": held.stage in (Stage.DECIDED, Stage.ROWS, Stage.OBJECTIONS, Stage.GIVING),
        "ends_with": [(key, _(ENDS[key])) for key in ("no-panel", "mistake", "not-needed")],
        "wrong": [("missing", _("I am not in it")), ("wrong-row", _("What it says of me is wrong")),
                  ("excluded", _("I am left out wrongly"))],
        "article": polity.book.articles[polity.book.article("draws")],
    }  # fmt: skip


def called_of(person: PersonId) -> str:
    """The person's name."""
    return names([person])[person]
