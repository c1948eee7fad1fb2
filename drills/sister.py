"""One of the two organizations of drills/sisters.py: python -m drills.sister FOLDER NAME PORT. It does what stands on
each line that it reads, at the second that the line says."""

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from frombelow.cli.witness_server import WitnessFolder, listen
from frombelow.record import Cosigner, Verifier


class Sister:
    def __init__(self, folder: Path, name: str, port: int) -> None:
        self.folder, self.name, self.port, self.at = folder, name, port, 0
        os.environ |= {"FROMBELOW_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "frombelow_site.settings"}
        folder.mkdir(exist_ok=True)
        import django

        django.setup()

    def found(self) -> dict[str, str]:
        """The organization is founded; what its witness and its record are known by."""
        from frombelow.polity.rulebook.templates import template
        from frombelow_site.door.founding import Founder, found
        from frombelow_site.door.key import make_keys

        make_keys(self.folder, f"{self.name}.example/record")
        self.door, _ = found(
            self.folder, self.folder / "copy", name=self.name.title(), clock=lambda: self.at,
            rulebook=template("tenants-union", zone="Etc/UTC"), founders=[Founder(f"Person {n}") for n in range(5)],
        )  # fmt: skip
        polity = self.door.polity()
        return {"origin": polity.origin, "vkey": polity.key, "witness": self.cosigner.vkey}

    @property
    def cosigner(self) -> Cosigner:
        return Cosigner.from_seed(f"{self.name}.example/witness", self.name.encode().ljust(32))

    def witness(self, origin: str, vkey: str) -> None:
        """It cosigns for the other, and asks the other from now on."""
        from frombelow_site.door.asker import Asker

        if not hasattr(self, "door"):
            self._open()
        logs = {origin: Verifier.from_vkey(vkey)}
        server = listen(
            WitnessFolder(self.folder / "witness", self.cosigner, logs, lambda: self.at), "127.0.0.1", self.port
        )
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        self.asker = Asker(self.door)

    def _open(self) -> None:
        from django.conf import settings

        from frombelow_site.door import use
        from frombelow_site.door.door import Door

        self.door = Door(settings.DATA, settings.COPY, clock=lambda: self.at)
        use(self.door)
        self.door.record_start()

    def ask(self, line: str) -> None:
        """Whoever runs the server says that this witness is asked."""
        from frombelow.polity.server.acts import SetWitnesses, Witness
        from frombelow_site.door import perform

        polity = self.door.polity()
        mandate = next(
            m for m in polity.mandates.values() if "run-the-server" in polity.offices[m.office].powers
        )  # fmt: skip
        perform(SetWitnesses(by=mandate.person, under=mandate.id, witnesses=(Witness.read(line),), enough=1))

    def clock(self) -> None:
        """Its clock says what the line does, as everybody's."""

    def hour(self, acts: bool) -> dict[str, Any]:
        """An hour goes by: what is due, perhaps an act, and the asking."""
        from frombelow.polity import Standing
        from frombelow.polity.members.acts import Return, StepBack
        from frombelow_site.door import perform
        from frombelow_site.door.models import Asking, Cosignature

        self.door.tick()
        if acts:
            person = list(self.door.polity().people.values())[-1]
            back = person.standing is Standing.STEPPED_BACK
            perform((Return if back else StepBack)(by=person.id))
        self.asker.ask()
        amiss = [row.found for row in Asking.objects.all() if row.found]
        return {"size": self.door.replica.size, "cosigned": Cosignature.objects.count(), "amiss": amiss}

    def look(self) -> dict[str, str]:
        """What a member, everybody and whoever runs the server are shown."""
        from django.test import Client

        from frombelow_site.operations.health import findings

        member, anybody = Client(), Client()
        session = member.session
        session["person"], session["at"] = next(iter(self.door.polity().people)), time.time()
        session.save()
        pages = {
            "home": (member, "/"),
            "server": (member, "/answerability/server/"),
            "public": (anybody, "/record/cosigned/"),
        }
        shown = {
            name: who.get(place, headers={"host": "localhost"}).content.decode() for name, (who, place) in pages.items()
        }
        return {**shown, "doctor": " ".join(each.what for each in findings() if not each.good)}


def main() -> None:
    folder, name, port = sys.argv[1:]
    sister = Sister(Path(folder), name, int(port))
    for line in sys.stdin:
        said = json.loads(line)
        sister.at = said.pop("at")
        print(json.dumps(getattr(sister, said.pop("do"))(**said)), flush=True)


if __name__ == "__main__":
    main()
