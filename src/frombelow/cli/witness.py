"""``frombelow witness``: a witness for others' records, who cosigns what continues all it saw before."""

import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from ..files import read_plain, write_secret
from ..record import Cosigner, NoteError, Verifier
from .ending import stop

witnesses = typer.Typer(no_args_is_help=True, help="Cosign other organizations’ records.")
_NAME = re.compile("[!-*,-~]{1,200}")  # as an act of theirs can hold it
MOST = 1_000  # bytes of a key's file


@witnesses.command("new")
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="the witness’s name, such as union.example/witness")],
    out: Annotated[Path, typer.Option(help="the file to write")] = Path("witness.key"),
) -> None:
    """Make a witness’s key, and print the line to give to those whose records it cosigns."""
    if not _NAME.fullmatch(name):
        stop("A witness’s name is letters, digits and signs of ASCII without space or plus. There is no key.")
    seed = secrets.token_bytes(32)
    try:
        write_secret(out, f"{name} {seed.hex()}\n".encode())
    except FileExistsError:
        stop(f"{out} is there already. Choose another name. There is no key.")
    except OSError as error:
        stop(f"{out} cannot be written: {error.strerror or error}. There is no key.")
    typer.echo(f"{out} holds the key; keep it to yourself. Give this line to those whose records it cosigns:")
    typer.echo(Cosigner.from_seed(name, seed).vkey)


@witnesses.command("serve")
def serve(
    key: Annotated[Path, typer.Option(metavar="FILE", help="the witness’s key")],
    folder: Annotated[Path, typer.Option(metavar="DIR", help="what was cosigned last is kept here")],
    origin: Annotated[
        list[str], typer.Option(metavar="NAME=VKEY", help="a record to cosign: its name and its verifier key")
    ],
    port: Annotated[int, typer.Option(help="the port on which to answer", min=1, max=65_535)] = 8100,
    host: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
) -> None:
    """Cosign these records’ checkpoints (C2SP tlog-witness). What was cosigned is on the disk before it is answered."""
    from .witness_server import WitnessFolder, listen  # what locks a folder is not on every system

    cosigner, logs = _cosigner(key), _logs(origin)
    try:
        kept = WitnessFolder(folder, cosigner, logs)
    except BlockingIOError:
        stop(f"Another witness runs with {folder}. Two of them could cosign two histories.")
    except OSError as error:
        stop(f"{folder} cannot be used: {error.strerror or error}.")
    try:
        server = listen(kept, host, port)
    except OSError as error:
        stop(f"Port {port} at {host} cannot be used: {error.strerror or error}. Choose another with --port.")
    typer.echo(f"{cosigner.vkey}\nIt answers at http://{host}:{port}/ for: {', '.join(sorted(logs))}")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("The witness has stopped.")


def _cosigner(place: Path) -> Cosigner:
    try:
        name, _, seed = read_plain(place, MOST).decode().strip().partition(" ")
        return Cosigner.from_seed(name, bytes.fromhex(seed))
    except OSError as error:
        stop(f"{place} cannot be read: {error.strerror or error}. Make a key with: frombelow witness new NAME")
    except (ValueError, NoteError):
        stop(f"{place} holds no witness’s key. Make one with: frombelow witness new NAME")


def _logs(said: Iterable[str]) -> dict[str, Verifier]:
    found: dict[str, Verifier] = {}
    for each in said:
        name, _, vkey = each.partition("=")
        try:
            verifier = Verifier.from_vkey(vkey)
        except NoteError as error:
            stop(f"--origin is NAME=VKEY, the record’s name and its verifier key: {error}")
        if verifier.name != name:
            stop(f"--origin {name}: the key is one of {verifier.name}. A record is called as its key is.")
        if name in found:
            stop(f"--origin {name} is said twice.")
        found[name] = verifier
    return found
