"""``frombelow witness set``: which witnesses cosign the record."""

from typing import Annotated

import typer

from frombelow.polity.server.acts import SetWitnesses, Witness

from .acting import Key, actor
from .folder import HERE, Data, stop, use_folder
from .telling import called, moment


def set_witnesses(
    witness: Annotated[
        list[str] | None, typer.Argument(metavar="“LINE ADDRESS”", help="each its line, a space, its address")
    ] = None,
    enough: Annotated[int, typer.Option(help="how many have to agree before a doubt about the clock ends")] = 1,
    nobody: Annotated[bool, typer.Option("--nobody", help="no witness is asked any more")] = False,
    key: Key = None,
    data: Data = HERE,
) -> None:
    """Show which witnesses cosign the record, or, with witnesses, say which they are from now on: these alone. Whoever
    runs the server does it, and seals it with --key."""
    use_folder(data)
    from frombelow.polity import Refused
    from frombelow_site.door import Closed, perform, polity
    from frombelow_site.ui.clock import now

    if nobody and witness:
        stop("Say which witnesses are asked, or --nobody. Nothing was stored.")
    if not nobody and not witness:
        _show()
        return
    asked = tuple(_read(n, line) for n, line in enumerate(witness or (), 1))
    who, here = actor(key), polity()
    mandate = here.power(who.person, "run-the-server", here.root, now())
    if mandate is None:
        stop(f"{called(who.person)} does not run the server. Nothing was stored.")
    act = SetWitnesses(by=who.person, under=mandate.id, witnesses=asked, enough=0 if nobody else enough)
    try:
        receipt = perform(act, seal=who.seal(act))
    except Refused as error:
        stop(f"{error} Nothing was stored.")
    except Closed as error:  # it says itself whether anything was
        stop(str(error))
    said = ", ".join(each.name for each in asked) or "No witness"
    typer.echo(f"{said} will be asked, by the site while it runs: entry {receipt.index:,}.")


def _read(n: int, line: str) -> Witness:
    try:
        return Witness.read(line)
    except ValueError:
        stop(f"Witness {n} is none: it takes “LINE ADDRESS”, its line, a space, its address. Nothing was stored.")


def _show() -> None:
    from frombelow_site.door import polity
    from frombelow_site.door.cosigned import standings

    found = standings(polity())
    for each in found:
        last = f"last on {moment(each.at)}, {each.size:,} entries" if each.at else "not yet"
        typer.echo(f"{each.witness.name} cosigned {last}. It is asked at {each.witness.address}.")
    if not found:
        typer.echo("No witness is asked.")
