"""What became of a notice, said in the record: who challenges a vote finds how many it reached."""

import json
import logging
import re
import secrets
from collections import Counter
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from frombelow.polity import Polity, Refused
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.commitments import SALT_BYTES
from frombelow.polity.kernel.ids import MotionId, PersonId
from frombelow.polity.mail.acts import GiveNotice
from frombelow_site.door import Closed, Private, perform, polity
from frombelow_site.door.projections import Entered, project
from frombelow_site.mail.models import Letter, Round, Text
from frombelow_site.mail.postman import each_minute
from frombelow_site.people.models import Card
from frombelow_site.ui.clock import DAY
from frombelow_site.ui.languages import of_the_organization

from .models import Notice

log = logging.getLogger(__name__)
LONGEST = 5 * DAY  # after which it is said what became of a notice, whatever still waits
State = Letter.State


@each_minute
def give_notices(at: int) -> None:
    """Of each notice a day old of which no copy waits any more, the record says how many copies it had. Copies that
    came back in that day are known then; what is printed later is said once more."""
    for round in Round.objects.filter(written=True, noticed=False, made__lte=at - DAY)[:20]:
        letters = Letter.objects.filter(round=round)
        if at - round.made >= LONGEST or not letters.filter(state=State.WAITING).exists():
            _say(round)


def _say(round: Round) -> None:
    states = Counter(Letter.objects.filter(round=round).values_list("state", flat=True).iterator())
    texts = Text.objects.filter(round=round).order_by("pk")
    text = texts.filter(language=of_the_organization()).first() or texts.first()
    motion = MotionId(json.loads(round.facts)["motion"])
    if text is not None and motion in polity().motions:
        said = f"{text.subject}\n\n{text.body}"
        words = Private(f"notice {round.kind}", motion, said, secrets.token_bytes(SALT_BYTES))
        act = GiveNotice(
            by=SERVER, motion=motion, letter=round.kind, text=words.commitment,  # type: ignore[arg-type]
            mailed=states[State.SENT], printed=states[State.PRINTED], unreached=states[State.TO_PRINT],
            bounced=states[State.BOUNCED] + states[State.GIVEN_UP] + states[State.OVER] + states[State.WAITING],
        )  # fmt: skip
        try:
            perform(act, words)
        except Closed:
            return  # it is said once the door is open again
        except Refused as refused:
            log.warning("what became of a notice is not in the record: %s", refused)
    round.noticed, round.facts = True, json.dumps({"motion": motion})
    round.save(update_fields=["noticed", "facts"])


@project(GiveNotice)
def kept(_polity: Polity, entered: list[Entered]) -> None:
    """The words of a notice stand beside its entry."""
    for entry in entered:
        for each in entry.privates:
            row = {"letter": entry.act.letter, "motion": entry.act.motion, "words": each.value, "salt": each.salt}
            Notice.objects.update_or_create(index=entry.index, defaults=row)


def forget(people: Iterable[PersonId]) -> None:
    """No words of a letter are left that name one of these people; a letter on its way says “a member”."""
    for name in Card.objects.filter(person__in=list(people)).exclude(name="").values_list("name", flat=True):
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        for notice in Notice.objects.filter(words__contains=name):
            if whole.search(notice.words):
                Notice.objects.filter(pk=notice.pk).update(words="")
        for text in Text.objects.filter(Q(subject__contains=name) | Q(body__contains=name)):
            with override(text.language):
                text.subject, text.body = (whole.sub(_("a member"), said) for said in (text.subject, text.body))
            text.save(update_fields=["subject", "body"])
