"""Keys as a subject: what is registered of it."""

from typing import Any

from ...keys import SENTENCES
from ..kernel.act import TIME
from ..kernel.drafts import SOME_ID, SOME_PERSON
from ..kernel.ids import KeyId, PersonId, RequestId
from ..kernel.judging import nothing, only_time
from ..kernel.subject import Kind, Possible, Sealed, Subject
from ..kernel.words import Teller
from ..state import Polity
from . import acts, asking, binding, ending, rules

REFUSALS = {
    **SENTENCES,
    # seals
    "seal-needed": "whoever acts here said “only with my keys”, and this has no seal.",
    "seal-needed-office": "since {when:moment} what is done under this mandate has to be sealed by a key of who holds "
    "it.",
    "seal-of-another": "the seal names a key that is not one of whoever acts.",
    "seal-ended": "the key of this seal ended on {when:moment}.",
    "seal-suspended": "this key is suspended until {until:moment}; all that it can do is say that it goes on.",
    "seal-next": "this key’s next seal is number {due}; this one is number {said}. The key was used elsewhere, or this "
    "was done already.",
    "no-recipient": "this is no receiving key that an age program reads: a letter of it is wrong.",
    "seal-late": "this was sealed to be entered until {until:moment}, and that is over. Do it again; if you "
    "hear this again, the clock of the device is wrong.",
    "seal-early": "this was sealed to be entered until {until:moment}, more than a day ahead. The clock of the device "
    "is wrong; set it and do it again.",
    "anchor-ahead": "the seal covers {size} entries, and there are {here}.",
    "anchor-behind": "the seal covers {size} entries; {here} at least are those that this key has seen.",
    "anchor-other": "the seal covers other entries than the first {size} of this record.",
    # keys
    "key-of-no-kind": "such a thing does not sign with {algorithm}.",
    "beside-passkeys": "what a browser says beside comes with a passkey, and with nothing else.",
    "cards-at-tables": "a device at a table makes cards, and no other keys.",
    "key-known": "this key is bound already, or waits to be.",
    "keys-enough": "one person has at most {most} keys at a time; end one first. Whoever has none of them at hand asks "
    "for this one, and waits.",
    "keys-by-keys": "you have or had a key that lasts, so another comes by a key of yours, or by members who vouch for "
    "it.",
    "durable-waits": "you have a key in a device already: seal this one with it, or ask for it and wait.",
    "durable-by-durable": "a device adds devices; a key that lasts is added by one that does, or by members who vouch.",
    "add-instead": "this is done without a seal; what a key seals is an added key.",
    "key-watched": "this key stands on the server’s word, and cannot do this before {when:moment}.",
    "key-of-word": "this key came on the server’s word. For who has a key that lasts it seals what they do; about "
    "their keys only one that lasts decides.",
    "no-need-to-ask": "nobody has to be asked for this key; it can be bound at once.",
    "keys-waiting": "{most:word} of your keys wait to be bound already; stop one of them first.",
    "key-stopped-lately": "a key of yours stopped such a request lately; the next can be made from {when:moment}.",
    "other-key-asked": "another key is asked for under this request than the one that is vouched for.",
    "key-young": "this key says who somebody is from {when:moment} on; it is not known for long enough.",
    "not-yours-to-stop-key": "only a key of the member, and who vouched, can stop this.",
    "unknown-key-request": "there is no such request for a key.",
    "key-request-over": "this request for a key is over already.",
    "unknown-key": "you have no such key.",
    "key-over": "this key ended on {when:moment} already.",
    "suspended-already": "this key is suspended already; it ends at {until:moment} unless it says that it goes on.",
    "kept-lately": "this key said lately that it goes on; a device can suspend it again from {when:moment}.",
    "last-durable": "nothing stands in your name without a key that lasts, and this is the last one; add another "
    "first.",
    "not-suspended": "this key is not suspended.",
    "keep-itself": "only the suspended key itself says that it goes on.",
    "wait-between": "your keys can wait from {least} to {most} hours.",
    "durable-needed": "this takes a key that lasts: a card, a passkey or a key file.",
    "needs-a-key": "this takes a seal by a key.",
    "not-bound": "acts without a seal stand in your name already.",
    "loosened-already": "from {when:moment} acts without a seal stand again; wait for it.",
}
# A key as an example: the hash of a name, of which nobody has the secret, so it is bound nowhere.
SOME_KEY = "ZAtlZTOZqkgSv-W-XDmz5Jfrg1QuNfMsySrOVf0dmhw"
SOME_DEVICE, SOME_FILE = acts.NewKey("device", "ed25519", SOME_KEY, ""), acts.NewKey("file", "ed25519", SOME_KEY, "")
KINDS = {"card": "a card", "passkey": "a passkey", "device": "a device", "file": "a key file"}


def _new(teller: Teller, act: acts.BindKey | acts.AddKey | acts.AskKey) -> tuple[str, dict[str, Any]]:
    return ("table" if act.key.made else ""), {"what": teller.say(KINDS[act.key.kind])}


def _stopped(_teller: Teller, act: acts.StopKey) -> tuple[str, dict[str, Any]]:
    return ("own" if act.by == act.person else ""), {}


def _hours(_teller: Teller, act: acts.OnlyWithKeys) -> tuple[str, dict[str, Any]]:
    return ("hours" if act.hours else ""), {}


def _vouching(polity: Polity, who: PersonId, request: RequestId, _at: int) -> acts.VouchKey:
    found = polity.keys.requests.get(request)
    person, key = (found.person, binding.key_id(found.key)) if found else (SOME_PERSON, KeyId(SOME_ID))
    return acts.VouchKey(by=who, request=request, person=person, key=key)


def _stopping(polity: Polity, who: PersonId, request: RequestId, _at: int) -> acts.StopKey:
    found = polity.keys.requests.get(request)
    return acts.StopKey(by=who, request=request, person=found.person if found else SOME_PERSON)


SUBJECT = Subject(
    name="key",
    title="Keys",
    kinds=(
        Kind(
            acts.BindKey, rules.judge_bind, rules.apply_bind,
            sentence="{by} has a key: {what}. It stands on the server’s word.",
            variants={"table": "{by} has a key: {what}, made at a table. It stands on the server’s word."},
            told=_new, label="key bound",
            cites="keys", sealed=Sealed(rules.unsealed_only, proofs=binding.proofs),
        ),
        Kind(
            acts.AddKey, rules.judge_add, nothing,
            sentence="{by} added a key: {what}.",
            variants={"table": "{by} added a key: {what}, made at a table."}, told=_new, label="key added",
            cites="keys",
            sealed=Sealed(rules.sealed_add, rules.apply_add, proofs=binding.proofs),
        ),
        Kind(
            acts.AskKey, asking.judge_ask, asking.apply_ask,
            sentence="{by} asked that a key be bound: {what}.",
            variants={"table": "{by} asked that a key be bound: {what}, made at a table."}, told=_new,
            label="key asked for", about="request",
            # Whoever runs the server says it in anybody's name; it must not use up what the member can do today.
            cites="keys", counted=False, sealed=Sealed(proofs=binding.proofs, asks=True),
        ),
        Kind(
            acts.VouchKey, asking.judge_vouch, asking.apply_vouch,
            sentence="{by} vouched that it is {person} who asks for a key.", label="key vouched for", about="request",
            cites="recovery_vouches", sealed=Sealed(asking.sealed_vouch),
        ),
        Kind(
            acts.StopKey, asking.judge_stop, asking.apply_stop,
            sentence="{by} stopped a request for a key of {person}.",
            variants={"own": "{by} stopped a request for a key of theirs."}, told=_stopped, label="key stopped",
            about="request", cites="keys", counted=False, sealed=Sealed(asking.sealed_stop), after_the_end=True,
        ),
        Kind(
            acts.TakeKey, only_time, asking.apply_take,
            sentence="The key that {person} asked for is bound.", label="key taken up", about="request",
            cites="keys", authors=(TIME,),
        ),
        Kind(
            acts.LapseKey, only_time, asking.apply_lapse,
            sentence="The request of {person} for a key lapsed.", label="key request lapsed", about="request",
            cites="keys", authors=(TIME,),
        ),
        Kind(
            acts.EndKey, ending.judge_end, nothing,
            sentence="{by} said that a key of theirs ends.", label="key ended", about="key", cites="keys",
            counted=False, sealed=Sealed(ending.sealed_end, ending.apply_end), after_the_end=True,
        ),
        Kind(
            acts.KeepKey, ending.judge_keep, ending.apply_keep,
            sentence="{by} said with a suspended key that it goes on.", label="key kept", about="key", cites="keys",
            counted=False, sealed=Sealed(ending.sealed_keep, suspended=True), after_the_end=True,
        ),
        Kind(
            acts.ExpireKey, only_time, ending.apply_expire,
            sentence="A suspended key of {person} ended.", label="suspended key ended", about="key", cites="keys",
            authors=(TIME,),
        ),
        Kind(
            acts.BindReceiving, rules.judge_receiving, rules.apply_receiving,
            sentence="What is sealed to {by} goes to a new key.", label="receiving key", cites="keys",
            sealed=Sealed(rules.sealed_own),
        ),
        Kind(
            acts.BindBallotKey, rules.judge_ballot, rules.apply_ballot,
            sentence="{by} has a new key for secret ballots.", label="ballot key", cites="keys",
            sealed=Sealed(rules.sealed_own),
        ),
        Kind(
            acts.OnlyWithKeys, rules.judge_only, rules.apply_only,
            sentence="From now on nothing stands in the name of {by} without their key.",
            variants={
                "hours": "From now on nothing stands in the name of {by} without their key; a key that none of theirs "
                "sealed waits {hours} hours.",
            },
            told=_hours, label="only with keys", cites="keys", sealed=Sealed(rules.sealed_durable),
        ),
        Kind(
            acts.LoosenKeys, rules.judge_loosen, rules.apply_loosen,
            sentence="{by} wants acts without a seal to stand again; that waits.", label="keys loosened", cites="keys",
            sealed=Sealed(rules.sealed_durable),
        ),
        Kind(
            acts.FreeKeys, only_time, rules.apply_free,
            sentence="Acts without a seal stand again in the name of {person}.", label="keys free again",
            cites="keys", authors=(TIME,),
        ),
    ),
    possible=(
        Possible(
            "bind-key", "binding a key on the server’s word", "",
            lambda _polity, who, _about, _at: acts.BindKey(by=who, key=SOME_DEVICE),
        ),
        Possible(
            "add-key", "adding a key by one that I have", "",
            lambda _polity, who, _about, _at: acts.AddKey(by=who, key=SOME_DEVICE),
        ),
        Possible(
            "ask-key", "asking for a key without one that I have", "",
            lambda _polity, who, _about, _at: acts.AskKey(by=who, request=RequestId(SOME_ID), key=SOME_FILE),
        ),
        Possible(
            "only-with-keys", "saying “only with my keys”", "",
            lambda _polity, who, _about, _at: acts.OnlyWithKeys(by=who),
        ),
        Possible(
            "loosen-keys", "letting acts without a seal stand again", "",
            lambda _polity, who, _about, _at: acts.LoosenKeys(by=who),
        ),
        Possible(
            "end-key", "ending a key of mine", "key", lambda _polity, who, key, _at: acts.EndKey(by=who, key=key),
        ),
        Possible(
            "keep-key", "saying that a suspended key goes on", "key",
            lambda _polity, who, key, _at: acts.KeepKey(by=who, key=key),
        ),
        Possible("vouch-key", "vouching for who asks for a key", "key request", _vouching),
        Possible("stop-key", "stopping a request for a key", "key request", _stopping),
    ),
    refusals=REFUSALS,
    words=KINDS,
    tasks={
        asking.Asked: asking.due_asked, ending.Suspended: ending.due_suspended, rules.Loosened: rules.due_loosened,
    },
    windows={asking.Asked: asking.longer, ending.Suspended: ending.longer, rules.Loosened: rules.longer},
)  # fmt: skip
