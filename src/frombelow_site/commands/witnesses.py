"""``frombelow witness set``: who runs the server says which witnesses cosign the record."""

from typing import Annotated

import typer

from .acting import Key, actor
from .folder import HERE, Data, stop, use_folder


def set_witnesses(
    witness: Annotated[
        list[str] | None, typer.Argument(metavar="[“KEY ADDRESS”]...", help="each its key line, a space, its address")
    ] = None,
    enough: Annotated[int, typer.Option(help="how many of them have to agree before a doubt about the clock ends")] = 0,
    key: Key = None,
    data: Data = HERE,
) -> None:
    """Say which witnesses are asked to cosign the record, in place of those before; none: nobody is asked."""
    use_folder(data)
    from frombelow.polity import Refused
    from frombelow.polity.kernel.drafts import under
    from frombelow.polity.server.acts import SetWitnesses, Witness
    from frombelow_site.door import Closed, perform, polity, the_door

    asked = []
    for n, line in enumerate(witness or (), 1):
        try:
            asked.append(Witness.read(line))
        except ValueError:
            stop(
                f"Witness {n} is none: it takes “KEY ADDRESS”, its key line, a space, its address. Nothing was stored."
            )
    who, known = actor(key), polity()
    mandate = under(known, who.person, "run-the-server", known.root, max(the_door().clock(), known.at))
    act = SetWitnesses(by=who.person, under=mandate, witnesses=tuple(asked), enough=enough)
    try:
        done = perform(act, seal=who.seal(act))
    except (Refused, Closed) as error:
        stop(f"{error} Nothing was stored.")
    typer.echo(f"Entry {done.index:,} holds it. While the site runs, they are asked at most once a minute.")
