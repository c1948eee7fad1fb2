"""Which data folder a command works on, and Django made ready for it."""

import os
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from frombelow_site.door.key import has_record_key, make_folder

Data = Annotated[
    Path, typer.Option("--data", envvar="FROMBELOW_DATA", help="the organization's data folder", show_default=False)
]
HERE = Path("data")
# What a folder holds that was served before anything was founded in it.
OURS = {
    "secret", "begin-code", "copy", "writer.lock", "frombelow.sqlite3", "frombelow.sqlite3-wal",
    "frombelow.sqlite3-shm",
}  # fmt: skip


def use_folder(data: Path) -> None:
    """Django works on this data folder. Exits with 2 where there is no organization in it yet."""
    if not has_record_key(data):
        stop(
            f"There is no organization in {data}. Found one with: frombelow init --template club --name NAME {data}\n"
            f"or in the browser: frombelow serve --data {data}"
        )
    _set_up(data)


def use_new_folder(data: Path) -> None:
    """Django works on this data folder, with an organization in it or none yet. Exits with 2 where the folder holds
    something that is not ours."""
    if data.exists() and not data.is_dir():
        stop(f"{data} is a file. Choose a folder; nothing was changed.")
    if not has_record_key(data):
        strange = sorted(place.name for place in data.iterdir() if place.name not in OURS) if data.exists() else []
        if strange:
            stop(f"{data} holds no organization, and is not empty (“{strange[0]}”). Choose a new folder.")
        make_folder(data)
    _set_up(data)


def _set_up(data: Path) -> None:
    os.environ["FROMBELOW_DATA"] = str(data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frombelow_site.settings")
    import django

    from frombelow_site.hosts import HostError

    try:
        django.setup()
    except HostError as error:
        stop(str(error))


def stop(sentence: str, code: int = 2) -> NoReturn:
    """Say what is wrong and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
