"""``frombelow time confirm``: who runs the server says that its clock is right."""

from datetime import UTC, datetime

import typer

from frombelow.polity.kernel.act import SERVER
from frombelow.polity.server.acts import ConfirmTime

from .folder import HERE, Data, stop, use_folder


def confirm(data: Data = HERE) -> None:
    """Say that the server's clock is right, where it is in doubt. It stands in the record, and time goes on by it."""
    use_folder(data)
    from frombelow.polity import Refused
    from frombelow_site.door import Closed, perform, the_door

    door = the_door()
    now = f"{datetime.fromtimestamp(door.clock(), UTC):%Y-%m-%d %H:%M} UTC"
    try:
        if not door.until():
            door.tick_if_alone()
        if not door.until():
            stop(f"The clock ({now}) is not in doubt; there is nothing to confirm.")
        perform(ConfirmTime(by=SERVER))
    except (Refused, Closed) as error:
        stop(str(error), 1)
    typer.echo(f"It is {now}. Time goes on, and the record says that you confirmed it.")
