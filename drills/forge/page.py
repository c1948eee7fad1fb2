"""The page of what a thief of the server can do, written from what the drill said."""

from collections.abc import Iterable
from pathlib import Path

from . import DEVICE, LIBRARY, NOTHING, WITNESS, Forgery

PAGE = Path(__file__).parents[2] / "docs/explanation/what-a-thief-can-do.md"
HEADINGS = {
    NOTHING: "What comes through", LIBRARY: "What the library refuses", DEVICE: "What a member's device refuses",
    WITNESS: "What a witness refuses",
}  # fmt: skip


def write(forgeries: Iterable[Forgery]) -> None:
    """Below each heading of the page stand the forgeries that belong there; the words around them stay."""
    by: dict[str, list[str]] = {heading: [] for heading in HEADINGS.values()}
    for each in forgeries:
        by[HEADINGS[each.by]].append(f"- {each.name}")
    lines, heading = [], ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            heading = line[3:]
        if not line.startswith("- "):
            lines.append(line)
        elif heading in by:
            lines += by.pop(heading)
    PAGE.write_text("\n".join(lines) + "\n")
