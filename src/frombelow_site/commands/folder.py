"""Which data folder a command works on, and Django made ready for it."""

import os
from pathlib import Path
from typing import Annotated, NoReturn

import typer

Data = Annotated[
    Path, typer.Option("--data", envvar="FROMBELOW_DATA", help="the organization's data folder", show_default=False)
]
HERE = Path("data")


def use_folder(data: Path) -> None:
    """Django works on this data folder. Exits with 2 where there is no organization in it yet."""
    if not (data / "record.key").exists():
        stop(f"There is no organization in {data}. Found one with: frombelow init --template club --name NAME {data}")
    os.environ["FROMBELOW_DATA"] = str(data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frombelow_site.settings")
    import django

    django.setup()


def stop(sentence: str, code: int = 2) -> NoReturn:
    """Say what is wrong and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
