"""``frombelow``: check a record with the library alone; found and serve an organization where the site is installed."""

from importlib.metadata import entry_points

import typer

from .cards import cards
from .count import count
from .draws import draw, panels, specify, verify_draw
from .keys import keys
from .lots import lots
from .schema import schema
from .verify import verify
from .witness import witnesses

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
app.command()(verify)
app.command()(count)
app.command()(schema)
for command, name in ((specify, "specify"), (panels, "panels"), (draw, "draw"), (verify_draw, "verify")):
    lots.command(name)(command)
app.add_typer(cards, name="card")
app.add_typer(keys, name="key")
app.add_typer(lots, name="lots")
app.add_typer(witnesses, name="witness")


def main() -> None:
    """Run the command line. Commands that need the site say so where it is not installed."""
    for point in entry_points(group="frombelow.commands"):
        try:
            point.load()(app)
        except ModuleNotFoundError as error:
            if error.name != "django":
                raise
            app.info.epilog = "Founding and serving need the site: install frombelow[site]."
    app()
