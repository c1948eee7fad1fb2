"""The roll as a subject: what is registered of it."""

from typing import Any

from ..kernel.act import SERVER
from ..kernel.hidden import AsksActed
from ..kernel.judging import nothing
from ..kernel.subject import Kind, Subject
from ..kernel.words import Teller
from . import acts, rules

REFUSALS = {
    "unknown-batch": "there is no import with this id.",
    "undo-late": "an import can be undone for {days:word} days; that time is over.",
    "rows-late": "the people of a list come within {days:word} days of its import; that time is over.",
    "not-the-next-rows": "row {next} of this list comes next, and these begin with row {said}.",
    "updated-twice": "a list says what it says of a member once.",
    "other-rows": "these rows are not those that the officer brought in.",
}


def _rows(_teller: Teller, act: acts.ImportRows) -> tuple[str, dict[str, Any]]:
    return "", {"people": len(act.rows)}


def _brought_in(_teller: Teller, act: acts.ImportRoll) -> tuple[str, dict[str, Any]]:
    return ("" if not act.updates else "updates" if act.count else "only"), {}


def _updates(_teller: Teller, act: acts.ImportUpdates) -> tuple[str, dict[str, Any]]:
    mails = sum(mail for _person, _mark, mail in act.rows)
    return "mails" if mails else "", {"people": len(act.rows), "mails": mails}


def _looked(teller: Teller, act: acts.LookAtRoll) -> tuple[str, dict[str, Any]]:
    return "more" if act.pages else "", {"person": teller.name(act.person)}


SUBJECT = Subject(
    name="roll",
    title="The roll",
    kinds=(
        Kind(
            acts.ImportRoll, rules.judge_import, rules.apply_import, for_office=True,
            sentence="{by} brought in a list of {count} {count|person|people}.", told=_brought_in,
            variants={
                "updates": "{by} brought in a list of {count} {count|person|people}, with updates of {updates} "
                "{updates|member|members}.",
                "only": "{by} brought in a list with updates of {updates} {updates|member|members}.",
            },
            label="list brought in", about="batch", cites="import_undo_days",
        ),
        Kind(
            acts.ImportRows, rules.judge_rows, rules.apply_rows,
            sentence="{people} {people|person of a list became a member|people of a list became members}.", told=_rows,
            label="people of a list admitted", about="batch", cites="membership", authors=(SERVER,),
            marks=lambda act: (("name of", row[0], row[1]) for row in act.rows),
        ),
        Kind(
            acts.ImportUpdates, rules.judge_updates, rules.apply_updates,
            sentence="{people} {people|member was|members were} updated from a list.", told=_updates,
            variants={
                "mails": "{people} {people|member was|members were} updated from a list; for {mails} of them it gives "
                "another mail address, which they can stop.",
            },
            label="members updated from a list", about="batch", cites="recovery_hours", authors=(SERVER,),
            marks=lambda act: (("update of", row[0], row[1]) for row in act.rows),
        ),
        Kind(
            acts.UndoImport, rules.judge_undo, rules.apply_undo, for_office=True,
            sentence="{by} took an import of members back.",
            label="import taken back", about="batch", cites="import_undo_days",
            asks_acted=AsksActed(rules.taken_back, changes=True),
        ),
        Kind(
            # Whoever still looks at the roll when the organization has ended is on the record too.
            acts.LookAtRoll, rules.judge_look, nothing,
            sentence="{person} looked at the roll of {branch}.", told=_looked,
            variants={"more": "{person} opened {pages} more {pages|page|pages} of the roll of {branch}."},
            label="roll looked at", about="person", cites="powers", authors=(SERVER,), after_the_end=True,
        ),
        Kind(
            acts.ExportRoll, rules.judge_export, nothing, for_office=True,
            sentence="{by} took the roll of {branch} away as a file.", label="roll taken away", about="branch",
            cites="powers",
            after_the_end=True,
        ),
    ),
    refusals=REFUSALS,
    words={rules.NOTHING_IN_IT: rules.NOTHING_IN_IT},
    tasks={rules.Undoing: rules.due_undoing},
    windows={rules.Undoing: rules.longer_to_undo},
)  # fmt: skip
