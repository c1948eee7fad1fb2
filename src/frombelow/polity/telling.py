"""Entries in plain words: one sentence a kind of act, with the facts to fill it. The site translates the sentences."""

from collections.abc import Callable
from datetime import date
from typing import Any

from . import acts as a
from .acts import AnyAct, AnyEffect, tag
from .aloud import Say, as_it_is
from .refusals import MESSAGES, fill
from .rulebook import RulebookError, as_read
from .state import Polity

TELLING = {
    "found": "{by} founded {name}.",
    "admit": "{by} admitted {people} {people|member|members} to {branch}.",
    "undo-admission": "{by} took an import of members back.",
    "step-back": "{by} stepped back.",
    "step-back until": "{by} stepped back until {until}.",
    "return": "{person} returned.",
    "leave": "{by} left.",
    "erase": "The name and the contacts of a member were erased, as they asked.",
    "rename": "{by} goes by a new name.",
    "look": "{by} looked at the roll of {branch}.",
    "look export": "{by} took the roll of {branch} away as a file.",
    "transfer": "{by} asked to move to {branch}.",
    "transferred": "{person} moved to {branch}.",
    "resign": "{by} gave a mandate back: {office}.",
    "expire": "A mandate ended with its term: {person}, {office}.",
    "move": "{by} moved a motion.",
    "second": "{by} seconded a motion.",
    "withdraw-second": "{by} took a second back.",
    "withdraw": "{by} withdrew a motion.",
    "find-in-order": "{by} found a motion in order.",
    "rule-out": "{by} ruled a motion out by Article {article}.",
    "appeal": "{by} appealed against a ruling.",
    "petition": "{by} started a recall: {person}, {office}.",
    "sign": "{by} signed a recall.",
    "reply": "{by} replied.",
    "proceed": "The time to reply ended without a reply.",
    "open": "{by} opened a vote; {eligible} may vote.",
    "vote": "{by} voted {choice}.",
    "vote abstain": "{by} abstained.",
    "close": "A vote closed: {outcome}, {yes} yes, {no} no, {abstain} abstained, of {eligible} (Article {article}).",
    "lapse": "A motion lapsed: {why}.",
    "take-effect": "A decision took effect: {effect}",
    "void": "An effect of a decision is void by Article {article}: {why}",
    "issue-code": "{by} printed a code with which {person} signs in once.",
    "recover": "{by} asked to come in again, having lost every way to sign in.",
    "recover officer": "{by} asked for a way in for {person}, who lost every way to sign in.",
    "recover vouch": "{by} vouched for {person}, who lost every way to sign in.",
    "recover stop": "{by} stopped the request to let {person} in again.",
    "recover lapse": "The request to let {person} in again lapsed.",
    "recover open": "{person} can come in again; their earlier ways to sign in are gone.",
    "start": "The server started (version {version}).",
    "backup": "A backup was made of {size} entries.",
    "restore": "The server went on from a backup of {size} entries; {recovered} came back from the copy.",
    "settings": "{by} changed a setting of the server: {name}.",
}
EFFECTS = {
    "admit": "{people} {people|person becomes a member|people become members} of {branch}.",
    "expel": "{person} is expelled.",
    "form-branch": "The branch “{name}” is formed in {branch}.",
    "dissolve-branch": "The branch {branch} is dissolved.",
    "create-office": "The office “{title}” is created in {branch}.",
    "grant-mandate": "{person} becomes {office}.",
    "end-mandate": "{person} is no longer {office}.",
    "change-rules": "The rules change: {articles}.",
    "dissolve": "The organization ends.",
}
WHYS = {
    "too-few-seconders": "too few people supported it in time",
    "nobody-may-vote": "nobody may vote on it",
    "mandate-ended": "the mandate ended before the vote",
}
AUTHORS = {a.TIME: "Time", a.SERVER: "The server", a.DECISION: "A decision"}
CHOICES = {each: each for each in ("yes", "no", "abstain", "carried", "lost", "tied", "inquorate")}
OTHERS = {
    "article": "Article {number}",
    "no branch yet": "a branch that does not exist yet",
    "new office": "a new office",
}
Name = Callable[[str], str]


def short(person: str) -> str:
    """A person where no names are at hand."""
    return f"person {person[:6]}…"


def facts(polity: Polity, act: AnyAct, name: Name = short, say: Say = as_it_is) -> tuple[str, dict[str, Any]]:
    """The sentence's key in TELLING, and what fills it. ``name`` names a person by their id; ``say`` translates."""
    found: dict[str, Any] = {field: getattr(act, field) for field in act.__struct_fields__}
    key = tag(type(act))
    found["by"] = say(AUTHORS[act.by]) if act.by in AUTHORS else name(act.by)
    found |= _things(polity, act, name, say)
    found |= {field: say(CHOICES[found[field]]) for field in ("choice", "outcome") if field in found}
    match act:
        case a.Admit():
            found["people"] = len(act.people)
        case a.Return() if not act.person:
            found["person"] = found["by"]
        case a.StepBack(until=int(until)):
            key, found["until"] = "step-back until", date.fromordinal(until).isoformat()
        case a.Look(what="export"):
            key = "look export"
        case a.Vote(choice="abstain"):
            key = "vote abstain"
        case a.Recover():
            step = "officer" if act.step == "ask" and act.by != act.person else act.step
            key = "recover" if step == "ask" else f"recover {step}"
        case a.Lapse():
            found["why"] = say(WHYS[act.why])
        case a.Void():
            found["why"] = fill_known(act.reason, say)
        case a.TakeEffect():
            found["effect"] = tell_effect(polity, act.effect, name, say)
    return key, found


def tell(polity: Polity, act: AnyAct, name: Name = short, say: Say = as_it_is) -> str:
    """The entry as a sentence, in English or as ``say`` translates."""
    key, found = facts(polity, act, name, say)
    return fill(say(TELLING[key]), found, say)


def effect_facts(
    polity: Polity, effect: AnyEffect, name: Name = short, say: Say = as_it_is
) -> tuple[str, dict[str, Any]]:
    """The sentence's key in EFFECTS, and what fills it."""
    found: dict[str, Any] = {field: getattr(effect, field) for field in effect.__struct_fields__}
    found |= _things(polity, effect, name, say)
    if isinstance(effect, a.FormBranch):
        found["branch"] = _branch(polity, effect.parent, say)
    if isinstance(effect, a.AdmitPeople):
        found["people"] = len(effect.people)
    if isinstance(effect, a.ChangeRules):
        found["articles"] = ", ".join(say(OTHERS["article"]).format(number=n) for n in changed_articles(effect))
    return str(effect.__struct_config__.tag), found


def tell_effect(polity: Polity, effect: AnyEffect, name: Name = short, say: Say = as_it_is) -> str:
    """The effect as a sentence, in English or as ``say`` translates."""
    key, found = effect_facts(polity, effect, name, say)
    return fill(say(EFFECTS[key]), found, say)


def changed_articles(effect: a.ChangeRules) -> list[str]:
    """The numbers of the articles that a change of rules touches. Raises RulebookError for what cannot be read."""
    tables = as_read(effect.articles).get("article", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise RulebookError("each article begins with [[article]]")
    return [*(str(table.get("number", "")) for table in tables), *effect.repeal]


def fill_known(message: str, say: Say = as_it_is) -> str:
    """A void effect's reason: the message without the figures, which only the moment had."""
    known = MESSAGES.get(message, "")
    return say(known) if known and "{" not in known else message.replace("-", " ") + "."


def _branch(polity: Polity, branch: str, say: Say) -> str:
    found = polity.branches.get(branch)
    return found.name if found else say(OTHERS["no branch yet"])


def _things(polity: Polity, said: Any, name: Name, say: Say) -> dict[str, str]:
    """Names for the ids that an act or effect speaks of."""
    found = {}
    if isinstance(mandate := getattr(said, "mandate", None), str) and mandate in polity.mandates:
        held = polity.mandates[mandate]
        found["person"], found["office"] = name(held.person), polity.offices[held.office].title
    if isinstance(person := getattr(said, "person", None), str):
        found["person"] = name(person)
    if isinstance(office := getattr(said, "office", None), str):
        found["office"] = polity.offices[office].title if office in polity.offices else say(OTHERS["new office"])
    for field in ("branch", "to"):
        if isinstance(branch := getattr(said, field, None), str):
            found["branch"] = _branch(polity, branch, say)
    return found
