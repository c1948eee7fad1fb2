"""What is done to the server, by itself and by whoever runs it."""

from typing import Annotated

from msgspec import Meta

from ..kernel.act import Act
from ..kernel.fields import Commitment, Count


class Start(Act, tag="server.start", frozen=True, kw_only=True):
    version: Annotated[str, Meta(max_length=40)]


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
