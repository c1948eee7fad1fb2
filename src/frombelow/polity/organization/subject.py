"""The organization as a subject: what is registered of it."""

from ..kernel.ids import PersonId
from ..kernel.subject import EffectKind, Kind, Sealed, Subject
from ..kernel.words import Teller
from . import rules
from .acts import Dissolve, DissolveBranch, FormBranch, Found, HideDecisions, ShowDecisions

REFUSALS = {
    "founded-already": "the organization is founded already.",
    "founding-sealed": "a founding that brings a key is sealed by that key, and by no other.",
    "same-branch": "this is the home branch already.",
    "too-deep-inside": "branches lie inside one another {most:word} {most|level|levels} deep at most.",
    "branch-looks-like": "a branch beside it is called “{name}”, and nobody could tell the two apart. "
    "Give it another name.",
    "shown-already": "the public sees what is decided already.",
    "not-shown": "the public sees nothing of what is decided.",
    "root-branch": "the whole organization is no branch that can be dissolved.",
}


def about_nobody(_polity: object, _effect: object) -> tuple[PersonId, ...]:
    """It is about nobody in particular."""
    return ()


def _forms(teller: Teller, effect: FormBranch) -> tuple[str, dict[str, str]]:
    return "", {"branch": teller.branch(effect.parent)}


def _meant_by_form(_polity: object, effect: FormBranch, _made: object) -> list[list[str]]:
    return [["branch", effect.parent, "".join(effect.name.casefold().split())]]


SUBJECT = Subject(
    name="organization",
    title="The organization",
    kinds=(
        Kind(
            Found, rules.judge_found, rules.apply_found,
            sentence="{by} founded {name}.", label="founding", about="organization", cites="founding",
            marks=lambda act: (("name of", person, mark) for person, mark in act.founders),
            sealed=Sealed(rules.sealed_found, proofs=rules.proofs),
        ),
    ),
    effects=(
        EffectKind(
            FormBranch, rules.check_form, rules.do_form,
            sentence="The branch {name} is formed, under {branch}.",
            question="Shall the branch {name} be formed, under {branch}?",
            gravity="majority", about=about_nobody, makes="branch", stands_in="parent", told=_forms,
            meant=_meant_by_form,
        ),
        EffectKind(
            DissolveBranch, rules.check_dissolve_branch, rules.do_dissolve_branch,
            sentence="The branch {branch} is dissolved, with those inside it; its members move up.",
            question="Shall the branch {branch} be dissolved, with those inside it, and its members move up?",
            gravity="majority", about=about_nobody,
            heard=rules.holders_in, rests=lambda polity, effect: bool(rules.holders_in(polity, effect)),
        ),
        EffectKind(
            ShowDecisions, rules.check_show, rules.do_show,
            sentence="The public sees the words and results of motions that are moved from then on, without names.",
            question="Shall the public see the words and results of motions that are moved from then on, without "
            "names?", gravity="rulebook_majority", about=about_nobody,
        ),
        EffectKind(
            HideDecisions, rules.check_hide, rules.do_hide,
            sentence="The public sees nothing of motions any more.",
            question="Shall the public see nothing of motions any more?",
            gravity="rulebook_majority", about=about_nobody,
        ),
        EffectKind(
            Dissolve, rules.check_dissolve, rules.do_dissolve,
            sentence="The organization ends.", question="Shall the organization end?",
            gravity="dissolution_majority", about=about_nobody, alone=True, rests=lambda _polity, _effect: True,
        ),
    ),
    refusals=REFUSALS,
)  # fmt: skip
