"""``frombelow key``: a key file made and read where the person is. Nothing here asks a server for anything."""

import json
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ..keys.files import KeyFile, KeyFileError, read, write
from ..keys.signed import fingerprint
from ..polity.kernel.fields import Title
from ..polity.kernel.ids import encode_id, is_id
from .ending import stop
from .passphrases import ask_passphrase

keys = typer.Typer(no_args_is_help=True, help="A key file: what the command line acts with for a person.")
ASKING = "FROMBELOW_KEY_PASSPHRASE", "A key file"


@keys.command("new")
def new(
    out: Annotated[Path, typer.Option(help="the file to write")],
    origin: Annotated[str, typer.Option(help="the organization's name in its record, if you know it")] = "",
    person: Annotated[str, typer.Option(help="your id in its record, if you know it")] = "",
) -> None:
    """Make a new key, in a file that is encrypted with a passphrase and that you alone can read."""
    if person and not is_id(person):
        stop("A person’s id is 26 letters and digits, as the record spells it. There is no key.")
    if origin and not _is_title(origin):
        stop("This is no name that an organization has in its record. There is no key.")
    made = KeyFile.generate(origin, person)
    try:
        write(out, made, lambda: ask_passphrase(*ASKING, new=True))
    except KeyFileError as error:
        stop(str(error))
    typer.echo(f"{out} holds key {_id(made)}. It can do nothing until it is bound to you in the record.")
    typer.echo(
        "Keep a copy elsewhere, and the passphrase apart from both: without it nobody opens the file, nor do you."
    )


@keys.command("show")
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a key file")],
    as_json: Annotated[bool, typer.Option("--json", help="as one JSON object")] = False,
) -> None:
    """Show the public halves of the keys in a file, and for whom it is. The secret halves are never shown."""
    try:
        key = read(file, lambda: ask_passphrase(*ASKING, new=False))
    except KeyFileError as error:
        stop(str(error))
    found = {
        "kind": "file",
        "id": _id(key),
        "algorithm": key.signing.algorithm,
        "public": key.signing.public,
        "recipient": key.recipient,
        "origin": key.origin,
        "person": key.person,
    }
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    typer.echo(f"Key {found['id']}, a key file.")
    typer.echo(f"It signs as:        {found['public']} ({found['algorithm']})")
    typer.echo(f"Seal to it (age):   {found['recipient']}")
    typer.echo(f"Organization:       {found['origin'] or 'not said'}")
    typer.echo(f"Person:             {found['person'] or 'not said'}")


def _id(key: KeyFile) -> str:
    return encode_id(fingerprint(key.signing.algorithm, key.signing.public))


def _is_title(text: str) -> bool:
    try:
        msgspec.convert(text, Title)
    except msgspec.ValidationError:
        return False
    return True
