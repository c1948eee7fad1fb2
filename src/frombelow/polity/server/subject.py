"""The server as a subject: what is registered of it."""

from typing import Any

from msgspec import UNSET

from ..kernel.act import SERVER
from ..kernel.drafts import under
from ..kernel.judging import nothing
from ..kernel.subject import PERSON, Author, Kind, Possible, Sealed, Subject
from ..kernel.words import Teller
from . import acts, rules
from .state import Server


def _started(_teller: Teller, act: acts.Start) -> tuple[str, dict[str, Any]]:
    return ("" if act.served is UNSET else "again"), {}


def _hosts(teller: Teller, act: acts.SetHosts) -> tuple[str, dict[str, Any]]:
    return "", {"where": ", ".join(act.hosts) or teller.say(NOWHERE)}


def _witnesses(_teller: Teller, act: acts.SetWitnesses) -> tuple[str, dict[str, Any]]:
    return ("" if act.witnesses else "none"), {"names": ", ".join(each.name for each in act.witnesses)}


NOWHERE = "nowhere that keys can be used"
SUBJECT = Subject(
    name="server",
    title="Server",
    kinds=(
        Kind(
            acts.Start, rules.judge_start, rules.apply_start,
            sentence="The server started (version {version}).",
            variants={"again": "The server started (version {version}); it had served until {served:moment}."},
            told=_started, label="start", cites="server", authors=(SERVER,), after_the_end=True, goes_first=True,
        ),
        Kind(
            acts.ConfirmTime, rules.judge_confirm_time, nothing, for_office=True,
            sentence="{by} confirmed that the server’s clock is right.", label="clock confirmed", cites="time",
            authors=(PERSON, SERVER), goes_first=True,
        ),
        Kind(
            acts.Backup, rules.judge_size, nothing,
            sentence="A backup was made of {size} entries.", label="backup", cites="server", authors=(SERVER,),
            after_the_end=True,
        ),
        Kind(
            acts.Restore, rules.judge_size, nothing,
            sentence="The server went on from a backup of {size} entries; {recovered} came back from the copy.",
            label="restored", cites="server", authors=(SERVER,), after_the_end=True,
        ),
        Kind(
            acts.Resume, rules.judge_resume, rules.apply_resume, for_office=True,
            sentence="{by} said that entries are lost for good: {held} were signed, and from the place of this one "
            "on none of them is here. The record goes on without them.",
            label="entries lost", cites="server", sealed=Sealed(rules.judge_resume_seal),
            after_the_end=True, goes_first=True,
        ),
        Kind(
            acts.Settings, rules.judge_settings, nothing, for_office=True,
            sentence="{by} changed a setting of the server: {name}.", label="setting changed", cites="server",
            marks=lambda act: (("setting", act.name, act.value),),
        ),
        Kind(
            acts.SetHosts, rules.judge_hosts, rules.apply_hosts, for_office=True,
            sentence="{by} said where the pages stand: {where}.", told=_hosts, label="hosts", cites="server",
        ),
        Kind(
            acts.SetWitnesses, rules.judge_witnesses, rules.apply_witnesses, for_office=True,
            sentence="{by} said which witnesses cosign the record: {names}. To end a doubt about the clock, "
            "{enough} of them have to agree.",
            variants={"none": "{by} said that no witness cosigns the record."},
            told=_witnesses, label="witnesses", cites="server",
        ),
    ),
    refusals={
        "host-twice": "a host is named twice.",
        "no-host": "where keys can be used already, a host is needed at which they can.",
        "nothing-lost": "nothing is lost: there are {here} entries here, as many as were held or more.",
        "resume-sealed": "that entries are lost is said under a seal, by who acts only with their keys.",
        "setting-unknown": "there is no such setting.",
        "witness-address": "witness {n} needs an address with https (on this machine http will do), in small letters.",
        "witness-enough": "to agree, it takes at least one of the {n} witnesses and at most all of them.",
        "witness-key": "the key of witness {n} is no verifier key of a witness: name, number and key, with + between.",
        "witness-name": "the name of witness {n} is longer than {letters} letters.",
        "witness-twice": "a witness is named twice: each has a name, a key and an address of its own.",
        "served-when": "the server served until the last entry at least, and not longer than until now.",
    },
    possible=(
        Possible(
            "confirm-time", "confirming that the server’s clock is right", "",
            lambda polity, who, _about, at: acts.ConfirmTime(
                by=who, under=under(polity, who, "run-the-server", polity.root, at)
            ),
        ),
        Possible(
            "set-witnesses", "saying which witnesses cosign the record", "",
            lambda polity, who, _about, at: acts.SetWitnesses(
                by=who, under=under(polity, who, "run-the-server", polity.root, at), witnesses=(), enough=0
            ),
        ),
    ),
    state=Server,
    words={"nowhere": NOWHERE},
    authors=(Author(SERVER, "The server", rules.check_server),),
)  # fmt: skip
