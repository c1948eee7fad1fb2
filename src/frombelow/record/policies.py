"""Which witnesses must have cosigned before a checkpoint is believed (C2SP tlog-policy): k of n, in
groups.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from .checkpoints import read_checkpoint
from .cosignatures import CosignatureVerifier, cosigned_at
from .errors import RecordError
from .notes import ED25519, NoteError, SignatureError, Verifier, open_note, parse_note, parse_vkey

MAX_POLICY = 1_000_000
"""Letters that a policy may have."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_COUNT = re.compile("[1-9][0-9]{0,5}")


class PolicyError(RecordError):
    """A policy is not written as it must be; the message names the line."""


class QuorumMissing(RecordError):  # noqa: N818 (it names a finding, not a fault)
    """A checkpoint is not signed by a listed log, or too few witnesses cosigned it."""


@dataclass(frozen=True, slots=True)
class Group:
    """At least `threshold` of these members, witnesses or groups, must have witnessed."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Which logs are believed, on whose cosignatures. `quorum` is a witness's or group's name, or none at
    all.
    """

    logs: tuple[Verifier, ...]
    witnesses: Mapping[str, CosignatureVerifier]
    groups: Mapping[str, Group]
    quorum: str | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """The policy that the lines `log`, `witness`, `group` and `quorum` stand for; else `PolicyError`."""
        if len(text) > MAX_POLICY or _FORBIDDEN.search(text):
            raise PolicyError("A policy has no control characters but tabs and newlines, and is not huge.")
        reading = _Reading()
        for number, line in enumerate(text.split("\n"), start=1):
            words = [word for word in re.split("[ \t]+", line) if word]
            if words and not words[0].startswith("#"):
                try:
                    reading.take(words)
                except (PolicyError, NoteError) as error:
                    raise PolicyError(f"Line {number} of the policy: {error}") from error
        if not reading.settled:
            raise PolicyError("A policy must have exactly one quorum line; this one has none.")
        return cls(tuple(reading.logs), reading.witnesses, reading.groups, reading.quorum)

    def check(self, note: bytes) -> dict[str, int]:
        """The note is a checkpoint that this policy believes; gives each witness's POSIX time, by policy
        name.

        Raises `QuorumMissing`; `NoteError` or `CheckpointError` when the note is malformed,
        `SignatureError` when the signature of any listed key fails. A policy without logs leaves checking
        the log's signature to the caller.
        """
        origin = read_checkpoint(note).origin
        logs = [each for each in self.logs if each.name == origin]
        if self.logs:
            self._check_logs(note, logs)
        times = self._times(note)
        if self.quorum is not None and not self._witnessed(self.quorum, times, {}):
            raise QuorumMissing(
                f"{len(times)} known witnesses cosigned this checkpoint of {origin}; the policy wants more."
            )
        return times

    def _check_logs(self, note: bytes, logs: list[Verifier]) -> None:
        try:
            open_note(note, *logs)
        except SignatureError as error:
            raise QuorumMissing("No log that the policy lists signed this checkpoint.") from error

    def _times(self, note: bytes) -> dict[str, int]:
        names = {(each.name, each.key_id): label for label, each in self.witnesses.items()}
        text, signatures = parse_note(note)
        times: dict[str, int] = {}
        for signature in signatures:
            label = names.get((signature.name, signature.key_id))
            if label is not None:
                self.witnesses[label].verify(text.encode(), signature.signature)
                times.setdefault(label, cosigned_at(signature.signature))
        return times

    def _witnessed(self, name: str, times: Mapping[str, int], known: dict[str, bool]) -> bool:
        if name not in self.groups:
            return name in times
        if name not in known:
            group = self.groups[name]
            count = sum(self._witnessed(member, times, known) for member in group.members)
            known[name] = count >= group.threshold
        return known[name]


@dataclass(slots=True)
class _Reading:
    """What the lines read so far have defined."""

    logs: list[Verifier] = field(default_factory=list)
    witnesses: dict[str, CosignatureVerifier] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    settled: bool = False
    keys: set[bytes] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                self.logs.append(Verifier.from_vkey(vkey))
                self._once(vkey)
            case ["witness", name, vkey] | ["witness", name, vkey, _]:
                self._new_name(name)
                self.witnesses[name] = CosignatureVerifier.from_vkey(vkey)
                self._once(vkey)
            case ["group", name, threshold, *members] if members:
                self._new_name(name)
                self.groups[name] = Group(self._threshold(threshold, len(members)), self._members(members))
            case ["quorum", name] if not self.settled:
                if name != "none":
                    self._known(name)
                    self.quorum = name
                self.settled = True
            case _:
                raise PolicyError("it is none of log, witness, group and the one quorum line, written in full.")

    def _once(self, vkey: str) -> None:
        _, kind, key = parse_vkey(vkey)
        role = b"log" if kind == ED25519 else b"witness"
        if role + key in self.keys:
            raise PolicyError("the same key is listed twice.")
        self.keys.add(role + key)

    def _new_name(self, name: str) -> None:
        if name == "none" or name in self.witnesses or name in self.groups:
            raise PolicyError(f"the name {name} is already taken.")

    def _known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise PolicyError(f"no line before defines {name}.")

    def _members(self, members: list[str]) -> tuple[str, ...]:
        for member in members:
            self._known(member)
            if member in self.used:
                raise PolicyError(f"{member} is in a group already.")
            self.used.add(member)
        return tuple(members)

    def _threshold(self, word: str, members: int) -> int:
        if word in ("any", "all"):
            return 1 if word == "any" else members
        if not _COUNT.fullmatch(word) or int(word) > members:
            raise PolicyError(f"{word} is not all, any or a number from 1 to {members}.")
        return int(word)
