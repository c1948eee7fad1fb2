"""Offices and mandates: made, granted, given back, ended."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ..kernel.act import Act, Effect
from ..kernel.fields import Title
from ..kernel.ids import BranchId, MandateId, OfficeId, PersonId


class Resign(Act, tag="office.resign", frozen=True, kw_only=True):
    """The holder gives a mandate back."""

    mandate: MandateId


class Expire(Act, tag="office.expire", frozen=True, kw_only=True):
    """A mandate ends by time."""

    mandate: MandateId


class Vacate(Act, tag="office.vacate", frozen=True, kw_only=True):
    """Time takes a mandate from who moved out of the branch of its office."""

    mandate: MandateId


class CreateOffice(Effect, tag="create-office", frozen=True):
    title: Title
    powers: tuple[str, ...]
    branch: BranchId
    seats: Annotated[int, Meta(ge=1, le=100)] = 1
    term_months: Annotated[int, Meta(ge=1, le=36)] = 12
    member_days: Annotated[int, Meta(ge=0, le=3650)] = 0


class GrantMandate(Effect, tag="grant-mandate", frozen=True):
    """The mandate begins at once, or when the one that it ``follows`` comes to its end: so an election can be held
    before the term is over."""

    office: OfficeId
    person: PersonId
    follows: MandateId | UnsetType = UNSET


class EndMandate(Effect, tag="end-mandate", frozen=True):
    mandate: MandateId
