"""Asking for a passphrase."""

import os
import sys

import typer

from ..sealing.age import SHORTEST
from .ending import stop


def ask_passphrase(variable: str, what: str, *, new: bool) -> str:
    """From the environment, or asked for on a terminal; a new one is asked for twice and is long enough. Exits with 2
    and a sentence about what needs it."""
    said = os.environ.get(variable, "")
    if not said:
        if not sys.stdin.isatty():
            stop(f"{what} needs a passphrase: set {variable}, or run this on a terminal.")
        said = str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))
    if any("\ud800" <= letter <= "\udfff" for letter in said):
        stop("This passphrase holds bytes that are no text (UTF-8). Type it, or set it anew. Nothing was changed.")
    if new and len(said) < SHORTEST:
        stop(f"A passphrase has at least {SHORTEST} characters; five words are easy to keep. Nothing was changed.")
    return said
