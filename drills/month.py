"""A month of an organization of 240 on a fast clock, with a mail server beside it: one decision, one recall, and what
each member was written. Says what came to whom, and whether it was right."""

import random
import socket
import tempfile
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from bench import inside
from rich.console import Console
from rich.table import Table
from script.make_roll import make_roll

MEMBERS, DAYS, HOUR, DAY = 240, 31, 3_600, 86_400
MONDAY = 1_772_409_600  # 2 March 2026, 00:00 UTC
COUNTED = (
    "A vote is open",
    "A vote closes soon",
    "A vote has closed",
    "The week",
    "Something is asked that is about you",
)


class Box:
    """Every letter that the mail server took: to whom, and with which subject."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
        read = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos[0], str(read["Subject"])))
        return "250 taken"


def drill(_times: int) -> bool:
    """Whether each was told what they had to be, once."""
    with tempfile.TemporaryDirectory() as folder:
        month = Month(Path(folder))
        try:
            month.live()
            return month.tell()
        finally:
            month.controller.stop()


class Month:
    def __init__(self, folder: Path) -> None:
        self.at, self.chance, self.box = MONDAY, random.Random(7), Box()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.controller = Controller(self.box, hostname="127.0.0.1", port=port)
        self.controller.start()
        import os

        os.environ |= {"FROMBELOW_DATA": str(folder), "FROMBELOW_MAIL": f"smtp://127.0.0.1:{port}"}
        self.door = inside.founded(folder, 2, clock=lambda: self.at)
        from frombelow_site.mail.postman import Postman

        self.postman = Postman(self.door)
        self._bring_in()

    def _bring_in(self) -> None:
        from frombelow_site.roll.actions import import_roll

        polity = self.door.polity()
        officer = inside.admitting(polity)
        import_roll(make_roll(MEMBERS, 7), officer.person, officer.id, polity.root)
        self.people = [person for person in polity.people if self._mail(person)]

    def _mail(self, person: str) -> str:
        from frombelow_site.people.models import Card

        return Card.objects.filter(pk=person).values_list("mail", flat=True).first() or ""

    def live(self) -> None:
        """A motion on the first day, a recall on the third; two thirds answer, most on the first evening."""
        from frombelow_site.answerability.actions import petition
        from frombelow_site.decide import actions as decide
        from frombelow_site.door import new_id

        self.motion = inside.move(self.door, self.people, seconded=True)
        self._find_in_order()
        self.recall = new_id()
        for hour in range(DAYS * 24):
            self.at = MONDAY + hour * HOUR
            self.door.tick()
            if hour == 10:
                polity = self.door.polity()
                office = next(each for each in polity.offices.values() if each.holders)
                petition(self.people[5], self.recall, office.holders[0].id, "Recall them", "They met nobody.")  # type: ignore[arg-type]
                for person in self.people[6:80]:
                    if polity.motions[self.recall].stage == "petition":  # type: ignore[index]
                        decide.sign(person, self.recall)  # type: ignore[arg-type]
            self._answer()
            while self.postman.work():
                pass

    def _find_in_order(self) -> None:
        """By the officer whose turn it is; else time would do it five days later."""
        from frombelow_site.decide import actions as decide

        polity = self.door.polity()
        powers = ((mandate, polity.offices[mandate.office].powers) for mandate in polity.mandates.values())
        officer = next(mandate.person for mandate, held in powers if "rule-on-motions" in held)
        decide.find_in_order(officer, self.motion)  # type: ignore[arg-type]

    def _answer(self) -> None:
        """Of those who have not answered, a few do in each hour."""
        from frombelow_site.decide import actions as decide

        polity = self.door.polity()
        for name in list(polity.voting):
            poll = polity.motions[name].poll
            assert poll is not None, "it is voted on"
            silent = [each for each in self.people[: MEMBERS * 2 // 3] if each not in poll.answers]
            for person in self.chance.sample(silent, min(len(silent), 4)):
                found = polity.people[person]  # type: ignore[index]
                if poll.electorate.holds(polity, found):
                    decide.vote(found.id, name, self.chance.choice(["yes", "yes", "no"]))

    def tell(self) -> bool:
        """The letters by subject, and whether anything about them is wrong."""
        by_subject = Counter(subject for _to, subject in self.box.letters)
        table = Table(title=f"{len(self.box.letters):,} letters in {DAYS} days, {MEMBERS} members")
        table.add_column("subject")
        table.add_column("letters", justify="right")
        for subject, n in by_subject.most_common():
            table.add_row(subject, f"{n:,}")
        wrong = list(self._wrong())
        console = Console(width=100)
        console.print(table)
        for each in wrong:
            console.print(f"[red]{each}[/red]")
        console.print("Each was told what they had to be." if not wrong else f"{len(wrong)} things are wrong.")
        return not wrong

    def _wrong(self) -> list[str]:
        from frombelow.polity.mail.state import Notices

        polity, found = self.door.polity(), []
        votes = [name for name in (self.motion, self.recall) if polity.motions[name].over]  # type: ignore[index]
        if len(votes) != 2:
            stages = [polity.motions[name].stage.value for name in (self.motion, self.recall)]  # type: ignore[index]
            found.append(f"two votes are to be decided; they are {stages}")
        each_once = Counter((to, subject) for to, subject in self.box.letters if subject in COUNTED)
        most = {"A vote is open": 2, "A vote closes soon": 2, "A vote has closed": 2, "The week": DAYS // 7 + 1}
        for (to, subject), n in each_once.items():
            if n > most.get(subject, 1):
                found.append(f"{to} was told {n} times: {subject}")
        for name in votes:
            notices = polity.part(Notices).about.get(name, ())  # type: ignore[call-overload]
            told = [each.mailed + each.unreached for each in notices if each.letter == "vote"]
            if told != [polity.motions[name].eligible]:  # type: ignore[index]
                found.append(f"notices of {name}: {told} copies to {polity.motions[name].eligible}")  # type: ignore[index]
        return found
