"""Keeping an organization: its record as a file, its tables made anew, backups, and a look at its health."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from frombelow.cli.passphrases import ask_passphrase
from frombelow.files import read_plain

from .acting import Key, actor
from .folder import HERE, Data, stop, use_folder

if TYPE_CHECKING:
    from frombelow_site.operations.health import Finding

FOR_BACKUPS = "FROMBELOW_PASSPHRASE", "A backup"


def export(file: Annotated[Path, typer.Argument(metavar="FILE", help="the file to write")], data: Data = HERE) -> None:
    """Write the whole record into one file, which “frombelow verify FILE” checks with the library alone. Of votes that
    are open the file holds the hashes: it can be passed around."""
    use_folder(data)
    from frombelow.record import ExportError, read_export
    from frombelow_site.records.exporting import write

    try:
        size = write(file)
    except OSError as error:
        stop(f"{file} could not be written: {error.strerror or error}. There is no export.")
    except (ExportError, LookupError) as error:
        stop(f"{error} There is no export.")
    typer.echo(f"{size:,} entries are in {file}. Check them with: frombelow verify {file}")
    if hidden := len(read_export(file).hidden):
        typer.echo(f"Of {hidden:,} in open votes only the hashes are in it. Export again when they have closed.")


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


def doctor(
    data: Data = HERE,
    as_json: Annotated[bool, typer.Option("--json", help="print the findings as JSON")] = False,
) -> None:
    """Look at what could go wrong; each finding says what to do. Exit 1 if something needs doing."""
    use_folder(data)
    from frombelow_site.operations.health import findings

    found = findings()
    if as_json:
        typer.echo(json.dumps([finding._asdict() for finding in found], ensure_ascii=False, indent=2))
    else:
        _tell(found)
    if not all(finding.good for finding in found):
        raise typer.Exit(1)


def _tell(found: "list[Finding]") -> None:
    for finding in found:
        typer.echo(f"{'good' if finding.good else 'LOOK'}  {finding.what}")
        if finding.do:
            typer.echo(f"      {finding.do}")


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the file to write")],
    data: Data = HERE,
    check: Annotated[bool, typer.Option("--check", help="open the file again and replay the record in it")] = False,
) -> None:
    """Write database and keys into one file, encrypted with a passphrase. The record says that a backup was made."""
    use_folder(data)
    from frombelow_site.door import Closed
    from frombelow_site.operations.archive import BackupError
    from frombelow_site.operations.backups import look_at_place, make_backup
    from frombelow_site.operations.unpacking import check_backup

    try:
        look_at_place(file)
        passphrase = ask_passphrase(*FOR_BACKUPS, new=True)
        size = make_backup(file, passphrase)
    except (BackupError, Closed) as error:
        stop(f"{error} There is no backup.")
    typer.echo(f"{size:,} entries, names and keys are in {file}. Nobody opens it without the passphrase.")
    if check:
        try:
            typer.echo(f"It opens, and its {check_backup(file, passphrase, data.resolve()):,} entries replay.")
        except BackupError as error:
            stop(f"The backup is no good. {error}", 1)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    data: Data = HERE,
    check: Annotated[bool, typer.Option("--check", help="only open the file and replay the record in it")] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="enter nothing yet: what others kept comes first, by hand-in-again")
    ] = False,
) -> None:
    """Put a backup where there is no database. Entries published since then come back from the copy; without one, from
    what others kept."""
    from frombelow_site.operations.archive import BackupError
    from frombelow_site.operations.unpacking import check_backup, unpack

    try:
        passphrase = ask_passphrase(*FOR_BACKUPS, new=False)
        if check:
            typer.echo(f"{file} opens, and its {check_backup(file, passphrase):,} entries replay.")
            return
        unpack(file, passphrase, data)
    except BackupError as error:
        stop(f"{error} Nothing was changed.")
    use_folder(data)
    from django.core.management import call_command

    from frombelow_site.door import Closed
    from frombelow_site.door.opening import forget_restore
    from frombelow_site.operations.backups import record_restore

    forget_restore(data)  # of another backup that was put here before
    call_command("migrate", verbosity=0, interactive=False)
    if wait:
        typer.echo(_wait(data))
        return
    try:
        size, recovered = record_restore()
    except Closed as closed:
        stop(str(closed), 1)
    typer.echo(f"Restored into {data}: {size:,} entries; {recovered:,} of them came back from the copy.")


def _wait(data: Path) -> str:
    from frombelow_site.door.models import Entry
    from frombelow_site.door.opening import wait_with_restore

    size = Entry.objects.count()
    wait_with_restore(data, size)
    return (
        f"Put into {data}: {size:,} entries. What others kept of those after them: frombelow hand-in-again PLACE "
        f"--data {data}\nThe next thing that is done here, or “frombelow serve”, says in the record that it goes on "
        "from this backup; after that nothing comes back any more."
    )


def hand_in_again(
    place: Annotated[
        Path,
        typer.Argument(metavar="PLACE", help="an export, a receipt, what a member took along, or a folder of them"),
    ],
    data: Data = HERE,
) -> None:
    """After “restore --wait”: entries that the backup lost stand in the record again, byte for byte, from what others
    kept. Says how many came back, and why others could not."""
    use_folder(data)
    from frombelow_site.door import Closed
    from frombelow_site.operations.again import bring_back
    from frombelow_site.operations.kept_elsewhere import KeptError

    if not place.exists():
        stop(f"There is nothing at {place}.")
    try:
        found, done, size = bring_back(place)
    except (KeptError, Closed) as error:
        stop(f"{error} Nothing was changed.")
    for name, why in found.passed_over.items():
        typer.echo(f"Of no use: {name}: {why}")
    for index, why in done.not_these.items():
        typer.echo(f"Entry {index:,} could not come back: {why}")
    typer.echo(
        f"{len(done.came):,} entries came back, {len(done.not_these):,} could not; {done.by_time:,} more followed by "
        f"time. The record has {size:,} now."
    )
    if done.not_these:
        typer.echo("What could not has to be done anew by who did it.")


def resume(
    key: Key = None,
    data: Data = HERE,
    shown: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", metavar="FILE", help="a later signed checkpoint: a member's, or a witness's"),
    ] = None,
) -> None:
    """The last resort: say in the record that entries are lost for good, so that it goes on without them. First bring
    back what others kept (hand-in-again). Whoever runs the server does it, and seals it with --key."""
    use_folder(data)
    from frombelow.polity import Refused
    from frombelow.record.notes import MAX_NOTE
    from frombelow_site.door import Closed
    from frombelow_site.operations.resuming import go_on_without

    who = actor(key)
    try:
        notes = [read_plain(place, MAX_NOTE) for place in shown or ()]
        index, said = go_on_without(notes, who.person, who.seal)
    except OSError as error:
        stop(f"A checkpoint cannot be read: {error.strerror or error}. Nothing was changed.")
    except (Closed, Refused) as error:
        stop(f"{error} Nothing was changed.")
    typer.echo(
        f"Entries {index:,} to {said.held - 1:,} are lost; entry {index:,} says so, for good. What the copy held is "
        "beside it. Tell the members what has to be done anew."
    )


def upgrade(
    data: Data = HERE,
    back: Annotated[bool, typer.Option("--back", help="go back to before the last upgrade")] = False,
) -> None:
    """Bring the organization to this version: backup, tables, replay, doctor. Stop the server first."""
    use_folder(data)
    from frombelow_site.door import Closed
    from frombelow_site.operations.archive import BackupError
    from frombelow_site.operations.upgrading import FailedError, go_back
    from frombelow_site.operations.upgrading import upgrade as go_on

    try:
        if back:
            size, recovered = go_back(typer.echo)
            typer.echo(f"{size:,} entries; {recovered:,} of them came back from the copy.")
            return
        found = go_on(typer.echo)
    except BackupError as error:
        stop(str(error))
    except (FailedError, Closed) as error:
        stop(str(error), 1)
    _tell(found)
    if not all(finding.good for finding in found):
        raise typer.Exit(1)
