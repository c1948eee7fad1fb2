"""The ballots of a file as a rule takes them: the same ranking file serves rules that rank and rules that approve."""

from pathlib import Path
from typing import Any

from ..errors import CountError, ReadError
from ..rule import Rule
from .files import bytes_of
from .numerals import whole_number
from .table import rows_of

ANSWERS = ("yes", "no", "abstain", "eligible")


def read_for(rule: Rule, path: Path) -> Any:
    """The profile that this rule counts. Raises ReadError with file and line.

    Rankings: .blt, .soi, .soc, .toi, .toc, .csv, .cvr. Approvals: the same, whoever is ranked being approved, or
    Pabulib's .pb. Scores: .csv with a column for each candidate; for ``approval`` rankings too. Lists: .csv with a
    name and its votes in each row. Projects: .pb. A yes or no: .csv with the columns yes, no, abstain, eligible.
    """
    data = bytes_of(path)
    try:
        return _READ[rule.reads](rule, data, path)
    except CountError as error:
        raise ReadError(str(path), None, str(error)) from None


def _rankings(_rule: Rule, data: bytes, path: Path) -> Any:
    from . import read

    return read(data, str(path), path.suffix)


def _approvals(rule: Rule, data: bytes, path: Path) -> Any:
    from ..approvals.profile import approvals_of
    from .pabulib import read_pabulib

    if path.suffix == ".pb":
        return read_pabulib(data, str(path))
    profile = _rankings(rule, data, path)
    ballots = [(weight, [each for rank in ranking for each in rank]) for weight, ranking in profile.rows()]
    return approvals_of(
        profile.candidates, ballots, seats=profile.seats, title=profile.title, withdrawn=profile.withdrawn
    )


def _scores(rule: Rule, data: bytes, path: Path) -> Any:
    from ..scored.profile import scores_of
    from ..scored.reading import read_scores

    if rule.name != "approval":
        return read_scores(data, str(path))
    profile = _rankings(rule, data, path)
    ballots = [(weight, {each: 1 for rank in ranking for each in rank}) for weight, ranking in profile.rows()]
    return scores_of(
        profile.candidates, ballots, high=1, seats=profile.seats, title=profile.title, withdrawn=profile.withdrawn
    )


def _lists(_rule: Rule, data: bytes, path: Path) -> Any:
    from ..seats.lists import lists_of

    votes: dict[str, int] = {}
    for at, (line, cells) in enumerate(rows_of(data, str(path))):
        if len(cells) != 2 or not cells[0]:
            raise ReadError(str(path), line, "each row needs a list's name and its votes.")
        if at == 0 and not cells[1].isdigit():
            continue  # the headings
        if cells[0] in votes:
            raise ReadError(str(path), line, f"“{cells[0]}” stands here twice.")
        votes[cells[0]] = whole_number(cells[1], str(path), line, "the number of votes")
    return lists_of(votes, title=path.stem)


def _projects(_rule: Rule, data: bytes, path: Path) -> Any:
    from .pabulib import read_pabulib

    return read_pabulib(data, str(path))


def _tally(_rule: Rule, data: bytes, path: Path) -> Any:
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
