"""Recalls as a subject: what is registered of them."""

from ..kernel.drafts import SOME_MOTION, SOME_TEXT
from ..kernel.subject import Kind, Possible, Subject
from . import acts, rules
from .state import Recall

SUBJECT = Subject(
    name="recall",
    title="Recalls",
    kinds=(
        Kind(
            acts.Petition, rules.judge_petition, rules.apply_petition,
            sentence="{by} started a recall: {person}, {office}.",
            label="recall started", about="motion", cites="recall",
            marks=lambda act: (("motion", act.motion, act.text),),
        ),
        Kind(
            acts.Sign, rules.judge_sign, rules.apply_sign,
            sentence="{by} signed a recall.", label="recall signed", about="motion", cites="recall",
        ),
    ),
    refusals={
        "recall-running": "a recall of this person from this office is running already.",
        "signed-already": "you signed this recall already.",
    },
    possible=(
        Possible(
            "petition", "starting a recall", "mandate",
            lambda _polity, who, mandate, _at: acts.Petition(
                by=who, motion=SOME_MOTION, mandate=mandate, text=SOME_TEXT
            ),
        ),
        Possible(
            "sign", "signing a recall", "motion",
            lambda _polity, who, motion, _at: acts.Sign(by=who, motion=motion),
        ),
    ),
    closed={Recall: rules.closed_recall},
)  # fmt: skip
