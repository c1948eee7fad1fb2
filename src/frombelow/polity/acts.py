"""Acts: one struct a kind of act, and the bytes that stand for it in the record.

An act's bytes are JSON with the keys in the order of its struct, nothing left out but what is UNSET, no spaces: one
act has one spelling, so that nothing can hide between two readings of it.

``by`` is a person's id, or "decision", "time" or "server". ``under`` is the mandate by which a person acts for an
office, or the decision whose effect this is. ``at`` is set by the door: UTC, whole seconds since 1970.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from .ids import ID_LENGTH

VERSION: Final = 1
MAX_BYTES = 65_535
DECISION, TIME, SERVER = "decision", "time", "server"

Id = Annotated[str, Meta(min_length=ID_LENGTH, max_length=ID_LENGTH)]
Commitment = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{43}$")]  # SHA-256(salt || value), base64url
# No controls, line separators or signs that turn the direction of others: a name is what it looks like, on a page and
# on the terminal of whoever checks the record.
Title = Annotated[
    str, Meta(min_length=1, max_length=200, pattern=r"\A[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*\Z")
]
Number = Annotated[str, Meta(min_length=1, max_length=11)]
Choice = Literal["yes", "no", "abstain"]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Day = Annotated[int, Meta(ge=1, le=3_287_182)]  # date.toordinal, up to the year 9000: room for every deadline after it
Moment = Annotated[int, Meta(ge=0, le=221_845_392_000)]


# --- effects: what a motion does if it is carried ---------------------------------------------------------------


class Effect(Struct, frozen=True, gc=False, forbid_unknown_fields=True, tag_field="do"):
    """What follows from a decision by itself. Ids of what it makes derive from the decision and its place in it."""


class AdmitPeople(Effect, tag="admit", frozen=True):
    people: Annotated[tuple[tuple[Id, Commitment], ...], Meta(min_length=1, max_length=800)]
    branch: Id


class ExpelMember(Effect, tag="expel", frozen=True):
    person: Id


class FormBranch(Effect, tag="form-branch", frozen=True):
    name: Title
    parent: Id


class DissolveBranch(Effect, tag="dissolve-branch", frozen=True):
    branch: Id


class CreateOffice(Effect, tag="create-office", frozen=True):
    title: Title
    powers: tuple[str, ...]
    branch: Id
    seats: Annotated[int, Meta(ge=1, le=100)] = 1
    term_months: Annotated[int, Meta(ge=1, le=36)] = 12
    member_days: Annotated[int, Meta(ge=0, le=3650)] = 0


class GrantMandate(Effect, tag="grant-mandate", frozen=True):
    """The mandate begins at once, or when the one that it ``follows`` comes to its end: so an election can be held
    before the term is over."""

    office: Id
    person: Id
    follows: Id | UnsetType = UNSET


class EndMandate(Effect, tag="end-mandate", frozen=True):
    mandate: Id


class ChangeRules(Effect, tag="change-rules", frozen=True):
    """``articles`` is TOML with the [[article]] tables that replace those of the same number, or are new."""

    articles: Annotated[str, Meta(max_length=40_000)]
    repeal: tuple[Number, ...] = ()


class Dissolve(Effect, tag="dissolve", frozen=True):
    """The organization ends."""


AnyEffect = (
    AdmitPeople
    | ExpelMember
    | FormBranch
    | DissolveBranch
    | CreateOffice
    | GrantMandate
    | EndMandate
    | ChangeRules
    | Dissolve
)


# --- acts ---------------------------------------------------------------------------------------------------------


class Act(Struct, frozen=True, gc=False, forbid_unknown_fields=True, tag_field="kind", kw_only=True):
    """One thing done."""

    v: Literal[1] = VERSION
    at: Moment = 0
    by: Annotated[str, Meta(max_length=ID_LENGTH)]
    under: Id | UnsetType = UNSET


class Found(Act, tag="found", frozen=True):
    """The organization begins: its founders, rulebook, record's name and key, and provisional mandates (office key,
    founder)."""

    organization: Id
    name: Title
    origin: Title
    key: Annotated[str, Meta(max_length=400)]
    rulebook: Annotated[str, Meta(max_length=40_000)]
    founders: Annotated[tuple[tuple[Id, Commitment], ...], Meta(min_length=1, max_length=200)]
    mandates: Annotated[tuple[tuple[str, Id], ...], Meta(max_length=200)] = ()


class Admit(Act, tag="admit", frozen=True):
    """People become members: each an id and a commitment to a name. ``batch`` names an import, for undoing it."""

    people: Annotated[tuple[tuple[Id, Commitment], ...], Meta(min_length=1, max_length=800)]
    branch: Id
    batch: Id | UnsetType = UNSET


class UndoAdmission(Act, tag="undo-admission", frozen=True):
    """An import is taken back: its people who have not acted are members no more, as if never brought in."""

    batch: Id


class StepBack(Act, tag="step-back", frozen=True):
    """A member steps back, until the end of a day or without an end."""

    until: Day | UnsetType = UNSET


class Return(Act, tag="return", frozen=True):
    """A member who stepped back is back; by time where a day was set."""

    person: Id | UnsetType = UNSET


class Leave(Act, tag="leave", frozen=True):
    """A member leaves for good; their mandates end."""


class Erase(Act, tag="erase", frozen=True):
    """A person's values and salts behind the commitment in an entry are destroyed; the commitment tells nothing."""

    index: Count
    ground: Literal["asked"]


class Rename(Act, tag="rename", frozen=True):
    """A member goes by a new name: a commitment to it. What stood behind the old one is sealed, and not in here."""

    name: Commitment


class Look(Act, tag="look", frozen=True):
    """An officer looks at the roll of a branch, or takes it away as a file."""

    branch: Id
    what: Literal["look", "export"]


class Transfer(Act, tag="transfer", frozen=True):
    """A member asks to move to another home branch."""

    to: Id


class Transferred(Act, tag="transferred", frozen=True):
    """Time moves the member who asked."""

    person: Id
    to: Id


class Resign(Act, tag="resign", frozen=True):
    """The holder gives a mandate back."""

    mandate: Id


class Expire(Act, tag="expire", frozen=True):
    """A mandate ends by time."""

    mandate: Id


class Move(Act, tag="move", frozen=True):
    """A member moves a motion: a commitment to its text, and the effects it has if it is carried."""

    motion: Id
    branch: Id
    text: Commitment
    effects: Annotated[tuple[AnyEffect, ...], Meta(max_length=40)] = ()
    again: Id | UnsetType = UNSET
    review: Day | UnsetType = UNSET


class Second(Act, tag="second", frozen=True):
    motion: Id


class WithdrawSecond(Act, tag="withdraw-second", frozen=True):
    motion: Id


class Withdraw(Act, tag="withdraw", frozen=True):
    motion: Id


class FindInOrder(Act, tag="find-in-order", frozen=True):
    """An officer, or time where none ruled, lets the motion go on."""

    motion: Id


class RuleOut(Act, tag="rule-out", frozen=True):
    """An officer stops a motion, citing an article and committing to a reason."""

    motion: Id
    article: Number
    reason: Commitment


class Appeal(Act, tag="appeal", frozen=True):
    """A member asks the members to overturn a ruling; ``motion`` is the ruled-out one, ``appeal`` the new question."""

    motion: Id
    appeal: Id


class Petition(Act, tag="petition", frozen=True):
    """A member starts a recall of a mandate."""

    motion: Id
    mandate: Id
    text: Commitment


class Sign(Act, tag="sign", frozen=True):
    motion: Id


class Reply(Act, tag="reply", frozen=True):
    """The person a motion is about answers; the answer stands beside it."""

    motion: Id
    text: Commitment


class Proceed(Act, tag="proceed", frozen=True):
    """Time ends the wait for a reply; silence is no admission."""

    motion: Id


class Open(Act, tag="open", frozen=True):
    """The vote opens; the electorate is frozen."""

    motion: Id
    eligible: Count


class Vote(Act, tag="vote", frozen=True):
    motion: Id
    choice: Choice


class Close(Act, tag="close", frozen=True):
    """Time closes the vote: figures, outcome and the article that decided it."""

    motion: Id
    outcome: Literal["carried", "lost", "tied", "inquorate"]
    yes: Count
    no: Count
    abstain: Count
    eligible: Count
    article: Number


class Lapse(Act, tag="lapse", frozen=True):
    """A motion that did not get what it needed in time comes to its end."""

    motion: Id
    why: Literal["too-few-seconders", "nobody-may-vote", "mandate-ended"]


class TakeEffect(Act, tag="take-effect", frozen=True):
    """One effect of a carried motion happens."""

    motion: Id
    n: Count
    effect: AnyEffect


class Void(Act, tag="void", frozen=True):
    """An effect of a carried motion cannot happen any more, by an article, for a reason."""

    motion: Id
    n: Count
    article: Number
    reason: Annotated[str, Meta(max_length=60)]


class Recover(Act, tag="recover", frozen=True):
    """A member who lost every way to sign in comes in again: it is asked for, members vouch, anyone it concerns stops
    it, and time lets it lapse or opens the way."""

    recovery: Id
    person: Id
    step: Literal["ask", "vouch", "stop", "lapse", "open"]


class IssueCode(Act, tag="issue-code", frozen=True):
    """Somebody holds a code with which this member signs in once: an officer printed it, for a member who was never
    here or for whom they asked and time opened the way, or whoever runs the server did."""

    person: Id


class Start(Act, tag="start", frozen=True):
    version: Annotated[str, Meta(max_length=40)]


class Backup(Act, tag="backup", frozen=True):
    """A backup was made of the record up to here."""

    size: Count


class Restore(Act, tag="restore", frozen=True):
    """The server goes on from a backup that held ``size`` entries; ``recovered`` came back from copies."""

    size: Count
    recovered: Count


class Settings(Act, tag="settings", frozen=True):
    """Who runs the server changed a setting; its value is committed to."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    value: Commitment


AnyAct = (
    Found | Admit | UndoAdmission | StepBack | Return | Leave | Erase | Rename | Look | Transfer | Transferred
    | Resign | Expire | Move | Second | WithdrawSecond | Withdraw | FindInOrder | RuleOut | Appeal | Petition | Sign
    | Reply | Proceed | Open | Vote | Close | Lapse | TakeEffect | Void | Recover | Start | Backup | Restore
    | Settings | IssueCode
)  # fmt: skip

_decoder = msgspec.json.Decoder(AnyAct)
_encoder = msgspec.json.Encoder()
encode = _encoder.encode


def decode(entry: bytes) -> AnyAct:
    """The act that an entry's bytes spell. Raises ValueError for bytes that are no act, hold an unknown field, are
    longer than an entry can be, or are not this act's one spelling."""
    if len(entry) > MAX_BYTES:
        raise ValueError(f"an entry is at most {MAX_BYTES:,} bytes; this has {len(entry):,}")
    try:
        act: AnyAct = _decoder.decode(entry)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"these bytes are no act: {error}") from None
    if encode(act) != entry:
        raise ValueError("this is not the one spelling of the act it stands for")
    return act


def tag(kind: type[Act]) -> str:
    """The name of a kind of act, as it stands in the record."""
    return str(kind.__struct_config__.tag)
