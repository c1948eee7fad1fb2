"""A refusal as a page says it: the article, the reason in the reader's language, and what to do."""

from django.utils.translation import gettext as _

from frombelow.polity.kernel.refusals import Refused, fill, wording
from frombelow_site.door import Closed

from .clock import end

# About who may: a power that is not held, or one's own cause.
POWERLESS = frozenset(
    {"no-mandate", "unknown-mandate", "mandate-over", "not-yours", "own-cause", "about-you", "not-a-member",
     "not-mover", "not-its-mover", "not-the-subject", "recall-not-ruled"}
)  # fmt: skip


def sentence(refused: Refused | Closed) -> str:
    """Article 4.2: five seconders are needed; there are three."""
    if isinstance(refused, Closed):
        return _(str(refused))
    facts = dict(refused.facts)
    if isinstance(facts.get("when"), int):
        facts["when"] = end(facts["when"])  # type: ignore[arg-type]
    why = fill(_(wording(refused.message)), facts, _)
    return _("Article %(number)s: %(why)s") % {"number": refused.article, "why": why}


def status(refused: Refused | Closed) -> int:
    """The HTTP status that says the same."""
    if isinstance(refused, Closed):
        return 503
    return 403 if refused.message in POWERLESS else 409
