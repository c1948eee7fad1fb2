"""The rulebook as a subject: what is registered of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..kernel.subject import EffectKind, Kind, Subject
from ..kernel.words import Teller
from ..organization.subject import about_nobody
from . import rules
from .acts import Restate
from .book import RulebookError, tables_in
from .effects import (
    STRICTER,
    ChangeRules,
    about_keys,
    change_rules,
    changed_articles,
    check_rules,
    meant,
    put_to_the_vote,
    touched,
)

ARTICLE, TITLED, GOES = "Article {number}", "Article {number}, {title}", "Article {number} is struck out"


def _changes(teller: Teller, effect: ChangeRules) -> tuple[str, dict[str, Any]]:
    """The articles that it changes; and those that were left out, which it only named."""
    try:
        numbers, said = changed_articles(effect), tables_in(effect.articles)
    except RulebookError:  # moved, and never in force
        numbers, said = list(effect.repeal), {}
    out = effect.without
    variant = "" if not out else "partly" if numbers else "nothing"
    cited = teller.rules.article("rule_changes")
    return variant, {"articles": _all(teller, numbers, said), "out": _all(teller, out, said), "article": cited}


def _all(teller: Teller, numbers: Iterable[str], said: Mapping[str, Mapping[str, Any]]) -> str:
    return "; ".join(_called(teller, number, said.get(number, {})) for number in numbers)


def _called(teller: Teller, number: str, said: Mapping[str, Any]) -> str:
    """The article by its number and title: the one that stands, else the one that a change gives it. One of which the
    change says nothing is struck out."""
    if not said:
        return teller.say(GOES).format(number=number)
    stands = teller.rules.articles.get(number)
    title = stands.title if stands else said.get("title", "")
    return teller.say(TITLED if title else ARTICLE).format(number=number, title=title)


SUBJECT = Subject(
    name="rules",
    title="Rules",
    kinds=(
        Kind(
            Restate, rules.judge_restate, rules.apply_restate,
            sentence="{by} looked again at a change of rules that they moved, since an article had changed.",
            label="change looked at again", about="motion", cites="rule_changes",
        ),
    ),
    effects=(
        EffectKind(
            ChangeRules, check_rules, change_rules,
            sentence="The rules change: {articles}.", told=_changes,
            variants={
                "partly": "The rules change: {articles}. Left out by Article {article}: {out}.",
                "nothing": "Nothing is left of a change of the rules: {out}.",
            },
            question="Shall the rules change: {articles}?",
            gravity="rulebook_majority", about=about_nobody, meant=meant, several=True,
            put_to_the_vote=put_to_the_vote, touches=touched,
            rests=about_keys,
        ),
    ),
    refusals={
        "bad-rulebook": "{why:words}.",
        "touched-twice": "two parts of this motion change the same article; say it in one.",
        "changes-nothing": "this changes nothing: the rules stand so already.",
        "changed-since": "since this change of it was written, Article {number} changed; look at it as it stands now.",
        "changed-meanwhile": "what it would change is another by now, and its mover did not look at it again.",
        "words-of-the-whole": "a branch sets stricter figures of its own; the words of the rules are those of the "
        "whole organization.",
        "set-by-the-whole": "only the whole organization sets this.",
        "not-the-mover": "only who moved a change of rules can say it anew.",
        "no-change-of-rules": "this is no change of rules.",
        "nothing-changed": "nothing that this would change has changed since its mover looked at it.",
        "longer": "put otherwise, a change is not much longer than as it was moved.",
        "another-change": "looking at it again, a mover can put the words of an article otherwise that changed "
        "meanwhile; this would be another change.",
    },
    words={each: each for each in (ARTICLE, TITLED, GOES, STRICTER)},
)  # fmt: skip
