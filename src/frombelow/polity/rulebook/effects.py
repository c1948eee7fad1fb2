"""The rules change, as the rules themselves demand."""

import json
from typing import Annotated, Any

from msgspec import Meta

from ..kernel.act import Effect
from ..kernel.fields import Number
from ..kernel.refusals import Refused
from ..kernel.require import refuse, require_branch
from ..motions.deciding import Deciding
from ..state import Polity
from .book import RulebookError, as_read, numbers_in
from .parameters import stricter_or_equal


class ChangeRules(Effect, tag="change-rules", frozen=True):
    """``articles`` is TOML with the [[article]] tables that replace those of the same number, or are new."""

    articles: Annotated[str, Meta(max_length=40_000)]
    repeal: tuple[Number, ...] = ()


def check_rules(polity: Polity, effect: ChangeRules, by: Deciding) -> None:
    try:
        changed = polity.book.changed(effect.articles, effect.repeal)
    except RulebookError as error:
        refuse(polity, "rule_changes", "bad-rulebook", why=str(error))
    if by.branch == polity.root:
        return
    require_branch(polity, by.branch)
    for key, value in changed.values.items():
        if value != polity.book[key] and not stricter_or_equal(key, polity.book[key], value):
            raise Refused(polity.book.article(key), "bad-rulebook", why="a branch can set this stricter, never laxer")


def change_rules(polity: Polity, effect: ChangeRules, by: Deciding) -> None:
    changed = polity.book.changed(effect.articles, effect.repeal)
    if by.branch == polity.root:
        polity.rules = changed
        return
    stricter = dict(polity.branches[by.branch].stricter)
    for key in changed.set_anew(polity.book):
        if changed[key] != polity.book[key]:
            stricter[key] = changed[key]
        else:  # as the whole has it: the branch gives up its own setting
            stricter.pop(key, None)
    polity.branches[by.branch].stricter = stricter


def meant(effect: ChangeRules) -> list[Any]:
    """What of a change is the same question, however it is written: spaces and comments change nothing."""
    return ["change-rules", json.dumps(as_read(effect.articles), sort_keys=True, default=str), sorted(effect.repeal)]


def changed_articles(effect: ChangeRules) -> list[str]:
    """The numbers of the articles that a change of rules touches. Raises RulebookError for what is no rules."""
    return [*numbers_in(effect.articles), *effect.repeal]
