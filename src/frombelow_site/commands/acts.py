"""``frombelow act``: hands any act in, sealed by a key of who acts."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from frombelow.files import read_plain, write_secret

from .acting import CARD, Actor, Key, actor
from .folder import HERE, Data, stop, use_folder

if TYPE_CHECKING:
    from frombelow.polity import Act
    from frombelow_site.door import Private, Receipt

STDIN = Path("-")
MOST = 1_000_000  # bytes of a file that says an act, or of its words


def act(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the act as JSON; “-” for standard input")],
    key: Key = None,
    private: Annotated[Path | None, typer.Option(help="the words that the act commits to, as JSON")] = None,
    receipt: Annotated[Path | None, typer.Option(metavar="OUT", help="write the receipt into this file")] = None,
    data: Data = HERE,
) -> None:
    """Hand in an act, sealed by a key of who acts. Where the act commits to words it holds {"private": "NAME"}, and the
    file of --private holds {"NAME": "the words"}: salts are drawn here. {"new": "NAME"} stands for a new id; who acts
    need not be said."""
    use_folder(data)
    from frombelow_site.operations import saying

    if receipt is not None and (receipt.exists() or receipt.is_symlink()):
        stop(f"{receipt} is there already. Choose another name. Nothing was stored.")
    if file == STDIN and key == CARD:
        stop("The act and the card’s words cannot both come by standard input. Put the act into a file.")
    found, values = _object(file), _object(private) if private else {}
    who = actor(key)
    try:
        said = saying.read({"by": who.person, **found}, values)
    except saying.SayingError as error:
        stop(f"{'Standard input' if file == STDIN else file}: {error} Nothing was stored.")
    if said.act.by != who.person:
        stop(f"This act is by {said.act.by}, and the key is one of {who.person}. Nothing was stored.")
    done = _hand_in(who, said.act, said.privates)
    typer.echo(f"Entry {done.index:,} holds it.")
    for name, drawn in said.ids.items():
        typer.echo(f"  {name}: {drawn}")
    if receipt is not None:
        _write_receipt(receipt, done)


def _object(place: Path) -> dict[str, Any]:
    """The JSON object in the file. Exits with 2 and a sentence about what is wrong and where."""
    name = "Standard input" if place == STDIN else str(place)
    try:
        text = sys.stdin.buffer.read(MOST + 1) if place == STDIN else read_plain(place, MOST)
        if len(text) > MOST:
            stop(f"{name} has more than {MOST:,} bytes. Nothing was stored.")
        found = json.loads(text.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except OSError as error:
        stop(f"{name} cannot be read: {error.strerror or error}. Nothing was stored.")
    except UnicodeDecodeError:
        stop(f"{name} is no text in UTF-8. Nothing was stored.")
    except json.JSONDecodeError as error:
        stop(f"{name} is no JSON: line {error.lineno}, column {error.colno}. Nothing was stored.")
    except RecursionError:
        stop(f"{name} is nested too deeply. Nothing was stored.")
    except ValueError as error:
        stop(f"{name}: {error}. Nothing was stored.")
    if not isinstance(found, dict):
        stop(f"{name} has to hold one JSON object. Nothing was stored.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each name stands once: of two, it would hang on the reader which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the field “{next(name for name in names if names.count(name) > 1)}” stands there twice")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number in JSON")


def _hand_in(who: Actor, act: "Act", privates: "tuple[Private, ...]") -> "Receipt":
    from frombelow.polity import Refused
    from frombelow_site.door import Closed, perform

    try:
        return perform(act, *privates, seal=who.seal(act))
    except Refused as error:
        stop(f"{error} Nothing was stored.")
    except Closed as error:  # it says itself whether anything was
        stop(str(error))


def _write_receipt(place: Path, done: "Receipt") -> None:
    """The receipt (C2SP tlog-proof), with the entry in it, is in a new file."""
    from frombelow.polity import encode
    from frombelow_site.door import the_door

    try:
        write_secret(place, the_door().receipt(done.index, encode(done.entry)))
    except OSError as error:
        stop(f"It stands, but {place} could not be written: {error.strerror or error}.", 1)
    typer.echo(f"Its receipt is in {place}, with the entry itself: keep it.")
