"""What members and officers do with motions: one function a verb, each one act through the door."""

from collections.abc import Mapping
from typing import Literal

from msgspec import UnsetType

from frombelow.polity import Effect, Refused
from frombelow.polity.kernel.drafts import under_for
from frombelow.polity.kernel.ids import AttachmentId, BranchId, MandateId, MotionId, Nonce, PersonId, is_id
from frombelow.polity.motions.acts import (
    AppealRuling,
    Attach,
    Detach,
    FindInOrder,
    Move,
    Reply,
    RuleOut,
    Second,
    Withdraw,
    WithdrawSecond,
)
from frombelow.polity.motions.effects import effects_of
from frombelow.polity.recalls.acts import Sign
from frombelow.polity.rulebook.acts import Restate
from frombelow.polity.rulebook.book import tables_in
from frombelow.polity.rulebook.effects import ChangeRules
from frombelow.polity.rulebook.writing import with_words
from frombelow.polity.votes.acts import CastVote, DisownVote, OpenVote
from frombelow_site.door import NOTHING, Drawn, Private, Receipt, new_id, perform, polity, private
from frombelow_site.ui.clock import now

from . import files
from .attachments import sha256


def words(motion: MotionId, title: str, body: str, drawn: Drawn = NOTHING) -> Private:
    """A motion's words, to be kept beside the commitment to them."""
    return private("motion", motion, f"{title}\n\n{body}", drawn)


def move(
    person: PersonId, motion: MotionId, branch: BranchId, title: str, body: str, effects: tuple[Effect, ...],
    drawn: Drawn = NOTHING,
) -> Receipt:  # fmt: skip
    text = words(motion, title, body, drawn)
    return perform(Move(by=person, motion=motion, branch=branch, text=text.commitment, effects=effects), text)


def look_again(
    person: PersonId, motion: MotionId, n: int, words: Mapping[str, str], on: int
) -> Receipt:  # fmt: skip
    """The mover looked again at the n-th effect, a change of rules, as the rules stood after ``on`` entries, and puts
    the text of these articles so."""
    found = effects_of(polity().motions[motion])[n]
    assert isinstance(found, ChangeRules)
    said = tables_in(found.articles)
    texts = {
        number: {"text": text} for number, text in words.items()
        if number in said and text != said[number].get("text", polity().book.articles[number].text)
    }  # fmt: skip
    articles = with_words(found.articles, {"article": texts}) if texts else found.articles
    return perform(Restate(by=person, motion=motion, n=n, articles=articles, on=on))


def attach(
    person: PersonId, motion: MotionId, name: str, data: bytes, drawn: Drawn = NOTHING
) -> AttachmentId:  # fmt: skip
    """The file stands beside the motion. Raises OSError where there is no room, Refused and Closed; after a refusal,
    and where the act is only prepared, nothing is kept."""
    free = is_id(drawn.id) and drawn.id not in polity().attached and not files.place(drawn.id).exists()
    attachment = AttachmentId(drawn.id if free else new_id())
    files.keep(attachment, data)
    mark = private("attachment", attachment, sha256(data), drawn, name=name, size=len(data))
    try:
        receipt = perform(Attach(by=person, motion=motion, attachment=attachment, file=mark.commitment), mark)
    except Refused:
        files.drop([attachment])
        raise
    if receipt.index < 0:
        files.drop([attachment])
    return attachment


def detach(person: PersonId, motion: MotionId, attachment: AttachmentId) -> Receipt:
    return perform(Detach(by=person, motion=motion, attachment=attachment))


def second(person: PersonId, motion: MotionId) -> Receipt:
    return perform(Second(by=person, motion=motion))


def withdraw_second(person: PersonId, motion: MotionId) -> Receipt:
    return perform(WithdrawSecond(by=person, motion=motion))


def withdraw(person: PersonId, motion: MotionId) -> Receipt:
    return perform(Withdraw(by=person, motion=motion))


def sign(person: PersonId, motion: MotionId) -> Receipt:
    return perform(Sign(by=person, motion=motion))


def find_in_order(person: PersonId, motion: MotionId) -> Receipt:
    return perform(FindInOrder(by=person, under=_under(person, "rule-on-motions", motion), motion=motion))


def rule_out(
    person: PersonId, motion: MotionId, article: str, reason: str, drawn: Drawn = NOTHING
) -> Receipt:  # fmt: skip
    said, under = private("ruling", motion, reason, drawn), _under(person, "rule-on-motions", motion)
    return perform(RuleOut(by=person, under=under, motion=motion, article=article, reason=said.commitment), said)


def appeal(person: PersonId, motion: MotionId, drawn: Drawn = NOTHING) -> MotionId:
    """The members are asked to overturn a ruling; returns the id of the new question."""
    name = MotionId(drawn.id or new_id())
    perform(AppealRuling(by=person, motion=motion, appeal=name))
    return name


def reply(person: PersonId, motion: MotionId, text: str, drawn: Drawn = NOTHING) -> Receipt:
    said = private("reply", f"{motion} {person}", text, drawn)
    return perform(Reply(by=person, motion=motion, text=said.commitment), said)


def open_vote(person: PersonId, motion: MotionId) -> Receipt:
    return perform(OpenVote(by=person, under=_under(person, "open-votes", motion), poll=motion))


def vote(
    person: PersonId, motion: MotionId, choice: Literal["yes", "no", "abstain"], drawn: Drawn = NOTHING
) -> Receipt:  # fmt: skip
    return perform(CastVote(by=person, poll=motion, choice=choice, nonce=Nonce(drawn.id or new_id())))


def disown(person: PersonId, motion: MotionId) -> Receipt:
    """This person says that the answer in their name is not theirs; members vouch for them."""
    return perform(DisownVote(by=person, poll=motion))


def _under(person: PersonId, power: str, motion: MotionId) -> MandateId | UnsetType:
    """A mandate by which this person may do it here. Without one the act goes in bare, and the door refuses it."""
    return under_for(polity(), person, power, motion, now())
