"""Counts as a subject: what is registered of them."""

from ..kernel.drafts import SOME_ID, SOME_TEXT, under_for
from ..kernel.ids import CountId
from ..kernel.subject import Kind, Possible, Subject
from . import acts, rules
from .state import Counts

SUBJECT = Subject(
    name="counts",
    title="Counts of ballots",
    kinds=(
        Kind(
            acts.EnterCount, rules.judge_enter, rules.apply_enter, for_office=True,
            sentence="{by} counted ballots for a motion by the rule “{rule}”, with {seats} {seats|seat|seats} to fill.",
            label="count of ballots", about="motion", cites="paper",
            marks=lambda act: (("counted file", act.count, act.file), ("count", act.count, act.result)),
        ),
    ),
    refusals={
        "winners-and-seats": "a count elects nobody twice, and no more than there are seats.",
        "counts-enough": "{most} counts for one motion are enough.",
    },
    possible=(
        Possible(
            "count", "counting ballots for a motion", "motion",
            lambda polity, who, motion, at: acts.EnterCount(
                by=who, under=under_for(polity, who, rules.POWER, motion, at), motion=motion, count=CountId(SOME_ID),
                rule="scottish", seats=1, winners=(0,), file=SOME_TEXT, result=SOME_TEXT,
            ),
        ),
    ),
    state=Counts,
)  # fmt: skip
