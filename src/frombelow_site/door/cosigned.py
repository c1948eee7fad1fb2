"""Cosignatures in their table: kept beside the checkpoints, and published under them (C2SP signed-note)."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from django.db.models import Max
from django.utils.translation import gettext_noop

from frombelow.polity import Polity
from frombelow.polity.server.acts import Witness
from frombelow.polity.server.state import Server
from frombelow.record import read_checkpoint

from . import tables
from .models import Asking, Cosignature, SignedCheckpoint

# What was amiss, and what to do.
SAID = {
    "down": (
        gettext_noop("The witness %(name)s does not answer."),
        gettext_noop("Ask whoever runs it, or name another one. It is asked again by itself, at least once an hour."),
    ),
    "rubbish": (
        gettext_noop("The witness %(name)s answers what no witness answers."),
        gettext_noop("Look whether its address is right, and ask whoever runs it."),
    ),
    "unsigned": (
        gettext_noop("What the witness %(name)s answered is not signed with its key."),
        gettext_noop("Ask whoever runs it for its key line, and name it anew with that one."),
    ),
    "unknown": (
        gettext_noop("The witness %(name)s does not know this record."),
        gettext_noop("Give whoever runs it the record’s key, which stands on the page of the latest checkpoint."),
    ),
    "other-key": (
        gettext_noop("The witness %(name)s knows another key for this record."),
        gettext_noop("Give whoever runs it the record’s key, which stands on the page of the latest checkpoint."),
    ),
    "apart": (
        gettext_noop("The clock of the witness %(name)s and this server’s are more than a minute apart."),
        gettext_noop("Find out which of the two is wrong, and have it set (NTP)."),
    ),
    "ahead": (
        gettext_noop("The witness %(name)s cosigned %(size)s entries, and here are fewer: entries are missing."),
        gettext_noop(
            "This server went on from an old state. Stop the site and bring back what is missing: “frombelow restore” "
            "with a newer copy, or “frombelow hand-in-again”. It is asked again when there are as many entries here."
        ),
    ),
    "forgot": (
        gettext_noop("The witness %(name)s cosigned %(size)s entries and does not know it any more."),
        gettext_noop(
            "Ask whoever runs it what became of its folder: a witness that goes back can cosign two histories. It is "
            "asked no more; whoever runs it makes a new key, and you name it anew."
        ),
    ),
    "fork": (
        gettext_noop("The witness %(name)s saw another history: this one does not go on from its %(size)s entries."),
        gettext_noop(
            "Stop the site and tell the members. Ask whoever runs the witness for the checkpoint that it holds, "
            "compare it on the page of the latest checkpoint, and keep both. It is asked again when the witnesses are "
            "named anew."
        ),
    ),
    "lost": (
        gettext_noop("The witness %(name)s cosigned %(size)s entries, some of which the record says are lost."),
        gettext_noop(
            "It cosigns nothing that goes on without them. Whoever runs it makes a new key, with a new folder, and you "
            "name it anew."
        ),
    ),
}  # fmt: skip

STOPPED = ("ahead", "forgot", "fork")


class Standing(NamedTuple):
    """A witness that is asked: at which second it cosigned last, and over how many entries (0: never); and what was
    amiss when it was asked last, in a word, with the size of which it spoke."""

    witness: Witness
    at: int
    size: int
    found: str
    spoke_of: int
    near: bool

    @property
    def stopped(self) -> bool:
        """Whether it saw what is not here: it is asked no more until somebody has looked."""
        return self.found in STOPPED


def keep(size: int, label: str, at: int, line: str) -> None:
    """The line stands beside the checkpoint over so many entries; of one witness the latest."""
    Cosignature.objects.update_or_create(size=size, witness=label, defaults={"at": at, "line": line})


def with_lines(note: bytes) -> bytes:
    """The signed checkpoint with the lines of all who cosigned it under it."""
    lines = Cosignature.objects.filter(size=read_checkpoint(note).size).values_list("line", flat=True)
    return note + "".join(lines).encode()


def latest_size(label: str) -> int:
    """Over how many entries the largest checkpoint is that this witness cosigned; 0 where there is none."""
    return Cosignature.objects.filter(witness=label).aggregate(size=Max("size"))["size"] or 0


def checkpoint_over(index: int, size: int) -> bytes | None:
    """The latest checkpoint of up to so many entries that holds this one and that somebody cosigned; where nobody did,
    the latest."""
    best = Cosignature.objects.filter(size__gt=index, size__lte=size).aggregate(size=Max("size"))["size"]
    note = tables.latest_checkpoint(size if best is None else best)
    return None if note is None else with_lines(note)


def checkpoints() -> Iterator[bytes]:
    """Every signed checkpoint with its cosignatures, oldest first."""
    lines = groupby(Cosignature.objects.values_list("size", "line").iterator(), key=lambda row: row[0])
    size, under = next(lines, (-1, iter(())))
    for signed, note in SignedCheckpoint.objects.order_by("size").values_list("size", "note").iterator():
        while 0 <= size < signed:
            size, under = next(lines, (-1, iter(())))
        yield bytes(note) + ("".join(line for _, line in under).encode() if size == signed else b"")


def standings(polity: Polity) -> list[Standing]:
    """How it stands with each witness that is asked now, in the order of the act that named them."""
    asked = polity.part(Server)
    came = {row.witness: row for row in Asking.objects.filter(entry=asked.entry)}
    return [_standing(polity, witness, came.get(witness.label)) for witness in asked.asked]


def stopped(polity: Polity) -> list[Standing]:
    """Those of them that saw what is not here."""
    asked = polity.part(Server)
    if not asked.asked:
        return []
    came = {row.witness: row for row in Asking.objects.filter(entry=asked.entry, found__in=STOPPED)}
    found = [_standing(polity, each, came[each.label]) for each in asked.asked if each.label in came]
    return [each for each in found if each.stopped]


def _standing(polity: Polity, witness: Witness, came: Asking | None) -> Standing:
    last = Cosignature.objects.filter(witness=witness.label).order_by("-at").values_list("at", "size").first()
    at, size = last or (0, 0)
    if came is None:
        return Standing(witness, at, size, "", 0, witness.near)
    explained = came.found in STOPPED and polity.part(Server).loss_of(came.size)
    return Standing(witness, at, size, "lost" if explained else came.found, came.size, witness.near or came.near)
