"""The id of a motion is drawn when its form is shown: sent twice, the form makes one motion."""

from django.core import signing

from frombelow.polity.kernel.ids import MotionId, PersonId
from frombelow_site.door import new_id

SALT, SECONDS = "frombelow decide draft", 7 * 86_400


def fresh(person: PersonId) -> str:
    """A signed draft with an id of its own, for this person's form."""
    return signing.dumps([person, new_id()], salt=SALT)


def read(draft: str, person: PersonId) -> MotionId:
    """The id in the draft; "" if it is not ours, not this person's, or older than a week."""
    try:
        whose, motion = signing.loads(draft, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return MotionId("")
    return MotionId(motion if whose == person else "")
