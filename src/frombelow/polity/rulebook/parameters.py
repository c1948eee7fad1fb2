"""The parameters a rulebook sets: what each is, how it is written, within which bounds, and which way is stricter."""

import re
import reprlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from msgspec import Struct

from ...counting.thresholds import PRESETS, Base, Quorum, Threshold
from ..kernel import days

_SHARE = re.compile(r"-?[0-9]{1,6}([./][0-9]{1,6})?%?")


class Seconders(Struct, frozen=True):
    """So many people, or a share of those who may vote, whichever is fewer; or a multiple of their square root."""

    count: int
    share: Fraction = Fraction(1)
    root: Fraction = Fraction(0)

    def needed(self, eligible: int) -> int:
        """How many it takes among ``eligible`` people, the one who asks not counted; at most everybody else."""
        least = self.count
        if self.root:  # the fewest n with n >= root * sqrt(eligible), in integers
            while least > 1 and (least - 1) ** 2 >= self.root**2 * eligible:
                least -= 1
        else:
            least = min(least, -(-self.share.numerator * eligible // self.share.denominator))
        return max(0, min(max(least, 1), eligible - 1))


class Parameter(Struct, frozen=True):
    """One setting: how to read it from TOML, and +1 where more is stricter, -1 where less is, 0 where neither."""

    read: Callable[[Any], Any]
    stricter: int = 0


def quoted(value: Any) -> str:
    """The value as a sentence can hold it, however long or deep it is."""
    try:
        return reprlib.repr(value)
    except ValueError:  # Python's own, about a number of thousands of digits
        return "so long a number"


class Whole(Struct, frozen=True):
    """A reader of whole numbers from low to high."""

    low: int
    high: int

    def __call__(self, value: Any) -> int:
        if type(value) is not int:
            raise ValueError(f"a whole number from {self.low} to {self.high} is needed, not {quoted(value)}")
        if not self.low <= value <= self.high:
            raise ValueError(f"{value} is outside what is possible: from {self.low} to {self.high}")
        return value


def fraction(value: Any) -> Fraction:
    """The exact fraction written as "20%", "2/3" or "0"; floats are refused, being inexact."""
    if not isinstance(value, str):
        raise ValueError(f'a share is written in quotes, like "20%" or "2/3", not {quoted(value)}')
    try:
        if not _SHARE.fullmatch(value):  # Fraction itself would also read 1e999999999, and be at it for years
            raise ValueError
        return Fraction(value[:-1]) / 100 if value.endswith("%") else Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f'"{value[:40]}" is no share; write it like "20%" or "2/3"') from None


class Between(Struct, frozen=True):
    """A reader of shares from low to high."""

    low: str
    high: str

    def __call__(self, value: Any) -> Fraction:
        found = fraction(value)
        if not fraction(self.low) <= found <= fraction(self.high):
            raise ValueError(f"{value} is outside what is possible: from {self.low} to {self.high}")
        return found


# What is possible in the settings that have several parts.
SECONDERS, SECONDERS_SHARE, SECONDERS_ROOT = Whole(1, 1000), Between("1%", "20%"), Between("1/100", "2")
THREE_QUARTERS = Fraction(3, 4)
MAJORITY, OF_ALL, QUORUM_ROOT = Between("1/2", "9/10"), Between("0%", "75%"), Between("0", "3")


def table(value: Any, *allowed: str) -> dict[str, Any]:
    """The value as a table with no other keys than the allowed ones."""
    if not isinstance(value, dict) or not value:
        raise ValueError(f"a table with {' or '.join(allowed)} is needed, not {quoted(value)}")
    if strange := sorted(set(value) - set(allowed)):
        raise ValueError(f"“{strange[0]}” is not known here; known are {', '.join(allowed)}")
    return value


def seconders(value: Any) -> Seconders:
    """{count = 5, share = "5%"}, whichever is fewer, or {count = 5, root = "1/2"}."""
    found = table(value, "count", "share", "root")
    count = SECONDERS(found.get("count"))
    if "share" in found and "root" in found:
        raise ValueError("give a share or a root, not both")
    if "root" in found:
        return Seconders(count, root=SECONDERS_ROOT(found["root"]))
    return Seconders(count, SECONDERS_SHARE(found.get("share", "20%")))


def threshold(value: Any) -> Threshold:
    """A preset by its name ("simple", "two thirds"), or {share, of, more_than, yes_of_eligible}."""
    if isinstance(value, str):
        if value not in PRESETS:
            raise ValueError(f"“{value}” is no known majority; known are {', '.join(PRESETS)}")
        return PRESETS[value]
    found = table(value, "share", "of", "more_than", "yes_of_eligible")
    of = found.get("of", "yes+no")
    if not isinstance(of, str) or of not in list(Base):
        raise ValueError(
            f"“{of if isinstance(of, str) else quoted(of)}” is nothing to take a share of; known are {', '.join(Base)}"
        )
    base = Base(of)
    strict = found.get("more_than", False)
    if not isinstance(strict, bool):
        raise ValueError("more_than is true or false")
    portion = MAJORITY(found.get("share"))
    if portion == Fraction(1, 2) and not strict:
        raise ValueError("exactly half would carry both sides: say more_than = true")
    # Beyond three quarters of everybody, a rule could no longer be changed by those who come.
    if base is Base.ELIGIBLE and (portion, strict) > (THREE_QUARTERS, False):
        raise ValueError("of all who may vote, at least three quarters is the most that can be asked")
    return Threshold(portion, base, strict, OF_ALL(found.get("yes_of_eligible", "0%")))


def quorum(value: Any) -> Quorum:
    """{participating = "20%", knowingly = true}, {yes_of_eligible = "10%"} or {yes_root = "3/2"}."""
    found = table(value, "participating", "yes_of_eligible", "yes_root", "knowingly")
    participating = OF_ALL(found.get("participating", "0%"))
    if participating and found.get("knowingly") is not True:
        raise ValueError(
            "with a quorum of people taking part, a no can help a yes over the line; "
            'use yes_of_eligible instead, or say "knowingly = true"'
        )
    return Quorum(participating, OF_ALL(found.get("yes_of_eligible", "0%")), QUORUM_ROOT(found.get("yes_root", "0")))


def truth(value: Any) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"true or false is needed, not {quoted(value)}")
    return value


def zone(value: Any) -> str:
    """The IANA name of a time zone, like "Europe/Madrid"."""
    if not isinstance(value, str):
        raise ValueError("a time zone is written like “Europe/Madrid”")
    days.zone(value)
    return value


def language(value: Any) -> str:
    """A language tag, like "en" or "es"."""
    if not isinstance(value, str) or not 2 <= len(value) <= 12 or not value.replace("-", "").isalnum():
        raise ValueError("a language is written like “en” or “es”")
    return value


PARAMETERS: dict[str, Parameter] = {
    "zone": Parameter(zone),
    "language": Parameter(language),
    "franchise_days": Parameter(Whole(0, 180), +1),
    "transfer_days": Parameter(Whole(1, 180), +1),
    "branch_levels": Parameter(Whole(1, 12)),
    "import_undo_days": Parameter(Whole(0, 30), -1),
    "branch_admissions": Parameter(Between("1%", "50%")),
    "branch_admissions_least": Parameter(Whole(1, 50)),
    "listed_days": Parameter(Whole(7, 180)),
    "listed_ask": Parameter(Between("1%", "20%")),
    "recovery_vouches": Parameter(Whole(1, 10), +1),
    "recovery_hours": Parameter(Whole(24, 336), +1),
    "recovery_days": Parameter(Whole(3, 60), -1),
    "recovery_wait_days": Parameter(Whole(1, 90)),
    "live_keys": Parameter(Whole(2, 20)),
    "waiting_keys": Parameter(Whole(1, 5)),
    "server_word_days": Parameter(Whole(7, 90)),
    "vouching_key_days": Parameter(Whole(7, 180)),
    "young_days": Parameter(Whole(0, 180)),
    "young_key_days": Parameter(Whole(1, 30)),
    "longest_wait_days": Parameter(Whole(14, 90)),
    "seal_days": Parameter(Whole(0, 90)),
    "disown_days": Parameter(Whole(3, 14)),
    "letters_named": Parameter(truth),
    "stepped_back_in_quorum": Parameter(truth),
    "term_months": Parameter(Whole(1, 36), -1),
    "consecutive_terms": Parameter(Whole(1, 10), -1),
    "provisional_days": Parameter(Whole(7, 90), -1),
    "acts_a_day": Parameter(Whole(100, 10_000)),
    "running_motions": Parameter(Whole(1, 20)),
    "motion_kilobytes": Parameter(Whole(15, 60)),
    "motion_kilobytes_a_day": Parameter(Whole(60, 2_000)),
    "seconders": Parameter(seconders),
    "seconding_days": Parameter(Whole(7, 180)),
    "admissibility_days": Parameter(Whole(1, 14), -1),
    "appeal_days": Parameter(Whole(3, 60)),
    "debate_days": Parameter(Whole(3, 90), +1),
    "opening_days": Parameter(Whole(0, 14), -1),
    "voting_days": Parameter(Whole(2, 30), +1),
    "adjourned_days": Parameter(Whole(1, 30)),
    "outage_hours": Parameter(Whole(12, 72)),
    "lost_question_days": Parameter(Whole(0, 730), +1),
    "quorum": Parameter(quorum),
    "majority": Parameter(threshold, +1),
    "rulebook_majority": Parameter(threshold, +1),
    "expulsion_majority": Parameter(threshold, +1),
    "dissolution_majority": Parameter(threshold, +1),
    "dissolution_days": Parameter(Whole(30, 365), +1),
    "recall_petition": Parameter(Between("2%", "33%")),
    "petition_days": Parameter(Whole(14, 180)),
    "reply_days": Parameter(Whole(3, 30)),
    "recall_days": Parameter(Whole(3, 60), -1),
    "draw_objection_days": Parameter(Whole(1, 30)),
    "draw_contribution_days": Parameter(Whole(1, 30)),
    "draw_chance_days": Parameter(Whole(1, 30)),
    "draw_answer_days": Parameter(Whole(2, 30)),
    "draw_asking_days": Parameter(Whole(3, 60)),
}

# What a rule says without a number; a refusal for it cites the article that declares it.
TOPICS = (
    "record",  # what an act must look like; nothing has force outside the record
    "time",  # when things happen by themselves
    "membership",  # who is a member, how one joins, leaves, steps back
    "expulsion",  # nobody is expelled but by a decision after a hearing
    "branches",
    "powers",  # who holds a power, and that it ends
    "own_cause",
    "founding",
    "motions",  # how a motion goes its way
    "ruling",  # ruling out, and the appeal
    "electorate",  # who may vote in a vote
    "recall",
    "effects",  # a decision's effects follow by themselves
    "rule_changes",
    "dissolution",
    "server",
    "letters",  # what is written to members, and what the record says of it
    "keys",  # what a person acts with, and what has to be sealed
    "paper",  # answers that members give on paper
    "draws",  # who is chosen by lot, and how
)

# The powers that an office can hold: a closed list, so that no office can be given one above the rulebook.
POWERS = {
    "admit-members": "admit members and bring in a roll",
    "rule-on-motions": "let motions go on, or rule them out by an article",
    "open-votes": "open a vote that is due",
    "take-paper-votes": "hand in what members answer on paper (two together)",
    "hold-draws": "hold the draws by lot that were decided",
    "see-the-roll": "see the roll of members (every look is recorded)",
    "restore-access": "let members in again who lost every way to sign in (after a wait, and recorded)",
    "run-the-server": "run the server: settings, backup, restore",
}


# What nobody but the whole sets: it is applied to all, or to what the whole alone decides.
OF_THE_WHOLE = frozenset({
    "zone", "language", "transfer_days", "import_undo_days", "recovery_vouches", "recovery_hours", "recovery_days",
    "recovery_wait_days", "provisional_days", "expulsion_majority", "dissolution_majority", "dissolution_days",
    "branch_levels", "branch_admissions", "branch_admissions_least", "listed_days", "listed_ask", "acts_a_day",
    "running_motions", "motion_kilobytes", "motion_kilobytes_a_day", "outage_hours", "letters_named",
    "stepped_back_in_quorum",
    "live_keys", "waiting_keys", "server_word_days", "vouching_key_days", "young_days", "young_key_days",
    "longest_wait_days", "seal_days", "disown_days",
})  # fmt: skip

# What decides whose keys are whose: those that a lost way in and a lost key have in common too.
OF_KEYS = frozenset({
    "live_keys", "waiting_keys", "server_word_days", "vouching_key_days", "young_days", "young_key_days",
    "longest_wait_days", "seal_days", "disown_days", "recovery_vouches", "recovery_hours", "recovery_days",
    "recovery_wait_days",
})  # fmt: skip


def stricter_or_equal(key: str, whole_value: Any, branch_value: Any) -> bool:
    """Whether a branch's setting is at least as strict as the whole organization's. Settings without a direction
    (a zone, a share that protects both sides) must be the same."""
    direction = PARAMETERS[key].stricter
    if isinstance(whole_value, Threshold):
        same_base = whole_value.base is branch_value.base
        return (
            same_base
            and branch_value.share >= whole_value.share
            and branch_value.yes_of_eligible >= whole_value.yes_of_eligible
            and branch_value.strict >= (whole_value.strict and branch_value.share == whole_value.share)
        )
    if direction == 0:
        return bool(branch_value == whole_value)
    return bool((branch_value - whole_value) * direction >= 0)
