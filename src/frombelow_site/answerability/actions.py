"""How a mandate ends before its day: given back, or by a petition that starts its recall."""

from frombelow.polity.kernel.ids import MandateId, MotionId, PersonId
from frombelow.polity.offices.acts import Resign
from frombelow.polity.recalls.acts import Petition
from frombelow_site.decide.actions import words
from frombelow_site.door import Receipt, perform


def resign(person: PersonId, mandate: MandateId) -> Receipt:
    return perform(Resign(by=person, mandate=mandate))


def petition(person: PersonId, motion: MotionId, mandate: MandateId, title: str, body: str) -> Receipt:
    text = words(motion, title, body)
    return perform(Petition(by=person, motion=motion, mandate=mandate, text=text.commitment), text)
