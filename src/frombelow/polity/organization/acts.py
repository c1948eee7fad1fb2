"""The organization begins, forms and dissolves branches, and ends."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ..kernel.act import Act, Effect
from ..kernel.fields import Commitment, Hosts, Title
from ..kernel.ids import BranchId, PersonId
from ..keys.acts import NewKey


class Found(Act, tag="organization.found", frozen=True, kw_only=True):
    """The organization begins: its founders, rulebook, record's name and key, and provisional mandates (office key,
    founder); a key of who founds, which seals the founding itself; the hosts at which its pages stand."""

    organization: BranchId
    name: Title
    origin: Title
    key: Annotated[str, Meta(max_length=400)]
    rulebook: Annotated[str, Meta(max_length=40_000)]
    founders: Annotated[tuple[tuple[PersonId, Commitment], ...], Meta(min_length=1, max_length=200)]
    mandates: Annotated[tuple[tuple[str, PersonId], ...], Meta(max_length=200)] = ()
    founder_key: NewKey | UnsetType = UNSET
    hosts: Hosts = ()


class FormBranch(Effect, tag="form-branch", frozen=True):
    name: Title
    parent: BranchId


class DissolveBranch(Effect, tag="dissolve-branch", frozen=True):
    branch: BranchId


class ShowDecisions(Effect, tag="show-decisions", frozen=True):
    """The public sees the words and results of what is put from then on, without names."""


class HideDecisions(Effect, tag="hide-decisions", frozen=True):
    """The public sees nothing of what is put to the members any more."""


class Dissolve(Effect, tag="dissolve", frozen=True):
    """The organization ends."""
