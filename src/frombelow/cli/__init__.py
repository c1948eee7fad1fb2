"""``frombelow``: check a record with the library alone; found and serve an organization where the site is installed."""

from importlib.metadata import entry_points

import typer

from .verify import verify

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
app.command()(verify)


def main() -> None:
    """Run the command line. Commands that need the site say so where it is not installed."""
    for point in entry_points(group="frombelow.commands"):
        try:
            register = point.load()
        except ModuleNotFoundError as error:
            if error.name not in ("django", "csp", "granian", "whitenoise"):
                raise
            app.info.epilog = "Founding and serving need the site: install frombelow[site]."
            continue
        register(app)
    app()
