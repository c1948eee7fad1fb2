"""An honest organization of people with keys of every kind, and what a thief of its server holds."""

import tempfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from msgspec import UNSET
from rich.console import Console
from tests import acts as a
from tests.cast import DAY, Organization

from frombelow.cli.verify import check
from frombelow.polity import Polity, Replayed, apply, decode, due, encode, figures, stamp
from frombelow.record import Checkpoint, Signer, Tree, read_export, sign_checkpoint, write_export

HOST = "tenants.example"
SIGNER = Signer.from_seed("tenants.example/record", bytes(32))


class World:
    """What stood honestly (``org``, its record, its people's keys) and the thief's ways to serve something else.

    Ada chairs and has a key file, Eve is secretary, Dee runs the server; Bo has a card and said "only with my keys";
    Pia has a passkey, Dan a phone, Nil nothing. The ``friends`` have key files that are old enough to vouch. One motion
    was voted on and closed; of another the vote is open. ``kept`` is a checkpoint that Bo's device keeps.
    """

    signer = SIGNER

    def __init__(self) -> None:
        self.org = org = Organization(more=12, key=SIGNER.vkey)
        self.ada, self.bo, self.dee, self.eve = org.ada, org.bo, org.dee, org.eve
        self.pia, self.dan, self.nil, *self.friends = org.people[4:]
        self.keys: dict[str, Any] = {}
        terms = (("chair", self.ada), ("secretary", self.eve), ("administrator", self.dee))
        org.carry(*(a.GrantMandate(org.office(key).id, person) for key, person in terms))
        org.do(a.SetHosts, self.dee, under=org.mandate(self.dee), hosts=(HOST,))
        for person, kind in ((self.bo, "card"), (self.pia, "passkey"), (self.dan, "device")):
            self.keys[person] = org.first_key(person, kind)
        for person in (self.ada, self.dee, self.eve, *self.friends):
            self.keys[person] = org.first_key(person)
        for person in (self.bo, self.ada):
            org.do(a.OnlyWithKeys, person, sealed=self.keys[person])
        org.wait(40)
        self.closed = self._vote()
        org.close(self.closed)
        org.wait(8)
        self.running = self._vote()
        self.kept = self.signed(org.record)

    def copy(self) -> "World":
        """The same world, for one attempt."""
        other = World.__new__(World)
        other.__dict__ |= self.__dict__
        other.org = deepcopy(self.org)
        return other

    def _vote(self) -> str:
        """A motion whose vote is open, with two answers of Bo's and others' by keys and one without."""
        org = self.org
        motion = org.new()
        org.do(a.Move, self.ada, sealed=self.keys[self.ada], motion=motion, branch=org.id, text="A" * 43)
        for person in self.friends:
            if org.polity.motions[motion].stage == "seconding":
                org.do(a.Second, person, sealed=self.keys[person], motion=motion)
        org.until(motion, "voting")
        for person in (self.bo, self.pia, self.dan, *self.friends[:4]):
            org.do(a.CastVote, person, sealed=self.keys[person], poll=motion, choice="yes", nonce=org.new())
        org.do(a.CastVote, self.nil, poll=motion, choice="yes", nonce=org.new())
        return motion

    # --- what is asked of whom ---

    def hand_in(self, act: a.Act, seal: Any = UNSET) -> None:
        """The act is entered, as the library judges it. Raises Refused."""
        self.org.hand_in(act, seal)

    def sealed(self, person: str, act: a.Act, **other: Any) -> Any:
        """The seal of an honest device of the person, but for what is said otherwise."""
        return self.org.seal(self.keys[person], act, **other)

    def verified(self, record: Sequence[bytes], remembered: bytes | None = None) -> Replayed:
        """What ``frombelow verify`` says of this record, under the thief's fresh signatures. Raises Breach; where a
        checkpoint is remembered, as a member's device has it, RecordError."""
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "record.zip"
            tree = Tree()
            tree.extend(record)
            write_export(place, record, [self.signed(record)], self.signer.vkey, tree)
            return check(read_export(place), self.signer.vkey, remembered, Console(stderr=True))

    def signed(self, record: Iterable[bytes]) -> bytes:
        """A checkpoint over these entries; the thief has the key for it."""
        tree = Tree()
        size = tree.extend(record)
        return sign_checkpoint(Checkpoint(self.signer.name, size, tree.root()), self.signer)

    # --- the thief's pen ---

    def index(self, kind: type, by: str = "", about: str = "") -> int:
        """Where the last such act stands."""
        return next(
            n for n, data in reversed(list(enumerate(self.org.record)))
            if isinstance(act := decode(data).act, kind) and by in ("", act.by)
            and about in ("", getattr(act, "poll", ""), getattr(act, "motion", ""))
        )  # fmt: skip

    def retold(self, acts: Iterable[tuple[a.Act, int, Any]]) -> list[bytes]:
        """A record of these acts with their seconds and seals: what follows from them by time is made anew, and every
        figure is right. Nothing is judged: the thief does not mind."""
        polity, record = Polity(), []

        def enter(act: a.Act, at: int, seal: Any) -> None:
            entry = stamp(act, at, figures(polity, act, at), seal)
            apply(polity, act, at, seal)
            record.append(encode(entry))

        for act, at, seal in acts:
            while polity.rules is not None and (owed := due(polity, at)) is not None:
                enter(owed, at, UNSET)
            if act.by not in (a.TIME, a.DECISION):
                enter(act, at, seal)
        return record

    def told(self) -> list[tuple[a.Act, int, Any]]:
        """The acts that stand, with their seconds and seals."""
        return [(entry.act, entry.at, entry.seal) for entry in map(decode, self.org.record)]


__all__ = ["DAY", "HOST", "SIGNER", "World"]
