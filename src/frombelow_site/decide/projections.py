"""What acts change in the tables of motions."""

from collections.abc import Iterable

from frombelow.polity import Polity, acts
from frombelow.polity.state import Class
from frombelow.polity.state import Motion as Question
from frombelow_site.door.projections import Entered, project, rebuild
from frombelow_site.people.projections import upsert

from .models import Motion, Statement, Wording

MOTION = (
    "motion", "branch", "mover", "kind", "stage", "outcome", "disposition", "deadline", "opens", "moved", "closed",
    "needed", "seconders", "yes", "no", "abstain", "eligible", "about",
)  # fmt: skip
CHANGES = (
    acts.Move, acts.Second, acts.WithdrawSecond, acts.Withdraw, acts.FindInOrder, acts.RuleOut, acts.Appeal,
    acts.Petition, acts.Sign, acts.Reply, acts.Proceed, acts.Open, acts.Vote, acts.Close, acts.Lapse, acts.TakeEffect,
    acts.Void,
)  # fmt: skip


@project(*CHANGES)
def motions(polity: Polity, entered: list[Entered]) -> None:
    concerned = {entry.act.motion for entry in entered}
    concerned |= {entry.act.appeal for entry in entered if isinstance(entry.act, acts.Appeal)}
    # An appeal that is carried sets the motion that was ruled out on its way again.
    concerned |= {polity.motions[name].about for name in concerned if polity.motions[name].kind is Class.APPEAL}
    _write(polity.motions[name] for name in concerned)


@project(acts.Move, acts.Petition)
def wordings(polity: Polity, entered: list[Entered]) -> None:
    rows = [
        (entry.act.motion, str(kept.get("title", ""))[:200], kept.get("body", ""), bytes.fromhex(kept.get("salt", "")))
        for entry in entered
        if (kept := entry.kept)
    ]
    upsert(Wording._meta.db_table, ("motion", "title", "body", "salt"), rows)


@project(acts.RuleOut, acts.Reply)
def statements(polity: Polity, entered: list[Entered]) -> None:
    rows = [
        Statement(
            motion=entry.act.motion,
            kind=Statement.Kind.RULING if isinstance(entry.act, acts.RuleOut) else Statement.Kind.REPLY,
            text=kept.get("reason") or kept.get("text") or "",
            salt=bytes.fromhex(kept.get("salt", "")),
        )
        for entry in entered
        if (kept := entry.kept)
    ]
    Statement.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["motion", "kind"], update_fields=["text", "salt"]
    )


@rebuild
def rebuild_motions(polity: Polity) -> None:
    Motion.objects.all().delete()
    _write(polity.motions.values())


def _write(questions: Iterable[Question]) -> None:
    rows = [
        (
            m.id, m.branch, m.mover, m.kind.value, m.stage.value, str(m.outcome), m.disposition, m.deadline, m.opens,
            m.moved, m.closed_at, m.needed, len(m.seconders), m.yes, m.no, m.abstain, m.counted(), m.about,
        )
        for m in questions
    ]  # fmt: skip
    upsert(Motion._meta.db_table, MOTION, rows)
