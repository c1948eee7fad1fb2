"""Entries that a backup lost, handed in again whole: byte for byte, in their order and at their places.

A seal covers the history before it, so it fits again only where that history is the same again: before the record goes
on, and before it says that it goes on from a backup. What time did in between follows by itself; of it only the second
is not known.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from msgspec import UNSET

from frombelow.polity import AnyEntry, Polity, Refused, apply, decode, due, judge, judge_entry
from frombelow.polity.kernel.judging import stamped
from frombelow.record import Tree

from .writer import Writer, Written


@dataclass(slots=True)
class HandedIn:
    """What became of them: which came back, how many more time did in between, and why the others could not."""

    came: list[int] = field(default_factory=list)
    by_time: int = 0
    not_these: dict[int, str] = field(default_factory=dict)


def hand_in_again(writer: Writer, kept: Mapping[int, bytes]) -> HandedIn:
    """Those of the entries, by index, that fit stand in the record again. Signatures are checked anew."""
    if writer.frontier.size != writer.replica.size:
        raise ValueError("the writer has entries that are not committed")
    work = _Work(writer)
    try:
        for index, data in sorted(kept.items()):
            if index >= writer.replica.size:
                work.take(index, data)
        if work.batch:
            writer.store(work.batch, again=True)
    except BaseException:
        writer.read_anew()
        raise
    return work.done


class _Work:
    def __init__(self, writer: Writer) -> None:
        self.writer, self.done = writer, HandedIn()
        self.tree = Tree.from_leaf_hashes(writer.replica.tree.level(0))
        self.batch: list[Written] = []

    def take(self, index: int, data: bytes) -> None:
        """The entry is in the batch, or there is a reason why not."""
        try:
            entry = decode(data)
            between = self._between(entry)
            for each, said in between:
                self._add(each, said)
            self.done.by_time += len(between)
            judge_entry(self.writer.polity, entry, self.tree.root)
            if index != (here := self.writer.polity.size):
                raise ValueError(f"it was entry {index:,}, and only {here:,} stand before it")
        except (Refused, ValueError) as why:
            self.done.not_these[index] = str(why)
            return
        self._add(entry, data)
        self.done.came.append(index)

    def _add(self, entry: AnyEntry, data: bytes) -> None:
        self.writer.apply(Written(self.writer.polity.size, entry, data), self.batch)
        self.tree.append(data)

    def _between(self, entry: AnyEntry) -> list[tuple[AnyEntry, bytes]]:
        """What time did before this entry, as far as it was not handed in: at the second for which it was planned, as
        a server does that runs; or just before the entry, which is more likely where whoever sealed that had not seen
        it. Raises Refused where the entry fits after neither."""
        polity = self.writer.polity
        if due(polity, entry.at) in (None, entry.act):
            return []
        refused, seen = None, entry.seal is UNSET or entry.seal.size > polity.size
        for soon in (seen, not seen):
            try:
                return self._as_if(entry, soon=soon)
            except Refused as why:
                refused = why
        assert refused is not None
        raise refused

    def _as_if(self, entry: AnyEntry, *, soon: bool) -> list[tuple[AnyEntry, bytes]]:
        """What time did, if it did it so. Raises Refused where the entry does not fit after that."""
        polity: Polity = deepcopy(self.writer.polity)
        tree, found = Tree.from_leaf_hashes(self.tree.level(0)), []
        while (act := due(polity, entry.at)) not in (None, entry.act):
            assert act is not None
            at = max(polity.at, min(entry.at, polity.agenda.first)) if soon and not polity.pending else entry.at
            at = polity.at if soon and polity.pending else at
            judge(polity, act, at)
            each = stamped(polity, act, at)
            apply(polity, each[0].act, at)
            tree.append(each[1])
            found.append(each)
        judge_entry(polity, entry, tree.root)
        return found
