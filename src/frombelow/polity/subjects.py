"""The subjects of the library, a line each."""

from .access.subject import SUBJECT as ACCESS
from .admissions.subject import SUBJECT as ADMISSIONS
from .counts.subject import SUBJECT as COUNTS
from .draws.subject import SUBJECT as DRAWS
from .kernel.subject import registry
from .keys.subject import SUBJECT as KEYS
from .mail.subject import SUBJECT as MAIL
from .members.subject import SUBJECT as MEMBERS
from .motions.subject import SUBJECT as MOTIONS
from .offices.subject import SUBJECT as OFFICES
from .organization.subject import SUBJECT as ORGANIZATION
from .recalls.subject import SUBJECT as RECALLS
from .roll.subject import SUBJECT as ROLL
from .rulebook.subject import SUBJECT as RULEBOOK
from .server.subject import SUBJECT as SERVER
from .votes.subject import SUBJECT as VOTES

SUBJECTS = (
    ORGANIZATION, RULEBOOK, MEMBERS, ADMISSIONS, ROLL, OFFICES, MOTIONS, RECALLS, VOTES, ACCESS, KEYS, SERVER, MAIL,
    COUNTS, DRAWS,
)  # fmt: skip
registry.add(*SUBJECTS)
