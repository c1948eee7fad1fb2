"""What acts change in the tables of motions."""

import re
from collections.abc import Iterable
from functools import partial

from msgspec import UNSET

from frombelow.polity import Act, Appeal, Polity, Question
from frombelow.polity.admissions.acts import AskForVote
from frombelow.polity.admissions.rules import ListVote
from frombelow.polity.kernel.ids import MotionId
from frombelow.polity.motions.acts import (
    AppealRuling,
    FindInOrder,
    Lapse,
    Move,
    Proceed,
    Reply,
    RuleOut,
    Second,
    TakeEffect,
    Void,
    Withdraw,
    WithdrawSecond,
)
from frombelow.polity.organization.acts import DissolveBranch
from frombelow.polity.recalls.acts import Petition, Sign
from frombelow.polity.server.acts import Start
from frombelow.polity.votes.acts import (
    CastVote,
    CloseVote,
    DisownVote,
    OpenVote,
    PaperVote,
    SettleVote,
    VouchDisown,
)
from frombelow.polity.votes.state import PAPER
from frombelow.signs import LINE, turns
from frombelow_site.door.private import checks
from frombelow_site.door.projections import Entered, project, rebuild, send_once, upsert
from frombelow_site.door.tables import about

from . import chances, letters
from .models import Motion, Remark, Wording

MOTION = (
    "motion", "branch", "mover", "kind", "stage", "outcome", "disposition", "deadline", "opens", "moved", "closed",
    "needed", "supporters", "yes", "no", "abstain", "eligible",
)  # fmt: skip
CHANGES = (
    Move, Second, WithdrawSecond, Withdraw, FindInOrder, RuleOut, AppealRuling,
    Petition, Sign, Reply, Proceed, OpenVote, CastVote, CloseVote, Lapse, TakeEffect,
    Void, PaperVote, DisownVote, VouchDisown, SettleVote,
)  # fmt: skip


@project(Start)
def lengthened(polity: Polity, _entered: list[Entered]) -> None:
    """An outage lengthens what was open."""
    _write(found for name in polity.running if (found := polity.motions[name]).lengthened and not found.over)


@project(AskForVote)
def list_votes(polity: Polity, _entered: list[Entered]) -> None:
    """What was put to the members by it, if anything: most who ask are not the last who was needed."""
    _write(found for name in polity.voting if isinstance(found := polity.motions[name], ListVote))


@project(*CHANGES)
def motions(polity: Polity, entered: list[Entered]) -> None:
    concerned = {MotionId(about(entry.act)) for entry in entered}
    concerned |= {entry.act.appeal for entry in entered if isinstance(entry.act, AppealRuling)}
    # An appeal that is carried sets the motion that was ruled out on its way again.
    found = [polity.motions[name] for name in concerned]
    found += [polity.motions[appeal.ruled] for appeal in found if isinstance(appeal, Appeal)]
    if any(isinstance(getattr(entry.act, "effect", None), DissolveBranch) for entry in entered):
        found += [each for each in polity.motions.values() if polity.branches[each.branch].dissolved]
    _write(found)


@project(PaperVote)
def told_of_paper(polity: Polity, entered: list[Entered]) -> None:
    """Whom an answer on paper counts for by now hears of it."""
    for name, person in {(entry.act.poll, entry.act.person) for entry in entered}:
        poll = polity.motions[name].poll
        if poll is not None and poll.parts.get(person) == PAPER:
            send_once(partial(letters.on_paper, person))


@project(OpenVote, CloseVote, SettleVote)
def told_of_votes(_polity: Polity, entered: list[Entered]) -> None:
    """Who may vote hears that a vote is open, and how it ended. Whose answers to what rests stand on the server's word
    are asked whether they are theirs: Home alone is read by who comes."""
    for entry in entered:
        act = entry.act
        if isinstance(act, OpenVote):
            send_once(partial(letters.opened, act.poll, entry.index))
        elif isinstance(act, CloseVote) and act.rests is not UNSET:
            send_once(partial(letters.rests, act.poll, act.rests))
        else:
            send_once(partial(letters.closed, act.poll, entry.index))


@project(Move, Petition)
def told_whom_it_is_about(polity: Polity, entered: list[Entered]) -> None:
    for entry in entered:
        send_once(partial(letters.about, polity.motions[entry.act.motion]))


@project(Move, OpenVote)
def chances_foreseen(polity: Polity, entered: list[Entered]) -> None:
    """What quotas would do to chances is reckoned of who is a member as they are moved, and again as the vote opens."""
    for entry in entered:
        chances.begin(polity, [MotionId(about(entry.act))], entry.at)


@project(Start)
def chances_go_on(polity: Polity, entered: list[Entered]) -> None:
    chances.go_on(polity, entered[-1].at)


STEPS: dict[type[Act], str] = {FindInOrder: letters.IN_ORDER, RuleOut: letters.RULED_OUT, Lapse: letters.LAPSED}


@project(*STEPS)
def told_the_mover(polity: Polity, entered: list[Entered]) -> None:
    for entry in entered:
        send_once(partial(letters.to_mover, polity.motions[entry.act.motion], STEPS[type(entry.act)]))


TITLE, WORDS = 200, 20_000  # letters at most
CONTROLS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


@checks("motion")
def fit_motion(value: str) -> str:
    title, gap, body = value.partition("\n\n")
    if not gap or not 0 < len(title) <= TITLE or not re.search(LINE, title):
        return "unfit-title"
    return fit_words(body)


@checks("ruling", "reply")
def fit_words(value: str) -> str:
    fits = value.strip() and len(value) <= WORDS and not re.search(CONTROLS, value) and not turns(value)
    return "" if fits else "unfit-words"


@project(Move, Petition)
def wordings(_polity: Polity, entered: list[Entered]) -> None:
    rows = []
    for each in (each for entry in entered for each in entry.privates if each.of == "motion"):
        title, _, body = each.value.partition("\n\n")
        rows.append((each.whose, title[:200], body, each.salt))
    upsert(Wording._meta.db_table, ("motion", "title", "body", "salt"), rows)


@project(RuleOut, Reply)
def remarks(_polity: Polity, entered: list[Entered]) -> None:
    rows = [
        Remark(
            motion=entry.act.motion, kind=Remark.Kind(each.of), person=entry.act.who, text=each.value, salt=each.salt
        )
        for entry in entered
        for each in entry.privates
    ]
    Remark.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["motion", "kind", "person"], update_fields=["text", "salt"]
    )


@rebuild
def rebuild_motions(polity: Polity) -> None:
    Motion.objects.all().delete()
    _write(polity.motions.values())


def _write(questions: Iterable[Question]) -> None:
    rows = [
        (
            m.id, m.branch, m.mover, m.kind.value, m.stage.value, str(m.outcome), m.disposition, m.deadline, m.opens,
            m.moved, m.closed_at, m.needed, len(m.supporters), m.yes, m.no, m.abstain, m.eligible,
        )
        for m in {m.id: m for m in questions}.values()
    ]  # fmt: skip
    upsert(Motion._meta.db_table, MOTION, rows)
