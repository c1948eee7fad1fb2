"""Two draws by lot of the demo organization: a panel about the heating fund, drawn with dice, and tellers, to
whose draw members contribute now."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from frombelow.lots.draws import list_panels, root_of
from frombelow.polity.draws.acts import (
    AcceptSeat,
    AddRows,
    Contribute,
    DeclineSeat,
    HoldDraw,
    ListPanels,
    SeeDice,
    SpecifyDraw,
)
from frombelow.polity.draws.pooling import who_can_be
from frombelow.polity.draws.state import Draws, Held, Stage
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.ids import DrawId, MandateId, MotionId, PersonId
from frombelow.polity.motions.effects import effects_of, made_by
from frombelow.roll.sexes import MAN, WOMAN

from ..decide import chances
from ..draws import actions
from ..draws.models import Place, Pool
from ..people.groups import BRANCH, CATEGORIES, SEX, YEARS, counted, groups

if TYPE_CHECKING:
    from . import Story

SIZE, GIVEN = 12, 20
STEP = 3 * 3_600  # seconds


class Lots:
    """What becomes of both draws."""

    def __init__(self, story: "Story") -> None:
        self.story = story
        self.panel = self.tellers = MotionId("")
        self.witnesses: list[PersonId] = []

    def move_panel(self) -> None:
        """Twelve of all, by branch, by how long they have been in, and with as many women as men, one more or less."""
        story, here = self.story, self.story.door.polity()
        people = list(who_can_be(here, here.root, here.book, story.clock))
        found = counted(here, here.root, groups(here, here.root, people, CATEGORIES, story.clock), CATEGORIES)
        quotas = tuple(
            (category, feature, *self._seats(category, feature, n, len(people))) for category, feature, n in found
        )
        effect = HoldDraw(
            purpose="panel", task="Look at the fund for heating, and report by June", size=SIZE, reserves=6,
            chance="dice", until=here.today(story.now) + 90, quotas=quotas,
        )  # fmt: skip
        self.panel = story.move(
            story.people[10], "Twelve of us look at the heating fund",
            "Those who shout loudest about boilers are not those who freeze. Twelve of us, drawn by lot from both "
            "estates, old and new, as many women as men, look at what a fund would cost and report by June.", effect,
        )  # fmt: skip
        chances.reckon(self.panel, story.clock)
        story.second(self.panel)

    def _seats(self, category: str, feature: str, people: int, of: int) -> tuple[int, int]:
        """About their share; a branch no more than one seat off it, years two. Nearly the half are women, and men."""
        if category == SEX:
            return (5, 6) if feature in (WOMAN, MAN) else (0, 2)
        fair, off = SIZE * people // of, 1 if category == BRANCH else 2
        return max(0, fair - off + (category != YEARS)), min(SIZE, fair + off)

    def held(self, motion: MotionId, stage: Stage | None = None) -> Held:
        """The draw of this motion; time passes until it is at this step, which hangs on the hour of the story."""
        while True:
            polity = self.story.door.polity()
            made = DrawId(made_by(motion, 0, effects_of(polity.motions[motion])[0]))
            held = polity.part(Draws).held.get(made)
            if held is not None and stage in (None, held.stage):
                return held
            self.story.clock += STEP
            self.story.door.tick()

    def specify(self, motion: MotionId) -> None:
        """Everybody's row, and who sees the dice."""
        held, story, here = self.held(motion, Stage.DECIDED), self.story, self.story.door.polity()
        under: MandateId = story.mandate(story.eve)
        places = actions.rows_for(here, held, list(who_can_be(here, held.branch, held.rules, story.clock)), story.clock)
        for number, place in enumerate(places):
            place.number = number
        Place.objects.bulk_create(places)
        rows = [actions.row_of(place) for place in places]
        if held.effect.chance == "dice":
            self.witnesses = [person for person, _ in zip(self._with_keys(), range(3), strict=False)]
        Pool.objects.create(draw=held.id, by=story.eve, state=Pool.State.READY, people=len(rows), root=root_of(rows),
                            witnesses=self.witnesses)  # fmt: skip
        story.do(SpecifyDraw(
            by=story.eve, under=under, draw=held.id, people=len(rows), root=root_of(rows),
            witnesses=tuple(self.witnesses) if held.effect.chance == "dice" else (),
        ))  # fmt: skip
        said = tuple((row.features, row.mark) for row in rows)
        story.do(AddRows(by=SERVER, draw=held.id, start=0, rows=said))

    def list_panels(self) -> None:
        held = self.held(self.panel, Stage.GIVING)
        assert held.specification is not None
        text = msgspec.json.encode(list_panels(held.specification, held.pool, None)).decode()
        parts = [text[n : n + actions.LETTERS] for n in range(0, len(text), actions.LETTERS)]
        for n, part in enumerate(parts):
            self.story.do(ListPanels(by=SERVER, draw=held.id, part=n, parts=len(parts), text=part))

    def contribute(self, motion: MotionId, count: int) -> None:
        name = self.held(motion, Stage.GIVING).id
        for person, _ in zip(self._with_keys(), range(count), strict=False):
            self._sealed(person, lambda by: Contribute(by=by, draw=name, value=secrets.token_hex(32)))

    def dice(self) -> None:
        """The three at the table say the same."""
        name, shown = self.held(self.panel, Stage.CHANCE).id, tuple(self.story.random.randint(1, 6) for _ in range(16))
        for person in self.witnesses:
            self._sealed(person, lambda by: SeeDice(by=by, draw=name, shown=shown))

    def answer(self) -> None:
        """Two decline; all others accept, and who came in for those two."""
        held, declined = self.held(self.panel), 0
        while held.asked:
            row = min(held.asked)
            place = Place.objects.get(draw=held.id, number=row)
            kind = DeclineSeat if declined < 2 else AcceptSeat
            act = kind(by=place.person, draw=held.id, row=row, salt=bytes(place.salt).hex())
            self.story.clock += 3_600
            self.story.door.perform(act, seal=self.story.keyring.always(act))
            declined += kind is DeclineSeat
            held = self.held(self.panel)

    def move_tellers(self) -> None:
        story, here = self.story, self.story.door.polity()
        self.tellers = story.move(
            story.people[12], "Draw the tellers of our next election",
            "Whoever counts should be nobody’s friend by choice. Five tellers, drawn by lot, everybody with the same "
            "chance.",
            HoldDraw(purpose="tellers", task="Count at the election in autumn", size=5, reserves=5, chance="drand",
                     until=here.today(story.now) + 150),
        )  # fmt: skip
        story.second(self.tellers)

    def _with_keys(self) -> list[PersonId]:
        """Members whose keys are at hand, and who do nothing else by name."""
        return [person for person in self.story.people[20:] if self.story.keyring.holds(person)]

    def _sealed(self, person: PersonId, act: Callable[[PersonId], Contribute | SeeDice]) -> None:
        self.story.clock += 300
        self.story.keyring.do(act(person))
