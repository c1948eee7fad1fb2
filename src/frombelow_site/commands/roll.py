"""``frombelow import-roll``: bring a list of members in, after a dry run that says what would happen."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from .acting import Actor, Key, actor
from .folder import HERE, Data, stop, use_folder
from .telling import called

if TYPE_CHECKING:
    from frombelow.polity.offices.state import Mandate
    from frombelow_site.roll.dry_run import Reading
    from frombelow_site.roll.updating import Item

SHOWN = 20


def import_roll(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="a CSV file or a spreadsheet", exists=True, dir_okay=False)
    ],
    key: Key = None,
    data: Data = HERE,
    yes: Annotated[bool, typer.Option("--yes", help="bring the people in without asking")] = False,
    column: Annotated[
        list[str] | None, typer.Option(help="HEADING=FIELD where a heading is not recognised, like Teléfono=phone")
    ] = None,
    encoding: Annotated[str, typer.Option(help="how the file is encoded, where letters look wrong")] = "",
    sheet: Annotated[str, typer.Option(help="which sheet of a spreadsheet; else the first that it shows")] = "",
    no_headings: Annotated[bool, typer.Option("--no-headings", help="the first line is a person")] = False,
    dates: Annotated[str, typer.Option(help="“day first” or “month first”, in dates such as 03/04/2020")] = "",
    update: Annotated[
        str, typer.Option(help="“missing” or “all”: what the file says of members and the roll lacks, or has otherwise")
    ] = "",
) -> None:
    """Read a roll, say what would happen to each row, and bring its people in as one batch that can be undone. Whoever
    does it holds an office that admits members, and seals it with --key."""
    use_folder(data)
    from frombelow.polity import Refused
    from frombelow.polity.kernel.ids import ImportId, PersonId
    from frombelow.roll import RollError
    from frombelow.roll.dates import DAY_FIRST, MONTH_FIRST
    from frombelow.roll.headings import PERSON_FIRST
    from frombelow_site.door import Closed, new_id, polity
    from frombelow_site.roll import reading, updating
    from frombelow_site.roll.actions import bring_in
    from frombelow_site.roll.dry_run import Asked
    from frombelow_site.roll.reader import people_in

    if not file.is_file():
        stop(f"{file} is no plain file. Nothing was stored.")
    root, batch = polity().root, ImportId(new_id())
    if dates and dates not in (DAY_FIRST, MONTH_FIRST):
        stop(f"--dates is “{DAY_FIRST}” or “{MONTH_FIRST}”, not “{dates}”. Nothing was stored.")
    if update not in ("", updating.MISSING, updating.ALL):
        stop(f"--update is “{updating.MISSING}” or “{updating.ALL}”, not “{update}”. Nothing was stored.")
    asked = Asked(
        dict(pair.partition("=")[::2] for pair in column or []),
        encoding,
        dates,
        sheet,
        PERSON_FIRST if no_headings else "",
    )
    with tempfile.TemporaryDirectory(prefix=".importing-", dir=data) as folder:
        people, members = (Path(folder).resolve() / name for name in ("people", "members"))
        try:
            with _bar("Reading") as told:
                read = reading.read(file.resolve(), polity(), root, asked, told, members=members)
        except RollError as error:
            stop(f"{file.name}: {error}")
        if read.why:
            stop(f"{file.name}: {_unknown_columns(read)}")
        _show(read)
        items = updating.find(members, polity(), PersonId(""), "")
        updating.tick(items, update)
        _show_updates(items)
        admitted = read.admitted
        if not (admitted or updating.counts(items).members):
            stop("Nobody in this file would become a member. Nothing was stored.")
        who = actor(key)
        mandate = _admitting(who)
        items = updating.find(members, polity(), who.person, mandate.id)  # nothing is said of who brings it in
        updating.tick(items, update)
        if not yes and not typer.confirm(_question(admitted, updating.counts(items).members)):
            stop("Nothing was stored.", 1)
        try:
            with _bar("Reading") as told:
                admitted = reading.find_people(file.resolve(), people, polity(), asked, told).admitted
            with _bar("Bringing people in") as told:
                bring_in(
                    lambda: people_in(people), who.person, mandate.id, root, batch,
                    progress=lambda done: told(done, admitted), sealing=who.seal, items=items,
                )  # fmt: skip
        except (Refused, Closed, RollError) as error:
            stop(str(error))
    are = "1 person is a member" if admitted == 1 else f"{admitted:,} people are members"
    also = f", {updated:,} updated" if (updated := updating.counts(items).members) else ""
    typer.echo(f"{are} now{also}. The batch is {batch}; it can be undone on the site.")


def _question(admitted: int, updated: int) -> str:
    bring = f"Bring these {admitted:,} people in" if admitted else ""
    update = f"{'update' if admitted else 'Update'} {updated:,} members" if updated else ""
    return f"{' and '.join(filter(None, (bring, update)))}?"


def _show_updates(items: "Sequence[Item]") -> None:
    """What the file says of members, without what the roll has instead: that is seen by who may look at it."""
    from frombelow.roll.fields import TITLES
    from frombelow.roll.sentences import shown
    from frombelow_site.roll import updating

    found, console = updating.counts(items), Console()
    if not found.any:
        return
    console.print(
        f"The file says of members what the roll lacks ({found.missing:,}) or has otherwise ({found.differing:,}); "
        f"{found.never:,} stay as they are, {found.theirs:,} of them by the members' own word. "
        "--update missing takes over what is missing, --update all both. Who has another mail address is told of it, "
        "and can stop the new one for some days.",
        markup=False,
    )
    for item in items[:SHOWN]:
        has = "stays as it is" if item.why else "on the roll is another" if item.old else "on the roll is none"
        taken = ", taken over" if item.ticked else ""
        console.print(f"Line {item.line}: {TITLES[item.field]} {shown(item.new)} ({has}{taken})", markup=False)
    if (more := len(items) - SHOWN) > 0:
        console.print(f"… and {more:,} more.")


def _unknown_columns(read: "Reading") -> str:
    """Why nobody knows who is in the file, and how to say it."""
    from frombelow.roll import Reason
    from frombelow_site.ui.reasons import said

    told = [said(Reason(message, facts)) for message, facts in (*filter(None, [read.why]), *read.said)]
    heading = next((column.heading for column in read.columns if column.heading.strip()), "HEADING")
    told.append(f'Say it with --column "{heading}=name".')
    if read.sheets[1:]:
        told.append(f'Or take another sheet, with --sheet "{read.sheets[1]}".')
    return " ".join(told)


def _admitting(who: Actor) -> "Mandate":
    """The mandate by which this person admits the people of a list: a live one, of the whole organization."""
    from frombelow_site.door import polity
    from frombelow_site.ui.clock import now

    here, at = polity(), now()
    found = here.power(who.person, "admit-members", here.root, at)
    if found is None:
        offices = [
            each for each in here.offices.values() if each.branch == here.root and "admit-members" in each.powers
        ]
        if not any(held.live(at) for office in offices for held in office.holders):
            fill = "The members can fill it by a motion." if here.members else "Nobody is a member: nobody ever can."
            stop(f"No office that admits members is filled. {fill}")
        titles = ", ".join(office.title for office in offices)
        stop(f"{called(who.person)} holds no office that admits members; that takes: {titles}. Nothing was stored.")
    return found


@contextmanager
def _bar(words: str) -> Iterator[Callable[[int, int], bool]]:
    """How far it is, on standard error."""
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(words, total=None)

        def told(done: int, of: int) -> bool:
            bar.update(task, completed=done, total=of)
            return True

        yield told


def _show(read: "Reading") -> None:
    from frombelow.roll import Reason
    from frombelow.roll.sentences import shown
    from frombelow_site.ui.reasons import row_said, said

    console = Console()
    counts = Table(title=f"A file from {read.source}, in {read.encoding}", title_justify="left")
    counts.add_column("What would happen")
    counts.add_column("Rows", justify="right")
    for decision, count in read.counts.items():
        counts.add_row(decision, f"{count:,}")
    console.print(counts)
    if read.order:
        console.print(f"In dates such as 03/04/2020 the {read.order.replace(' first', '')} comes first.", markup=False)
    for message, facts in read.said:
        console.print(said(Reason(message, facts)), markup=False)
    if read.titles:
        console.print(f"Lines above the headings that were not taken: {read.titles}.", markup=False)
    if left := [column.heading for column in read.columns if not column.field and column.heading.strip()]:
        console.print(f"Columns that were not taken: {', '.join(map(shown, left))}.", markup=False)
    for place in read.places:
        if not place.branch:
            words = f"No branch alone is called “{place.written}”: {place.people:,} come to the whole organization."
            console.print(words, markup=False)
    for row in read.told[:SHOWN]:
        console.print(row_said(row.line, row.decision, row.reasons), markup=False)
    if (more := sum(read.counts.values()) - read.admitted - SHOWN) > 0:
        console.print(f"… and {more:,} more that stay out.")
