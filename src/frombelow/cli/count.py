"""``frombelow count``: ballots in files, by a rule, to winners and how it came to them."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from ..counting.counts import Count
    from ..counting.reading.told import Told
    from ..counting.rule import Rule


def count(
    rule: Annotated[str, typer.Argument(help="the rule's name; --list names them all")] = "",
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="ballot files")] = None,
    seats: Annotated[int | None, typer.Option(help="how many are elected; else what the file says")] = None,
    seed: Annotated[str | None, typer.Option(help="a published text that breaks ties")] = None,
    stands: Annotated[
        list[str] | None,
        typer.Option("--stands", metavar="NAME", help="who stands; once for each. No other name counts"),
    ] = None,
    contest: Annotated[str | None, typer.Option(help="which of several contests in a table")] = None,
    scores: Annotated[str | None, typer.Option(metavar="LOW-HIGH", help="how far scores go, such as 0-10")] = None,
    grades: Annotated[str | None, typer.Option(metavar="A,B,…", help="the names of the grades, lowest first")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line and file")] = False,
    html: Annotated[Path | None, typer.Option(help="write the report as an HTML fragment here")] = None,
    svg: Annotated[Path | None, typer.Option(help="write the picture of the transfers here")] = None,
    names: Annotated[bool, typer.Option("--list", help="the rules, with one line and the source of each")] = False,
) -> None:
    """Count ballots. A file that cannot be counted ends it with 2 and a sentence; nothing is written then."""
    from ..counting.errors import CountingError
    from ..counting.rules import RULES, rule_named

    if names:
        for each in RULES.values():
            typer.echo(f"{each.name:20} {each.line} ({each.source})")
        return
    if not rule or not files:
        _stop("Name a rule and at least one file. “frombelow count --list” names the rules.")
    if (html or svg) and len(files) > 1:
        _stop("A report is written for one file at a time.")
    try:
        chosen = rule_named(rule)
        counts = _counted(chosen, files, seats, seed, _told(stands, contest, scores, grades))
    except CountingError as error:
        _stop(str(error))
    _written(counts[0], html, svg)
    for file, found in zip(files, counts, strict=True):
        typer.echo(json.dumps(as_line(file, found), ensure_ascii=False) if as_json else report(found))


def as_line(file: Path, found: "Count") -> dict[str, Any]:
    """What ``--json`` prints of one file: every number of votes as a decimal string."""
    from ..counting.numbers import decimal, places_of

    plain = places_of(found.scale) is not None
    stages = found.stages() if plain else [[decimal(votes) for votes in each.votes] for each in found.rounds]
    return {
        "file": str(file),
        "rule": found.rule,
        "seats": found.seats,
        "candidates": list(found.candidates),
        "winners": list(found.winners),
        "stages": stages,
        "ties": [
            {"purpose": str(tie.purpose), "candidates": tie.candidates, "chosen": tie.chosen, "how": tie.how}
            for tie in found.ties
        ],
    }


def report(found: "Count") -> str:
    """The count as people read it."""
    from ..counting.reports import as_text

    return as_text(found)


def _told(stands: list[str] | None, contest: str | None, scores: str | None, grades: str | None) -> "Told":
    """What the options say of the files."""
    from ..counting.reading.told import Told

    found = re.fullmatch(r"(-?\d{1,7})-(-?\d{1,7})", scores) if scores else None
    if scores and not (found and int(found[1]) < int(found[2])):
        _stop(f"--scores is the lowest and the highest score, such as 0-10, not “{scores}”.")
    named = tuple(each.strip() for each in grades.split(",")) if grades else ()
    if grades and (len(named) < 2 or not all(named) or len({each.casefold() for each in named}) < len(named)):
        _stop("--grades names at least two grades, each once, the lowest first, parted by commas.")
    return Told(tuple(stands or ()), contest, (int(found[1]), int(found[2])) if found else None, named)


def _counted(
    rule: "Rule", files: list[Path], seats: int | None, seed: str | None, told: "Told"
) -> list["Count"]:  # fmt: skip
    """Each file counted, with a bar on a terminal. All are counted before any is told: nothing comes out half. What was
    taken of a file, and what was not, is said on standard error."""
    from rich.console import Console
    from rich.progress import track

    from ..counting.errors import CountingError, ReadError
    from ..counting.reading.by_rule import by_name, read_for

    options = {"seed": seed} if seed is not None and "seed" in rule.options else {}
    counts = []
    quiet = len(files) == 1 or not sys.stderr.isatty()
    for file in track(files, "Counting", console=Console(stderr=True), transient=True, disable=quiet):
        profile = read_for(rule, file, told)
        for note in getattr(profile, "notes", ()):
            typer.echo(f"{file}: {note}", err=True)
        try:
            counts.append(by_name(rule.count(profile, seats, **options)))
        except ReadError:
            raise
        except CountingError as error:
            raise ReadError(str(file), None, str(error)) from None
    return counts


def _written(found: "Count", html: Path | None, svg: Path | None) -> None:
    from ..counting.reports import as_html, as_sankey

    for place, text in ((html, as_html), (svg, as_sankey)):
        if place is None:
            continue
        try:
            place.write_text(text(found) + "\n", encoding="utf-8")
        except OSError as error:
            _stop(f"{place} cannot be written: {error.strerror}.")


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
