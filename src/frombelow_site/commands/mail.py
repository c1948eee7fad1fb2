"""``frombelow mail``: what mail servers report, and a letter to try out."""

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from .folder import HERE, Data, stop, use_folder

STDIN = Path("-")


def bounced(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a report of a mail server (RFC 3464); “-”: piped in")],
    data: Data = HERE,
) -> None:
    """Read a report that a letter came back: for a mail server that pipes what comes to the sender's address into a
    program. Ends with 0 also for what is no report, so that the mail server sends nothing back in turn."""
    use_folder(data)
    from frombelow_site.mail.bounces import MOST, NoReportError, read_report

    try:
        raw = sys.stdin.buffer.read(MOST) if file == STDIN else file.read_bytes()
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.")
    try:
        letter = read_report(raw, int(time.time()))
    except NoReportError as error:
        typer.echo(f"Nothing was noted: {error}.")
        return
    typer.echo("It came back: the address is marked." if letter else "It is only late, or arrived: nothing to note.")
