"""The ballots of a file as a rule takes them: the same ranking file serves rules that rank and rules that approve."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from ..counts import Count
from ..errors import CountError, ReadError
from ..rule import Rule
from .files import bytes_of, taken_from
from .headings import NO_PARTY, WEIGHT, Label, bare, check_names, is_write_in, label_of
from .kinds import kind_of
from .numerals import shown, whole_number
from .rows import rows_of
from .told import NOTHING, Told

ANSWERS = ("yes", "no", "abstain", "eligible")


def read_for(rule: Rule, path: Path, told: Told = NOTHING) -> Any:
    """The profile that this rule counts. Raises ReadError with file and line.

    Rankings: .blt, .soi, .soc, .toi, .toc, .csv, .tsv, .cvr. Approvals: the same, whoever is ranked being approved, or
    Pabulib's .pb. Scores: .csv with a column for each candidate; for ``approval`` rankings too. Lists: .csv with a
    name and its votes in each row. Projects: .pb. A yes or no: .csv with the columns yes, no, abstain, eligible. A
    spreadsheet (.xlsx, .ods) is read as .csv: its first sheet that is not hidden. A name that says nothing of the kind
    (.txt) is a BLT, PrefLib or Pabulib file where it begins as one.
    """
    return read_bytes_for(rule, bytes_of(path), path, told)


def read_bytes_for(rule: Rule, data: bytes, path: Path, told: Told = NOTHING) -> Any:
    """The same of bytes that are at hand; ``path`` is what messages call them, and tells their kind."""
    taken = taken_from(data, path)
    try:
        with taken.named():
            return taken.told_with(_READ[rule.reads](rule, taken.data, path, told))
    except CountError as error:
        raise ReadError(str(path), None, str(error)) from None


def by_name(found: Count) -> Count:
    """The count. CountError where those whose names voters wrote in won together: nobody can be elected so."""
    won = [found.name(each) for each in found.winners if is_write_in(found.name(each))]
    if won:
        raise CountError(f"“{won[0]}” stands for several people and would be elected; name each of them.")
    return found


def _rankings(_rule: Rule, data: bytes, path: Path, told: Told) -> Any:
    from . import read

    return read(data, str(path), kind_of(path.name, data), told)


def _approvals(rule: Rule, data: bytes, path: Path, told: Told) -> Any:
    from ..approvals.profile import approvals_of
    from .pabulib import read_pabulib

    if kind_of(path.name, data) == ".pb":
        return read_pabulib(data, str(path))
    profile = _rankings(rule, data, path, told)
    ballots = [(weight, [each for rank in ranking for each in rank]) for weight, ranking in profile.rows()]
    approvals = approvals_of(
        profile.candidates, ballots, seats=profile.seats, title=profile.title, withdrawn=profile.withdrawn
    )
    return replace(approvals, notes=profile.notes)


def _scores(rule: Rule, data: bytes, path: Path, told: Told) -> Any:
    from ..scored.profile import scores_of
    from ..scored.reading import read_scores

    if rule.name != "approval":
        return read_scores(data, str(path), told)
    profile = _rankings(rule, data, path, told)
    ballots = [(weight, {each: 1 for rank in ranking for each in rank}) for weight, ranking in profile.rows()]
    return scores_of(
        profile.candidates, ballots, high=1, seats=profile.seats, title=profile.title, withdrawn=profile.withdrawn,
        notes=profile.notes,
    )  # fmt: skip


def _lists(_rule: Rule, data: bytes, path: Path, _told: Told) -> Any:
    from ..seats.lists import lists_of

    file, votes, notes = str(path), dict[str, int](), tuple[str, ...]()
    for at, (line, cells) in enumerate(rows_of(data, file)):
        if len(cells) != 2 or not cells[0]:
            raise ReadError(file, line, "each row needs a list's name and its votes.")
        name, said = cells
        if at == 0 and (bare(said) in WEIGHT or not any(each.isdigit() for each in said)):
            if bare(said) not in WEIGHT:
                notes = (f"The first row was taken for headings: {shown(name)}, {shown(said)}.",)
            continue
        if label_of(name) in (Label.TOTAL, Label.INVALID) or bare(name) in NO_PARTY:
            raise ReadError(file, line, f"{shown(name)} is no list; take this row out.")
        if name in votes:
            raise ReadError(file, line, f"{shown(name)} stands here twice.")
        votes[name] = whole_number(said, file, line, "the number of votes")
    check_names(list(votes), file)
    return replace(lists_of(votes, title=path.stem), notes=notes)


def _projects(_rule: Rule, data: bytes, path: Path, _told: Told) -> Any:
    from .pabulib import read_pabulib

    return read_pabulib(data, str(path))


def _tally(_rule: Rule, data: bytes, path: Path, _told: Told) -> Any:
    from ..thresholds import Tally

    (first, header), *rows = rows_of(data, str(path))
    names = [cell.lower() for cell in header]
    if sorted(names) != sorted(ANSWERS) or len(rows) != 1:
        raise ReadError(str(path), first, f"a question has one row under the headings {', '.join(ANSWERS)}.")
    line, cells = rows[0]
    found = {
        name: whole_number(cell, str(path), line, f"the number under “{name}”")
        for name, cell in zip(names, cells, strict=False)
    }
    if len(found) < len(ANSWERS):
        raise ReadError(str(path), line, f"this row has {len(cells)} cells, the header {len(header)}.")
    return Tally(**found)


_READ = {
    "rankings": _rankings,
    "approvals": _approvals,
    "scores": _scores,
    "lists": _lists,
    "projects": _projects,
    "tally": _tally,
}
