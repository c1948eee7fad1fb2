"""The rules change, as the rules themselves demand."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from msgspec import Meta, structs

from ..kernel.act import Effect
from ..kernel.fields import Count, Number
from ..kernel.ids import BranchId
from ..kernel.refusals import Refused
from ..kernel.require import refuse, require_branch
from ..motions.deciding import Deciding
from ..state import Polity
from .aloud import in_words
from .book import Rulebook, RulebookError, tables_in, why_not_together
from .in_force import InForce
from .parameters import OF_KEYS, OF_THE_WHOLE, PARAMETERS, stricter_or_equal

STRICTER = "a branch can set this stricter, never laxer"


class ChangeRules(Effect, tag="change-rules", frozen=True):
    """``articles`` is TOML: an [[article]] table for each article that changes, with its number and what of it changes;
    a new one says all of itself. ``on`` tells how many entries of the record the mover had before them: an article that
    changed since is looked at again. ``without`` lists those that nobody looked at before the vote opened: they are
    left out, and it is the record that says so, never the mover."""

    articles: Annotated[str, Meta(max_length=40_000)]
    repeal: tuple[Number, ...] = ()
    on: Count = 0
    without: tuple[Number, ...] = ()


def changed_articles(effect: ChangeRules) -> list[str]:
    """The numbers of the articles that a change of rules touches. Raises RulebookError for what is no rules."""
    return [number for number in (*tables_in(effect.articles), *effect.repeal) if number not in effect.without]


def touched(effect: ChangeRules) -> list[str]:
    """The same; none of what is no rules, which is told otherwise."""
    try:
        return changed_articles(effect)
    except RulebookError:
        return []


def changed_since(polity: Polity, branch: BranchId, effect: ChangeRules) -> list[str]:
    """The articles among them that other decisions changed since the mover looked at them."""
    above = polity.branches[branch].above
    return [
        number
        for number in changed_articles(effect)
        if any(polity.changes.get((each, number), -1) >= effect.on for each in above)
    ]


def check_rules(polity: Polity, effect: ChangeRules, by: Deciding) -> None:
    """Refuse a change after which the rules could not stand; one that is moved, if it changes nothing, or if what it
    changes is another by now."""
    try:
        changed = polity.book.changed(effect.articles, effect.repeal, effect.without)
        touched = changed_articles(effect)
    except RulebookError as error:
        refuse(polity, "rule_changes", "bad-rulebook", why=str(error))
    if not by.decision:
        _check_moved(polity, effect, by, same=changed.articles == polity.book.articles)
    if not touched:
        refuse(polity, "rule_changes", "changed-meanwhile")
    if by.branch != polity.root:
        _check_branch(polity, effect, by.branch)


def _check_moved(polity: Polity, effect: ChangeRules, by: Deciding, *, same: bool) -> None:
    if effect.without or effect.on > polity.size:
        refuse(polity, "record", "not-an-act", why="it speaks of what is not there yet")
    if since := changed_since(polity, by.branch, effect):
        refuse(polity, "rule_changes", "changed-since", number=since[0])
    here = polity.rules_for(by.branch)
    if same and all(value == here[key] for key, value in _settings(polity.book, effect).items()):
        refuse(polity, "rule_changes", "changes-nothing")


def _check_branch(polity: Polity, effect: ChangeRules, branch: BranchId) -> None:
    """A branch sets figures of its own, stricter ones; the words are those of the whole."""
    require_branch(polity, branch)
    for number, said in tables_in(effect.articles).items():
        here = polity.book.source.get(number, {})
        if effect.repeal or any(here.get(key) != value for key, value in said.items() if key not in PARAMETERS):
            refuse(polity, "rule_changes", "words-of-the-whole")
    for key, value in _settings(polity.book, effect).items():
        if key in OF_THE_WHOLE and value != polity.book[key]:
            raise Refused(polity.book.article(key), "set-by-the-whole")
        if not stricter_or_equal(key, polity.book[key], value):
            raise Refused(polity.book.article(key), "bad-rulebook", why=STRICTER)
    # Each may be stricter than in the whole, and all together easier than they must be.
    if found := why_not_together(polity.rules_for(branch).values | _settings(polity.book, effect)):
        raise Refused(polity.book.article(found[0]), "bad-rulebook", why=found[1])


def _settings(book: Rulebook, effect: ChangeRules) -> dict[str, Any]:
    """The settings that the change names, as it puts them."""
    changed = book.changed(effect.articles, effect.repeal, effect.without)
    said = [said for number, said in tables_in(effect.articles).items() if number not in effect.without]
    return {key: changed[key] for table in said for key in table if key in PARAMETERS}


def change_rules(polity: Polity, effect: ChangeRules, by: Deciding) -> None:
    for number in changed_articles(effect):
        polity.changes[by.branch, number] = polity.size
    rules = changed(polity.in_force, effect, by.branch, polity.root)
    polity.rules = rules.book
    if by.branch != polity.root:
        polity.branches[by.branch].stricter = rules.stricter[by.branch]


def changed(rules: InForce, effect: ChangeRules, branch: BranchId, root: BranchId) -> InForce:
    """What holds after a change that this branch decided. Raises RulebookError where that could not stand."""
    if branch == root:
        return rules._replace(book=rules.book.changed(effect.articles, effect.repeal, effect.without))
    own = dict(rules.stricter.get(branch, {}))
    for key, value in _settings(rules.book, effect).items():
        if value != rules.book[key]:
            own[key] = value
        else:  # as the whole has it: the branch gives up its own setting
            own.pop(key, None)
    return rules._replace(stricter={**rules.stricter, branch: own})


def put_to_the_vote(polity: Polity, effect: ChangeRules, branch: BranchId) -> ChangeRules:
    """The change as it is voted on: without the articles that changed since its mover looked at them; without any,
    where what is left of it could not stand."""
    since = changed_since(polity, branch, effect)
    left = structs.replace(effect, without=(*effect.without, *since))
    if not since or _stands(polity, branch, left):
        return left
    return structs.replace(left, without=(*left.without, *changed_articles(left)))


def _stands(polity: Polity, branch: BranchId, effect: ChangeRules) -> bool:
    try:
        changed(polity.in_force, effect, branch, polity.root)
    except RulebookError:
        return False
    return True


def meant(polity: Polity, effect: ChangeRules, _made: Mapping[str, Any]) -> Iterator[list[str]]:
    """What a change does, however it is worded and in whichever article: each setting that it puts differently; of an
    article whose words alone change, that they do."""
    for number, said in tables_in(effect.articles).items():
        if number in effect.without:  # nobody voted on it
            continue
        settings = {key: PARAMETERS[key].read(value) for key, value in said.items() if key in PARAMETERS}
        differ = [[key, in_words(value)] for key, value in settings.items() if value != polity.book[key]]
        yield from (["set", *each] for each in differ)
        if not differ:
            yield ["word", number]
    yield from (["repeal", number] for number in effect.repeal if number not in effect.without)


def about_keys(polity: Polity, effect: ChangeRules) -> bool:
    """Whether it changes an article about keys, or what such an article sets, wherever it puts it."""
    keys = OF_KEYS | {"keys", "paper"}
    said = tables_in(effect.articles)
    for number in touched(effect):
        here = polity.book.source.get(number, {})
        if any(keys & {*table, *table.get("topics", ())} for table in (here, said.get(number, {}))):
            return True
    return False
