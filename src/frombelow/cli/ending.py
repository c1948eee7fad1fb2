"""How a command ends that cannot do what it was asked."""

from typing import NoReturn

import typer


def stop(sentence: str) -> NoReturn:
    """Say what is wrong and what to do, and end with 2: nothing was changed."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
