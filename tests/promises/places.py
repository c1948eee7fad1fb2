"""Where somebody could come across something beside pages: the record, tables, letters, the log, what commands print."""

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.db import models
from django.utils.html import escape
from typer.testing import CliRunner

from frombelow.cli import app
from frombelow_site.accounts.models import Session
from frombelow_site.door.models import Entry
from frombelow_site.operations.logs import PlainFormatter
from frombelow_site.records import exporting
from tests.site_mail import delivered
from tests.walking import unpacked


def stands(secret: str, content: bytes) -> bool:
    """Whether it is there: as it is, or as pages and JSON write it."""
    written = (secret, str(escape(secret)), secret.encode("ascii", "backslashreplace").decode())
    return any(each.encode() in content for each in written)


def found(places: Iterable[tuple[str, bytes]], secrets: Iterable[str]) -> list[tuple[str, str]]:
    """In which place which of them stands."""
    wanted = list(secrets)
    return [(place, secret) for place, content in places for secret in wanted if stands(secret, content)]


def on_pages(pages) -> list[tuple[str, bytes]]:
    return [(page.address, page.content) for page in pages]


def tables() -> dict[str, bytes]:
    """Each table with all that stands in its rows; what sessions hold can be read."""
    return {model._meta.db_table: b"\n".join(map(_row, model._default_manager.all())) for model in apps.get_models()}


def _row(row: models.Model) -> bytes:
    values = [getattr(row, field.attname) for field in row._meta.concrete_fields]
    if isinstance(row, Session):
        values.append(row.get_decoded())
    return b" ".join(bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in values)


def files_in(folder: Path) -> dict[str, bytes]:
    """Each file in the folder, and in those below it."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def record(folder: Path) -> dict[str, bytes]:
    """The record where it can be taken from: the table, the file that commands and members write, what they print."""
    file = folder / "whole.zip"
    exporting.write(file)
    taken = {
        "the table": b"\n".join(bytes(entry.data) for entry in Entry.objects.all()),
        "the export": unpacked(file.read_bytes()),
    }
    for words in (["verify"], ["verify", "--json"]):
        said = CliRunner().invoke(app, [*words, str(file)])
        assert said.exit_code == 0, said.output
        taken["frombelow " + " ".join(words)] = said.output.encode()
    return taken


def letters() -> list[tuple[str, bytes]]:
    """Each letter that left: to whom, and all that it says."""
    return [(", ".join(each.to), f"{each.subject}\n{each.body}".encode()) for each in delivered()]


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """What stands in the log, as the site writes it, of everything that any part of it says."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(stream), root.level
    handler.setFormatter(PlainFormatter())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
