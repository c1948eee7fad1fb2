"""A draw is decided: for what, how many, by which quotas and which chance."""

from collections.abc import Mapping

from ...alike import looks
from ..kernel.ids import BranchId, DrawId
from ..kernel.require import refuse, require_branch
from ..motions.deciding import Deciding
from ..state import Polity
from .acts import HoldDraw
from .state import Draws, Held, Stage


def called(effect: HoldDraw) -> str:
    """What a draw is for, however it is written: a panel's is its task, every other purpose is one."""
    return effect.purpose if effect.purpose != "panel" else f"panel {looks(effect.task.casefold())}"


def check_hold(polity: Polity, effect: HoldDraw, by: Deciding) -> None:
    """Refuse a draw that could not be, and a second one for what is drawn already."""
    require_branch(polity, by.branch)
    if effect.until < polity.today(by.at):
        refuse(polity, "draws", "day-passed")
    if effect.purpose == "audit" and (effect.quotas or effect.reserves):
        refuse(polity, "draws", "audit-of-all")
    _check_quotas(polity, effect)
    if before := running(polity, by.branch, called(effect), by.at):
        refuse(polity, "draws", "drawn-for-that", task=before.effect.task)


def _check_quotas(polity: Polity, effect: HoldDraw) -> None:
    """Refuse quotas that no people at all could keep."""
    sums: dict[str, list[int]] = {}
    seen = set[tuple[str, str]]()
    for category, feature, least, most in effect.quotas:
        if (category, feature) in seen:
            refuse(polity, "draws", "quota-twice", category=category, feature=feature)
        seen.add((category, feature))
        if least > most:
            refuse(polity, "draws", "quota-upside-down", least=least, most=most, feature=feature)
        found = sums.setdefault(category, [0, 0])
        found[0], found[1] = found[0] + least, found[1] + most
    for category, (least, most) in sums.items():
        if not least <= effect.size <= most:
            refuse(polity, "draws", "quotas-never", category=category, least=least, most=most, size=effect.size)


def running(polity: Polity, branch: BranchId, purpose: str, at: int) -> Held | None:
    """A draw for the same purpose that is not abandoned, and whose task is not over; an audit's is when its figures
    stand."""
    draws = polity.part(Draws)
    name = draws.latest.get((branch, purpose))
    held = draws.held[name] if name else None
    if held is None or held.stage is Stage.OVER:
        return None
    if held.is_audit:
        return held if held.audited is None else None
    return held if held.stage is not Stage.DRAWN or held.effect.until >= polity.today(at) else None


def do_hold(polity: Polity, effect: HoldDraw, by: Deciding) -> None:
    draws, made = polity.part(Draws), DrawId(by.makes)
    draws.held[made] = Held(made, by.branch, effect, by.rules, by.at)
    draws.latest[by.branch, called(effect)] = made


def meant(_polity: Polity, effect: HoldDraw, _made: Mapping[str, object]) -> list[list[str]]:
    """What is asked is whether there is a draw for this, however large the panel is."""
    return [["draw", called(effect)]]
