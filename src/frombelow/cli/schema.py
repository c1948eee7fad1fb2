"""``frombelow schema``: what an entry of the record can be, for programs and for readers."""

import json
from typing import Annotated

import msgspec
import typer

from ..polity import schema as entry_schema
from ..polity.kernel.entry import left_out
from ..polity.kernel.subject import Kind, registry


def schema(
    as_text: Annotated[bool, typer.Option("--text", help="a page for readers in place of the JSON schema")] = False,
) -> None:
    """Print the JSON schema of an entry, with every kind of act and effect that this program knows."""
    typer.echo(page() if as_text else json.dumps(entry_schema(), ensure_ascii=False, indent=2))


def page() -> str:
    """The kinds of acts and effects as a page in Markdown: docs/reference/acts.md."""
    lines = [
        "# Acts",
        "",
        "Made by `frombelow schema --text`. `frombelow schema` prints the same as a JSON schema.",
        "",
        "An entry, version 2, is JSON with the keys in this order and no spaces: `v` (2), `at` (UTC, whole seconds",
        "since 1970), `act` (what was said, byte for byte), `fixed` (figures that follow from what stood before, where",
        "the kind has any), `seal` (none can be made yet). An act begins with `kind`, `by` and, for an office or a",
        "decision, `under`.",
        "",
        "Entries of these kinds are hidden from everybody but who made them, until what they are about is over:",
        ", ".join(f"`{kind.name}`" for kind in registry.hiding) + ". See [formats](formats.md).",
    ]
    for subject in registry.subjects.values():
        if subject.kinds:
            lines += ["", f"## {subject.title}", "", "| kind | by | fields | what it says |", "|---|---|---|---|"]
            lines += [_row(kind) for kind in subject.kinds]
    lines += ["", "## Effects", "", "What a decision brings about (`do`).", ""]
    lines += ["| effect | majority | fields | what it says |", "|---|---|---|---|"]
    for effect in registry.effects.values():
        fields, told = _fields(effect.effect), _escaped(effect.sentence)
        lines.append(f"| `{effect.name}` | `{effect.gravity}` | {fields} | {told} |")
    return "\n".join(lines)


def _row(kind: Kind) -> str:
    by = " or ".join(kind.authors)
    return f"| `{kind.name}` | {by} | {_fields(kind.act)} | {_escaped(kind.sentence)} |"


def _fields(kind: type[msgspec.Struct]) -> str:
    optional = left_out(kind)
    fields = [
        f"`{field}`" + (" (may be left out)" if field in optional else "")
        for field in kind.__struct_fields__
        if field not in ("by", "under")
    ]
    return ", ".join(fields) or "none"


def _escaped(sentence: str) -> str:
    return sentence.replace("|", "\\|")
