"""How a mandate ends before its day: given back, or by a petition that starts its recall; and what the clock says."""

from frombelow.polity.kernel.drafts import under
from frombelow.polity.kernel.ids import MandateId, MotionId, PersonId
from frombelow.polity.offices.acts import Resign
from frombelow.polity.recalls.acts import Petition
from frombelow.polity.server.acts import ConfirmTime, SetWitnesses, Witness
from frombelow_site.decide.actions import words
from frombelow_site.door import NOTHING, Drawn, Receipt, perform, polity


def resign(person: PersonId, mandate: MandateId) -> Receipt:
    return perform(Resign(by=person, mandate=mandate))


def confirm_time(person: PersonId, at: int) -> Receipt:
    known = polity()
    return perform(ConfirmTime(by=person, under=under(known, person, "run-the-server", known.root, at)))


def set_witnesses(person: PersonId, witnesses: tuple[Witness, ...], enough: int, at: int) -> Receipt:
    known = polity()
    mandate = under(known, person, "run-the-server", known.root, at)
    return perform(SetWitnesses(by=person, under=mandate, witnesses=witnesses, enough=enough))


def petition(
    person: PersonId, motion: MotionId, mandate: MandateId, title: str, body: str, drawn: Drawn = NOTHING
) -> Receipt:  # fmt: skip
    text = words(motion, title, body, drawn)
    return perform(Petition(by=person, motion=motion, mandate=mandate, text=text.commitment), text)
