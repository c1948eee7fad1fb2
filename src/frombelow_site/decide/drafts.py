"""The id of a motion is drawn when its form is shown: sent twice, the form makes one motion."""

from django.core import signing
from django.utils.translation import gettext as _

from frombelow.polity.kernel.ids import MotionId, PersonId
from frombelow_site.door import NOTHING, Drawn, new_id

SALT, SECONDS = "frombelow decide draft", 7 * 86_400


def fresh(person: PersonId) -> str:
    """A signed draft with an id of its own, for this person's form."""
    return signing.dumps([person, new_id()], salt=SALT)


def read(draft: str, person: PersonId, drawn: Drawn = NOTHING) -> MotionId:
    """The id that whoever moves drew, else the one in the draft; "" if the draft is not ours, not this person's, or
    older than a week."""
    try:
        whose, motion = signing.loads(draft, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return MotionId("")
    return MotionId(drawn.id or motion if whose == person else "")


def again() -> str:
    """What is said to whoever went back to a form that made a motion, and wrote something else in it."""
    return _("This form made a motion already. Press again to move these words as another one.")
