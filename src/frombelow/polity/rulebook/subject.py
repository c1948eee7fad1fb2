"""The rulebook as a subject: what is registered of it."""

from typing import Any

from ..kernel.subject import EffectKind, Subject
from ..kernel.words import Teller
from ..organization.subject import about_nobody
from .book import RulebookError
from .effects import ChangeRules, change_rules, changed_articles, check_rules, meant

ARTICLE = "Article {number}"


def _changes(teller: Teller, effect: ChangeRules) -> tuple[str, dict[str, Any]]:
    try:
        numbers = changed_articles(effect)
    except RulebookError:  # moved, and never in force
        numbers = list(effect.repeal)
    return "", {"articles": ", ".join(teller.say(ARTICLE).format(number=number) for number in numbers)}


SUBJECT = Subject(
    name="rulebook",
    title="Rules",
    effects=(
        EffectKind(
            ChangeRules, check_rules, change_rules,
            sentence="The rules change: {articles}.", told=_changes,
            gravity="rulebook_majority", about=about_nobody, meant=meant,
        ),
    ),
    refusals={"bad-rulebook": "{why}."},
    words={ARTICLE: ARTICLE},
)  # fmt: skip
