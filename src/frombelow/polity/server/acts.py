"""What is done to the server, by itself and by whoever runs it."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ..kernel.act import Act
from ..kernel.fields import Commitment, Count, Hosts, Moment


class Start(Act, tag="server.start", frozen=True, kw_only=True):
    """The server takes acts in again. ``served`` is the last second of which it is known that it did before."""

    version: Annotated[str, Meta(max_length=40)]
    served: Moment | UnsetType = UNSET


class ConfirmTime(Act, tag="server.confirm-time", frozen=True, kw_only=True):
    """The server doubted its clock, and whoever runs it says that the clock is right."""


class Backup(Act, tag="server.backup", frozen=True, kw_only=True):
    """A backup was made of the record up to here."""

    size: Count


class Restore(Act, tag="server.restore", frozen=True, kw_only=True):
    """The server goes on from a backup that held ``size`` entries; ``recovered`` came back from copies."""

    size: Count
    recovered: Count


class Settings(Act, tag="server.set", frozen=True, kw_only=True):
    """Who runs the server changed a setting; its value is committed to."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    value: Commitment


class SetHosts(Act, tag="server.hosts", frozen=True, kw_only=True):
    """The hosts at which the organization's pages stand, where a browser lets keys be used (https). A passkey holds at
    these alone."""

    hosts: Hosts
