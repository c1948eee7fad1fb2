"""``frombelow card``: a card made and read where the person is. Nothing here asks a server for anything."""

import json
import secrets
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from ..files import write_secret
from ..keys.card_words import MOST
from ..keys.cards import SEED, Card, CardError
from ..keys.signed import fingerprint
from ..polity.kernel.ids import encode_id
from .card_sentences import SAID
from .ending import stop

cards = typer.Typer(no_args_is_help=True, help="A card: twelve words from which all keys of a person follow.")


@cards.command("new")
def new(
    pdf: Annotated[Path | None, typer.Option(help="write a sheet to print here, with a QR code")] = None,
    language: Annotated[Literal["en", "es"], typer.Option(help="of the words and of what is said of them")] = "en",
    origin: Annotated[
        str, typer.Option(help="what the organization’s record is called; it alone takes the QR code then")
    ] = "",
) -> None:
    """Make a new card and show its twelve words, this once. Works without a network; nothing is stored or sent."""
    card = Card(secrets.token_bytes(SEED))
    if pdf:
        _print(card, pdf, language, origin)
    said, words = SAID[language], card.words(language)
    width = max(map(len, words)) + 3
    lines = [f"{said.title}. {said.warning}", ""]
    lines += [f"{n + 1:4} {words[n]:{width}}{n + 7:4} {words[n + 6]}" for n in range(6)]
    lines += ["", f"{said.key}: {key_id(card)}"]
    for title, sentences in ((said.can, said.what), (said.keep, said.how)):
        lines += ["", f"{title}:", *(f"- {sentence}" for sentence in sentences)]
    lines += ["", said.printed.format(path=pdf) if pdf else said.shown]
    typer.echo("\n".join(lines))


@cards.command("show")
def show(as_json: Annotated[bool, typer.Option("--json", help="as one JSON object")] = False) -> None:
    """Read a card's twelve words, or the line in its QR code, and show its keys' public halves. The words are asked for
    on a terminal, or come by standard input; they are never shown."""
    try:
        card = Card.read(ask_words())
    except CardError as error:
        stop(str(error))
    found = {
        "kind": "card",
        "id": key_id(card),
        "algorithm": card.signing.algorithm,
        "public": card.signing.public,
        "recipient": card.recipient,
        "ballot": card.ballot.public,
    }
    if as_json:
        typer.echo(json.dumps(found))
        return
    typer.echo(f"Key {found['id']}, a card.")
    typer.echo(f"It signs as:            {found['public']} ({found['algorithm']})")
    typer.echo(f"Seal to it (age):       {found['recipient']}")
    typer.echo(f"Its part of a ballot:   {found['ballot']}")


def key_id(card: Card) -> str:
    """The id that the card's signing key has in every record."""
    return encode_id(fingerprint(card.signing.algorithm, card.signing.public))


def ask_words() -> str:
    """What somebody types at the terminal, or what comes by standard input: a card's words or its line."""
    if sys.stdin.isatty():
        return str(typer.prompt("The twelve words, or the line in the QR code (not shown)", hide_input=True, err=True))
    try:
        return sys.stdin.buffer.read(4 * MOST).decode()
    except UnicodeDecodeError:
        stop("What came by standard input is no text in UTF-8.")


def _print(card: Card, place: Path, language: str, origin: str) -> None:
    from .card_sheet import sheet

    try:
        write_secret(place, sheet(card, key_id(card), language, origin))
    except FileExistsError:
        stop(f"{place} is there already. Choose another name. There is no card.")
    except OSError as error:
        stop(f"{place} could not be written: {error.strerror or error}. There is no card.")
