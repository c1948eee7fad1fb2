"""Who is a member and where: admitted, stepped back and back again, moved, left, expelled."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from ..kernel.act import Act, Effect
from ..kernel.fields import Commitment, Count, Day, People
from ..kernel.ids import BranchId, PersonId


class Admit(Act, tag="member.admit", frozen=True, kw_only=True):
    """People become members: each an id and a commitment to a name."""

    people: Annotated[People, Meta(min_length=1, max_length=800)]
    branch: BranchId


class StepBack(Act, tag="member.step-back", frozen=True, kw_only=True):
    """A member steps back, until the end of a day or without an end."""

    until: Day | UnsetType = UNSET


class Return(Act, tag="member.return", frozen=True, kw_only=True):
    """A member who stepped back is back; by time where a day was set."""

    person: PersonId | UnsetType = UNSET


class Leave(Act, tag="member.leave", frozen=True, kw_only=True):
    """A member leaves for good; their mandates end."""


class Erase(Act, tag="member.erase", frozen=True, kw_only=True):
    """A person's values and salts behind the commitment in an entry are destroyed; the commitment tells nothing."""

    index: Count
    ground: Literal["asked"]


class Rename(Act, tag="member.rename", frozen=True, kw_only=True):
    """A member goes by a new name: a commitment to it. What stood behind the old one is sealed, and not in here."""

    name: Commitment


class CorrectMail(Act, tag="member.correct-mail", frozen=True, kw_only=True):
    """An officer gives another mail address for a member: a commitment to it. It counts after some hours in which the
    member can stop it."""

    person: PersonId
    mail: Commitment


class KeepMail(Act, tag="member.keep-mail", frozen=True, kw_only=True):
    """A member keeps the mail address that they have, whatever an officer gave for them."""


class MailCorrected(Act, tag="member.mail-corrected", frozen=True, kw_only=True):
    """The address that the entry with this index gave for a member is theirs."""

    person: PersonId
    index: Count


class Transfer(Act, tag="member.transfer", frozen=True, kw_only=True):
    """A member asks to move to another home branch."""

    to: BranchId


class Transferred(Act, tag="member.transferred", frozen=True, kw_only=True):
    """Time moves the member who asked."""

    person: PersonId
    to: BranchId


class AdmitPeople(Effect, tag="admit", frozen=True):
    people: Annotated[People, Meta(min_length=1, max_length=800)]
    branch: BranchId


class ExpelMember(Effect, tag="expel", frozen=True):
    person: PersonId
