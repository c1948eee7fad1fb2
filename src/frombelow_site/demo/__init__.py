"""The demo organization: a tenants' union of 240 people in the middle of a dispute about its chair.

Four months of its record, made through the door by a clock of its own, so that every page has something true to show.
"""

import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from frombelow.polity import Act, Effect, Stage
from frombelow.polity.kernel.fields import Choice
from frombelow.polity.kernel.ids import MandateId, MotionId, Nonce, OfficeId, PersonId
from frombelow.polity.members.acts import Admit, StepBack, Transfer
from frombelow.polity.motions.acts import AppealRuling, FindInOrder, Move, Reply, RuleOut, Second
from frombelow.polity.offices.acts import GrantMandate
from frombelow.polity.organization.acts import FormBranch
from frombelow.polity.recalls.acts import Petition, Sign
from frombelow.polity.rulebook.effects import ChangeRules
from frombelow.polity.rulebook.templates import template
from frombelow.polity.rulebook.writing import article_to_edit, difference, with_settings
from frombelow.polity.votes.acts import CastVote, DisownVote, OpenVote, PaperVote
from frombelow.roll.sexes import SEXES

from ..door import Private, new_id, private, use
from ..door.door import Door
from ..door.founding import Founder, found
from ..mail.sending import kept_back
from ..ui import background
from . import keys
from .draws import GIVEN, Lots

DAY = 86_400
LONG_AGO = 118  # days between the founding and now
FIRST = [
    "Amara",
    "Beatriz",
    "Chidi",
    "Daria",
    "Emeka",
    "Farah",
    "Goran",
    "Hana",
    "Ibrahim",
    "Jelena",
    "Kofi",
    "Leila",
    "Marek",
    "Nadia",
    "Omar",
    "Petra",
    "Qiang",
    "Rosa",
    "Samir",
    "Tamsin",
    "Ulla",
    "Viktor",
    "Wanjiru",
    "Ximena",
    "Yusuf",
    "Zofia",
]
LAST = [
    "Abara",
    "Bianchi",
    "Castillo",
    "Dunne",
    "Eriksen",
    "Fofana",
    "Guerrero",
    "Haddad",
    "Ivanov",
    "Jimenez",
    "Kowalska",
    "Lund",
    "Mensah",
    "Novak",
    "Okoye",
    "Petrov",
    "Quispe",
    "Rahman",
    "Sato",
    "Tran",
    "Uddin",
    "Varga",
    "Weber",
    "Yilmaz",
    "Zhang",
]
FOUNDERS = [
    Founder("Ada Okafor", "ada@demo.example"),
    Founder("Eve Lindqvist", "eve@demo.example"),
    Founder("Bo Marchetti", "bo@demo.example"),
    Founder("Dee Farouk", "dee@demo.example"),
]


def cast() -> list[tuple[str, str, PersonId]]:
    """Three people to sign in as: name, who they are, id."""
    from ..people.models import Card

    known = dict(Card.objects.filter(mail__endswith="@demo.example").values_list("mail", "person"))
    return [
        ("Bo Marchetti", "a member with a vote to cast", known["bo@demo.example"]),
        ("Ada Okafor", "the chair, whom a recall is about", known["ada@demo.example"]),
        ("Eve Lindqvist", "the secretary", known["eve@demo.example"]),
    ]


def make_demo(data: Path, copy: Path, *, now: int | None = None, seed: int = 7) -> Door:
    """The demo organization stands in this folder, which has its keys, up to now."""
    story = Story(data, copy, int(time.time()) if now is None else now, seed)
    with kept_back(), background.nothing():
        story.tell()
    use(None)
    return story.door


class Story:
    """Tells the door what happened, day by day."""

    def __init__(self, data: Path, copy: Path, now: int, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  a story, not a secret
        self.now = now
        self.clock = now - LONG_AGO * DAY
        # Who looks at the demo has none of its people’s keys: officers go on for as long as an office can do without.
        rulebook = with_settings(template("tenants-union", zone="Europe/London"), {"seal_days": 90})
        self.door, ids = found(
            data, copy, name="Quayside Tenants’ Union", rulebook=rulebook,
            founders=FOUNDERS, clock=lambda: self.clock,
        )  # fmt: skip
        self.ada, self.eve, self.bo, self.dee = ids
        self.people: list[PersonId] = []
        self.keyring = keys.Keyring(self.door, lambda: self.clock, seed)
        self.lots = Lots(self)

    # --- how it is told ---

    def do(self, act: Act, *privates: Private) -> None:
        self.clock += self.random.randint(20, 400)
        self.door.perform(act, *privates, seal=self.keyring.seal(act))

    def until(self, days_ago: float) -> None:
        """Time passes until so many days before now, and does what is due."""
        goal = int(self.now - days_ago * DAY)
        while self.clock < goal:
            self.clock = min(goal, self.clock + DAY // 4)
            self.door.tick()

    def mandate(self, person: PersonId) -> MandateId:
        return self.door.polity().held[person][0].id

    def office(self, key: str) -> OfficeId:
        return next(office.id for office in self.door.polity().offices.values() if office.key == key)

    def some(self, count: int) -> list[PersonId]:
        return self.random.sample(self.people, count)

    def move(self, by: PersonId, title: str, body: str, *effects: Effect) -> MotionId:
        motion = MotionId(new_id())
        text = private("motion", motion, f"{title}\n\n{body}")
        root = self.door.polity().root
        self.do(Move(by=by, motion=motion, branch=root, text=text.commitment, effects=effects), text)
        return motion

    def second(self, motion: MotionId, count: int = 5) -> None:
        found = self.door.polity().motions[motion]
        willing = (person for person in self.some(40) if person != found.mover and person not in found.supporters)
        for person in list(willing)[:count]:
            if found.stage is Stage.SECONDING:
                self.do(Second(by=person, motion=motion))

    def vote(self, motion: MotionId, yes: int, no: int, abstain: int = 0, *, but: tuple[PersonId, ...] = ()) -> None:
        polity = self.door.polity()
        found = polity.motions[motion]
        assert found.poll is not None
        holds = found.poll.electorate.holds
        able = [p for p in self.some(len(self.people)) if p not in but and holds(polity, polity.people[p])]
        counts: tuple[tuple[Choice, int], ...] = (("yes", yes), ("no", no), ("abstain", abstain))
        answers = [choice for choice, count in counts for _ in range(count)]
        for person, choice in zip(able, answers, strict=False):
            self.do(CastVote(by=person, poll=motion, choice=choice, nonce=Nonce(new_id())))

    def vote_when_open(self, motion: MotionId, yes: int, no: int, abstain: int) -> None:
        """The days pass until the vote is open, and people vote."""
        while self.door.polity().motions[motion].stage is not Stage.VOTING:
            self.clock += DAY // 2
            self.door.tick()
        self.vote(motion, yes, no, abstain)

    # --- what happened ---

    def tell(self) -> None:
        self.bring_in()
        self.first_decisions()
        self.ruled_out()
        self.recall()
        self.today()

    def bring_in(self) -> None:
        chosen = self.random.sample([f"{first} {last}" for first in FIRST for last in LAST], 236)
        today = datetime.fromtimestamp(self.now, UTC).date()
        # Drawn apart, so that what else happens does not hang on it. Some say nothing.
        said = random.Random(len(chosen)).choices([*SEXES, ""], [54, 29, 3, 14], k=len(chosen))  # noqa: S311
        names = [
            private(
                "name of",
                new_id(),
                name,
                mail=f"{name.lower().replace(' ', '.')}@quayside.example",
                joined=str(today - timedelta(days=self.random.randint(60, 3_000))),
                sex=sex,
            )
            for name, sex in zip(chosen, said, strict=True)
        ]
        people = tuple((PersonId(each.whose), each.commitment) for each in names)
        root = self.door.polity().root
        self.do(Admit(by=self.eve, under=self.mandate(self.eve), people=people, branch=root), *names)
        self.people = [self.bo, *(person for person, _ in people)]
        self.keys = keys.Story(self.keyring, self.people[20:])
        self.keys.founders(self.mandate(self.dee), self.ada, self.eve, self.dee)
        self.keys.members()

    def first_decisions(self) -> None:
        officers = {"chair": self.ada, "secretary": self.eve, "administrator": self.dee, "treasurer": self.bo}
        grants = [GrantMandate(self.office(key), person) for key, person in officers.items()]
        first = self.move(
            self.people[1], "Elect our officers for a year",
            "The founders hold their offices for ninety days at most. Let the members decide who goes on: Ada Okafor as "
            "chair, Eve Lindqvist as secretary, Bo Marchetti as treasurer, Dee Farouk for the server.",
            *grants,
        )  # fmt: skip
        second = self.move(
            self.people[2], "Form a branch at the Harbour and one on the Hill",
            "The two estates have different landlords. Each should be able to decide about its own.",
            FormBranch("Harbour", self.door.polity().root), FormBranch("Hill", self.door.polity().root),
        )  # fmt: skip
        self.second(second)
        self.second(first)
        self.vote_when_open(first, 131, 12, 4)
        self.vote_when_open(second, 98, 3, 1)
        self.until(80)
        branches = [branch.id for branch in self.door.polity().branches.values() if branch.parent]
        for n, person in enumerate(self.some(150)):
            self.do(Transfer(by=person, to=branches[n % 3 == 0]))
        lost = self.move(
            self.people[3], "Raise the dues to eight a month",
            "Two lawsuits are coming. Eight a month would pay for a lawyer without a collection each time.",
        )  # fmt: skip
        self.keys.phones()
        self.until(70)
        self.keys.lost()
        self.second(lost)
        keys = self.six_keys()
        self.vote_when_open(lost, 61, 88, 9)
        self.answered_on_paper(keys)

    def six_keys(self) -> MotionId:
        """A change of the articles about keys: what the server's word could decide of it rests."""
        book = self.door.polity().book
        article = article_to_edit(book, book.article("live_keys"))
        motion = self.move(
            self.people[8], "Six keys a member",
            "A card, a phone, a computer at home and one at work: five are soon used up.",
            ChangeRules(difference(book, with_settings(article, {"live_keys": 6}))),
        )  # fmt: skip
        self.second(motion)
        return motion

    def answered_on_paper(self, motion: MotionId) -> None:
        """One member has no keys at hand, and gives their answer to two officers."""
        self.vote_when_open(motion, 0, 0, 0)
        at_hand = self.people[11]
        for officer in (self.ada, self.eve):
            under = self.mandate(officer)
            paper = PaperVote(by=officer, under=under, poll=motion, person=at_hand, choice="yes", nonce=Nonce(new_id()))
            self.do(paper)
        self.vote(motion, 92, 30, 4, but=(at_hand,))
        self.resting = motion

    def disowned(self) -> None:
        """One whose answer stands on the server's word says that it is not theirs, and members vouch for them."""
        found = self.door.polity().motions[self.resting]
        while found.stage is not Stage.RESTING:
            self.clock += DAY // 2
            self.door.tick()
        assert found.poll is not None
        person = next(found.poll.on_word())
        self.door.perform(DisownVote(by=person, poll=found.id))
        self.keys.vouch_for(person, found.id)

    def ruled_out(self) -> None:
        """The chair stops a motion about the chair's own talks with a landlord; the members overturn it."""
        motion = self.move(
            self.people[4], "Publish the letters between our chair and Northgate Estates",
            "Since the spring our chair has met the landlord of the Harbour alone. Members should read what was said in "
            "their name. All letters are to be put before the members within a week.",
        )  # fmt: skip
        self.second(motion)
        reason = private("ruling", motion, "Letters are not a matter for a motion.")
        under = self.mandate(self.ada)
        self.do(RuleOut(by=self.ada, under=under, motion=motion, article="4.1", reason=reason.commitment), reason)
        self.until(50)
        self.lots.move_panel()
        appeal = MotionId(new_id())
        self.do(AppealRuling(by=self.people[4], motion=motion, appeal=appeal))
        self.vote(appeal, 97, 35, 6)
        self.disowned()
        self.until(40)
        self.lots.move_tellers()
        self.letters = motion

    def recall(self) -> None:
        polity = self.door.polity()
        chair = next(m for m in polity.held[self.ada] if polity.offices[m.office].key == "chair")
        title = "Recall Ada Okafor as chair"
        body = (
            "She met the landlord without us, kept the letters, and ruled out the motion that asked for them. We have "
            "nothing against her as a neighbour. We want a chair who asks first."
        )
        self.until(31)
        self.vote_when_open(self.letters, 142, 21, 5)
        self.vote_when_open(self.lots.panel, 118, 21, 7)
        self.vote_when_open(self.lots.tellers, 84, 9, 5)
        self.until(18)
        self.lots.specify(self.lots.panel)
        self.until(16)
        recall = MotionId(new_id())
        text = private("motion", recall, f"{title}\n\n{body}")
        self.do(Petition(by=self.people[4], motion=recall, mandate=chair.id, text=text.commitment), text)
        for person in self.some(60):
            found = polity.motions[recall]
            if found.stage is Stage.PETITION and person not in found.supporters and person != self.bo:
                self.do(Sign(by=person, motion=recall))
        self.until(12)
        reply = (
            "I spoke with Northgate because nobody else would, and I got the boilers repaired. The letters are published "
            "now. I made a mistake in ruling the motion out, and I said so to whoever asked me."
        )
        said = private("reply", f"{recall} {self.ada}", reply)
        self.do(Reply(by=self.ada, motion=recall, text=said.commitment), said)
        self.until(9)
        self.lots.list_panels()
        self.lots.contribute(self.lots.panel, GIVEN)
        self.until(7.9)
        self.lots.specify(self.lots.tellers)
        self.until(4)
        self.do(OpenVote(by=self.eve, under=self.mandate(self.eve), poll=recall))
        self.vote(recall, 74, 58, 6, but=(self.bo,))
        self.lots.dice()
        self.lots.answer()

    def today(self) -> None:
        article = article_to_edit(self.door.polity().book, "4.2")
        change = with_settings(article, {"seconders": {"count": 3, "share": "5%"}})
        debated = self.move(
            self.people[5], "Three seconders are enough",
            "Five seconders are hard to find for whoever is new here. Three show as well that a question is not one "
            "person's alone.", ChangeRules(difference(self.door.polity().book, change)),
        )  # fmt: skip
        self.second(debated)
        self.do(FindInOrder(by=self.eve, under=self.mandate(self.eve), motion=debated))
        self.until(2)
        self.keys.today()
        self.do(StepBack(by=self.people[9]))
        waiting = self.move(
            self.people[6], "Meet in the Harbour every second month",
            "The hall on the Hill is an hour away for half of us. Let the meetings take turns.",
        )  # fmt: skip
        self.second(waiting)
        self.until(1)
        self.lots.contribute(self.lots.tellers, 3)
        seconding = self.move(
            self.people[7], "A fund for heating that fails",
            "When a boiler fails in January, nobody can wait for the landlord. Ten from each of us would pay for heaters "
            "to lend. The treasurer reports on it every quarter.",
        )  # fmt: skip
        self.second(seconding, 3)
        self.until(0)
