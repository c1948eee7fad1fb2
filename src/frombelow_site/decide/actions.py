"""What members and officers do with motions: one function a verb, each one act through the door."""

import os
from typing import Any, Literal

from msgspec import UNSET, UnsetType

from frombelow.polity import acts
from frombelow.polity.acts import AnyEffect
from frombelow.polity.commitments import SALT_BYTES, commit
from frombelow_site.door import new_id, perform, polity
from frombelow_site.door.sequencer import Receipt
from frombelow_site.ui.clock import now


def kept_text(title: str, body: str) -> tuple[str, dict[str, Any]]:
    """The commitment to a motion's words for the record, and the words with their salt to keep."""
    salt = os.urandom(SALT_BYTES)
    return commit(salt, f"{title}\n\n{body}"), {"title": title, "body": body, "salt": salt.hex()}


def move(person: str, motion: str, branch: str, title: str, body: str, effects: tuple[AnyEffect, ...]) -> Receipt:
    text, kept = kept_text(title, body)
    return perform(acts.Move(by=person, motion=motion, branch=branch, text=text, effects=effects), kept)


def second(person: str, motion: str) -> Receipt:
    return perform(acts.Second(by=person, motion=motion))


def withdraw_second(person: str, motion: str) -> Receipt:
    return perform(acts.WithdrawSecond(by=person, motion=motion))


def withdraw(person: str, motion: str) -> Receipt:
    return perform(acts.Withdraw(by=person, motion=motion))


def sign(person: str, motion: str) -> Receipt:
    return perform(acts.Sign(by=person, motion=motion))


def find_in_order(person: str, motion: str) -> Receipt:
    return perform(acts.FindInOrder(by=person, under=_under(person, "rule-on-motions", motion), motion=motion))


def rule_out(person: str, motion: str, article: str, reason: str) -> Receipt:
    salt = os.urandom(SALT_BYTES)
    under = _under(person, "rule-on-motions", motion)
    act = acts.RuleOut(by=person, under=under, motion=motion, article=article, reason=commit(salt, reason))
    return perform(act, {"reason": reason, "salt": salt.hex()})


def appeal(person: str, motion: str) -> str:
    """The members are asked to overturn a ruling; returns the id of the new question."""
    name = new_id()
    perform(acts.Appeal(by=person, motion=motion, appeal=name))
    return name


def reply(person: str, motion: str, text: str) -> Receipt:
    salt = os.urandom(SALT_BYTES)
    return perform(acts.Reply(by=person, motion=motion, text=commit(salt, text)), {"text": text, "salt": salt.hex()})


def open_vote(person: str, motion: str) -> Receipt:
    return perform(acts.Open(by=person, under=_under(person, "open-votes", motion), motion=motion, eligible=0))


def vote(person: str, motion: str, choice: Literal["yes", "no", "abstain"]) -> Receipt:
    return perform(acts.Vote(by=person, motion=motion, choice=choice))


def _under(person: str, power: str, motion: str) -> str | UnsetType:
    """A mandate by which this person may do it here. Without one the act goes in bare, and the door refuses it."""
    mandate = polity().power(person, power, polity().motions[motion].branch, now())
    return mandate.id if mandate else UNSET
