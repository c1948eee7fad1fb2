"""Letters are not kept for ever: who wrote what to whom is nobody's business after three months."""

from .models import Letter, Round, Text
from .postman import DAY, each_minute

KEPT = 90 * DAY
OPEN = (Letter.State.WAITING, Letter.State.TO_PRINT)
PART = 2_000  # rows in one go


@each_minute
def forget_old(at: int) -> None:
    """Of what was sent or given up three months ago nothing is left but that its round was written."""
    old = Letter.objects.filter(made__lte=at - KEPT).exclude(state__in=OPEN).values_list("pk", flat=True)[:PART]
    if not Letter.objects.filter(pk__in=list(old)).delete()[0]:
        return
    Text.objects.filter(letter=None, round=None).delete()
    Text.objects.filter(letter=None, round__written=True, round__made__lte=at - KEPT).delete()
    Round.objects.filter(written=True, noticed=True, made__lte=at - KEPT).exclude(facts="{}").update(facts="{}")
