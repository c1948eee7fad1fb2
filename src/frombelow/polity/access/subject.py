"""Access as a subject: what is registered of it."""

from datetime import date
from typing import Any

from msgspec import UNSET

from ..kernel.act import SERVER, TIME
from ..kernel.hidden import AsksActed
from ..kernel.judging import only_time
from ..kernel.subject import PERSON, Kind, Sealed, Subject
from ..kernel.words import Teller
from . import acts, rules

REFUSALS = {
    "unknown-recovery": "there is no such request to come in again.",
    "recovery-over": "this request to come in again is over already.",
    "recovering-already": "a request to let this member in again is running already.",
    "stopped-lately": "a request to let this member in was stopped lately; this can be done from {when:moment}, or by "
    "another officer with that power.",
    "sheet-too-long": "a sheet is good for {days} days at most.",
    "no-sheet": "no sheet is good for this member.",
    "came-in-before": "this member came in before; a lost way in is asked for, told to them, and waits.",
    "vouch-for-self": "nobody vouches for themselves.",
    "vouched-already": "you vouch for this member already.",
    "nobody-vouches": "nobody needs to vouch: an officer asked, or enough members have vouched.",
    "not-from-whole": "only whom the whole organization gave this power lets members in: who holds their way in votes "
    "for them in the whole.",
    "not-yours-to-stop": "only the member, whoever asked for them and whoever vouched can stop this.",
}


def _asked(_teller: Teller, act: acts.AskAccess) -> tuple[str, dict[str, Any]]:
    return ("officer" if act.by != act.person else ""), {}


def _issued(teller: Teller, act: acts.IssueCode) -> tuple[str, dict[str, Any]]:
    if act.until:
        return ("own" if act.by == act.person else "sheet"), {"until": date.fromordinal(act.until).isoformat()}
    if act.shown is UNSET or act.shown == act.person:
        return "", {}
    return "shown", {"shown": teller.name(act.shown)}


def _ended(_teller: Teller, act: acts.EndCode) -> tuple[str, dict[str, Any]]:
    return ("own" if act.by == act.person else ""), {}


SUBJECT = Subject(
    name="access",
    title="Ways to sign in",
    kinds=(
        Kind(
            acts.AskAccess, rules.judge_ask, rules.apply_ask, for_office=True,
            sentence="{by} asked to come in again, having lost every way to sign in.",
            variants={"officer": "{by} asked for a way in for {person}, who lost every way to sign in."}, told=_asked,
            label="way in asked for", about="person", cites="recovery_hours",
            sealed=Sealed(rules.sealed_ask, asks=True),
        ),
        Kind(
            acts.Vouch, rules.judge_vouch, rules.apply_vouch,
            sentence="{by} vouched for {person}, who lost every way to sign in.",
            label="vouched", about="person", cites="recovery_vouches", sealed=Sealed(rules.sealed_vouch),
        ),
        Kind(
            acts.StopAccess, rules.judge_stop, rules.apply_stop,
            sentence="{by} stopped the request to let {person} in again.",
            label="request stopped", about="person", cites="recovery_hours", counted=False,
            after_the_end=True,  # time goes on, and lets in whoever asked
            # By the button in a letter: who is bound has perhaps no key at hand.
            sealed=Sealed(rules.sealed_stop, rules.apply_sealed_stop, asks=True),
        ),
        Kind(
            acts.LapseAccess, only_time, rules.apply_lapse,
            sentence="The request to let {person} in again lapsed.",
            label="request lapsed", about="person", cites="recovery_hours", authors=(TIME,),
        ),
        Kind(
            acts.OpenAccess, only_time, rules.apply_open,
            sentence="{person} can come in again; their earlier ways to sign in are gone.",
            label="let in again", about="person", cites="recovery_hours", authors=(TIME,),
        ),
        Kind(
            acts.IssueCode, rules.judge_issue_code, rules.apply_issue_code, for_office=True,
            sentence="{by} printed a code with which {person} signs in once.",
            variants={
                "shown": "{by} showed {shown} a code with which {person} signs in once.",
                "sheet": "{by} printed a sheet with which {person} signs in until {until}.",
                "own": "{by} printed a sheet with which they sign in until {until}.",
            },
            told=_issued,
            label="sign-in code printed", about="person", cites="recovery_hours", authors=(PERSON, SERVER),
            asks_acted=AsksActed(rules.never_here, changes=False),
            after_the_end=True,  # who comes in then takes their own data with them
        ),
        Kind(
            acts.EndCode, rules.judge_end_code, rules.apply_end_code, for_office=True,
            sentence="{by} ended the sheet with which {person} signed in.",
            variants={"own": "{by} ended the sheet with which they signed in."}, told=_ended,
            label="sheet ended", about="person", cites="recovery_hours", counted=False, after_the_end=True,
            sealed=Sealed(asks=True),  # who lost the sheet has perhaps no key at hand
        ),
    ),
    refusals=REFUSALS,
    words={rules.OWN_PRINT: rules.OWN_PRINT},
    tasks={rules.Waiting: rules.due_access},
    windows={rules.Waiting: rules.longer},
)  # fmt: skip
