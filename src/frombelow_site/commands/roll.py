"""``frombelow import-roll``: bring a list of members in, after a dry run that says what would happen."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from .folder import HERE, Data, stop, use_folder

if TYPE_CHECKING:
    from frombelow_site.roll.reading import Reading

SHOWN = 20


def import_roll(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a CSV file", exists=True, dir_okay=False)],
    data: Data = HERE,
    yes: Annotated[bool, typer.Option("--yes", help="bring the people in without asking")] = False,
    column: Annotated[
        list[str] | None, typer.Option(help="HEADING=FIELD where a heading is not recognised, like Teléfono=phone")
    ] = None,
) -> None:
    """Read a roll, say what would happen to each row, and bring its people in as one batch that can be undone."""
    use_folder(data)
    from frombelow.polity import Refused
    from frombelow.roll import Reason, RollError
    from frombelow_site.door import Closed, polity
    from frombelow_site.roll import reading
    from frombelow_site.roll.actions import import_roll as bring_in
    from frombelow_site.ui.reasons import said

    raw, root = file.read_bytes(), polity().root
    mapping = dict(pair.partition("=")[::2] for pair in column or []) or None
    try:
        read = reading.read(raw, polity(), root, mapping)
    except RollError as error:
        stop(f"{file.name}: {error}")
    if read.why:
        stop(f"{file.name}: {said(Reason(*read.why))} Say it with --column HEADING=FIELD.")
    _show(read)
    admitted = read.admitted
    if not admitted:
        stop("Nobody in this file would become a member. Nothing was stored.")
    if not yes and not typer.confirm(f"Bring these {admitted:,} people in?"):
        stop("Nothing was stored.", 1)
    mandate = next(
        (
            mandate
            for office in polity().offices.values()
            if "admit-members" in office.powers
            for mandate in office.holders
        ),
        None,
    )
    if mandate is None:
        fill = "The members can fill it by a motion." if polity().members else "Nobody is a member: nobody ever can."
        stop(f"No office that admits members is filled. {fill}")
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Bringing people in", total=admitted)
        try:
            result = bring_in(
                raw, mandate.person, mandate.id, root, mapping=mapping,
                progress=lambda done: bar.update(task, completed=done),
            )  # fmt: skip
        except (Refused, Closed) as error:
            stop(str(error))
    typer.echo(
        f"{result.admitted:,} people are members now. The batch is {result.batch}; it can be undone on the site."
    )


def _show(read: "Reading") -> None:
    from frombelow_site.ui.reasons import row_said

    console = Console()
    counts = Table(title=f"Read as {read.source}, {read.encoding}")
    counts.add_column("What would happen")
    counts.add_column("Rows", justify="right")
    for decision, count in read.counts.items():
        counts.add_row(decision, f"{count:,}")
    console.print(counts)
    for place in read.places:
        if not place.branch:
            words = f"No branch alone is called “{place.written}”: {place.people:,} come to the whole organization."
            console.print(words, markup=False)
    for row in read.told[:SHOWN]:
        console.print(row_said(row.line, row.decision, row.reasons), markup=False)
    if (more := sum(read.counts.values()) - read.admitted - SHOWN) > 0:
        console.print(f"… and {more:,} more that stay out.")
