"""What is done to the server, by itself and by whoever runs it."""

from typing import Annotated, Self

from msgspec import UNSET, Meta, Struct, UnsetType, convert

from ...record import is_near
from ..kernel.act import Act
from ..kernel.fields import Commitment, Count, Hash, Hosts, Moment, VerifierKey, WitnessAddress

MOST_WITNESSES = 10


class Start(Act, tag="server.start", frozen=True, kw_only=True):
    """The server takes acts in again. ``served`` is the last second of which it is known that it did before;
    ``scripts`` the SHA-256 of the listing of all scripts that its pages load."""

    version: Annotated[str, Meta(max_length=40)]
    served: Moment | UnsetType = UNSET
    scripts: Hash | UnsetType = UNSET


class ConfirmTime(Act, tag="server.confirm-time", frozen=True, kw_only=True):
    """The server doubted its clock, and whoever runs it says that the clock is right."""


class Backup(Act, tag="server.backup", frozen=True, kw_only=True):
    """A backup was made of the record up to here."""

    size: Count


class Restore(Act, tag="server.restore", frozen=True, kw_only=True):
    """The server goes on from a backup that held ``size`` entries; ``recovered`` came back from copies."""

    size: Count
    recovered: Count


class Resume(Act, tag="server.resume", frozen=True, kw_only=True):
    """Entries were lost for good: ``held`` of them were signed, with this ``root``, and from this entry's place on none
    of those is here. The record goes on without them."""

    held: Count
    root: Hash


class Settings(Act, tag="server.set", frozen=True, kw_only=True):
    """Who runs the server changed a setting; its value is committed to."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    value: Commitment


class SetHosts(Act, tag="server.hosts", frozen=True, kw_only=True):
    """The hosts at which the organization's pages stand, where a browser lets keys be used (https). A passkey holds at
    these alone."""

    hosts: Hosts


class Witness(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Who is asked to cosign checkpoints: its verifier key, which holds its name, and the address at which its pages
    begin (C2SP tlog-witness)."""

    key: VerifierKey
    address: WitnessAddress

    @classmethod
    def read(cls, line: str) -> Self:
        """The witness that a key, a space and an address stand for; else ValueError."""
        return convert(dict(zip(("key", "address"), line.split(), strict=True)), cls)

    @property
    def name(self) -> str:
        return self.key.partition("+")[0]

    @property
    def label(self) -> str:
        """Its key's name and number, which tell it apart."""
        return "+".join(self.key.split("+", 2)[:2])

    @property
    def near(self) -> bool:
        """Whether its address is on the very machine that asks."""
        return is_near(self.address)


class SetWitnesses(Act, tag="server.witnesses", frozen=True, kw_only=True):
    """The witnesses that are asked to cosign the record's checkpoints, and how many of them have to agree before a
    doubt about the server's clock ends. These replace those that were asked before."""

    witnesses: Annotated[tuple[Witness, ...], Meta(max_length=MOST_WITNESSES)]
    enough: Annotated[int, Meta(ge=0, le=MOST_WITNESSES)]
