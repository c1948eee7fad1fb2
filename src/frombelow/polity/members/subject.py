"""Members as a subject: what is registered of them."""

from datetime import date
from typing import Any

from ..kernel.act import TIME
from ..kernel.drafts import SOME_PERSON, SOME_TEXT, under
from ..kernel.judging import nothing, only_time
from ..kernel.subject import PERSON, EffectKind, Kind, Possible, Sealed, Subject
from ..kernel.words import Teller
from ..organization.subject import about_nobody
from . import acts, corrections, rules

REFUSALS = {
    "person-taken": "this person is on the roll already.",
    "stepped-back-already": "you have stepped back already.",
    "not-stepped-back": "only who has stepped back can return.",
    "mail-of-who-has-keys": "this member had a card, a passkey or a key file: they change their address themselves, "
    "and who lost every way to sign in asks to come in again.",
    "kept-mail-lately": "this member kept their address lately; another can be given from {when:moment}.",
    "no-mail-given": "no other address waits for you.",
}


def _admitted(_teller: Teller, act: acts.Admit | acts.AdmitPeople) -> tuple[str, dict[str, Any]]:
    return "", {"people": len(act.people)}


def _admitted_by_decision(teller: Teller, effect: acts.AdmitPeople) -> tuple[str, dict[str, Any]]:
    return "", {"people": len(effect.people), "who": ", ".join(teller.name(person) for person, _ in effect.people)}


def _stepped_back(_teller: Teller, act: acts.StepBack) -> tuple[str, dict[str, Any]]:
    return ("until", {"until": date.fromordinal(act.until).isoformat()}) if act.until else ("", {})


def _returned(teller: Teller, act: acts.Return) -> tuple[str, dict[str, Any]]:
    return "", {} if act.person else {"person": teller.name(act.who)}


SUBJECT = Subject(
    name="member",
    title="Membership",
    kinds=(
        Kind(
            acts.Admit, rules.judge_admit, rules.apply_admit, for_office=True,
            sentence="{by} admitted {people} {people|member|members} to {branch}.", told=_admitted,
            label="admitted", about="branch", cites="membership",
            marks=lambda act: (("name of", person, mark) for person, mark in act.people),
        ),
        Kind(
            acts.StepBack, rules.judge_step_back, rules.apply_step_back,
            sentence="{by} stepped back.", variants={"until": "{by} stepped back until {until}."}, told=_stepped_back,
            label="stepped back", cites="membership",
        ),
        Kind(
            acts.Return, rules.judge_return, rules.apply_return,
            sentence="{person} returned.", told=_returned, label="returned", about="person", cites="membership",
            authors=(PERSON, TIME),
        ),
        Kind(
            acts.Leave, rules.judge_leave, rules.apply_leave,
            sentence="{by} left.", label="left", cites="membership", counted=False,
        ),
        Kind(
            # What is personal can be erased after the end too.
            acts.Erase, rules.judge_erase, nothing,
            sentence="The name and the contacts of a member were erased, as they asked.", label="erased",
            cites="membership", after_the_end=True,
        ),
        Kind(
            acts.Rename, rules.judge_rename, nothing,
            sentence="{by} goes by a new name.", label="new name", cites="membership",
            marks=lambda act: (("name of", act.by, act.name),),
        ),
        Kind(
            acts.CorrectMail, corrections.judge_correct, corrections.apply_correct, for_office=True,
            sentence="{by} gave another mail address for {person}, who can stop it.",
            label="mail address given", about="person", cites="recovery_hours",
            marks=lambda act: (("mail of", act.person, act.mail),),
        ),
        Kind(
            acts.KeepMail, corrections.judge_keep, corrections.apply_keep,
            sentence="{by} kept their mail address.", label="mail address kept", cites="recovery_hours", counted=False,
            after_the_end=True,  # time goes on, and the other address counts
            sealed=Sealed(asks=True),  # who is bound has perhaps no key at hand
        ),
        Kind(
            acts.MailCorrected, only_time, corrections.apply_corrected,
            sentence="The mail address that an officer gave for {person} is theirs.",
            label="mail address corrected", about="person", cites="recovery_hours", authors=(TIME,),
        ),
        Kind(
            acts.Transfer, rules.judge_transfer, rules.apply_transfer,
            sentence="{by} asked to move to {branch}.", label="asked to move branch", about="to", cites="transfer_days",
        ),
        Kind(
            acts.Transferred, only_time, rules.apply_transferred,
            sentence="{person} moved to {branch}.",
            label="moved branch", about="person", cites="transfer_days", authors=(TIME,),
        ),
    ),
    effects=(
        EffectKind(
            acts.AdmitPeople, rules.check_admit_people, rules.do_admit_people,
            sentence="{people} {people|person becomes a member|people become members} of {branch}: {who}.",
            question="Shall {people} {people|person become a member|people become members} of {branch}: {who}?",
            told=_admitted_by_decision, names=lambda _polity, effect: [person for person, _mark in effect.people],
            gravity="majority", about=about_nobody,
            marks=lambda effect: (("name of", person, mark) for person, mark in effect.people),
            meant=lambda _polity, effect, _made: [["admit", effect.branch, person] for person, _ in effect.people],
            several=True, promises=lambda effect: (person for person, _mark in effect.people),
        ),
        EffectKind(
            acts.ExpelMember, rules.check_expel, rules.do_expel,
            sentence="{person} is expelled.", headline="Expel {person}",
            question="Shall {person} be expelled?", gravity="expulsion_majority",
            about=lambda _polity, effect: (effect.person,), rests=lambda _polity, _effect: True,
        ),
    ),
    refusals=REFUSALS,
    possible=(
        Possible(
            "transfer", "moving to another branch", "branch",
            lambda _polity, who, branch, _at: acts.Transfer(by=who, to=branch),
        ),
        Possible("step-back", "stepping back", "", lambda _polity, who, _about, _at: acts.StepBack(by=who)),
        Possible(
            "admit", "admitting a member", "branch",
            lambda polity, who, branch, at: acts.Admit(
                by=who, people=((SOME_PERSON, SOME_TEXT),), branch=branch,
                under=under(polity, who, "admit-members", branch, at),
            ),
        ),
    ),
    tasks={
        rules.Returning: rules.due_return, rules.Moving: rules.due_transferred,
        corrections.Correcting: corrections.due_correction,
    },
    windows={corrections.Correcting: corrections.longer_to_keep},
)  # fmt: skip
