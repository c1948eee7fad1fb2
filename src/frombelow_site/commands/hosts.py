"""``frombelow hosts``: at which hosts members can use keys."""

from typing import Annotated

import msgspec
import typer

from frombelow.polity.kernel.fields import Hosts
from frombelow.polity.server.acts import SetHosts

from .acting import Key, actor
from .folder import HERE, Data, stop, use_folder
from .telling import called


def read_hosts(said: list[str]) -> tuple[str, ...]:
    """The hosts that are said. Exits with 2 where one is none."""
    try:
        return msgspec.convert(said, Hosts)
    except msgspec.ValidationError:
        stop("A host is written as browsers write it: “rules.example.org”, in small letters, without https://.")


def hosts(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="HOST", help="where the pages stand, as in the address: union.example")
    ] = None,
    key: Key = None,
    data: Data = HERE,
) -> None:
    """Show the hosts at which members can use keys, or, with names, say which they are from now on: these alone. A
    passkey holds at them and nowhere else. Whoever runs the server does it, and seals it with --key."""
    use_folder(data)
    from frombelow.polity import Refused
    from frombelow_site.door import Closed, perform, polity
    from frombelow_site.ui.clock import now

    here = polity()
    if not names:
        known = ", ".join(here.keys.hosts)
        typer.echo(
            f"Members can use keys at {known}." if known else "The record names no host: members can use no keys."
        )
        return
    hosts, who = read_hosts(names), actor(key)
    mandate = here.power(who.person, "run-the-server", here.root, now())
    if mandate is None:
        stop(f"{called(who.person)} does not run the server. Nothing was stored.")
    act = SetHosts(by=who.person, under=mandate.id, hosts=hosts)
    try:
        receipt = perform(act, seal=who.seal(act))
    except (Refused, Closed) as error:
        stop(str(error))
    typer.echo(f"Members can use keys at {', '.join(names)}: entry {receipt.index:,}.")
