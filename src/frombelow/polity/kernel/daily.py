"""What one person can add to the record on one day: a bound in the article on the record, so that nobody fills it."""

from typing import TYPE_CHECKING

from msgspec import Struct, field

from . import days
from .ids import PersonId
from .require import refuse

if TYPE_CHECKING:
    from ..state import Polity
    from .act import Act


class Daily(Struct):
    """How much each person did on a day, votes not counted; of the latest day on which anybody did anything."""

    day: int = 0
    acts: dict[PersonId, int] = field(default_factory=dict)
    moved: dict[PersonId, int] = field(default_factory=dict)  # bytes of what their motions would do

    def on(self, day: int) -> "Daily":
        """What was done on this day."""
        return self if self.day == day else Daily(day)


def check_today(polity: "Polity", act: "Act", at: int) -> None:
    """Refuse whoever did as many things today as one person does on a day."""
    most = polity.book["acts_a_day"]
    if polity.daily.on(polity.today(at)).acts.get(act.who, 0) >= most:
        refuse(polity, "acts_a_day", "enough-today", most=most, when=_tomorrow(polity, at))


def count_today(polity: "Polity", person: PersonId, at: int) -> None:
    """The person did one thing more today."""
    polity.daily = polity.daily.on(polity.today(at))
    polity.daily.acts[person] = polity.daily.acts.get(person, 0) + 1


def check_moved(polity: "Polity", person: PersonId, size: int, at: int) -> None:
    """Refuse a motion that does more than one may, or than one person moves on a day."""
    book = polity.book
    if size > 1000 * book["motion_kilobytes"]:
        refuse(polity, "motion_kilobytes", "motion-too-long", most=book["motion_kilobytes"], bytes=size)
    before = polity.daily.on(polity.today(at)).moved.get(person, 0)
    if before + size > 1000 * book["motion_kilobytes_a_day"]:
        most, left = book["motion_kilobytes_a_day"], max(0, 1000 * book["motion_kilobytes_a_day"] - before)
        refuse(polity, "motion_kilobytes_a_day", "moved-enough", most=most, left=left, when=_tomorrow(polity, at))


def count_moved(polity: "Polity", person: PersonId, size: int, at: int) -> None:
    """The person moved a motion with effects of so many bytes today."""
    polity.daily = polity.daily.on(polity.today(at))
    polity.daily.moved[person] = polity.daily.moved.get(person, 0) + size


def _tomorrow(polity: "Polity", at: int) -> int:
    return days.deadline(at, 0, polity.book["zone"])
