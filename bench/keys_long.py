"""A record of a million sealed entries: ``frombelow verify`` of it, and a start of a server that has it."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from frombelow.keys import Ed25519Key
from frombelow.polity import Act, apply, encode, figures, judge, stamp
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.acts import BindKey
from frombelow.polity.keys.making import id_of, new_key, seal
from frombelow.polity.keys.seals import sealed_so_far
from frombelow.polity.votes.acts import CastVote
from frombelow.record import Checkpoint, Signer, Tree, sign_checkpoint, write_export

from . import inside
from .organizations import Organization

ENTRIES, MEMBERS, EVERY = 1_000_000, 20_000, 100
ORIGIN = "bench.example/record"


class Sealing(Organization):
    """An organization whose members vote by keys of their own; each seal covers the latest checkpoint."""

    def __init__(self, signer: Signer) -> None:
        self.tree, self.keys, self.notes = Tree(), {}, []
        self.anchor = (0, self.tree.root())
        self.signer = signer
        super().__init__(key=signer.vkey, origin=signer.name)

    def enter(self, act: Act) -> None:
        at = max(self.clock, self.polity.at)
        judge(self.polity, act, at)
        sealed = {}
        if isinstance(act, CastVote):
            secret, known = self.keys[act.by]
            n = sealed_so_far(self.polity, self.polity.keys.keys[known], act) + 1
            size, root = self.anchor
            sealed = {"seal": seal(secret, act, origin=ORIGIN, n=n, until=at + 3600, size=size, root=root)}
        entry = stamp(act, at, figures(self.polity, act, at), **sealed)
        apply(self.polity, act, at, entry.seal)
        self.record.append(encode(entry))
        self.tree.append(self.record[-1])
        if len(self.record) % EVERY == 0:
            self.sign()

    def sign(self) -> None:
        self.anchor = (self.tree.size, self.tree.root())
        self.notes.append(sign_checkpoint(Checkpoint(ORIGIN, *self.anchor), self.signer))

    def bind(self) -> None:
        """Each member has a key."""
        for person in self.people:
            secret = Ed25519Key.generate()
            self.do(BindKey(by=person, key=new_key(secret, "device", origin=ORIGIN, person=PersonId(person))))
            self.keys[person] = (secret, id_of(secret))
        self.sign()


def measure() -> dict[str, float]:
    """Seconds of a verify, on all cores and on one, and of a start."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        _run(data, "make", ENTRIES)
        _run(data, "start")  # the first one writes the copy
        record = data / "record.zip"
        found = {"verify seconds": _verify(record), "start seconds": float(_run(data, "start"))}
        found["verify seconds on one core"] = _verify(record, ["taskset", "-c", "0"])
    return found


def _verify(record: Path, before: list[str] | None = None) -> float:
    start = time.perf_counter()
    command = [*(before or []), sys.executable, "-m", "frombelow", "verify", str(record)]
    print(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return time.perf_counter() - start


def _run(data: Path, *arguments: object) -> str:
    environment = {**os.environ, "FROMBELOW_DATA": str(data)}
    command = [sys.executable, "-m", "bench.keys_long", *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout.strip()


# --- in processes of their own ---


def make(entries: str) -> None:
    """The data folder holds so many entries, most of them sealed, and an export of them."""
    inside.ready()
    from django.core.management import call_command

    from frombelow.polity import decode
    from frombelow_site.door import tables, the_door
    from frombelow_site.door.key import make_keys

    data = Path(os.environ["FROMBELOW_DATA"])
    data.mkdir(parents=True, exist_ok=True)
    make_keys(data, ORIGIN)
    call_command("migrate", verbosity=0, interactive=False)
    organization = Sealing(the_door().signer())
    organization.admit(MEMBERS)
    organization.bind()
    organization.votes(int(entries))
    organization.sign()
    record, notes = organization.record, organization.notes
    write_export(data / "record.zip", record, notes, organization.signer.vkey, organization.tree)
    for n in range(0, len(record), 5_000):
        part = record[n : n + 5_000]
        tables.write([(n + m, decode(entry), entry) for m, entry in enumerate(part)])
    tables.keep_checkpoint(len(record), notes[-1])


def start() -> None:
    """Prints the seconds until the door takes acts in."""
    begun = time.perf_counter()
    inside.opened()
    print(time.perf_counter() - begun)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
