"""An article as the TOML that a motion to change it starts from."""

from collections.abc import Mapping
from typing import Any

from frombelow.polity.rulebook import Rulebook
from frombelow.polity.templates import quoted

BLANK = '[[article]]\nnumber = ""\ntitle = ""\ntext = ""\n'


def written(book: Rulebook, number: str) -> str:
    """The article's table as it can be edited; an empty one where there is no such article."""
    table = book.source.get(number)
    return BLANK if table is None else spelled(table)


def spelled(table: Mapping[str, Any]) -> str:
    """The table of an article as rules write it."""
    first = ["number", "title", "text"]
    keys = first + [key for key in table if key not in first]
    return "[[article]]\n" + "".join(f"{key} = {_value(table[key])}\n" for key in keys if key in table)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return quoted(value)
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case dict():
            return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    raise TypeError(f"rules hold no {type(value).__name__}")
