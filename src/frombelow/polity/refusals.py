"""Refusals: what a rule forbids, with the article and the facts, so that a sentence can be made in any language."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

# What a motion does in each stage, as sentences go on with it.
PHASES = {
    "seconding": "looks for seconders", "petition": "is being signed", "admissibility": "waits to be found in order",
    "reply": "waits for a reply", "debate": "is debated", "voting": "is voted on", "adjourned": "is adjourned",
    "decided": "is decided", "withdrawn": "is withdrawn", "lapsed": "has lapsed", "ruled out": "is ruled out",
}  # fmt: skip

# message id -> English. {n:word} puts a small number in words, {n:moment} a second in UTC, {n:phase} what a motion
# does in a stage. The site translates these.
MESSAGES = {
    # record, time
    "not-an-act": "{why}.",
    "out-of-order": "this act is dated before the one that stands before it.",
    "time-held-back": "time was held back: “{due}” was due and is missing.",
    "not-what-follows": "{field} is “{due}” by what stands in the record; this act says “{said}”.",
    "not-due": "time does only what is due; this was not.",
    "clock": "this act is dated outside the time in which witnesses saw the record ({earliest} to {latest}).",
    "not-founded": "the organization is not founded yet; the founding comes first.",
    "founded-already": "the organization is founded already.",
    "dissolved": "the organization has ended; nothing more can be decided.",
    "bad-id": "this id is not one the door drew, or it is taken.",
    "bad-rulebook": "{why}.",
    # membership
    "not-a-member": "only members can do this; the one who acts is not a member now.",
    "unknown-person": "there is nobody with this id on the roll.",
    "person-taken": "this person is on the roll already.",
    "stepped-back-already": "you have stepped back already.",
    "not-stepped-back": "only who has stepped back can return.",
    "own-name": "a name is changed by whose it is, under no office.",
    "day-passed": "the day has passed already.",
    "unknown-batch": "there is no import with this id.",
    "undo-late": "an import can be undone for {days:word} days; that time is over.",
    # coming in again
    "unknown-recovery": "there is no such request to come in again.",
    "recovery-over": "this request to come in again is over already.",
    "recovering-already": "a request to let this member in again is running already.",
    "came-in-before": "this member came in before; a lost way in is asked for, told to them, and waits.",
    "vouch-for-self": "nobody vouches for themselves.",
    "vouched-already": "you vouch for this member already.",
    "nobody-vouches": "nobody needs to vouch: an officer asked, or enough members have vouched.",
    "not-yours-to-stop": "only the member, whoever asked for them and whoever vouched can stop this.",
    # branches
    "unknown-branch": "there is no such branch.",
    "same-branch": "this is the home branch already.",
    "branch-of-members": "a branch can be dissolved when nothing is being voted in it and no branch is below it.",
    "root-branch": "the whole organization is no branch that can be dissolved.",
    "outside-branch": "the members of a branch decide only what lies inside it.",
    # powers
    "no-mandate": "this needs a live mandate for an office with the power to {power}; the one who acts has none here.",
    "unknown-power": "{why}.",
    "unknown-office": "there is no such office.",
    "unknown-mandate": "there is no such mandate.",
    "mandate-over": "this mandate has ended already.",
    "not-yours": "only the holder can give a mandate back.",
    "no-seat": "the office “{office}” has {seats:word} {seats|seat|seats}; all are taken.",
    "too-many-terms": "nobody holds an office for more than {most:word} {most|term|terms} in a row.",
    "member-too-short": "this office asks for {days} days of membership.",
    "followed-already": "another mandate follows this one already.",
    "holds-already": "this person holds the office already.",
    # own cause
    "own-cause": "nobody decides in their own cause; the next one does, or time.",
    "about-several": "a motion is about one person at most; each is heard, and decided on, alone.",
    # motions
    "unknown-motion": "there is no such motion.",
    "wrong-stage": "this is possible while a motion {wanted:phase}; this one {stage:phase}.",
    "own-motion": "who moves a motion cannot second it too.",
    "seconded-already": "you second this motion already.",
    "not-seconded": "you do not second this motion.",
    "too-few-seconders": "{needed:word} {needed|seconder is|seconders are} needed; there {there|is|are} {there:word}.",
    "not-mover": "only the mover can withdraw a motion, and only until it is found in order.",
    "no-franchise": "this is for members who may vote in this branch: {days:word} days after joining.",
    "asked-before": "this question was lost less than {days} days ago; it needs {needed:word} seconders until then; "
    "there {there|is|are} {there:word}.",
    "no-article": "a motion is ruled out by an article; there is no Article {number}.",
    "ruled-late": "the time to rule on this motion is over.",
    "appealed-already": "this ruling was appealed already.",
    "recall-not-ruled": "nobody can rule out a recall.",
    "not-the-subject": "only the person whom this is about can reply.",
    "not-yet-due": "the vote can open when the debate is over: {when:moment}.",
    # votes
    "not-voting": "the vote on this is not open.",
    "wrong-electorate": "{eligible} may vote in this now; the act says {said}.",
    "nobody-may-vote": "nobody may vote in this now.",
    "not-in-electorate": "the electorate was frozen when the vote opened; you are not in it.",
    "left": "who leaves by their own will votes no more.",
    # effects
    "recall-running": "a recall of this mandate is running already.",
    "cannot-alone": "dissolving the organization is decided alone, without other effects.",
    "whole-only": "only the whole organization can decide this.",
    "setting-unknown": "there is no such setting.",
}
_PLACE = re.compile(r"\{(\w+)(?::(word|moment|phase)|\|([^|}]*)\|([^}]*))?\}")


class Refused(Exception):  # noqa: N818  the word of the field
    """An act that a rule forbids. ``article`` is the number that forbids it, ``message`` an id in MESSAGES."""

    def __init__(self, article: str, message: str, **facts: object) -> None:
        super().__init__(article, message, facts)
        self.article, self.message, self.facts = article, message, facts

    def sentence(self) -> str:
        """In English: "Article 4.2: five seconders are needed; there are three." """
        return f"Article {self.article}: {fill(MESSAGES[self.message], self.facts)}"

    __str__ = sentence


class Breach(Exception):  # noqa: N818
    """The record holds an entry that the rules did not allow: its index, the article, and why."""

    def __init__(self, index: int, article: str, why: str) -> None:
        super().__init__(f"Entry {index:,}, Article {article}: {why}")
        self.index, self.article, self.why = index, article, why


def fill(template: str, facts: dict[str, object], say: Callable[[str], str] = str) -> str:
    """The template with its facts: {n}, {n:word} in words up to twelve, {n:moment} as a date and time (UTC),
    {n:phase} as what a motion does in a stage, {n|singular|plural}. ``say`` translates small numbers and phases."""

    def put(found: re.Match[str]) -> str:
        value = facts[found[1]]
        if found[3] is not None:
            return found[3] if value == 1 else found[4]
        if found[2] == "moment" and type(value) is int:
            return f"{datetime.fromtimestamp(value, UTC):%Y-%m-%d %H:%M} UTC"
        if found[2] == "phase":
            return say(PHASES.get(str(value), str(value)))
        if found[2] == "word" and isinstance(value, int) and 0 <= value < len(SMALL):
            return say(SMALL[value])
        return f"{value:,}" if type(value) is int else str(value)

    return _PLACE.sub(put, template)
