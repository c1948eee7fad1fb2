"""Keeping an organization: its record as a file, its tables made anew, backups, and a look at its health."""

from pathlib import Path
from typing import Annotated

import typer

from .folder import HERE, Data, stop, use_folder


def export(file: Annotated[Path, typer.Argument(metavar="FILE", help="the file to write")], data: Data = HERE) -> None:
    """Write the whole record into one file, which “frombelow verify FILE” checks with the library alone."""
    use_folder(data)
    from frombelow_site.records.exporting import write

    size = write(file)
    typer.echo(f"{size:,} entries are in {file}. Check them with: frombelow verify {file}")


def rebuild(data: Data = HERE) -> None:
    """Empty the tables that follow from the record and fill them again."""
    use_folder(data)
    from django.db import transaction

    from frombelow_site.door import polity
    from frombelow_site.door.projections import rebuild_all

    found = polity()
    with transaction.atomic():
        rebuild_all(found)
    typer.echo(f"The tables follow from {found.size:,} entries again.")


def doctor(data: Data = HERE) -> None:
    """Look at what could go wrong; each finding says what to do. Exit 1 if something needs doing."""
    use_folder(data)
    from frombelow_site.records.health import findings

    found = findings()
    for finding in found:
        typer.echo(f"{'good' if finding.good else 'LOOK'}  {finding.what}")
        if finding.do:
            typer.echo(f"      {finding.do}")
    if not all(finding.good for finding in found):
        raise typer.Exit(1)


def backup(file: Annotated[Path, typer.Argument(metavar="FILE")], data: Data = HERE) -> None:
    """Write database and keys into one file that only you can read. The record says that a backup was made."""
    use_folder(data)
    from frombelow_site.records.backups import make_backup

    if file.exists():
        stop(f"{file} is there already. Choose another name; nothing was changed.")
    size = make_backup(file)
    typer.echo(f"{size:,} entries, names and keys are in {file}. Keep it where only you can read it.")


def restore(file: Annotated[Path, typer.Argument(metavar="FILE", exists=True)], data: Data = HERE) -> None:
    """Put a backup into a folder that has no database. Entries published since then come back from the copy."""
    from frombelow_site.records.unpacking import BackupError, unpack

    try:
        unpack(file, data)
    except BackupError as error:
        stop(f"{error} Nothing was changed.")
    use_folder(data)
    from frombelow_site.door import Closed
    from frombelow_site.records.backups import record_restore

    try:
        size, recovered = record_restore()
    except Closed as closed:
        stop(str(closed), 1)
    typer.echo(f"Restored into {data}: {size:,} entries; {recovered:,} of them came back from the copy.")
