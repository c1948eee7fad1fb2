"""A union in the middle of draws by lot: ``python -m tests.journeys.drawn_union FOLDER``. One waits for dice, one for
contributions, one for votes, and in an audit members are asked. It prints the seeds of the cards of those who can seal, by name, and the draws, as JSON."""

import json
import secrets
import sys
import time
from pathlib import Path

DAY, LONG_AGO = 86_400, 74
SETTINGS = {
    "admissibility_days": 1, "debate_days": 3, "opening_days": 0, "voting_days": 4, "draw_objection_days": 1, "draw_contribution_days": 7,
    "draw_chance_days": 30, "draw_answer_days": 30, "seal_days": 90,
}  # fmt: skip


class Union:
    """Twelve members of whom four hold a card, and a clock that is turned."""

    def __init__(self, folder, names):
        from frombelow.polity.rulebook.templates import template
        from frombelow.polity.rulebook.writing import with_settings
        from frombelow_site.door.founding import Founder, found

        self.now = int(time.time())
        self.clock = self.now - LONG_AGO * DAY
        founders = [Founder(name, f"{name.lower().replace(' ', '.')}@quayside.example") for name in names]
        self.door, self.ids = found(
            folder, folder / "copy", name="Hill Tenants", founders=founders,
            holders={"chair": [0], "secretary": [1], "administrator": [2]},
            rulebook=with_settings(template("tenants-union", zone="Europe/London"), SETTINGS),
            clock=lambda: self.clock,
        )  # fmt: skip
        self.cards = {}

    def do(self, act, *privates):
        from msgspec import UNSET

        self.clock = min(self.clock + 60, self.now)
        card = self.cards.get(act.by)
        self.door.perform(act, *privates, seal=self.seal(card, act) if card else UNSET)

    def seal(self, card, act):
        from frombelow.polity.keys.making import id_of, seal
        from frombelow.polity.keys.seals import sealed_so_far

        here, tree = self.door.polity(), self.door.replica.tree
        n = sealed_so_far(here, here.keys.keys[id_of(card.signing)], act) + 1
        return seal(card.signing, act, origin=here.origin, n=n, until=self.clock + 3_600, size=tree.size,
                    root=tree.root(tree.size))  # fmt: skip

    def until(self, holds):
        while not holds():
            assert self.clock < self.now, "the story is too long"
            self.clock = min(self.now, self.clock + DAY // 4)
            self.door.tick()

    def hold_cards(self, places):
        from frombelow.keys.cards import SEED, Card
        from frombelow.polity.keys.acts import BindKey
        from frombelow.polity.keys.making import new_key
        from frombelow.polity.server.acts import SetHosts

        admin = self.ids[2]
        mandate = self.door.polity().held[admin][0].id
        self.do(SetHosts(by=admin, under=mandate, hosts=("localhost",)))
        for place in places:
            person, card = self.ids[place], Card(secrets.token_bytes(SEED))
            self.do(
                BindKey(by=person, key=new_key(card.signing, "card", origin=self.door.polity().origin, person=person))
            )
            self.cards[person] = card

    def move(self, **said):
        """A draw is moved, and seconded."""
        from frombelow.polity import Stage
        from frombelow.polity.draws.acts import HoldDraw
        from frombelow.polity.motions.acts import Move, Second
        from frombelow_site.door import new_id, private

        motion, here = new_id(), self.door.polity()
        text = private("motion", motion, "Let chance say\n\nNobody should choose.")
        effect = HoldDraw(**{"reserves": 2, "chance": "dice", "until": here.today(self.now) + 200, **said})
        self.do(Move(by=self.ids[3], motion=motion, branch=here.root, text=text.commitment, effects=(effect,)), text)
        for person in self.ids[4:]:
            if self.door.polity().motions[motion].stage is Stage.SECONDING:
                self.do(Second(by=person, motion=motion))
        return motion

    def opened(self, motion):
        from frombelow.polity import Stage

        self.until(lambda: self.door.polity().motions[motion].stage is Stage.VOTING)

    def carry(self, motion):
        from frombelow.polity.votes.acts import CastVote
        from frombelow_site.door import new_id

        self.opened(motion)
        for person in self.ids:
            self.do(CastVote(by=person, poll=motion, choice="yes", nonce=new_id()))
        self.until(lambda: self.door.polity().motions[motion].outcome)

    def held(self, motion):
        from frombelow.polity.draws.state import Draws
        from frombelow.polity.motions.effects import effects_of, made_by

        here = self.door.polity()
        return here.part(Draws).held[made_by(motion, 0, effects_of(here.motions[motion])[0])]

    def specify(self, motion):
        """Everybody who can be drawn stands in the pool; three of who hold a card see the dice."""
        from frombelow.lots.draws import root_of
        from frombelow.polity.draws.acts import AddRows, SpecifyDraw
        from frombelow.polity.draws.pooling import drawn_from
        from frombelow.polity.kernel.act import SERVER
        from frombelow_site.draws import actions
        from frombelow_site.draws.models import Place

        held, chair = self.held(motion), self.ids[0]
        people = list(drawn_from(self.door.polity(), held, self.clock))
        places = actions.rows_for(self.door.polity(), held, people, self.clock)
        for number, place in enumerate(places):
            place.number = number
        Place.objects.bulk_create(places)
        rows = [actions.row_of(place) for place in places]
        self.do(SpecifyDraw(
            by=chair, under=self.door.polity().held[chair][0].id, draw=held.id, people=len(rows), root=root_of(rows),
            witnesses=tuple(self.cards)[:3],
        ))  # fmt: skip
        self.do(AddRows(by=SERVER, draw=held.id, start=0, rows=tuple((row.features, row.mark) for row in rows)))

    def rolled(self, motion):
        """Three witnesses see the same dice."""
        from frombelow.polity.draws.acts import SeeDice
        from frombelow.polity.draws.state import Stage

        self.until(lambda: self.held(motion).stage is Stage.CHANCE)
        for person in self.held(motion).specified.witnesses:
            if self.held(motion).stage is Stage.CHANCE:
                self.do(
                    SeeDice(
                        by=person, draw=self.held(motion).id, shown=(1, 6, 2, 3, 4, 5, 5, 1, 2, 6, 3, 3, 4, 1, 2, 6)
                    )
                )

    def audit(self):
        """All four with cards are asked, by one of them who was drawn to ask and accepted; who declines has no card."""
        from frombelow.polity.draws.acts import AcceptSeat, DeclineSeat
        from frombelow_site.draws.models import Place

        asking = self.move(purpose="askers", task="Ask in the audit", size=1)
        asked = self.move(purpose="audit", task="Who is there?", size=4, reserves=0)
        self.carry(asking)
        self.carry(asked)
        for motion in (asking, asked):
            self.specify(motion)
        for motion in (asking, asked):
            self.rolled(motion)
        while rows := list(self.held(asking).asked):
            place = Place.objects.get(draw=self.held(asking).id, number=rows[0])
            answer = AcceptSeat if place.person in self.cards else DeclineSeat
            self.do(answer(by=place.person, draw=self.held(asking).id, row=place.number, salt=bytes(place.salt).hex()))
        (asker,) = self.held(asking).accepted.values()
        return self.held(asked).id, asker


def tell(folder):
    from frombelow_site.commands.folder import use_folder
    from frombelow_site.door.key import make_keys

    make_keys(folder, "hill-tenants/record")
    use_folder(folder)
    from frombelow.polity.draws.state import Stage
    from tests.journeys.conftest import MEMBERS

    names = MEMBERS[:12]
    union = Union(folder, names)
    union.hold_cards([3, 4, 5, 6])
    audit, asker = union.audit()
    dice = union.move(purpose="panel", task="Look at the roof", size=3)
    union.carry(dice)
    union.specify(dice)
    union.until(lambda: union.held(dice).stage is Stage.CHANCE)
    given = union.move(purpose="tellers", task="Count in May", size=2)
    union.carry(given)
    union.specify(given)
    vote = union.move(purpose="registrars", task="Keep the list of voters", size=2, chance="drand")
    union.opened(vote)
    print("opened", (union.now - union.clock) / DAY, file=sys.stderr)
    union.clock = union.now
    union.door.tick()
    stages = union.held(dice).stage, union.held(given).stage, union.door.polity().motions[vote].stage
    assert stages == (Stage.CHANCE, Stage.GIVING, "voting"), stages
    print(json.dumps({
        "cards": {names[union.ids.index(person)]: card.seed.hex() for person, card in union.cards.items()},
        "dice": union.held(dice).id, "given": union.held(given).id, "vote": vote,
        "audit": audit, "asker": names[union.ids.index(asker)],
    }))  # fmt: skip


if __name__ == "__main__":
    tell(Path(sys.argv[1]))
